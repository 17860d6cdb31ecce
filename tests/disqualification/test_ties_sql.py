"""What the application's role cannot do to ties and applicants by SQL, in defence of what the service decides."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.models import Tie
from puumerkki.access.roles import Role
from puumerkki.applications.models.applications import VersionApplicant
from puumerkki.kernel.db import make_engine, make_sessions
from tests.factories import World

FURTHER = (
    "insert into version_applicant (application_id, version_number, organisation_id, place, names, host_ids)"
    " values (:application, 1, :other, 99, '{}', '{}')"
)
ERASE = (
    "update app_user set email = replace(id::text, '-', '') || '@erased.invalid', state = 'disabled',"
    " password_hash = null where id = :person"
)


async def run(session: AsyncSession, statement: str, **values: Any) -> None:
    await (await session.connection()).execute(text(statement), values)


async def test_a_version_gets_no_applicants_after_its_own_transaction(committed_database: str) -> None:
    engine = make_engine(committed_database, pool_size=1)
    try:
        async with make_sessions(engine)() as session:
            world = World(session)
            organisation, other, third = [await world.organisation(name) for name in ("Eka ry", "Toka ry", "Kolmas ry")]
            application = await world.application(organisation)
            async with session.begin_nested():
                await world.version(application)
            await run(session, FURTHER, application=application.id, other=other.id)
            await session.commit()
            with pytest.raises(DBAPIError, match="version"):
                await run(session, FURTHER.replace("99", "98"), application=application.id, other=third.id)
    finally:
        await engine.dispose()


async def ties(session: AsyncSession, person: UUID | None) -> list[Tie]:
    statement = select(Tie).where(col(Tie.principal_id) == person).execution_options(populate_existing=True)
    return list((await session.exec(statement)).all())


async def test_nothing_ends_earlier_than_it_is_ended(world: World, session: AsyncSession) -> None:
    organisation = await world.organisation()
    person = await world.person((Role.viewer, organisation.id))
    await world.version(await world.application(organisation))
    begun = datetime.now(UTC)
    await run(session, "update tie set until_at = from_at where principal_id = :person", person=person.id)
    await run(
        session,
        "insert into tie (id, created_at, principal_id, organisation_id, kind, from_at, until_at)"
        " values (gen_random_uuid(), now(), :person, :organisation, 'declared', '2020-01-01', '2020-01-02')",
        person=person.id,
        organisation=organisation.id,
    )
    ended = [one.until_at for one in await ties(session, person.id)]
    assert len(ended) == 2 and all(at is not None and at >= begun for at in ended)
    await run(session, "update version_applicant set left_at = '2020-01-01'")
    left = (await session.exec(select(VersionApplicant.left_at))).all()
    assert left and all(at is not None and at >= begun for at in left)
    coming = datetime.now(UTC) + timedelta(days=400)
    other = await world.person((Role.viewer, organisation.id))
    await run(session, "update tie set until_at = :at where principal_id = :person", at=coming, person=other.id)
    assert [one.until_at for one in await ties(session, other.id)] == [coming], "a clock that is ahead is let be"


async def test_ties_go_only_with_an_account_that_is_erased_for_good(world: World, session: AsyncSession) -> None:
    organisation = await world.organisation()
    person = await world.person((Role.viewer, organisation.id))
    forget = "delete from tie where principal_id = :person"
    await run(session, "select set_config('puumerkki.erased', cast(:person as text), true)", person=str(person.id))
    with pytest.raises(DBAPIError):
        async with session.begin_nested():
            await run(session, forget, person=person.id)
    await run(session, ERASE, person=person.id)
    await run(session, forget, person=person.id)
    for revived in ("email = 'a@example.org'", "state = 'active'"):
        with pytest.raises(DBAPIError):
            async with session.begin_nested():
                await run(session, f"update app_user set {revived} where id = :person", person=person.id)
