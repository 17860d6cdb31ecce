"""Events of the room."""
