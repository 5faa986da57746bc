"""`python -m analysis` is `rolecall`."""

from analysis.commands.start import main

if __name__ == "__main__":
    main()
