"""Reads of reports, their sums, and evaluations."""
