"""Bulk data from files: read as a stream, checked in batches, written by few statements."""
