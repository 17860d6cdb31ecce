"""Discussions beside things: comments, points to mend, attachments."""
