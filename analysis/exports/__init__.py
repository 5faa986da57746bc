"""A structure written out: for a scenario, as a table of responsibilities, as a page for each role."""
