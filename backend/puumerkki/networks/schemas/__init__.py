"""What the API takes and gives, a file for each kind of thing."""
