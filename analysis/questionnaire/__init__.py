"""A scenario of one's own from a dozen questions, or a copy of one of the library."""
