"""This room's errors."""

from puumerkki.kernel.errors import Conflict, TooLarge


class CommentRemoved(Conflict):
    """A removed comment keeps its place, but is not written anew."""

    code = "comment_removed"
    message = "This comment has been removed."


class AttachmentTwice(Conflict):
    """The same bytes are on the same thing for the same audience already; `name` says under which name."""

    code = "attachment_twice"
    message = "The same file is here already."


class AttachmentTooLarge(TooLarge):
    """More bytes than the settings allow."""

    code = "attachment_too_large"
    message = "The file is larger than allowed."
