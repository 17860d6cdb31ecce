"""This room's errors."""

from puumerkki.kernel.errors import Invalid


class ImportRefused(Invalid):
    """Rows are wrong, and nothing was written. The pointers are `/row/column`."""

    code = "import_refused"
    message = "Some rows are not right. Nothing was imported."
