"""Whatever the boxes ask somebody to do lies on a desk, too."""

from puumerkki.guidance.schemas import StepDoer, StepSays
from puumerkki.guidance.workflow.applications import application_step
from puumerkki.guidance.workflow.handlings import handling_step
from puumerkki.guidance.workflow.partner_requests import case_step
from puumerkki.wiring import ROOMS
from tests.guidance.on_the_desk import NONE, TASKS
from tests.guidance.test_steps import APPLICATIONS, CASES, HANDLINGS


def test_every_sentence_of_a_box_has_its_task_or_says_why_not() -> None:
    assert not TASKS.keys() & NONE.keys()
    assert TASKS.keys() | NONE.keys() == set(StepSays)
    declared = {task.kind for room in ROOMS for task in room.tasks}
    assert {kind for kinds in TASKS.values() for kind in kinds} <= declared


def test_a_task_has_the_sentence_that_is_its_own() -> None:
    steps = [
        *(application_step(facts) for facts, _ in APPLICATIONS),
        *(handling_step(facts) for facts, _ in HANDLINGS),
        *(case_step(facts) for facts, _ in CASES),
    ]
    asked = [step for step in steps if step.task is not None and step.says is not StepSays.asked]
    assert asked
    for step in asked:
        assert step.task in TASKS[step.says], step
        assert step.doer is StepDoer.you
