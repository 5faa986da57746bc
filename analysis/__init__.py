"""What batches of runs say: comparison, verdict, table, figures, and the command line on top."""
