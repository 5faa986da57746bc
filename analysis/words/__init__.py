"""How numbers, holders of duties and comparisons are written."""
