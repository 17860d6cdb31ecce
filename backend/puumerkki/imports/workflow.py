"""An import's way from the queue to its end."""

from puumerkki.imports.models import ImportState
from puumerkki.kernel.workflow import ByItself, Workflow, t

_S = ImportState
_SYSTEM = ByItself()
_OPEN = {_S.queued, _S.running}

IMPORT = Workflow(
    "import_job",
    ImportState,
    _S.queued,
    (
        t("begin", _OPEN, _S.running, {_SYSTEM}),
        t("succeed", {_S.running}, _S.succeeded, {_SYSTEM}),
        t("refuse", {_S.running}, _S.refused, {_SYSTEM}),
        t("fail", _OPEN, _S.failed, {_SYSTEM}),
        t("cancel", _OPEN, _S.cancelled, {_SYSTEM}),
    ),
)
