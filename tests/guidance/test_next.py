"""The next step through the API: what each role is told, and that it is what waits for them."""

from typing import Any

from puumerkki.access.roles import Role
from puumerkki.kernel import clock
from tests.agreements.test_agreements import act as agreement_act
from tests.agreements.test_agreements import draft as agreement_draft
from tests.agreements.test_agreements import sign
from tests.applications.drafts import draft, submitted
from tests.factories import Client, World
from tests.filings.test_filings import FILE, planned
from tests.filings.test_filings import act as filing_act
from tests.guidance.agreeing import disagreements
from tests.handlings.scene import make_scene
from tests.partnerships.gate import endorse, scene
from tests.personas import make_cast


async def step_of(caller: Client, kind: str, key: Any) -> dict[str, Any]:
    answer = await caller.get(f"/next/{kind}/{key}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json()["step"])


async def stages_of(caller: Client, kind: str, key: Any) -> dict[str, str]:
    answer = await caller.get(f"/next/{kind}/{key}")
    return {one["name"]: one["standing"] for one in answer.json()["stages"]}


def told(step: dict[str, Any]) -> tuple[str, str | None, str]:
    return step["says"], step["does"], step["doer"]


async def test_a_draft_says_what_is_missing_and_who_submits_it(world: World) -> None:
    cast = await make_cast(world)
    made = await draft(cast, content={})
    step = await step_of(cast["editor"], "application", made["id"])
    assert told(step) == ("draft", "continue_writing", "you")
    assert step["count"] == len(step["parts"]) > 0
    assert step["parts"][0] == "purpose"
    assert told(await step_of(cast["viewer"], "application", made["id"])) == ("draft_others", None, "applicant")
    whole = await draft(cast, title="Toinen")
    assert told(await step_of(cast["editor"], "application", whole["id"])) == ("draft_ready", "submit", "you")
    assert (await cast["officer"].get(f"/next/application/{whole['id']}")).status_code == 404


async def test_after_submitting_the_applicant_has_the_case_number(world: World) -> None:
    cast = await make_cast(world)
    made = await submitted(cast)
    step = await step_of(cast["editor"], "application", made["id"])
    assert told(step) == ("submitted", "read_version", "network")
    assert step["number"] is not None and step["due_on"] is not None
    assert await stages_of(cast["editor"], "application", made["id"]) == {
        "draft": "done",
        "submitted": "done",
        "network": "now",
        "ballot": "ahead",
        "endorsement": "ahead",
        "authority": "ahead",
        "funder": "ahead",
        "report": "ahead",
    }


async def test_each_role_in_a_handling_is_told_its_own(world: World) -> None:
    of = await make_scene(world)
    at = of.handling_id
    everybody = [of.coordinator, of.chair, of.secretary, of.editor, *of.representatives.values()]

    async def telling(caller: Client) -> tuple[str, str | None, str]:
        assert await disagreements(world, everybody) == []
        return told(await step_of(caller, "handling", at))

    assert await telling(of.coordinator) == ("handling_new", "begin_review", "you")
    assert await telling(of.representatives["a"]) == ("handling_waits", None, "network")
    assert await telling(of.editor) == ("submitted", "read_version", "network")
    await of.must("begin_review")
    assert await telling(of.coordinator) == ("not_read", "record_reading", "you")
    await of.must("readings", {"read_on": clock.today().isoformat()})
    assert await telling(of.coordinator) == ("ready_for_ballot", "open_ballot", "you")
    assert (await step_of(of.coordinator, "handling", at))["count"] == 3
    await of.must("open_ballot")
    assert await telling(of.coordinator) == ("ballot_open", None, "members")
    assert await telling(of.editor) == ("ballot_of_network", None, "members")
    assert await telling(of.representatives["own"]) == ("ballot_open", None, "members")
    assert await telling(of.representatives["a"]) == ("vote_missing", "vote", "you")
    for name in "abc":
        assert (await of.vote(name, "for")).status_code == 200
    assert await telling(of.representatives["a"]) == ("voted", "change_vote", "members")
    assert (await of.on_ballot("close")).status_code == 200
    assert await telling(of.coordinator) == ("ballot_counted", "endorse", "you")
    assert await telling(of.editor) == ("counted", None, "network")
    number = (await of.must("endorse"))["endorsement_number"]
    given = await step_of(of.editor, "handling", at)
    assert told(given) == ("endorsed", "certificate", "nobody")
    assert given["number"] == number
    assert await stages_of(of.editor, "handling", at) == {
        "received": "done",
        "in_review": "done",
        "ballot": "done",
        "concluded": "done",
    }


async def test_nobody_sees_how_others_voted_in_the_step(world: World) -> None:
    of = await make_scene(world)
    await of.to_ballot()
    readers = (of.coordinator, of.editor, of.representatives["b"])
    assert (await of.vote("a", "for")).status_code == 200
    before = [(await one.get(f"/next/handling/{of.handling_id}")).json() for one in readers]
    assert (await of.vote("a", "against")).status_code == 200
    assert [(await one.get(f"/next/handling/{of.handling_id}")).json() for one in readers] == before


async def test_a_tied_coordinator_is_offered_nothing(world: World) -> None:
    of = await make_scene(world)
    tied = await world.person((Role.coordinator, of.network.id), (Role.editor, of.applicant.id))
    step = await step_of(tied, "handling", of.handling_id)
    assert told(step) == ("handling_tied", None, "network")


async def test_a_returned_application_leads_its_writers_to_complete_it(world: World) -> None:
    of = await make_scene(world)
    await of.must("begin_review")
    await of.must("return", {"points": [{"body": "Kuka ajaa?"}, {"body": "Mistä auto?"}]})
    for kind, key in (("handling", of.handling_id), ("application", of.application.id)):
        step = await step_of(of.editor, kind, key)
        assert (*told(step), step["count"], step["task"]) == (
            "returned_to_you",
            "complete",
            "you",
            2,
            "handling_to_mend",
        )
    waits = await step_of(of.coordinator, "handling", of.handling_id)
    assert (*told(waits), waits["count"], waits["total"]) == ("returned", None, "applicant", 0, 2)
    assert await disagreements(world, [of.editor, of.coordinator]) == []


async def test_the_gate_of_a_case_for_officer_and_applicant(world: World) -> None:
    arrived = await scene(world)
    officer = await world.person((Role.officer, arrived.city.id))
    editor = await world.person((Role.editor, arrived.association.id))
    for one in (officer, editor):
        step = await step_of(one, "partner_request", arrived.request.id)
        assert (*told(step), step["names"]) == ("case_referred", None, "network", [arrived.network.names])
    await endorse(world.session, arrived.version, arrived.network)
    assert told(await step_of(officer, "partner_request", arrived.request.id)) == ("case_gate_open", "begin", "you")
    assert told(await step_of(editor, "partner_request", arrived.request.id)) == ("case_gate_open", None, "authority")
    assert await disagreements(world, [officer, editor]) == []


async def test_a_filing_and_who_may_record_it(world: World) -> None:
    cast = await make_cast(world)
    funder = await world.organisation("Rahoittaja")
    filing = await planned(cast, await submitted(cast), funder.id)
    assert told(await step_of(cast["editor"], "filing", filing["id"])) == ("filing_planned", "file", "you")
    assert told(await step_of(cast["viewer"], "filing", filing["id"])) == ("filing_planned", None, "applicant")
    filed = await filing_act(cast["editor"], filing, "file", FILE)
    assert told(await step_of(cast["editor"], "filing", filed["id"])) == ("filing_filed", "record_result", "you")
    stages = await stages_of(cast["editor"], "filing", filed["id"])
    assert stages == {"planned": "done", "filed": "done", "funder_decision": "now", "report": "ahead"}


async def test_an_agreement_from_draft_to_its_duties(world: World) -> None:
    cast = await make_cast(world)
    made = await agreement_draft(cast)
    assert told(await step_of(cast["editor"], "agreement", made["id"])) == (
        "agreement_ready",
        "propose_agreement",
        "you",
    )
    proposed = await agreement_act(cast["editor"], made, "propose")
    assert told(await step_of(cast["signatory"], "agreement", made["id"])) == ("agreement_to_sign", "sign", "you")
    waits = await step_of(cast["editor"], "agreement", made["id"])
    assert (*told(waits), len(waits["names"])) == ("agreement_signatures", None, "parties", 2)
    await sign(cast["signatory"], proposed, cast.association.id)
    assert len((await step_of(cast["editor"], "agreement", made["id"]))["names"]) == 1
    assert await disagreements(world, [cast[one] for one in ("editor", "signatory", "officer", "decider")]) == []


async def test_only_who_may_know_of_it_and_only_what_has_a_step(world: World) -> None:
    of = await make_scene(world)
    outsider = await world.person()
    assert (await outsider.get(f"/next/handling/{of.handling_id}")).status_code == 404
    assert (await world.nobody.get(f"/next/handling/{of.handling_id}")).status_code == 401
    assert (await of.coordinator.get(f"/next/network/{of.network.id}")).status_code == 422
