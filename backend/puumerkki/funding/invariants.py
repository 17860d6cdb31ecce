"""What must always be true of calls, applications, endorsements, cases and filings.

The database holds most of it by constraints and triggers; this looks again, after a restore, a fault or a suspicion.
"""

from uuid import UUID

from puumerkki.funding.ballot_count import Electors, Given, count_of
from puumerkki.kernel.room import Connection, Invariant
from puumerkki.networks.decision_rule import DecisionRule
from puumerkki.networks.tally import Choice

_BALLOTS = """
select b.id, b.rule, b.result, b.recorded_confirmed,
       array(select member_id from ballot_elector e where e.ballot_id = b.id),
       array(select member_id from recusal r where r.ballot_id = b.id),
       array(select member_id from recusal r where r.ballot_id = b.id and own_application),
       (select json_object_agg(member_id, coalesce(bloc_id, member_id)) from ballot_elector e where e.ballot_id = b.id),
       array(select json_build_object('member_id', member_id, 'choice', choice, 'recorded', recorded,
                                      'condition_taken', condition_taken, 'stands', stands)
             from vote v where v.ballot_id = b.id order by created_at, id)
from ballot b where b.state = 'closed'
"""
_SINCE = "one_is_enough"
"""A rule that does not know it may have been counted when one member was enough."""


async def _miscounted(connection: Connection) -> list[str]:
    """Closed ballots whose stored result is not the count of their votes."""
    found = []
    async for ballot, rule, result, confirmed, electors, recused, applying, blocs, votes in await connection.execute(
        _BALLOTS
    ):
        of = Electors(
            electorate=frozenset(electors),
            recused=frozenset(recused),
            applying=frozenset(applying),
            blocs={UUID(member): UUID(bloc) for member, bloc in (blocs or {}).items()},
        )
        # votes of strangers are told by a check of their own
        given = [
            Given(**vote | {"member_id": UUID(vote["member_id"]), "choice": Choice(vote["choice"])})
            for vote in votes
            if UUID(vote["member_id"]) in of.electorate - of.recused
        ]
        rules = [rule] if _SINCE in rule else [rule, rule | {_SINCE: True}]
        counts = [
            count_of(given, of, DecisionRule.model_validate(one), without_recorded=confirmed is False) for one in rules
        ]
        if result is None or result.get("outcome") not in {one.reason.value for one in counts}:
            found.append(str(ballot))
    return found


INVARIANTS = (
    Invariant(
        "gate_passed",
        "A case is under preparation, and a puumerkki that it requires is neither in force nor waived.",
        "select r.case_number from partner_request r join gate_requirement g on g.partner_request_id = r.id"
        " and g.waiver_id is null and g.released_at is null left join endorsement e"
        " on e.id = g.endorsement_id and e.application_id = r.application_id and e.version_number = r.version_number"
        " and e.network_id = any(g.network_ids) and e.state = 'valid'"
        " where r.state in ('in_preparation', 'supplement_asked') and e.id is null",
    ),
    Invariant(
        "requirement_out_of_step",
        "A requirement in a case is of another version or stage than the case.",
        "select g.id::text from gate_requirement g join partner_request r on r.id = g.partner_request_id"
        " where (g.application_id, g.version_number, g.stage) is distinct from"
        " (r.application_id, r.version_number, r.state)",
    ),
    Invariant(
        "decision_without_ground",
        "A decision says of a requirement neither on which puumerkki it rests nor that it was waived or released.",
        "select r.case_number from partner_request r, jsonb_array_elements(r.grounds) g where r.state = 'decided'"
        " and g ->> 'endorsement_number' is null and g ->> 'waiver_id' is null and g ->> 'release_ground' is null",
    ),
    Invariant(
        "snapshot_changed",
        "The endorsed version is not the one whose digest was signed.",
        "select number from endorsement where digest <> sha256(snapshot)",
    ),
    Invariant(
        "mark_number_beyond_counter",
        "An endorsement's number is higher than its network's counter: the next one would get it again.",
        "select e.number from endorsement e join network n on n.id = e.network_id left join endorsement_counter c"
        " on c.network_id = e.network_id and c.year = split_part(e.number, '-', 2)::int"
        " where split_part(e.number, '-', 3)::int > coalesce(c.last, 0)",
    ),
    Invariant(
        "mark_numbers_have_gaps",
        "A network gave fewer endorsements in a year than its counter says.",
        "select n.prefix || '-' || c.year from endorsement_counter c join network n on n.id = c.network_id"
        " where c.last <> (select count(*) from endorsement e where e.network_id = c.network_id"
        " and split_part(e.number, '-', 2)::int = c.year)",
    ),
    Invariant(
        "vote_of_a_stranger",
        "A vote of somebody who is not in the electorate, or stands aside.",
        "select v.id::text from vote v where not exists (select from ballot_elector e"
        " where e.ballot_id = v.ballot_id and e.member_id = v.member_id) or exists (select from recusal r"
        " where r.ballot_id = v.ballot_id and r.member_id = v.member_id)",
    ),
    Invariant(
        "handling_without_its_version",
        "A handling of a version that the application does not have.",
        "select h.id::text from handling h where not exists (select from application_version v"
        " where v.application_id = h.application_id and v.number = h.version_number)",
    ),
    Invariant(
        "version_without_applicant",
        "A version that does not keep who its leading applicant was.",
        "select v.application_id || ' ' || v.number from application_version v where not exists (select from"
        " version_applicant a where a.application_id = v.application_id and a.version_number = v.number"
        " and a.place = 0)",
    ),
    Invariant(
        "endorsed_without_mark",
        "A handling that is endorsed, but has no endorsement.",
        "select h.id::text from handling h where h.state = 'endorsed' and not exists"
        " (select from endorsement e where e.handling_id = h.id and e.state = 'valid')",
    ),
    Invariant("result_differs", "A ballot's result is not the count of its votes.", _miscounted),
)
