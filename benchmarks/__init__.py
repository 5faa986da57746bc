"""Speed and memory: `python -m benchmarks` prints the figures, with `--profile` where the time goes."""
