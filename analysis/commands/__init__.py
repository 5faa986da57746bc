"""The commands, one file each: thin, they call the Python function of the same name and print."""
