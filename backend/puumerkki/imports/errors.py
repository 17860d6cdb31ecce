"""This room's errors."""

from puumerkki.kernel.errors import Conflict, TooLarge


class ImportCancelled(Exception):
    """Raised by `progress` to stop an import; its transaction is rolled back."""


class ImportEnded(Conflict):
    code = "import_ended"
    message = "This import has ended."


class FileTooLarge(TooLarge):
    code = "import_too_large"
    message = "The file is larger than allowed."
