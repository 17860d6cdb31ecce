"""The use cases: meetings, their agenda, who was present."""
