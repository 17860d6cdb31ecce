"""Agreements between organisations: drafted, signed or recorded, their duties, renewed and ended."""
