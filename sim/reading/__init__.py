"""Reading what users write: YAML with line numbers, tables of tasks, Patterson files, and what is wrong with them."""
