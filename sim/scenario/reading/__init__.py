"""Reading what users write: YAML with line numbers, tables of tasks, Patterson files, and their mistakes."""
