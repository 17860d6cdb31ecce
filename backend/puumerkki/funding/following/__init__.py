"""What each part of the room has to do with an application (`followers`)."""
