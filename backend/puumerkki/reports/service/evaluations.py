"""The use cases of evaluations: each party gives one a year, and may change it until all have."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.kernel import subjects
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.preconditions import require_version
from puumerkki.kernel.subjects import Ref
from puumerkki.reports import errors, events
from puumerkki.reports.models import Evaluation
from puumerkki.reports.queries import evaluations as queries
from puumerkki.reports.queries.parties import parties_of, require_party
from puumerkki.reports.schemas.evaluations import EvaluationCreate, EvaluationUpdate


async def give_evaluation(session: AsyncSession, *, actor: Actor, given: EvaluationCreate) -> Evaluation:
    """How a party sees a year; the other parties read it at once."""
    subject = Ref(given.subject_kind, given.subject_id)
    await require_party(session, actor, subject, given.organisation_id, reports=False)
    made = Evaluation(**given.model_dump())
    statement = insert(Evaluation).values(made.model_dump()).on_conflict_do_nothing().returning(col(Evaluation.id))
    if (await session.exec(statement)).first() is None:
        raise errors.EvaluationExists()
    kept = await session.get_one(Evaluation, made.id)
    await _tell(session, actor, kept, events.EvaluationGiven)
    return kept


async def update_evaluation(
    session: AsyncSession, *, actor: Actor, evaluation_id: UUID, if_version: int | None, given: EvaluationUpdate
) -> Evaluation:
    """Say it otherwise, as long as a party of that year is missing."""
    found = await queries.evaluation(session, actor, evaluation_id, for_update=True)
    actor.require(P.reports_write, on=found.organisation_id)
    require_version(found, if_version)
    if await queries.is_complete(session, Ref(found.subject_kind, found.subject_id), found.year):
        raise errors.EvaluationsComplete()
    changes = given.model_dump(exclude_unset=True)
    for name, value in changes.items():
        setattr(found, name, value)
    await _tell(session, actor, found, events.EvaluationChanged, changed=tuple(changes))
    return found


async def _tell(
    session: AsyncSession,
    actor: Actor,
    evaluation: Evaluation,
    told: type[events.EvaluationEvent],
    *,
    changed: tuple[str, ...] = (),
) -> None:
    subject = Ref(evaluation.subject_kind, evaluation.subject_id)
    parents = subjects.subject(subject.kind).parents
    around = await parents(session, subject.id) if parents is not None else ()
    event = told(
        subject=subject,
        related=(*around, *(one.id for one in await parties_of(session, subject))),
        changed=changed,
        evaluation_id=evaluation.id,
        organisation_id=evaluation.organisation_id,
        year=evaluation.year,
    )
    await publish(session, event, actor_id=actor.id)
