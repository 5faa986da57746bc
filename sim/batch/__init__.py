"""Many runs: what is run, over threads, in sittings, kept on disk in parts that can be believed."""
