"""How many requests a process of the served site answers at once."""

THREADS = 4
