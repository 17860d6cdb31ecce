"""Agreements made on paper, from a CSV file."""
