"""*What happened?*: one run, told."""
