"""One's own work: tasks, the feed of events, and what changed since the last visit."""
