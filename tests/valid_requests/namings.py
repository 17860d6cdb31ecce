"""Operators' namings."""

from datetime import timedelta

from puumerkki.access.roles import Role, ScopeKind
from puumerkki.kernel import clock
from puumerkki.organisations.models.organisations import Naming
from tests.personas import Cast
from tests.valid_requests import Call, operation

WHY = "Yhdistyksen hallitus pyysi sitä."


async def _naming(cast: Cast, *, by: str = "operator") -> Naming:
    proposer = cast[by].id if by == "operator" else (await cast.world.operator()).id
    assert proposer is not None
    made = Naming(
        scope_kind=ScopeKind.organisation,
        scope_id=cast.association.id,
        role=Role.owner,
        email="uusi@example.org",
        name="Uusi",
        language="fi",
        reason=WHY,
        proposed_by=proposer,
        due_at=clock.now() + timedelta(days=7),
    )
    cast.world.session.add(made)
    await cast.world.session.flush()
    return made


@operation("organisations_list_namings")
async def list_namings(cast: Cast) -> Call:
    await _naming(cast)
    return Call("GET", f"/namings?scope={cast.association.id}", by="owner")


@operation("organisations_propose_naming")
async def propose_naming(cast: Cast) -> Call:
    given = {
        "scope_kind": "organisation",
        "scope_id": str(cast.association.id),
        "email": "uusi@example.org",
        "name": "Uusi",
        "reason": WHY,
    }
    return Call("POST", "/namings", by="operator", json=given)


@operation("organisations_confirm_naming")
async def confirm_naming(cast: Cast) -> Call:
    return Call("POST", f"/namings/{(await _naming(cast, by='another')).id}/confirm", by="operator")


@operation("organisations_object_to_naming")
async def object_to_naming(cast: Cast) -> Call:
    return Call("POST", f"/namings/{(await _naming(cast)).id}/object", by="owner", json={"reason": WHY})


@operation("organisations_withdraw_naming")
async def withdraw_naming(cast: Cast) -> Call:
    return Call("POST", f"/namings/{(await _naming(cast)).id}/withdraw", by="operator")
