"""Errors of this room."""

from puumerkki.kernel.errors import Conflict


class AgreementIncomplete(Conflict):
    code = "agreement_incomplete"
    message = "First enter what is agreed on, for what time, and two parties."


class NothingChanged(Conflict):
    code = "nothing_changed"
    message = "Nothing was changed since the last version."


class AlreadySigned(Conflict):
    code = "already_signed"
    message = "The party has signed this version."


class NothingToSign(Conflict):
    code = "nothing_to_sign"
    message = "There is no version that waits for a signature of yours."


class PeriodEnded(Conflict):
    code = "period_ended"
    message = "The period has ended: propose it again with a later last day, or record what was signed on paper."


class NothingToWithdraw(Conflict):
    code = "nothing_to_withdraw"
    message = "No amendment waits for signatures."


class NothingToConfirm(Conflict):
    code = "nothing_to_confirm"
    message = "There is nothing recorded by another party that waits for an answer of yours."


class RecordedByYou(Conflict):
    code = "recorded_by_you"
    message = "You recorded it: somebody else who signs or prepares for the other party confirms it."


class NewerVersion(Conflict):
    code = "newer_version"
    message = "A newer version has been proposed: read it first."


class AgreementClosed(Conflict):
    code = "agreement_closed"
    message = "The agreement has ended."


class RenewalExists(Conflict):
    code = "renewal_exists"
    message = "Another agreement already continues this one."


class DutyTooEarly(Conflict):
    code = "duty_too_early"
    message = "It is too early for this."


class ContactsOutdated(Conflict):
    code = "contacts_outdated"
    message = "Name a contact person who is still there first."


class PartiesFixed(Conflict):
    code = "parties_fixed"
    message = "The parties cannot change once the agreement has been proposed."


class TemplateNameTaken(Conflict):
    code = "template_name_taken"
    message = "The organisation has a template of this name: choose another."


class TooManyTemplates(Conflict):
    code = "too_many_templates"
    message = "The organisation has as many templates as it can keep: remove one first."


class NamesPredecessor(Conflict):
    """A version that names the former party is not signed by its successor."""

    code = "names_predecessor"
    message = (
        "This version names the archived organisation in whose place you act. Propose a new version; it then names"
        " your organisation, and all parties can sign it."
    )
