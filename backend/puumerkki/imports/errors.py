"""This room's errors."""

from puumerkki.kernel.errors import Conflict, TooLarge


class ImportCancelled(Exception):
    """Raised by `progress` to stop an import; its transaction is rolled back."""


class UndoRefused(Exception):
    """Raised inside an undo to stop it; the code says why, and nothing of it stays."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ImportEnded(Conflict):
    code = "import_ended"
    message = "This import has ended."


class FileGone(Conflict):
    code = "import_file_gone"
    message = "The file is no longer stored. Send it again."


class FileNotUnderstood(Conflict):
    code = "file_not_understood"
    message = "The file has not been understood: choose its sheet or its headings, and run the trial again."


class TrialNeeded(Conflict):
    code = "trial_needed"
    message = "Rows were decided or corrected since the trial run. Run it again, and see what would happen."


class RowsToDecide(Conflict):
    code = "rows_to_decide"
    message = "Some rows are faulty or have not been decided. Correct them, decide, or leave them out."


class NotDecidable(Conflict):
    code = "row_not_near"
    message = "Nothing like this row is there, so there is nothing to decide. It can be corrected or left out."


class NumberTaken(Conflict):
    code = "number_of_candidate"
    message = (
        "Its number or id is that of what is here, so the row is no other one. Correct the number, or leave it out."
    )


class TouchedSince(Conflict):
    code = "touched_since"
    message = "Others have changed or used what this import wrote, so it cannot be undone."


class UndoTooLate(Conflict):
    code = "undo_too_late"
    message = "The time in which this import could be undone has passed."


class UndoBindsOthers(Conflict):
    code = "undo_binds_others"
    message = "Others have already been shown what this import wrote, so it is not undone here."


class FileTooLarge(TooLarge):
    code = "import_too_large"
    message = "The file is larger than allowed."
