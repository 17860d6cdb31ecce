"""States and transitions, one table for each kind of thing."""
