"""Mail that came back: delivery status notifications (RFC 3464) in a report (RFC 6522, before that RFC 3462)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel.characters import one_line
from puumerkki.kernel.mail import addresses, return_path, statuses
from puumerkki.kernel.mail.composing import row_of
from puumerkki.kernel.mail.models import BounceKind, OutboxMessage

_LONGEST = 300
_TO = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")
_MESSAGE_ID = re.compile(r"^(?:Message-ID):\s*(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE)
_RETURN_PATH = re.compile(r"^Return-Path:.*$", re.IGNORECASE | re.MULTILINE)


class BounceOutcome(StrEnum):
    """What became of a message that was handed in."""

    counted = "counted"
    known = "known"
    not_failed = "not_failed"
    no_report = "no_report"
    not_ours = "not_ours"


@dataclass(frozen=True)
class Report:
    """What a report says of one recipient. `recipients`: as first written and as it was in the end, if it says so."""

    action: str
    status: statuses.Status | None
    recipients: tuple[str, ...]
    said: str


@dataclass(frozen=True)
class ComeBack:
    """A delivery report: whose message it is, by its own address or by the Message-ID that it quotes."""

    by_token: UUID | None
    by_message_id: UUID | None
    reports: tuple[Report, ...]


def read(content: bytes) -> ComeBack | None:
    """The delivery report in a message, or nothing: other mail, and reports of reading or of complaint, are none."""
    message = message_from_bytes(content, policy=policy.compat32)
    if message.get_content_type() != "multipart/report" or not message.is_multipart():
        return None
    kind = _parameter(message, "report-type")
    parts = list(message.walk())
    of_status = [part for part in parts if part.get_content_type() == "message/delivery-status"]
    if kind not in ("delivery-status", "") or (kind == "" and not of_status):
        return None
    reports = tuple(report for part in of_status for report in _reports(part))
    if not reports:  # a report in words only: an RFC 3463 code among them says what it is
        words = next((part for part in parts if part.get_content_type() == "text/plain"), None)
        said = "" if words is None else _text(words)
        reports = (Report("failed", statuses.status_in(said), (), one_line(said)[:_LONGEST]),)
    returned = "\n".join(_quoted(parts))
    addressed = " ".join(str(value) for name in _TO for value in message.get_all(name, ()))
    by_token = return_path.message_of(addressed) or return_path.message_of("\n".join(_RETURN_PATH.findall(returned)))
    ids = [row_of(found) for found in _MESSAGE_ID.findall(returned)]
    return ComeBack(by_token, next((one for one in ids if one is not None), None), reports)


async def take(session: AsyncSession, content: bytes) -> BounceOutcome:
    """Note what came back. A message counts once, however often its report comes."""
    found = read(content)
    if found is None:
        return BounceOutcome.no_report
    row = await _row(session, found)
    if row is None:
        return BounceOutcome.not_ours
    failed = next((one for one in found.reports if one.action == "failed"), None)
    if failed is None:
        return BounceOutcome.not_failed
    hard = failed.status is not None and statuses.is_hard(failed.status)
    kind = BounceKind.hard if hard else BounceKind.soft
    news = await addresses.note_bounce(session, row, kind, failed.said)
    return BounceOutcome.counted if news else BounceOutcome.known


async def _row(session: AsyncSession, found: ComeBack) -> OutboxMessage | None:
    """By its own address, else by a Message-ID: that is seen by more people, so the report must name the recipient."""
    row_id = found.by_token or found.by_message_id
    if row_id is None:
        return None
    locked = select(OutboxMessage).where(col(OutboxMessage.id) == row_id).with_for_update()
    row = (await session.exec(locked.execution_options(populate_existing=True))).one_or_none()
    if row is None or found.by_token is not None:
        return row
    named = {one.lower() for report in found.reports for one in report.recipients}
    return row if row.recipient.lower() in named else None


def _reports(part: "Message[str, str]") -> Iterator[Report]:
    """One for each recipient; the first group of fields speaks of the whole message (RFC 3464, 2.1)."""
    groups: Any = part.get_payload()
    for group in groups if isinstance(groups, list) else ():
        action = str(group.get("Action", "")).strip().lower()
        if not action:
            continue
        status = str(group.get("Status", ""))
        told = str(group.get("Diagnostic-Code", ""))
        recipients = (_address(group.get(name)) for name in ("Original-Recipient", "Final-Recipient"))
        code = statuses.status_in(status)
        # 5.0.0 says nothing: many servers put the code that does into what they quote
        told_code = statuses.status_in(told) if code is None or code[1] == 0 else None
        said = one_line(f"{status.strip()} {told.strip()}")[:_LONGEST]
        yield Report(action, told_code or code, tuple(one for one in recipients if one), said)


def _address(field: object) -> str:
    """Of `rfc822; somebody@example.org`."""
    return str(field or "").partition(";")[2].strip().strip("<>")


def _quoted(parts: "list[Message[str, str]]") -> Iterator[str]:
    """The headers of the message that came back, whole or cut."""
    for part in parts:
        if part.get_content_type() == "text/rfc822-headers":
            yield _text(part)
        elif part.get_content_type() == "message/rfc822":
            inner: Any = part.get_payload()
            for one in inner if isinstance(inner, list) else ():
                yield "\n".join(f"{name}: {' '.join(str(value).split())}" for name, value in one.items())


def _text(part: "Message[str, str]") -> str:
    payload: Any = part.get_payload(decode=True)
    return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""


def _parameter(message: "Message[str, str]", name: str) -> str:
    try:
        found = message.get_param(name)
    except (ValueError, LookupError):
        return "?"
    return found.lower() if isinstance(found, str) else ""
