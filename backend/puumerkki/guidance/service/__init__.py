"""Gathers what a thing's next step depends on, as the reader may know of it."""
