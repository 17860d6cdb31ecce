"""An agreement's version on paper: its sections, and who signed it when."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from puumerkki.agreements.document_labels import WORDS
from puumerkki.agreements.labels import CONTRIBUTIONS, KINDS
from puumerkki.agreements.models import (
    Agreement,
    AgreementRecordAnswer,
    AgreementSignature,
    AgreementVersion,
    AgreementWithdrawal,
    RecordAnswer,
)
from puumerkki.kernel.clock import day_of
from puumerkki.kernel.crypto.canonical import digest
from puumerkki.kernel.documents import Document, Fact, Section
from puumerkki.kernel.field_types import display_name
from puumerkki.kernel.formatting import written_day, written_euros, written_hours, written_year_day

YEAR_DAYS = ("confirm_by", "evaluate_by", "check_contacts_by")


def document(
    agreement: Agreement,
    version: AgreementVersion,
    *,
    target_groups: Sequence[Mapping[str, str]],
    signatures: Sequence[AgreementSignature],
    language: str,
    withdrawal: AgreementWithdrawal | None = None,
    answers: Sequence[AgreementRecordAnswer] = (),
) -> Document:
    """A version as it was proposed. `signatures`: those on it; `target_groups`: their names.

    `withdrawal`: where it was withdrawn. `answers`: of what one party recorded, what each other one says.
    """
    words, content = WORDS[language], version.content
    # as they were called when it was proposed
    signed = json.loads(version.snapshot)
    names = {one["id"]: one["name"] for one in signed["parties"]}
    period = ("–" if language == "fi" else " – ").join(
        written_day(day, language) for day in (version.starts_on, version.ends_on)
    )
    facts = [
        Fact(words["parties"], ", ".join(names.values())),
        Fact(words["period"], period),
        Fact(words["version"], str(version.number)),
    ]
    if withdrawal is not None:
        who = names[str(withdrawal.withdrawn_for_organisation_id)]
        told = words["withdrawn"].format(day=written_day(day_of(withdrawal.created_at), language), who=who)
        facts.append(Fact(words["standing"], told))
    if "notice_months" in content:
        facts.append(Fact(words["notice"], str(content["notice_months"])))
    facts += [Fact(words[part], written_year_day(content[part], language)) for part in YEAR_DAYS if part in content]
    if content.get("public"):
        facts.append(Fact(words["public"], words["shown"]))
    if target_groups:
        facts.append(Fact(words["target_groups"], ", ".join(display_name(one, language) for one in target_groups)))
    moments = [version.created_at, *(one.signed_at for one in signatures)]
    if withdrawal is not None:
        moments.append(withdrawal.created_at)
    moments += [one.answered_at for one in answers if one.answered_at is not None]
    return Document(
        title=version.title,
        language=language,
        author=", ".join(names.values()),
        lead=KINDS[language][agreement.kind.value],
        foot=f"{version.title} · {words['version']} {version.number}",
        made_on=max(day_of(one) for one in moments),
        sections=[
            Section(words["facts"], facts=facts),
            *_told(words, content, ("purpose", "forms")),
            *_contributions(words, content, names, language),
            *_reporting(words, content, names, language),
            *_told(words, content, ("evaluation", "personal_data", "termination")),
            *_attachments(words, signed.get("attachments", [])),
            _signatures(words, version, signatures, answers, names, language),
        ],
    )


def _told(words: Mapping[str, str], content: Mapping[str, Any], parts: Sequence[str]) -> list[Section]:
    return [Section(words[part], paragraphs=content[part].split("\n")) for part in parts if content.get(part)]


def _contributions(
    words: Mapping[str, str], content: Mapping[str, Any], names: Mapping[str, str], language: str
) -> list[Section]:
    def amount(one: Mapping[str, Any]) -> str:
        if one.get("cents") is not None:
            return written_euros(one["cents"], language)
        return "" if one.get("hours") is None else written_hours(one["hours"], language)

    def row(one: Mapping[str, Any]) -> list[str]:
        kind = CONTRIBUTIONS[language][one["kind"]]
        what = ": ".join(filter(None, (kind, one.get("description"), one.get("budget_line"))))
        return [names.get(one["organisation_id"], ""), what, str(one.get("year") or words["every"]), amount(one)]

    rows = [row(one) for one in content.get("contributions", [])]
    head = [words[name] for name in ("who", "what", "year", "how_much")]
    return [Section(words["contributions"], head=head, rows=rows)] if rows else []


def _reporting(
    words: Mapping[str, str], content: Mapping[str, Any], names: Mapping[str, str], language: str
) -> list[Section]:
    def when(one: Mapping[str, Any]) -> str:
        day = one.get("due_by")
        return one["due"] if day is None else f"{one['due']} ({words['by']} {written_year_day(day, language)})"

    rows = [[names.get(one["organisation_id"], ""), one["what"], when(one)] for one in content.get("reporting", [])]
    head = [words[name] for name in ("who", "what", "when")]
    return [Section(words["reporting"], head=head, rows=rows)] if rows else []


def _attachments(words: Mapping[str, str], files: Sequence[Mapping[str, Any]]) -> list[Section]:
    """The files that belong to the version; each can be told by its digest."""
    facts = [Fact(one["name"], one["digest"], code=True) for one in files]
    return [Section(words["attachments"], facts=facts)] if facts else []


def _signatures(
    words: Mapping[str, str],
    version: AgreementVersion,
    signatures: Sequence[AgreementSignature],
    answers: Sequence[AgreementRecordAnswer],
    names: Mapping[str, str],
    language: str,
) -> Section:
    rows = [[names[str(one.organisation_id)], written_day(day_of(one.signed_at), language)] for one in signatures]
    if version.signed_on_paper is not None:
        whole = all(one.answer == RecordAnswer.confirmed for one in answers)
        told = words["paper" if whole else "paper_said"].format(
            day=written_day(version.signed_on_paper, language),
            who=names[str(version.proposed_for_organisation_id)],
            recorded=written_day(day_of(version.created_at), language),
        )
        for said, key in (
            (RecordAnswer.confirmed, "confirmed"),
            (RecordAnswer.disputed, "disputed"),
            (None, "unconfirmed"),
        ):
            who = ", ".join(names[str(one.organisation_id)] for one in answers if one.answer == said)
            told += " " + words[key].format(names=who) if who else ""
    else:
        told = words["how"] if rows else words["unsigned"]
    return Section(
        words["signatures"],
        facts=[Fact(words["digest"], digest(version.snapshot), code=True)],
        paragraphs=[told],
        head=[words["who"], words["signed"]] if rows else (),
        rows=rows,
    )
