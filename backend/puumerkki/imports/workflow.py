"""An import's way from the queue to its end."""

from puumerkki.imports.models import ImportState
from puumerkki.kernel.workflow import ByItself, Workflow, transition

_S = ImportState
_SYSTEM = ByItself()
_OPEN = {_S.queued, _S.running}

IMPORT = Workflow(
    "import_job",
    ImportState,
    _S.queued,
    (
        transition("begin", _OPEN, _S.running, {_SYSTEM}),
        transition("show", {_S.running}, _S.tried, {_SYSTEM}),
        transition("try_again", {_S.tried, _S.undone}, _S.queued, {_SYSTEM}),
        transition("apply", {_S.tried}, _S.queued, {_SYSTEM}),
        transition("go_back", _OPEN, _S.tried, {_SYSTEM}),
        transition("succeed", {_S.running}, _S.succeeded, {_SYSTEM}),
        transition("refuse", {_S.running}, _S.refused, {_SYSTEM}),
        transition("fail", _OPEN, _S.failed, {_SYSTEM}),
        transition("cancel", _OPEN | {_S.tried}, _S.cancelled, {_SYSTEM}),
        transition("undo", {_S.succeeded}, _S.queued, {_SYSTEM}),
        transition("keep", _OPEN, _S.succeeded, {_SYSTEM}),
        transition("finish_undo", {_S.running}, _S.undone, {_SYSTEM}),
    ),
)
