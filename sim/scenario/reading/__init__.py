"""Reading what users write: YAML with line numbers, tables of tasks, PSPLIB, and their mistakes."""
