"""Comments, points to mend and attachments."""

from puumerkki.discussions.routes import attachments, comments, points

ROUTERS = (comments.router, points.router, attachments.router)
