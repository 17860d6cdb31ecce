"""Comments, points to mend and attachments; their subject is a need that the neighbour raised."""

import hashlib

from puumerkki.access.actor import Caller, load_actor
from puumerkki.discussions.models import Attachment, Audience, Comment, PointToMend
from puumerkki.discussions.service import raise_points
from puumerkki.kernel import files
from puumerkki.kernel.subjects import Ref
from puumerkki.needs.models import Need
from tests.personas import Cast
from tests.valid_requests import Call, operation
from tests.valid_requests.needs import make_need


async def _comment(cast: Cast, need: Need, by: str) -> Comment:
    author_id = cast[by].id
    assert author_id is not None
    comment = Comment(
        subject_kind="need", subject_id=need.id, audience=Audience.applicants, author_id=author_id, body="Hyvä huomio."
    )
    cast.world.session.add(comment)
    await cast.world.session.flush()
    return comment


@operation("discussions_list_mentionable")
async def list_mentionable(cast: Cast) -> Call:
    need = await make_need(cast)
    return Call(
        "GET", f"/comments/mentionable?subject_kind=need&subject_id={need.id}&audience=network", by="coordinator"
    )


async def make_point(cast: Cast, need: Need) -> PointToMend:
    """A point that the coordinator raised on the need."""
    actor = await load_actor(cast.world.session, Caller(id=cast["coordinator"].id))
    subject = Ref("need", need.id)
    return (
        await raise_points(cast.world.session, subject=subject, points=[("evidence", "Mistä tieto?")], actor=actor)
    )[0]


async def _attachment(cast: Cast, need: Need) -> Attachment:
    content = b"kysely;vastaus\n"
    uploader_id = cast["coordinator"].id
    assert uploader_id is not None
    attachment = Attachment(
        subject_kind="need",
        subject_id=need.id,
        audience=Audience.network,
        name="kysely.csv",
        media_type="text/csv",
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        uploaded_by=uploader_id,
    )
    await files.put(attachment.id, content)
    cast.world.session.add(attachment)
    await cast.world.session.flush()
    return attachment


@operation("discussions_list_comments")
async def list_comments(cast: Cast) -> Call:
    need = await make_need(cast)
    await _comment(cast, need, "coordinator")
    return Call("GET", f"/comments?subject_kind=need&subject_id={need.id}", by="observer")


@operation("discussions_get_comment")
async def get_comment(cast: Cast) -> Call:
    comment = await _comment(cast, await make_need(cast), "coordinator")
    return Call("GET", f"/comments/{comment.id}", by="observer")


@operation("discussions_create_comment")
async def create_comment(cast: Cast) -> Call:
    need = await make_need(cast)
    given = {"subject_kind": "need", "subject_id": str(need.id), "audience": "network", "body": "Kiireellinen."}
    return Call("POST", "/comments", by="secretary", json=given)


@operation("discussions_update_comment")
async def update_comment(cast: Cast) -> Call:
    comment = await _comment(cast, await make_need(cast), "secretary")
    given = {"body": "Hyvä huomio, kiitos."}
    return Call("PATCH", f"/comments/{comment.id}", by="secretary", json=given, if_match=comment.version)


@operation("discussions_delete_comment")
async def delete_comment(cast: Cast) -> Call:
    comment = await _comment(cast, await make_need(cast), "secretary")
    return Call("DELETE", f"/comments/{comment.id}", by="secretary", if_match=comment.version)


@operation("discussions_list_points")
async def list_points(cast: Cast) -> Call:
    need = await make_need(cast)
    await make_point(cast, need)
    return Call("GET", f"/points?subject_kind=need&subject_id={need.id}", by="observer")


@operation("discussions_get_point")
async def get_point(cast: Cast) -> Call:
    point = await make_point(cast, await make_need(cast))
    return Call("GET", f"/points/{point.id}", by="observer")


@operation("discussions_answer_point")
async def answer_point(cast: Cast) -> Call:
    need = await make_need(cast, raised_for_organisation_id=cast.association.id)
    point = await make_point(cast, need)
    given = {"answer": "Kotihoidon kyselystä."}
    return Call("POST", f"/points/{point.id}/answer", by="editor", json=given, if_match=point.version)


@operation("discussions_settle_point")
async def settle_point(cast: Cast) -> Call:
    point = await make_point(cast, await make_need(cast))
    return Call("POST", f"/points/{point.id}/settle", by="coordinator", if_match=point.version)


@operation("discussions_list_attachments")
async def list_attachments(cast: Cast) -> Call:
    need = await make_need(cast)
    await _attachment(cast, need)
    return Call("GET", f"/attachments?subject_kind=need&subject_id={need.id}", by="observer")


@operation("discussions_get_attachment")
async def get_attachment(cast: Cast) -> Call:
    attachment = await _attachment(cast, await make_need(cast))
    return Call("GET", f"/attachments/{attachment.id}", by="observer")


@operation("discussions_get_attachment_content")
async def get_attachment_content(cast: Cast) -> Call:
    attachment = await _attachment(cast, await make_need(cast))
    return Call("GET", f"/attachments/{attachment.id}/content", by="observer")


@operation("discussions_create_attachment")
async def create_attachment(cast: Cast) -> Call:
    need = await make_need(cast)
    path = f"/attachments?subject_kind=need&subject_id={need.id}&audience=network&name=kysely.csv"
    return Call("POST", path, by="secretary", options={"content": b"kysely;vastaus\n"})


@operation("discussions_delete_attachment")
async def delete_attachment(cast: Cast) -> Call:
    attachment = await _attachment(cast, await make_need(cast))
    return Call("DELETE", f"/attachments/{attachment.id}", by="coordinator", if_match=attachment.version)
