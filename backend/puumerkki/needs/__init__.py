"""Needs that a network raises, agrees on and follows."""
