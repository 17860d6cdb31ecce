"""What the API gives of the next step: codes that an app puts into words, and what they are about."""

from enum import StrEnum
from uuid import UUID

from puumerkki.agreements.models import DutyKind
from puumerkki.kernel.field_types import Day, Moment, NameTranslations, Schema
from puumerkki.networks.decision_rule import ApplicationPart


class StepSays(StrEnum):
    """What is, in one sentence. `asked`: something waits for the reader that `task` names."""

    asked = "asked"
    draft = "draft"
    draft_ready = "draft_ready"
    draft_others = "draft_others"
    draft_membership = "draft_membership"
    draft_rulebook = "draft_rulebook"
    draft_co_applicant = "draft_co_applicant"
    draft_blocked = "draft_blocked"
    co_applicant_asked = "co_applicant_asked"
    submitted = "submitted"
    review_late = "review_late"
    returned_to_you = "returned_to_you"
    returned = "returned"
    ballot_of_network = "ballot_of_network"
    counted = "counted"
    endorsed = "endorsed"
    endorsed_conditions = "endorsed_conditions"
    endorsement_under_review = "endorsement_under_review"
    declined = "declined"
    stated = "stated"
    ended = "ended"
    handling_new = "handling_new"
    handling_tied = "handling_tied"
    handling_waits = "handling_waits"
    not_read = "not_read"
    ready_for_ballot = "ready_for_ballot"
    ballot_asked = "ballot_asked"
    statement_due = "statement_due"
    meeting_decides = "meeting_decides"
    decision_recorded = "decision_recorded"
    decision_holds = "decision_holds"
    vote_missing = "vote_missing"
    voted = "voted"
    vote_recorded = "vote_recorded"
    ballot_open = "ballot_open"
    ballot_counted = "ballot_counted"
    ballot_conditions = "ballot_conditions"
    ballot_no_quorum = "ballot_no_quorum"
    newer_version = "newer_version"
    case_arrived = "case_arrived"
    case_referred = "case_referred"
    case_gate_open = "case_gate_open"
    case_in_preparation = "case_in_preparation"
    case_to_decide = "case_to_decide"
    case_proposed = "case_proposed"
    case_handed_back = "case_handed_back"
    supplement_to_answer = "supplement_to_answer"
    supplement_asked = "supplement_asked"
    case_decided = "case_decided"
    case_committed = "case_committed"
    case_looked_at = "case_looked_at"
    decided_to_file = "decided_to_file"
    filing_planned = "filing_planned"
    filing_past = "filing_past"
    filing_filed = "filing_filed"
    filing_granted = "filing_granted"
    filing_report_day = "filing_report_day"
    filing_refused = "filing_refused"
    filing_reported = "filing_reported"
    filing_closed = "filing_closed"
    agreement_draft = "agreement_draft"
    agreement_ready = "agreement_ready"
    agreement_to_sign = "agreement_to_sign"
    agreement_signatures = "agreement_signatures"
    agreement_recorded = "agreement_recorded"
    agreement_disputed = "agreement_disputed"
    agreement_signed = "agreement_signed"
    agreement_duty = "agreement_duty"
    agreement_duty_late = "agreement_duty_late"
    agreement_next_duty = "agreement_next_duty"
    agreement_in_force = "agreement_in_force"
    agreement_expiring = "agreement_expiring"
    agreement_ended = "agreement_ended"
    agreement_renewed = "agreement_renewed"


class StepDoes(StrEnum):
    """What the reader can do about it now. `task`: what the task is called."""

    task = "task"
    continue_writing = "continue_writing"
    submit = "submit"
    request_membership = "request_membership"
    accept_rulebook = "accept_rulebook"
    answer_request = "answer_request"
    read_version = "read_version"
    ask_for_ballot = "ask_for_ballot"
    complete = "complete"
    follow = "follow"
    certificate = "certificate"
    see_conditions = "see_conditions"
    read_reasons = "read_reasons"
    read_statement = "read_statement"
    ask_again = "ask_again"
    continue_as_new = "continue_as_new"
    begin_review = "begin_review"
    record_reading = "record_reading"
    open_ballot = "open_ballot"
    give_statement = "give_statement"
    record_decision = "record_decision"
    confirm_decision = "confirm_decision"
    vote = "vote"
    change_vote = "change_vote"
    answer_conditions = "answer_conditions"
    endorse = "endorse"
    decline = "decline"
    reopen_review = "reopen_review"
    compare = "compare"
    begin = "begin"
    propose = "propose"
    decide = "decide"
    answer_supplement = "answer_supplement"
    look_at = "look_at"
    read_decision = "read_decision"
    draft_agreement = "draft_agreement"
    file = "file"
    record_result = "record_result"
    add_report_day = "add_report_day"
    report_to_funder = "report_to_funder"
    plan_filing = "plan_filing"
    close = "close"
    edit_agreement = "edit_agreement"
    propose_agreement = "propose_agreement"
    sign = "sign"
    confirm_record = "confirm_record"
    do_duty = "do_duty"
    decide_renewal = "decide_renewal"


