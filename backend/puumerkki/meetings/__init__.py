"""Meetings of networks: called, held, who was there, minutes."""
