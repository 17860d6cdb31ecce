"""The statements of an import of agreements."""

from collections.abc import Mapping

from puumerkki.agreements.events import AgreementRecorded
from puumerkki.imports.sheets import Check, by_id, given, twice

COLUMNS: Mapping[str, str] = {
    "row": "int4",
    "made_id": "uuid",
    "event_id": "uuid",
    "version_id": "uuid",
    "given_id": "uuid",
    "reference": "text",
    "kind": "text",
    "title": "text",
    "sort_key": "text",
    "language": "text",
    "parties": "text[]",
    "party_names": "text[]",
    "starts_on": "date",
    "ends_on": "date",
    "content": "jsonb",
    "payer": "text",
    "worker": "text",
    "signed_on": "date",
}
MORE = ", party_ids uuid[], unknown text, ambiguous bool, called text, strangers text[], snapshot bytea"
"""`strangers`: the fields that name somebody who is no party."""

TWICE = twice("reference", "reference", fault="agreement_twice", keys="reference", condition="given_id is null")
SAME_TWICE = twice(
    "reference", "reference", fault="agreement_twice", keys="target_id", condition="target_id is not null"
)
MATCH = (
    "update import_row i set target_id = a.id from agreement a"
    " where i.given_id is null and a.drafted_by_organisation_id = %(organisation)s::uuid and a.reference = i.reference"
)
_PARTY = (
    "select from agreement_party p where p.agreement_id = o.id and p.informed and p.organisation_id = %(organisation)s"
)
MATCH_BY_ID = by_id("agreement", belongs=f"(o.drafted_by_organisation_id = %(organisation)s or exists ({_PARTY}))")
_UNKNOWN = "select row, unknown, null::int from import_row where unknown is not null and"
NOT_FOUND: Check = ("parties", "organisation_not_found", f"{_UNKNOWN} not ambiguous")
SEVERAL: Check = ("parties", "name_of_several", f"{_UNKNOWN} ambiguous")
PARTIES_DIFFER: Check = (
    "party_names",
    "parties_differ",
    "select row, array_to_string(party_names, '; '), null::int, called from import_row"
    " where 'party_names' = any(strangers)",
)
PAYER: Check = (
    "payer",
    "payer_not_a_party",
    "select row, payer, null::int from import_row where 'payer' = any(strangers)",
)
WORKER: Check = (
    "worker",
    "worker_not_a_party",
    "select row, worker, null::int from import_row where 'worker' = any(strangers)",
)
ALONE: Check = (
    "parties",
    "parties_needed",
    "select row, array_to_string(parties, '; '), null::int from import_row"
    " where cardinality(party_ids) < 2 and given_id is null",
)
_PUTS = "jsonb_path_query_array({0}.content, '$.contributions[*] ? (@.kind == \"{1}\")')"
_PART = "v.content->'{0}' is distinct from i.content->'{0}'"


def _other_puts(kind: str) -> str:
    return f"{_PUTS.format('v', kind)} is distinct from {_PUTS.format('i', kind)}"


PUTS = (("money", "money"), ("hours", "working_time"))


def _other_puts_now(kind: str) -> str:
    """The same without their order, where the row says any."""
    now, said = _PUTS.format("v", kind).replace("v.content", "coalesce(v.content, a.content)"), _PUTS.format("i", kind)
    return f"{said} <> '[]' and not ({said} @> {now} and {now} @> {said})"


