"""*Why does one come out ahead?*: assumptions and traits that drive a difference."""
