"""The figures of a folder of results."""
