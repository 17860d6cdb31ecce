"""Archiving organisations."""

from datetime import timedelta

from puumerkki.kernel import clock
from puumerkki.organisations.models.archivings import (
    ArchivingReason,
    ArchivingState,
    OrganisationArchiving,
    SuccessorAnswer,
)
from puumerkki.organisations.models.organisations import OrganisationState
from tests.archiving import WHY
from tests.personas import Cast
from tests.valid_requests import Call, operation


async def _proposed(cast: Cast) -> str:
    operator = cast["operator"].id
    assert operator is not None
    cast.world.session.add(
        OrganisationArchiving(
            organisation_id=cast.association.id,
            reason=ArchivingReason.ceased,
            source="Soitto 1.10.2026",
            proposed_by=operator,
            takes_effect_at=clock.now() + timedelta(days=14),
        )
    )
    await cast.world.session.flush()
    return f"/organisations/{cast.association.id}"


@operation("organisations_list_archivings")
async def list_archivings(cast: Cast) -> Call:
    return Call("GET", f"{await _proposed(cast)}/archivings", by="anonymous")


@operation("organisations_archive_organisation")
async def archive_organisation(cast: Cast) -> Call:
    return Call("POST", f"/organisations/{cast.association.id}/archive", by="operator", json=dict(WHY), if_match=1)


@operation("organisations_agree_to_archiving")
async def agree_to_archiving(cast: Cast) -> Call:
    return Call("POST", f"{await _proposed(cast)}/archiving/agree", by="owner", if_match=1)


@operation("organisations_object_to_archiving")
async def object_to_archiving(cast: Cast) -> Call:
    given = {"objection": "Toimimme yhä."}
    return Call("POST", f"{await _proposed(cast)}/archiving/object", by="signatory", json=given, if_match=1)


@operation("organisations_drop_archiving")
async def drop_archiving(cast: Cast) -> Call:
    return Call("POST", f"{await _proposed(cast)}/archiving/drop", by="operator", if_match=1)


@operation("organisations_restore_organisation")
async def restore_organisation(cast: Cast) -> Call:
    made = await cast.world.organisation("Vanha ry", state=OrganisationState.archived)
    return Call("POST", f"/organisations/{made.id}/restore", by="operator", if_match=1)


async def _succession(cast: Cast, *, answered: bool) -> str:
    """The association is archived and the neighbour named; or the other way round, where somebody is asked anew."""
    former, successor = (cast.association, cast.neighbour) if answered else (cast.neighbour, cast.association)
    operator = cast["operator"].id
    assert operator is not None
    former.state = OrganisationState.archived
    cast.world.session.add(
        OrganisationArchiving(
            organisation_id=former.id,
            reason=ArchivingReason.merged,
            source="Yhdistysrekisteri",
            state=ArchivingState.effected,
            proposed_by=operator,
            takes_effect_at=clock.now(),
            ended_at=clock.now(),
            successor_id=successor.id,
            successor_asked_at=clock.now(),
            successor_answer=SuccessorAnswer.declined if answered else None,
            successor_answered_by=operator if answered else None,
        )
    )
    await cast.world.session.flush()
    return f"/organisations/{former.id}"


@operation("organisations_name_successor")
async def name_successor(cast: Cast) -> Call:
    path = await _succession(cast, answered=True)
    version = cast.association.version
    given = {"successor_id": str(cast.neighbour.id)}
    return Call("POST", f"{path}/archiving/successor", by="owner", json=given, if_match=version)


@operation("organisations_answer_as_successor")
async def answer_as_successor(cast: Cast) -> Call:
    path = await _succession(cast, answered=False)
    return Call("PUT", f"{path}/archiving/successor/answer", by="owner", json={"answer": "accepted"})
