"""Addresses under the API, one file for each kind of thing."""
