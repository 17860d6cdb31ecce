"""What must always be true of handlings and ballots.

The database holds most of it by constraints and triggers; this looks again, after a restore, a fault or a suspicion.
"""

from uuid import UUID

from puumerkki.handlings.tally import Electors, Given, count_of
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
        "vote_of_a_stranger",
        "A vote of somebody who is not in the electorate, or stands aside.",
        "select v.id::text from vote v where not exists (select from ballot_elector e"
        " where e.ballot_id = v.ballot_id and e.member_id = v.member_id) or exists (select from recusal r"
        " where r.ballot_id = v.ballot_id and r.member_id = v.member_id)",
    ),
    Invariant(
        "vote_out_of_time",
        "A vote that was given when the ballot was over: its last moment is the one before `closes_at`.",
        "select v.id::text from vote v join ballot b on b.id = v.ballot_id where v.cast_at >= b.closes_at",
    ),
    Invariant(
        "handling_without_its_version",
        "A handling of a version that the application does not have.",
        "select h.id::text from handling h where not exists (select from application_version v"
        " where v.application_id = h.application_id and v.number = h.version_number)",
    ),
    Invariant(
        "endorsed_without_endorsement",
        "A handling that is endorsed, but has no endorsement.",
        "select h.id::text from handling h where h.state = 'endorsed' and not exists"
        " (select from endorsement e where e.handling_id = h.id and e.state = 'valid')",
    ),
    Invariant("result_differs", "A ballot's result is not the count of its votes.", _miscounted),
)
