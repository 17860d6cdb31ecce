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
        transition("succeed", {_S.running}, _S.succeeded, {_SYSTEM}),
        transition("refuse", {_S.running}, _S.refused, {_SYSTEM}),
        transition("fail", _OPEN, _S.failed, {_SYSTEM}),
        transition("cancel", _OPEN, _S.cancelled, {_SYSTEM}),
    ),
)
