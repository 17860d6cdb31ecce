"""The further applicants of an application, as one reader sees them."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.applications.models.applications import (
    ApplicantAnswer,
    Application,
    ApplicationApplicant,
    ApplicationVersion,
)
from puumerkki.applications.queries.applicants import applicants_of, may_answer
from puumerkki.applications.schemas.application_views import CoApplicantPublic
from puumerkki.organisations.models.organisations import Organisation


async def co_applicants(
    session: AsyncSession, actor: Actor, application: Application, frozen: ApplicationVersion | None
) -> list[CoApplicantPublic]:
    """The further applicants with their answers; to others than applicants those of the version."""
    if frozen is not None:
        named = await applicants_of(session, application.id, frozen.number)
        return [
            CoApplicantPublic(
                id=one.organisation_id,
                names=one.names,
                answer=ApplicantAnswer.accepted if one.left_at is None else ApplicantAnswer.left,
                may_answer=one.left_at is None and may_answer(actor, one.organisation_id),
            )
            for one in named[1:]
        ]
    found = await session.exec(
        select(ApplicationApplicant, Organisation.names, Organisation.confirmed_at)
        .join(Organisation, col(Organisation.id) == col(ApplicationApplicant.organisation_id))
        .where(col(ApplicationApplicant.application_id) == application.id)
        .order_by(col(Organisation.sort_key), col(Organisation.id))
    )
    open_for = (None, ApplicantAnswer.accepted, ApplicantAnswer.declined)
    return [
        CoApplicantPublic(
            id=one.organisation_id,
            names=names,
            asked_at=one.asked_at,
            answer=one.answer,
            answered_at=one.answered_at,
            may_answer=one.answer in open_for and may_answer(actor, one.organisation_id),
            confirmed=confirmed_at is not None,
        )
        for one, names, confirmed_at in found.all()
    ]
