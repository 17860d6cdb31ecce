"""What the next step in an agreement depends on."""

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.agreements.models import Agreement, DutyState, RecordAnswer
from puumerkki.agreements.queries import agreements as queries
from puumerkki.agreements.queries import records
from puumerkki.agreements.queries.duties import duties
from puumerkki.agreements.queries.party_rows import parties_at
from puumerkki.agreements.queries.to_sign import sign_by
from puumerkki.agreements.service import drafting
from puumerkki.agreements.workflow import AGREEMENT
from puumerkki.guidance.workflow.agreements import AgreementFacts, DutyFacts
from puumerkki.guidance.workflow.asked import Ask
from puumerkki.kernel import clock


async def agreement_facts(
    session: AsyncSession, actor: Actor, agreement: Agreement, asks: tuple[Ask, ...]
) -> AgreementFacts:
    """The facts of an agreement that the actor may know of, by what is signed or to be."""
    ids = await queries.party_ids(session, agreement.id)
    facts = await drafting.facts_of(session, actor, agreement, ids)
    known = {one.id: one.names for _, one in await queries.parties(session, agreement.id, ever=True)}
    number = agreement.version_in_force or agreement.current_version
    said = await queries.version(session, agreement.id, number) if number else agreement
    signed = await queries.signers(session, agreement)
    asked = await parties_at(session, agreement.id, agreement.current_version)
    answers = await records.answers(session, agreement)
    content = (agreement.starts_on and agreement.ends_on, agreement.content.get("purpose"), len(ids) > 1)
    proposed = number and await queries.version(session, agreement.id, agreement.current_version)
    available = AGREEMENT.available(agreement, actor=drafting.as_party(actor, agreement, ids), facts=facts)
    return AgreementFacts(
        id=agreement.id,
        today=clock.today(),
        state=agreement.state,
        may=frozenset(one.action for one in available if one.allowed),
        asks=asks,
        drafter=known[agreement.drafted_by_organisation_id],
        missing=sum(not one for one in content),
        unsigned=tuple(one.names for one in asked if facts.open_version and one.id not in signed),
        unanswered=tuple(known[one.organisation_id] for one in answers if one.answer is None),
        disputed_by=tuple(known[one.organisation_id] for one in answers if one.answer is RecordAnswer.disputed),
        sign_by=sign_by(proposed) if proposed else None,
        drafted_on=clock.day_of(agreement.created_at),
        proposed_on=clock.day_of(proposed.created_at) if proposed else None,
        starts_on=said.starts_on,
        ends_on=said.ends_on,
        ended_on=agreement.ended_on,
        duties=tuple(
            DutyFacts(kind=one.kind, party=known[one.organisation_id], opens_on=one.opens_on, due_on=one.due_on)
            for one in await duties(session, agreement.id)
            if one.state is DutyState.open
        ),
    )
