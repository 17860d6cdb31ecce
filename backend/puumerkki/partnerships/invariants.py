"""What must always be true of cases and of the gate before them.

The database holds most of it by constraints and triggers; this looks again, after a restore, a fault or a suspicion.
"""

from puumerkki.kernel.room import Invariant

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
)
