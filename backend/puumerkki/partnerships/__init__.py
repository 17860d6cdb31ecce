"""Authorities' cases and decisions, and the gate before them."""
