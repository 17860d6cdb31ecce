"""What has happened: written once, numbered, sealed, exported, archived."""
