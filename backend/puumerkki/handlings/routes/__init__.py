"""Routes of the room."""
