"""Drafts of applications and proposed decisions from CSV files."""
