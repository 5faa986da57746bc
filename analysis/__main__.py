"""`python -m analysis` is `rolecall`."""

from analysis.cli import main

if __name__ == "__main__":
    main()
