"""The use cases of organisations: one file for each object."""
