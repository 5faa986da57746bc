"""The claims of practitioners' texts on the two roles, put to the test: registered, run, judge."""