class StepDoer(StrEnum):
    """Who takes the next step. `nobody`: there is none."""

    you = "you"
    applicant = "applicant"
    co_applicant = "co_applicant"
    network = "network"
    members = "members"
    second_person = "second_person"
    authority = "authority"
    funder = "funder"
    parties = "parties"
    nobody = "nobody"


class Recipients(StrEnum):
    """Where an application is sent, as parts of a draft that may be missing beside those of its text."""

    areas = "area_ids"
    authorities = "authorities"


class StepPlace(Schema):
    """Where it is done."""

    kind: str
    id: UUID


class NextStep(Schema):
    """What is, and what comes next. `does`: null where it is not the reader who does it; then `doer` says who.

    `task`: the kind of the reader's task that this is, with its day. `names`: whom the sentence names; `doer_names`:
    the organisations or networks of `doer`. `duty`: what an agreement asks of them. `count` of `total`, `number`,
    `person` and `day` stand in the sentence; the person is who was named to prepare a case. `parts`: what a draft
    lacks; `blocked_by`: the code of what else is in its way. `revoking`: networks that consider revoking a puumerkki
    which the case requires, and hear the applicants until `revoking_until`.
    `due_on`: the last day; `closes_at`: the same as a moment; `late`: it has passed.
    """

    says: StepSays
    does: StepDoes | None = None
    doer: StepDoer = StepDoer.nobody
    doer_names: list[NameTranslations] = []
    task: str | None = None
    duty: DutyKind | None = None
    place: StepPlace | None = None
    names: list[NameTranslations] = []
    parts: list[ApplicationPart | Recipients] = []
    blocked_by: str | None = None
    revoking: list[NameTranslations] = []
    revoking_until: Day | None = None
    count: int | None = None
    total: int | None = None
    number: str | None = None
    person: str | None = None
    day: Day | None = None
    due_on: Day | None = None
    closes_at: Moment | None = None
    late: bool = False


class StageName(StrEnum):
    """A stage of the way. In place of `ballot` stands `meeting` or `statement` where a network answers so."""

    draft = "draft"
    submitted = "submitted"
    network = "network"
    ballot = "ballot"
    meeting = "meeting"
    statement = "statement"
    endorsement = "endorsement"
    authority = "authority"
    funder = "funder"
    report = "report"
    received = "received"
    in_review = "in_review"
    concluded = "concluded"
    arrived = "arrived"
    in_preparation = "in_preparation"
    decided = "decided"
    planned = "planned"
    filed = "filed"
    funder_decision = "funder_decision"
    for_signature = "for_signature"
    in_force = "in_force"
    ended = "ended"


class Standing(StrEnum):
    """Where one is on the way. `skipped`: it will not come, or did not. `unchosen`: whether it comes is to be chosen.

    `begun`: under way although a stage before it is not done; `ready`: it comes next, and nobody has begun it.
    """

    done = "done"
    now = "now"
    ready = "ready"
    begun = "begun"
    ahead = "ahead"
    unchosen = "unchosen"
    skipped = "skipped"


class Stage(Schema):
    """One stage. `on`: the day on which it was done, or by which it is to be; `since`: on which it begins or began.

    `count` of `total` where there are several.
    """

    name: StageName
    standing: Standing
    on: Day | None = None
    since: Day | None = None
    count: int | None = None
    total: int | None = None


class NextPublic(Schema):
    """The next step in a thing for the reader, and its way from beginning to end."""

    step: NextStep
    stages: list[Stage]
