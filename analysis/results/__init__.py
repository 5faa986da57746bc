"""What a folder of results holds, and whether a path is one."""
