"""Comments, points to mend and attachments."""

from puumerkki.threads.routes import attachments, comments, points

ROUTERS = (comments.router, points.router, attachments.router)
