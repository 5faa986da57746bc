"""The rules of a delivery organisation: one file a topic, small plain functions over rows.

The same functions run on Mesa agents and, compiled, in batches. So that both come to the same bits and the
compiled run never waits for memory, a rule uses numbers, rows and `math` only, and allocates nothing.
"""
