"""Known answers: what the simulator must reproduce before anyone should believe it.

    python -m validation                                   prints the table
    python -m validation docs/explanation/validation.md    renews it in a page

A group of answers has a module of its own; `table.known_answers()` lists them all.
"""
