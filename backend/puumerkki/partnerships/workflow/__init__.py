"""Workflows of the room."""
