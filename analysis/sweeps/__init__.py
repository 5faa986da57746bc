"""Comparisons side by side: combinations of a sweep, or several organisations."""
