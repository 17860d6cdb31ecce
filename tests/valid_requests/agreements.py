"""Agreements between the association and the city."""

from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from puumerkki.access.actor import Actor, Caller, load_actor
from puumerkki.access.models import PrincipalKind
from puumerkki.agreements.models import Agreement, AgreementDuty, AgreementKind, DutyKind
from puumerkki.agreements.schemas.agreements import AgreementContent, AgreementCreate, AgreementSign, AgreementUpdate
from puumerkki.agreements.schemas.recording import AgreementRecord
from puumerkki.agreements.service import drafting, proposing, recording, signing
from puumerkki.discussions.models import Attachment, Audience
from puumerkki.discussions.schemas import AttachmentCreate
from puumerkki.discussions.service.attachments import add_attachment
from puumerkki.kernel import clock
from puumerkki.kernel.ids import new_id
from tests.personas import Cast
from tests.valid_requests import Call, operation


async def acting(cast: Cast, role: str) -> Actor:
    """The person of a role, as services ask for them."""
    return await load_actor(cast.world.session, Caller(id=cast[role].id, kind=PrincipalKind.user))


async def drafted(cast: Cast, **more: Any) -> Agreement:
    """A complete draft of the association, with the city as the other party."""
    given = AgreementCreate(
        **{
            "kind": AgreementKind.cooperation,
            "title": "Yhteistyö ikäihmisten hyväksi",
            "organisation_id": cast.association.id,
            "party_ids": [cast.city.id],
            "starts_on": clock.today(),
            "ends_on": clock.today() + timedelta(days=1000),
            "content": AgreementContent(purpose="Kerho kahdesti viikossa."),
        }
        | more
    )
    made = await drafting.draft(cast.world.session, actor=await acting(cast, "editor"), given=given)
    await cast.world.session.flush()
    return made


async def proposed(cast: Cast, **more: Any) -> Agreement:
    """One that waits for both signatures."""
    found = await drafted(cast, **more)
    session, editor = cast.world.session, await acting(cast, "editor")
    await proposing.propose(session, actor=editor, agreement_id=found.id, if_version=found.version, given=None)
    await session.flush()
    return found


async def in_force(cast: Cast, **more: Any) -> Agreement:
    """One that both have signed."""
    found = await proposed(cast, **more)
    for role, organisation in (("signatory", cast.association), ("decider", cast.city)):
        given = AgreementSign(organisation_id=organisation.id, version_number=1)
        await signing.sign(cast.world.session, actor=await acting(cast, role), agreement_id=found.id, given=given)
        await cast.world.session.flush()
    return found


async def amended(cast: Cast) -> Agreement:
    """One in force, with an amendment of the city that waits for both signatures."""
    found = await in_force(cast)
    session, officer = cast.world.session, await acting(cast, "officer")
    given = AgreementUpdate(content=AgreementContent(evaluation="Kysely vuosittain."))
    await drafting.update(session, actor=officer, agreement_id=found.id, if_version=found.version, given=given)
    await session.flush()
    await proposing.propose(session, actor=officer, agreement_id=found.id, if_version=found.version, given=None)
    await session.flush()
    return found


@operation("agreements_list_agreements")
async def list_agreements(cast: Cast) -> Call:
    await proposed(cast)
    return Call("GET", "/agreements", by="officer")


@operation("agreements_get_sums")
async def get_sums(cast: Cast) -> Call:
    await in_force(cast)
    return Call("GET", f"/agreements/sums?organisation={cast.city.id}&year_from=2026&year_to=2030", by="viewer")


@operation("agreements_export_agreements")
async def export_agreements(cast: Cast) -> Call:
    await in_force(cast)
    return Call("GET", "/agreements/export.xlsx?language=sv&year=2027", by="officer")


PUBLIC = AgreementContent(purpose="Kerho kahdesti viikossa.", target_groups=["KR1.1"], public=True)


@operation("agreements_list_public")
async def list_public(cast: Cast) -> Call:
    await in_force(cast, content=PUBLIC)
    return Call("GET", f"/agreements/public?organisation={cast.city.id}&theme=KR1.1", by="anonymous")


