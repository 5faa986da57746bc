"""*What if?*, by hand: a page on this machine on which numbers are moved and the answer follows."""
