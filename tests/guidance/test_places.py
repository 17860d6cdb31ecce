"""Every kind of task opens where it is done, and every step of the box leads to a place or a form that is there."""

import re
from pathlib import Path

import pytest

from puumerkki.guidance.schemas import StepDoes
from puumerkki.wiring import ROOMS

SRC = Path(__file__).parents[2] / "frontend" / "src"
KINDS = sorted({task.kind for room in ROOMS for task in room.tasks})
LABELS = sorted(SRC.glob("features/*/labels.ts"))
_PLACE = re.compile(r"'(#[\w-]+|\?action=\w+)'|\$\{[\w.]+\}(#[\w-]+|\?action=\w+)`")


def _sources(folder: Path) -> str:
    return "\n".join(one.read_text("utf-8") for one in sorted(folder.rglob("*.ts*")) if one.name != "labels.ts")


def _is_there(place: str, sources: str) -> bool:
    if place.startswith("#"):
        return f'<Place id="{place[1:]}">' in sources
    action = place.removeprefix("?action=")
    # `complete` opens the editor of the application
    return re.search(rf"\b{action}: \{{", sources) is not None or f"action === '{action}'" in sources


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_task_has_a_place(kind: str) -> None:
    declared = re.compile(rf"\b{kind}: \{{\s*label: msg`[^`]*`,\s*to:")
    assert any(declared.search(one.read_text("utf-8")) for one in LABELS), f"{kind} opens nowhere"


@pytest.mark.parametrize("labels", LABELS, ids=lambda one: one.parent.name)
def test_the_places_of_tasks_are_on_their_pages(labels: Path) -> None:
    # of an endorsement and of a case the task is done on another feature's page
    shared = ("handlings", "partner-requests")
    sources = "".join(_sources(SRC / "features" / one) for one in {labels.parent.name, *shared})
    for one in _PLACE.finditer(labels.read_text("utf-8")):
        place = one[1] or one[2]
        assert _is_there(place, sources), f"{place} of {labels.parent.name} is nowhere"


def test_every_step_leads_somewhere() -> None:
    text = (SRC / "ui" / "next" / "does.ts").read_text("utf-8")
    sources = _sources(SRC / "features")
    for does in StepDoes:
        assert does is StepDoes.task or f"  {does}: {{" in text, f"{does} leads nowhere"
    for kind, name in re.findall(r"\b(part|form)\('([\w-]+)'\)", text):
        place = f"#{name}" if kind == "part" else f"?action={name}"
        assert _is_there(place, sources), f"{place} is nowhere"