@operation("agreements_get_public")
async def get_public(cast: Cast) -> Call:
    return Call("GET", f"/agreements/public/{(await in_force(cast, content=PUBLIC)).id}", by="anonymous")


async def scanned(cast: Cast, found: Agreement, name: str = "allekirjoitettu.pdf") -> Attachment:
    """The scan of an agreement, as a file on it."""
    given = AttachmentCreate(subject_kind="agreement", subject_id=found.id, audience=Audience.applicants, name=name)
    made = await add_attachment(
        cast.world.session, actor=await acting(cast, "editor"), given=given, content=f"%PDF-1.4 {new_id()}".encode()
    )
    await cast.world.session.flush()
    return made


@operation("agreements_record_agreement")
async def record_agreement(cast: Cast) -> Call:
    found = await drafted(cast)
    given = {"signed_on": str(clock.today()), "attachment_id": str((await scanned(cast, found)).id)}
    return Call("POST", f"/agreements/{found.id}/record", by="signatory", json=given, if_match=found.version)


async def recorded(cast: Cast, **more: Any) -> Agreement:
    """One that the association recorded as signed on paper."""
    found = await drafted(cast, **more)
    session, signatory = cast.world.session, await acting(cast, "signatory")
    given = AgreementRecord(signed_on=clock.today() - timedelta(days=30), attachment_id=(await scanned(cast, found)).id)
    await recording.record(session, actor=signatory, agreement_id=found.id, if_version=found.version, given=given)
    await session.flush()
    return found


async def confirmed(cast: Cast, found: Agreement) -> None:
    """The city confirms what the association recorded."""
    officer = await acting(cast, "officer")
    await recording.confirm(cast.world.session, actor=officer, agreement_id=found.id, organisation_id=cast.city.id)
    await cast.world.session.flush()


@operation("agreements_confirm_record")
async def confirm_record(cast: Cast) -> Call:
    found = await recorded(cast)
    given = {"organisation_id": str(cast.city.id)}
    return Call("POST", f"/agreements/{found.id}/confirm", by="officer", json=given)


@operation("agreements_confirm_records")
async def confirm_records(cast: Cast) -> Call:
    given = {"organisation_id": str(cast.city.id), "agreement_ids": [str((await recorded(cast)).id)]}
    return Call("POST", "/agreements/confirm", by="decider", json=given)


@operation("agreements_dispute_record")
async def dispute_record(cast: Cast) -> Call:
    found = await recorded(cast)
    given = {"organisation_id": str(cast.city.id), "reason": "Tästä ei ole sovittu."}
    return Call("POST", f"/agreements/{found.id}/dispute", by="decider", json=given)


@operation("agreements_get_agreement")
async def get_agreement(cast: Cast) -> Call:
    return Call("GET", f"/agreements/{(await in_force(cast)).id}", by="viewer")


@operation("agreements_create_agreement")
async def create_agreement(cast: Cast) -> Call:
    given = {
        "kind": "partnership",
        "title": "Yhteinen talo",
        "organisation_id": str(cast.association.id),
        "party_ids": [str(cast.city.id)],
        "starts_on": "2027-01-01",
        "ends_on": "2031-12-31",
        "content": {
            "purpose": "Talo on auki joka päivä.",
            "contributions": [
                {"organisation_id": str(cast.city.id), "kind": "money", "cents": 2_000_000},
                {"organisation_id": str(cast.association.id), "kind": "volunteers", "hours": 400, "year": 2027},
            ],
        },
        "contacts": [{"organisation_id": str(cast.city.id), "name": "Vastuuhenkilö", "email": "vastuu@city.example"}],
    }
    return Call("POST", "/agreements", by="editor", json=given)


@operation("agreements_update_agreement")
async def update_agreement(cast: Cast) -> Call:
    found = await proposed(cast)
    given = {"title": "Yhteistyö kaikkien hyväksi", "content": {"evaluation": "Kysely vuosittain."}}
    return Call("PATCH", f"/agreements/{found.id}", by="officer", json=given, if_match=found.version)


