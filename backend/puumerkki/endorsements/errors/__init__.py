"""Errors of the room."""
