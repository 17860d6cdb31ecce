"""What the room brings to the house."""

from puumerkki.access.permissions import P
from puumerkki.agreements import routes
from puumerkki.agreements.events import AgreementSigned
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
from puumerkki.agreements.queries.agreements import REPORTED, SUBJECT
from puumerkki.agreements.service import contacts, succession
from puumerkki.agreements.service.asking import ask_due
from puumerkki.agreements.service.event_handlers import (
    after_evaluation_given,
    after_report_returned,
    after_report_submitted,
)
from puumerkki.agreements.service.reminders import remind_due
from puumerkki.agreements.service.renewal import begin_due, end_due, expire_due
from puumerkki.agreements.workflow import AGREEMENT, DUTY
from puumerkki.identity.events import RoleRevoked
from puumerkki.imports import kinds
from puumerkki.kernel.room import Periodic, Room
from puumerkki.organisations.events.organisations import RolesChanged
from puumerkki.organisations.events.successions import OrganisationSucceeded
from puumerkki.reports import reportable
from puumerkki.reports.events import EvaluationGiven, ReportReturned, ReportSubmitted


def _connect() -> None:
    reportable.register(REPORTED)
    kinds.register(AGREEMENTS, P.agreements_sign, "organisation_id")


ROOM = Room(
    name="agreements",
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
    remembered=(AgreementSigned,),
    connect=_connect,
)
