"""The workflow of an application: the applicants' own part of its way."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from puumerkki.access.errors import NamedSince
from puumerkki.access.permissions import P
from puumerkki.applications.errors import applications as errors
from puumerkki.applications.errors.applications import BallotOpen, CountWaits
from puumerkki.applications.models.applications import ApplicationState as S
from puumerkki.kernel.errors import PuumerkkiError
from puumerkki.kernel.workflow import Grant, Workflow, transition
from puumerkki.organisations.errors.organisations import OrganisationUnconfirmed


@dataclass(frozen=True, kw_only=True)
class ApplicationFacts:
    """What the guards need. Networks by their ids; `call_…`: of the call that it names, fine where it names none.

    `stands_in`: the leading applicant stands in the place of the one that submitted the newest version; `named_lately`:
    an operator's naming of the last days, after that version, made the actor what they are.
    """

    missing: tuple[str, ...] = ()
    unanswered: tuple[dict[str, Any], ...] = ()
    unconfirmed: tuple[dict[str, Any], ...] = ()
    networks_not_active: tuple[UUID, ...] = ()
    networks_ending: tuple[UUID, ...] = ()
    networks_not_member_of: tuple[UUID, ...] = ()
    networks_not_accepted: tuple[UUID, ...] = ()
    ballot_open: bool = False
    count_waits: bool = False
    call_takes: bool = True
    call_legal_form_fits: bool = True
    call_has_partner: bool = True
    call_amount_fits: bool = True
    changed: bool = True
    filings_open: bool = False
    stands_in: bool = False
    named_lately: bool = False


def networks_active(facts: ApplicationFacts) -> PuumerkkiError | None:
    """Only an active network takes applications."""
    return _where_any(errors.NetworkNotActive, facts.networks_not_active)


def networks_stay(facts: ApplicationFacts) -> PuumerkkiError | None:
    """A network that will rest or close finishes what it has, and takes in nothing new."""
    return _where_any(errors.NetworkEnds, facts.networks_ending)


def member_of_network(facts: ApplicationFacts) -> PuumerkkiError | None:
    """An applicant must be a member of every network that is asked."""
    return _where_any(errors.NotAMember, facts.networks_not_member_of)


def rules_accepted(facts: ApplicationFacts) -> PuumerkkiError | None:
    """A member takes part only with the rules in force accepted."""
    return _where_any(errors.RulesNotAccepted, facts.networks_not_accepted)


def complete(facts: ApplicationFacts) -> PuumerkkiError | None:
    """All parts that the networks' rules ask for are there."""
    return errors.Incomplete(missing=list(facts.missing)) if facts.missing else None


def all_accepted(facts: ApplicationFacts) -> PuumerkkiError | None:
    """Nobody applies unasked: every further applicant has said yes."""
    return errors.CoApplicantsUnanswered(organisations=list(facts.unanswered)) if facts.unanswered else None


def all_confirmed(facts: ApplicationFacts) -> PuumerkkiError | None:
    """Nobody applies in a name that nobody else has confirmed."""
    return OrganisationUnconfirmed(organisations=list(facts.unconfirmed)) if facts.unconfirmed else None


def no_ballot_open(facts: ApplicationFacts) -> PuumerkkiError | None:
    """What is being voted on stands still."""
    return BallotOpen() if facts.ballot_open else None


def no_count_waits(facts: ApplicationFacts) -> PuumerkkiError | None:
    """What was counted takes effect before anything new comes in."""
    return CountWaits() if facts.count_waits else None


def call_open(facts: ApplicationFacts) -> PuumerkkiError | None:
    """The call takes applications now."""
    return None if facts.call_takes else errors.CallClosed()


def legal_form_fits(facts: ApplicationFacts) -> PuumerkkiError | None:
    """The leading applicant's legal form is among the call's."""
    return None if facts.call_legal_form_fits else errors.LegalFormExcluded()


def partner_asked(facts: ApplicationFacts) -> PuumerkkiError | None:
    """An authority is asked where the call wants one."""
    return None if facts.call_has_partner else errors.PartnerRequired()


def amount_fits(facts: ApplicationFacts) -> PuumerkkiError | None:
    """The amount is within the call's bounds."""
    return None if facts.call_amount_fits else errors.AmountOutOfBounds()


def changed(facts: ApplicationFacts) -> PuumerkkiError | None:
    """There is something new to freeze."""
    return None if facts.changed else errors.NothingChanged()


def filings_ended(facts: ApplicationFacts) -> PuumerkkiError | None:
    """No filing is on its way."""
    return errors.FilingsOpen() if facts.filings_open else None


def own_version(facts: ApplicationFacts) -> PuumerkkiError | None:
    """Who takes another's place disposes of nothing that was submitted without them."""
    return errors.OwnVersionFirst() if facts.stands_in else None


def named_before(facts: ApplicationFacts) -> PuumerkkiError | None:
    """Whom an operator has just named ends nothing that was there before."""
    return NamedSince() if facts.named_lately else None


def _where_any(
    error: type[errors.NetworkNotActive]
    | type[errors.NetworkEnds]
    | type[errors.NotAMember]
    | type[errors.RulesNotAccepted],
    network_ids: tuple[UUID, ...],
) -> PuumerkkiError | None:
    return error(network_ids=[str(one) for one in network_ids]) if network_ids else None


_SUBMITS = Grant(P.applications_submit, on="applicant_id")
_WRITES = Grant(P.applications_write, on="id")
_WITHDRAWS = Grant(P.applications_withdraw, on="applicant_id")

ENDS = (own_version, named_before)

APPLICATION: Workflow[S] = Workflow(
    kind="application",
    states=S,
    initial=S.draft,
    transitions=(
        transition(
            "submit",
            {S.draft, S.active},
            S.active,
            {_SUBMITS},
            no_ballot_open,
            no_count_waits,
            all_confirmed,
            all_accepted,
            networks_active,
            networks_stay,
            member_of_network,
            rules_accepted,
            complete,
            call_open,
            legal_form_fits,
            partner_asked,
            amount_fits,
            changed,
        ),
        transition("withdraw", {S.active}, S.withdrawn, {_WITHDRAWS}, *ENDS),
        transition("close", {S.active}, S.closed, {_SUBMITS}, *ENDS, no_ballot_open, no_count_waits, filings_ended),
        transition("continue", {S.active}, S.active, {_WRITES}),
        transition("continue", {S.closed}, S.closed, {_WRITES}),
    ),
)
"""Its actor is `ForApplicants`; the leading applicant alone submits, withdraws and closes.

`continue` leaves this one as it is and begins a new draft.
"""
