"""What comes next, as pure functions of the state of a thing and of what the reader may do."""
