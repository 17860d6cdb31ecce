"""The facts this room tells, one file for each kind of thing."""
