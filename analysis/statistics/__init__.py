"""What runs allow to be said: no words, no plots."""
