"""The released version."""

VERSION = "0.1.0"
