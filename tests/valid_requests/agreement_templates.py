"""The association's own templates of agreements."""

from typing import Any

from puumerkki.agreements.models import AgreementKind, AgreementTemplate
from puumerkki.agreements.schemas.templates import AgreementTemplateContent, AgreementTemplateCreate
from puumerkki.agreements.service import templates
from tests.personas import Cast
from tests.valid_requests import Call, operation
from tests.valid_requests.agreements import acting


async def kept(cast: Cast, **more: Any) -> AgreementTemplate:
    """A template of the association."""
    given = AgreementTemplateCreate(
        **{
            "organisation_id": cast.association.id,
            "kind": AgreementKind.cooperation,
            "name": "Kerhojen sopimus",
            "content": AgreementTemplateContent(purpose="Kerho kahdesti viikossa.", notice_months=3),
        }
        | more
    )
    made = await templates.create(cast.world.session, actor=await acting(cast, "editor"), given=given)
    await cast.world.session.flush()
    return made


@operation("agreements_list_templates")
async def list_templates(cast: Cast) -> Call:
    await kept(cast)
    return Call("GET", f"/agreements/templates?language=fi&organisation={cast.association.id}", by="viewer")


@operation("agreements_create_template")
async def create_template(cast: Cast) -> Call:
    given = {
        "organisation_id": str(cast.association.id),
        "kind": "partnership",
        "language": "sv",
        "name": "Vårt avtal",
        "content": {"reporting": [{"what": "Verksamheten", "due": "varje år", "due_by": "02-28"}]},
    }
    return Call("POST", "/agreements/templates", by="editor", json=given)


@operation("agreements_get_template")
async def get_template(cast: Cast) -> Call:
    return Call("GET", f"/agreements/templates/{(await kept(cast)).id}", by="editor")


@operation("agreements_update_template")
async def update_template(cast: Cast) -> Call:
    found = await kept(cast)
    given = {"name": "Toinen nimi", "content": {"evaluation": "Kysely vuosittain."}}
    return Call("PATCH", f"/agreements/templates/{found.id}", by="editor", json=given, if_match=found.version)


@operation("agreements_delete_template")
async def delete_template(cast: Cast) -> Call:
    found = await kept(cast)
    return Call("DELETE", f"/agreements/templates/{found.id}", by="editor", if_match=found.version)
