"""The use cases, one file for each kind of thing."""
