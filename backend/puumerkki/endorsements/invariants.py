"""What must always be true of endorsements.

The database holds most of it by constraints and triggers; this looks again, after a restore, a fault or a suspicion.
"""

from puumerkki.kernel.room import Invariant

INVARIANTS = (
    Invariant(
        "snapshot_changed",
        "The endorsed version is not the one whose digest was signed.",
        "select number from endorsement where digest <> sha256(snapshot)",
    ),
    Invariant(
        "endorsement_number_beyond_counter",
        "An endorsement's number is higher than its network's counter: the next one would get it again.",
        "select e.number from endorsement e join network n on n.id = e.network_id left join endorsement_counter c"
        " on c.network_id = e.network_id and c.year = split_part(e.number, '-', 2)::int"
        " where split_part(e.number, '-', 3)::int > coalesce(c.last, 0)",
    ),
    Invariant(
        "endorsement_numbers_have_gaps",
        "A network gave fewer endorsements in a year than its counter says.",
        "select n.prefix || '-' || c.year from endorsement_counter c join network n on n.id = c.network_id"
        " where c.last <> (select count(*) from endorsement e where e.network_id = c.network_id"
        " and split_part(e.number, '-', 2)::int = c.year)",
    ),
)
