"""This room's errors, one file for each kind of thing."""
