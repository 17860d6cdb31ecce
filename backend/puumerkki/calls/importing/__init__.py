"""The import of a funder's calls."""