@operation("agreements_propose_agreement")
async def propose_agreement(cast: Cast) -> Call:
    found = await drafted(cast)
    return Call("POST", f"/agreements/{found.id}/propose", by="editor", if_match=found.version)


@operation("agreements_sign_agreement")
async def sign_agreement(cast: Cast) -> Call:
    found = await proposed(cast)
    given = {"organisation_id": str(cast.association.id), "version_number": 1}
    return Call("POST", f"/agreements/{found.id}/sign", by="signatory", json=given)


@operation("agreements_cancel_agreement")
async def cancel_agreement(cast: Cast) -> Call:
    found = await proposed(cast)
    given = {"reason": "Sovittiin toisin."}
    return Call("POST", f"/agreements/{found.id}/cancel", by="officer", json=given, if_match=found.version)


@operation("agreements_withdraw_amendment")
async def withdraw_amendment(cast: Cast) -> Call:
    found = await amended(cast)
    given = {"reason": "Sovittiin toisin."}
    return Call("POST", f"/agreements/{found.id}/withdraw", by="editor", json=given, if_match=found.version)


@operation("agreements_terminate_agreement")
async def terminate_agreement(cast: Cast) -> Call:
    found = await in_force(cast)
    given = {"reason": "Toiminta päättyy.", "ended_on": str(clock.today() + timedelta(days=90))}
    return Call("POST", f"/agreements/{found.id}/terminate", by="decider", json=given, if_match=found.version)


@operation("agreements_list_versions")
async def list_versions(cast: Cast) -> Call:
    return Call("GET", f"/agreements/{(await proposed(cast)).id}/versions", by="registry")


@operation("agreements_get_snapshot")
async def get_snapshot(cast: Cast) -> Call:
    return Call("GET", f"/agreements/{(await proposed(cast)).id}/versions/1/snapshot", by="viewer")


@operation("agreements_get_document")
async def get_document(cast: Cast) -> Call:
    return Call("GET", f"/agreements/{(await in_force(cast)).id}/versions/1/document.pdf?language=sv", by="viewer")


@operation("agreements_list_timeline")
async def list_timeline(cast: Cast) -> Call:
    return Call("GET", f"/agreements/{(await in_force(cast)).id}/timeline", by="owner")


@operation("agreements_renew_agreement")
async def renew_agreement(cast: Cast) -> Call:
    given = {"organisation_id": str(cast.association.id)}
    return Call("POST", f"/agreements/{(await in_force(cast)).id}/renew", by="editor", json=given)


@operation("agreements_list_duties")
async def list_duties(cast: Cast) -> Call:
    return Call("GET", f"/agreements/{(await in_force(cast)).id}/duties", by="viewer")


@operation("agreements_complete_duty")
async def complete_duty(cast: Cast) -> Call:
    confirm_by = f"{clock.today() + timedelta(days=30):%m-%d}"
    found = await in_force(cast, content=AgreementContent(purpose="Kerho kahdesti viikossa.", confirm_by=confirm_by))
    statement = select(AgreementDuty).where(
        col(AgreementDuty.agreement_id) == found.id,
        col(AgreementDuty.kind) == DutyKind.confirmation,
        col(AgreementDuty.organisation_id) == cast.association.id,
    )
    first = (await cast.world.session.exec(statement.order_by(col(AgreementDuty.due_on)))).all()[0]
    return Call(
        "POST",
        f"/agreements/{found.id}/duties/{first.id}/complete",
        by="signatory",
        json={"note": "Jatketaan entisellä budjetilla."},
    )


@operation("agreements_verify")
async def verify(cast: Cast) -> Call:
    path = f"/agreements/{(await in_force(cast)).id}"
    signature = (await cast["viewer"].get(path)).json()["signatures"][0]
    return Call("POST", "/agreements/verify", by="anonymous", json={"credential": signature["credential"]})
