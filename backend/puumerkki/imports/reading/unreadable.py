"""That a file as a whole cannot be read."""

from puumerkki.imports.results import FileReading


class UnreadableFile(Exception):
    """The code says why, `row` where, `column` of which, `detail` what more is known.

    `reading`: as far as the file was understood, so that somebody can choose its sheet or its columns by hand.
    """

    def __init__(
        self,
        code: str,
        *,
        row: int = 1,
        column: str = "",
        detail: str | None = None,
        reading: FileReading | None = None,
    ) -> None:
        super().__init__(code)
        self.code, self.row, self.column, self.detail, self.reading = code, row, column, detail, reading
