"""The facts this room tells."""
