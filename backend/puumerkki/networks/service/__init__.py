"""The use cases, a file for each kind of thing."""
