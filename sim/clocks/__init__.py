"""The two clocks: one run compiled, or the same run by Mesa agents."""
