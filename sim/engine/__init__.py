"""How rules become a compiled run: compiled together, passed by reference, kept on disk."""
