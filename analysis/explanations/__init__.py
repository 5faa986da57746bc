"""Figures in docs/explanation about the example, each page's from fresh runs by a command of its own."""
