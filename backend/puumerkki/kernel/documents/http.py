"""Documents as answers."""

from fastapi import Response

from puumerkki.kernel.documents import MEDIA_TYPE, Document, typeset
from puumerkki.kernel.field_types import Schema, UiLanguage

PDF_RESPONSE: dict[int | str, dict[str, object]] = {
    200: {"description": "The document", "content": {MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}}}
}


class DocumentQuery(Schema):
    """In which language; by default that of the thing itself, or Finnish."""

    language: UiLanguage | None = None


async def pdf_response(document: Document, name: str) -> Response:
    """The document as a file to be kept under a name."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(await typeset(document), media_type=MEDIA_TYPE, headers=headers)
