"""The report of a folder of results: one page that needs nothing else, to read, print and hand on."""
