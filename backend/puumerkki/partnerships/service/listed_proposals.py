"""Proposed decisions that come by a list: each is judged by the rules of a single one, and the deciders told once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.applications.queries.frozen import title_at
from puumerkki.kernel.errors import Invalid, PuumerkkiError
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from puumerkki.partnerships.schemas.decisions import Contribution, ContributionKind, ProposalGiven, is_as_proposed
from puumerkki.partnerships.service.partner_actions import lock_present
from puumerkki.partnerships.service.proposal_mails import write_waiting
from puumerkki.partnerships.service.proposals import put, require_proposable


@dataclass(frozen=True)
class Listed:
    """A row: what is proposed, and how much money (`cents`) the authority puts in."""

    request_id: UUID
    given: ProposalGiven
    cents: int | None


@dataclass(frozen=True)
class Verdict:
    """What would come of a row. `code`: why it is refused, and `pointer` of what; `known`: the case has one already.

    `same`: that says the same, so nothing changes.
    """

    case_number: str
    code: str | None = None
    pointer: str | None = None
    known: bool = False
    same: bool = False


async def judged(session: AsyncSession, actor: Actor, one: Listed) -> Verdict:
    """Under the case's lock, which the transaction keeps: what is judged here is so when it is written."""
    step = await lock_present(session, actor, one.request_id, "propose")
    request, given = step.request, await _whole(session, step.request, one)
    if request.outcome is not None:
        same = is_as_proposed(request, given)
        return Verdict(request.case_number, code=None if same else "decided_otherwise", known=True, same=same)
    former = request.former_proposal
    # what a decider handed back, or was made for a former version, does not come again, whatever stands there now
    over = former is not None and (former["reason"] or former["version_number"] != request.version_number)
    ended = former is not None and over and await _says(session, request, one, former)
    if ended or request.proposal == given.model_dump(mode="json"):
        return Verdict(request.case_number, known=True, same=True)
    if request.proposal is not None and request.proposed_by != actor.person_id():
        return Verdict(request.case_number, code="proposed_otherwise", known=True)
    try:
        await require_proposable(session, step, actor, given)
    except Invalid as error:
        [problem] = error.problems
        return Verdict(request.case_number, code=problem.code, pointer=problem.pointer)
    except PuumerkkiError as error:
        return Verdict(request.case_number, code=error.code)
    return Verdict(request.case_number, known=request.proposal is not None)


async def propose_all(session: AsyncSession, actor: Actor, rows: Sequence[Listed]) -> None:
    """Write what was judged, and tell each decider once."""
    new: list[PartnerRequest] = []
    for one in rows:
        step = await lock_present(session, actor, one.request_id, "propose")
        if await put(session, step, actor, await _whole(session, step.request, one)):
            new.append(step.request)
    await write_waiting(session, new)


async def _says(session: AsyncSession, request: PartnerRequest, one: Listed, former: dict[str, Any]) -> bool:
    """Whether a row says what a former proposal said, of the version that it was made for."""
    given = await _whole(session, request, one, number=former["version_number"])
    return bool(given.model_dump(mode="json") == former["proposal"])


async def _whole(
    session: AsyncSession, request: PartnerRequest, one: Listed, *, number: int | None = None
) -> ProposalGiven:
    """With the money, which is for what the application is called in a version: the case's, or another."""
    if one.cents is None:
        return one.given
    title = await title_at(session, request.application_id, number or request.version_number)
    money = Contribution(kind=ContributionKind.money, cents=one.cents, description=title)
    return one.given.model_copy(update={"contributions": [money]})
