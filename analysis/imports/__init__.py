"""Files of other programs, as scenarios: trackers' exports, tables of items, matrices of roles."""
