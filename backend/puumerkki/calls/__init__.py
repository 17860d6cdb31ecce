"""Funders' calls."""
