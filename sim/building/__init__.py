"""How a scenario becomes rows: what a replication draws, and the people of a structure put to work in it."""
