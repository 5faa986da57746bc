"""Many runs: what is run, over threads, in sessions, kept on disk in parts that can be believed."""
