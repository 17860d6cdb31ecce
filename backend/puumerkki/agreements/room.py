"""What the room brings to the house."""

from puumerkki.access.permissions import P
from puumerkki.agreements import routes
from puumerkki.agreements.events import AgreementSigned
from puumerkki.agreements.exports import AGREEMENTS_TEMPLATE
from puumerkki.agreements.importing.sheet import AGREEMENTS
from puumerkki.agreements.models.agreements import (
    Agreement,
    AgreementParty,
    AgreementSignature,
    AgreementVersion,
    AgreementWithdrawal,
)
from puumerkki.agreements.models.duties import AgreementDuty
from puumerkki.agreements.models.records import AgreementRecordAnswer
from puumerkki.agreements.models.templates import AgreementTemplate
from puumerkki.agreements.queries import duties, records
from puumerkki.agreements.queries.agreements import REPORTED, SUBJECT
from puumerkki.agreements.queries.to_sign import TO_SIGN
from puumerkki.agreements.service import contacts, succession
from puumerkki.agreements.service.asking import ask_due
from puumerkki.agreements.service.event_handlers import (
    after_evaluation_given,
    after_report_returned,
    after_report_submitted,
)
from puumerkki.agreements.service.reminders import remind_due
from puumerkki.agreements.service.renewal import begin_due, end_due, expire_due
from puumerkki.agreements.tells import MAILED, SIDES, TELLS
from puumerkki.agreements.workflow import AGREEMENT, DUTY
from puumerkki.identity.events import RoleRevoked
from puumerkki.imports import kinds
from puumerkki.kernel.links import Kept, MergedThing, MergeObstacleCode, Obstacle, Since, moves, passes, stays, wrote
from puumerkki.kernel.room import Periodic, Room
from puumerkki.organisations.events.organisations import RolesChanged
from puumerkki.organisations.events.successions import OrganisationSucceeded
from puumerkki.reports import reportable
from puumerkki.reports.events import EvaluationGiven, ReportReturned, ReportSubmitted


def _connect() -> None:
    reportable.register(REPORTED)
    kinds.register(AGREEMENTS, P.agreements_sign, "organisation_id", template=AGREEMENTS_TEMPLATE)


_AGREEMENTS = "select agreement_id from agreement_party where organisation_id = any(:ids)"
_DRAFT = """
exists (select from agreement a where a.id = {id} and a.state = 'draft' and a.current_version is null
    and a.drafted_by_organisation_id = :into)"""


def _since(thing: str = "t.agreement_id", *, by: str | None = None, at: str = "t.created_at") -> Since:
    """Of a draft of its own that was never proposed, all goes; a signature given since stops it. `by`: a column."""
    writers = f"select t.{by} where t.agreement_id <> all(:noted)" if by else wrote(thing)
    alone = "false" if by else _DRAFT.format(id=thing)
    return Since(MergedThing.agreements, writers, alone=alone, kind="agreement", thing=thing, at=at)


_WROTE_TEMPLATE = """
select e.actor_id from event e where e.subject_id = :into and e.occurred_at > :since
and e.data->>'template_id' = t.id::text"""
_BEGUN = "(select a.created_at from agreement a where a.id = t.agreement_id)"
_AGREE_TOGETHER = """
select p.id from agreement p
join agreement_party a on a.agreement_id = p.id join agreement_party b on b.agreement_id = p.id
where p.state not in ('ended', 'cancelled', 'terminated', 'renewed')
and a.organisation_id = :merged and b.organisation_id = :into"""

ROOM = Room(
    name="agreements",
    tells=TELLS,
    mailed=MAILED,
    sides=SIDES,
    tables=(
        Agreement,
        AgreementParty,
        AgreementVersion,
        AgreementSignature,
        AgreementWithdrawal,
        AgreementDuty,
        AgreementRecordAnswer,
        AgreementTemplate,
    ),
    routers=routes.ROUTERS,
    subjects=(SUBJECT,),
    workflows=(AGREEMENT, DUTY),
    handlers={
        RoleRevoked: (contacts.after_role_revoked,),
        OrganisationSucceeded: (succession.after_succeeded,),
        ReportSubmitted: (after_report_submitted,),
        ReportReturned: (after_report_returned,),
        EvaluationGiven: (after_evaluation_given,),
    },
    # the check of the contacts is told before what the lost role means in networks and cases
    handlers_first={RolesChanged: (contacts.after_roles_changed,)},
    periodic=(Periodic((begin_due, expire_due, end_due, remind_due, ask_due)),),
    tasks=(TO_SIGN, records.TO_CONFIRM, *duties.TASKS),
    deadlines=duties.DEADLINES,
    remembered=(AgreementSigned,),
    links=(
        *passes("agreement.id", since=Kept.named, through=_AGREEMENTS),
        *passes("agreement_party.organisation_id", since=_since(at=_BEGUN)),
        *passes("agreement_duty.organisation_id", since=Kept.history),
        *moves("agreement.drafted_by_organisation_id", since=_since("t.id")),
        *moves(
            "agreement_template.organisation_id",
            since=Since(MergedThing.agreements, _WROTE_TEMPLATE, alone="true"),
        ),
        *stays("agreement_party.succeeded_by_id", since=Kept.history),
        *stays("agreement_record_answer.organisation_id", since=_since(by="answered_by")),
        *stays("agreement_version.proposed_for_organisation_id", since=_since(by="proposed_by")),
        *stays("agreement_signature.organisation_id", since=_since(by="signed_by")),
        *stays("agreement_withdrawal.withdrawn_for_organisation_id", since=_since(by="withdrawn_by")),
    ),
    obstacles=(Obstacle(MergeObstacleCode.agree_together, "agreement", _AGREE_TOGETHER),),
    connect=_connect,
)
