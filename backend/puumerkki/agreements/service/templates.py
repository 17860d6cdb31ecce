"""The use cases of own templates."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.agreements import errors, events
from puumerkki.agreements.models import AgreementTemplate
from puumerkki.agreements.queries import templates as queries
from puumerkki.agreements.schemas.templates import (
    AgreementTemplateContent,
    AgreementTemplateCreate,
    AgreementTemplateUpdate,
)
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.preconditions import require_version
from puumerkki.kernel.subjects import Ref
from puumerkki.organisations.queries import require_organisations
from puumerkki.reference.models import Scheme
from puumerkki.reference.queries import require_codes

MOST = 200
"""So many templates an organisation keeps."""


async def create(session: AsyncSession, *, actor: Actor, given: AgreementTemplateCreate) -> AgreementTemplate:
    """Keep a template for everybody who writes for the organisation."""
    actor.require(P.agreements_write, on=given.organisation_id)
    await require_organisations(session, [given.organisation_id], "/organisation_id")
    if await queries.count(session, given.organisation_id) >= MOST:
        raise errors.TooManyTemplates()
    await _require_free(session, given.organisation_id, given.name)
    made = AgreementTemplate(**given.model_dump(exclude={"content"}), content=await _checked(session, given.content))
    session.add(made)
    await session.flush()
    await _tell(session, actor, made, events.TemplateCreated)
    return made


async def update(
    session: AsyncSession, *, actor: Actor, template_id: UUID, if_version: int | None, given: AgreementTemplateUpdate
) -> AgreementTemplate:
    """Change a template; agreements that began with it stay as they are."""
    found = await queries.template(session, actor, template_id, for_update=True)
    require_version(found, if_version)
    if given.name is not None:
        await _require_free(session, found.organisation_id, given.name, but=found.id)
        found.name = given.name
    if given.content is not None:
        found.content = await _checked(session, given.content)
    await _tell(session, actor, found, events.TemplateChanged, changed=tuple(given.model_dump(exclude_unset=True)))
    return found


async def remove(session: AsyncSession, *, actor: Actor, template_id: UUID, if_version: int | None) -> None:
    """Take a template away."""
    found = await queries.template(session, actor, template_id, for_update=True)
    require_version(found, if_version)
    await session.delete(found)
    await _tell(session, actor, found, events.TemplateRemoved)


async def _tell(
    session: AsyncSession,
    actor: Actor,
    template: AgreementTemplate,
    told: type[events.TemplateEvent],
    *,
    changed: tuple[str, ...] = (),
) -> None:
    """Publish what happened to the organisation's own people."""
    event = told(subject=Ref("organisation", template.organisation_id), changed=changed, template_id=template.id)
    await publish(session, event, actor_id=actor.id)


async def _require_free(session: AsyncSession, organisation_id: UUID, name: str, *, but: UUID | None = None) -> None:
    if await queries.is_taken(session, organisation_id, name, but=but):
        raise errors.TemplateNameTaken()


async def _checked(session: AsyncSession, content: AgreementTemplateContent) -> dict[str, object]:
    groups = content.target_groups or []
    await require_codes(session, Scheme.target_group, groups, pointer="/content/target_groups")
    return content.model_dump(mode="json", exclude_none=True)