_SAME_PARTIES = (
    "(select array_agg(p.organisation_id order by p.organisation_id) from agreement_party p"
    " where p.agreement_id = a.id)"
    " is distinct from (select array_agg(said order by said) from unnest(i.party_ids) as said)"
)
_OTHER = {
    "kind": "a.kind is distinct from i.kind",
    "title": "v.title is distinct from i.title",
    "language": f"{given('language')} and a.language is distinct from i.language",
    "parties": _SAME_PARTIES,
    "starts_on": "v.starts_on is distinct from i.starts_on",
    "ends_on": "v.ends_on is distinct from i.ends_on",
    "signed_on": "v.signed_on_paper is distinct from i.signed_on",
    "purpose": _PART.format("purpose"),
    "target_groups": f"{given('target_groups')} and {_PART.format('target_groups')}",
    "money": f"({given('money')} or {given('money_by_year')}) and {_other_puts('money')}",
    "hours": f"({given('hours')} or {given('hours_by_year')}) and {_other_puts('working_time')}",
    "notice_months": f"{given('notice_months')} and {_PART.format('notice_months')}",
}
COMPARE = (
    "update import_row i set changed = array(select name from unnest(array["
    + ", ".join(f"case when {condition} then '{name}' end" for name, condition in _OTHER.items())
    + "]) as name where name is not null order by name)"
    " from agreement a join agreement_version v on v.agreement_id = a.id and v.number = 1"
    " where a.id = i.target_id and i.given_id is null"
)
"""With the version that was recorded: what was agreed on since is nobody's list's matter."""
_SAID = "coalesce(v.content, a.content)"
_NOW_OTHER = {
    "kind": "i.kind <> a.kind",
    "title": "i.title <> coalesce(v.title, a.title)",
    "language": f"{given('language')} and i.language <> a.language",
    "parties": _SAME_PARTIES.replace("= a.id)", "= a.id and p.last_version is null)"),
    "starts_on": "i.starts_on <> coalesce(v.starts_on, a.starts_on)",
    "ends_on": "i.ends_on <> coalesce(v.ends_on, a.ends_on)",
    "signed_on": "i.signed_on is distinct from v.signed_on_paper and i.signed_on is not null",
} | {
    name: f"i.content ? '{name}' and i.content->'{name}' is distinct from {_SAID}->'{name}'"
    for name in ("purpose", "target_groups", "notice_months")
}
COMPARE_BY_ID = (
    "update import_row i set changed = array(select name from unnest(array["
    + ", ".join(f"case when {condition} then '{name}' end" for name, condition in _NOW_OTHER.items())
    + ", ".join(["", *(f"case when {_other_puts_now(kind)} then '{name}' end" for name, kind in PUTS)])
    + "]) as name where name is not null order by name)"
    " from agreement a left join agreement_version v on v.agreement_id = a.id"
    " and v.number = coalesce(a.version_in_force, a.current_version)"
    " where a.id = i.target_id and i.given_id is not null"
)
"""With what the list shows: what is in force, or else proposed or recorded, before that the draft."""
RECORDED: Check = (
    "reference",
    "recorded_otherwise",
    "select row, reference, null::int from import_row where target_id is not null and changed <> '{}'",
)
INSERT = """
insert into agreement
    (id, created_at, updated_at, version, kind, state, title, sort_key, language, starts_on, ends_on, content, private,
     drafted_by_organisation_id, reference)
select target_id, %(now)s::timestamptz, %(now)s::timestamptz, 1, kind, 'draft', title, sort_key, language, starts_on,
    ends_on, content, '{}'::jsonb, %(organisation)s::uuid, reference
from import_row order by row
"""
PARTIES = """
insert into agreement_party (agreement_id, organisation_id, place, informed)
select target_id, party.id, party.place - 1, true
from import_row cross join lateral unnest(party_ids) with ordinality as party(id, place)
"""
VERSIONS = """
insert into agreement_version
    (id, created_at, agreement_id, number, title, starts_on, ends_on, content, snapshot, digest, proposed_by,
     proposed_for_organisation_id, signed_on_paper)
select version_id, %(now)s::timestamptz, target_id, 1, title, starts_on, ends_on, content, snapshot, sha256(snapshot),
    %(actor)s::uuid, %(organisation)s::uuid, signed_on
from import_row
"""
RECORD = """
update agreement a set current_version = 1, state = 'recorded' from import_row i where a.id = i.target_id
"""
ASK = """
insert into agreement_record_answer (id, created_at, agreement_id, version_number, organisation_id, asked, ask_on)
select gen_random_uuid(), %(now)s::timestamptz, target_id, 1, party, 0, %(today)s::date
from import_row cross join lateral unnest(party_ids) as party where party <> %(organisation)s::uuid
"""
"""Each other party is asked: what one party's list says binds nobody else."""
TELL = f"""
insert into event (id, occurred_at, type, tier, actor_id, subject_kind, subject_id, related, changed, data)
select event_id, %(now)s::timestamptz, '{AgreementRecorded.type}', '{AgreementRecorded.tier}',
    %(actor)s::uuid, 'agreement', target_id, party_ids, '{{}}'::text[], '{{}}'::jsonb
from import_row order by row
"""
