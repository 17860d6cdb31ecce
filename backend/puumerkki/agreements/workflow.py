"""The workflows of an agreement (proposed by one party, signed by all, in force until it ends) and of its duties."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from puumerkki.access.errors import NamedSince
from puumerkki.access.permissions import P
from puumerkki.agreements import errors
from puumerkki.agreements.models import RECORDED, RUNNING, DutyKind
from puumerkki.agreements.models import AgreementState as S
from puumerkki.agreements.models import DutyState as D
from puumerkki.kernel.errors import PuumerkkiError
from puumerkki.kernel.workflow import ByItself, Grant, MayAct, Workflow, transition
from puumerkki.organisations.errors.organisations import OrganisationUnconfirmed


@dataclass(frozen=True)
class ForParties:
    """An actor seen from one agreement: a permission `on` its id is one in any of the parties that may use it.

    `other_ids`: those beside the drafter, who say whether what it recorded was agreed on.
    """

    actor: MayAct
    agreement_id: UUID
    party_ids: Collection[UUID]
    other_ids: Collection[UUID] = ()

    def may(self, permission: Any, on: UUID | None = None) -> bool:
        """As `Actor.may`, and on the agreement itself."""
        if on == self.agreement_id:
            ids = self.other_ids if permission == P.agreements_confirm else self.party_ids
            return any(self.actor.may(permission, one) for one in ids)
        return self.actor.may(permission, on)


@dataclass(frozen=True, kw_only=True)
class AgreementFacts:
    """What the guards need. `confirmed`: whom the actor writes for is.

    `sign_for`: parties for which the actor can sign the version that is open.

    `goes_on`: another agreement goes on from it already. `confirm_for`, `dispute_for`: parties for which the actor can
    answer to what another one recorded; `own_record`: the actor is who recorded it. `over`: the time of the working
    copy has ended; `open_over`: that of the version that is open. `named_since`: where `sign_for` and `confirm_for` are
    empty, it is because an operator's naming made the actor what they are after the version was there. `lately`: the
    permissions that the actor has here by a naming of the last days alone, after what is to be ended was there.
    """

    confirmed: bool = True
    complete: bool = True
    changed: bool = True
    open_version: bool = True
    sign_for: tuple[UUID, ...] = ()
    goes_on: bool = False
    confirm_for: tuple[UUID, ...] = ()
    dispute_for: tuple[UUID, ...] = ()
    own_record: bool = False
    over: bool = False
    open_over: bool = False
    named_since: bool = False
    lately: frozenset[P] = frozenset()
    stands_for_signer: bool = False


def complete(facts: AgreementFacts) -> PuumerkkiError | None:
    """What is proposed says what is agreed, between whom and for what time."""
    return None if facts.complete else errors.AgreementIncomplete()


def changed(facts: AgreementFacts) -> PuumerkkiError | None:
    """A new version differs from the one before."""
    return None if facts.changed else errors.NothingChanged()


def unsigned(facts: AgreementFacts) -> PuumerkkiError | None:
    """A party signs what is open, once."""
    if not facts.open_version:
        return errors.NothingToSign()
    if facts.sign_for:
        return None
    if facts.named_since:
        return NamedSince()
    return errors.NamesPredecessor() if facts.stands_for_signer else errors.AlreadySigned()


def not_over(facts: AgreementFacts) -> PuumerkkiError | None:
    """A period that has ended is not proposed to be signed."""
    return errors.PeriodEnded() if facts.over else None


def open_not_over(facts: AgreementFacts) -> PuumerkkiError | None:
    """A period that has ended is not signed into force."""
    return errors.PeriodEnded() if facts.open_over else None


def amendment_open(facts: AgreementFacts) -> PuumerkkiError | None:
    """Only what waits for signatures is withdrawn."""
    return None if facts.open_version else errors.NothingToWithdraw()


def unconfirmed(facts: AgreementFacts) -> PuumerkkiError | None:
    """What one party recorded is confirmed by another one's people, once."""
    if not facts.confirm_for:
        return NamedSince() if facts.named_since else errors.NothingToConfirm()
    return errors.RecordedByYou() if facts.own_record else None


def unanswered(facts: AgreementFacts) -> PuumerkkiError | None:
    """Whoever has confirmed what was recorded does not object to it any more."""
    return None if facts.dispute_for else errors.NothingToConfirm()


def confirmed(facts: AgreementFacts) -> PuumerkkiError | None:
    """An organisation that nobody has confirmed drafts, and proposes nothing to others."""
    return None if facts.confirmed else OrganisationUnconfirmed()


def goes_on_once(facts: AgreementFacts) -> PuumerkkiError | None:
    """One agreement goes on from another."""
    return errors.RenewalExists() if facts.goes_on else None


def writes_since_before(facts: AgreementFacts) -> PuumerkkiError | None:
    """Whom an operator has just named gives up nothing that was there before."""
    return NamedSince() if P.agreements_write in facts.lately else None


def signs_since_before(facts: AgreementFacts) -> PuumerkkiError | None:
    """Nor do they terminate it."""
    return NamedSince() if P.agreements_sign in facts.lately else None


_WRITES = Grant(P.agreements_write, on="id")
_SIGNS = Grant(P.agreements_sign, on="id")
_ANSWERS = Grant(P.agreements_confirm, on="id")

AGREEMENT: Workflow[S] = Workflow(
    kind="agreement",
    states=S,
    initial=S.draft,
    transitions=(
        transition("propose", {S.draft, S.proposed}, S.proposed, {_WRITES}, confirmed, complete, changed, not_over),
        transition("record", {S.draft}, S.recorded, {_SIGNS}, complete),
        *(transition("confirm_record", {state}, state, {_ANSWERS}, unconfirmed) for state in RECORDED),
        transition("confirm_record", {S.disputed}, S.recorded, {_ANSWERS}, unconfirmed),
        *(
            transition("confirm_record", set(RECORDED), state, {_ANSWERS}, unconfirmed)
            for state in (S.signed, S.in_force, S.ended)
        ),
        transition("dispute_record", set(RECORDED), S.disputed, {_ANSWERS}, unanswered),
        transition("propose", set(RECORDED), S.proposed, {_WRITES}, confirmed, complete, not_over),
        *(
            transition("propose", {state}, state, {_WRITES}, confirmed, complete, changed, not_over)
            for state in RUNNING
        ),
        *(transition("sign", {state}, state, {_SIGNS}, unsigned, open_not_over) for state in (S.proposed, S.expiring)),
        *(
            transition("sign", {S.proposed, *RUNNING}, state, {_SIGNS}, unsigned, open_not_over)
            for state in (S.signed, S.in_force)
        ),
        transition("begin", {S.signed}, S.in_force, {ByItself()}),
        *(transition("withdraw", {state}, state, {_WRITES}, amendment_open, writes_since_before) for state in RUNNING),
        *(transition("confirm", {state}, state, {ByItself()}) for state in RUNNING),
        transition("expire", {S.in_force}, S.expiring, {ByItself()}),
        *(transition("renew", {state}, state, {_WRITES}, goes_on_once) for state in RUNNING),
        transition("cancel", {S.draft, S.proposed, *RECORDED}, S.cancelled, {_WRITES}, writes_since_before),
        transition("terminate", set(RUNNING), S.terminated, {_SIGNS}, signs_since_before),
        transition("end", set(RUNNING), S.ended, {ByItself()}),
        transition("end", set(RUNNING), S.renewed, {ByItself()}),
    ),
)
"""Its actor is `ForParties`. The last signature leads to `in_force`, or to `signed` until the first day; then `sign` is
of an amendment.

`record`: the drafter says that all have signed it on paper, and nothing but the others' answers comes of it;
`confirm_record` of the last of them leads to `in_force`, or to `ended` where its time was over. `withdraw`: an
amendment is withdrawn. `confirm`: the last party has confirmed a year.
"""


@dataclass(frozen=True, kw_only=True)
class DutyFacts:
    """What the guards need. `contacts`: the party has named one, and none of them has left.

    `named_lately`: an operator's naming of the last days, after the duty was there, lets the actor sign for the party.
    """

    opened: bool = True
    named_lately: bool = False
    runs: bool = True
    contacts: bool = True


def opened(facts: DutyFacts) -> PuumerkkiError | None:
    """Nothing is done before its time."""
    return None if facts.opened else errors.DutyTooEarly()


def runs(facts: DutyFacts) -> PuumerkkiError | None:
    """Only what is in force is confirmed."""
    return None if facts.runs else errors.AgreementClosed()


def contacts_right(facts: DutyFacts) -> PuumerkkiError | None:
    """Somebody is named who is still there."""
    return None if facts.contacts else errors.ContactsOutdated()


def named_before(facts: DutyFacts) -> PuumerkkiError | None:
    """Whom an operator has just named binds the party to no further year."""
    return NamedSince() if facts.named_lately else None


DUTY: Workflow[D] = Workflow(
    kind="agreement_duty",
    states=D,
    initial=D.open,
    transitions=(
        transition(
            "confirm", {D.open}, D.done, {Grant(P.agreements_sign, on="organisation_id")}, opened, runs, named_before
        ),
        transition(
            "complete", {D.open}, D.done, {Grant(P.agreements_write, on="organisation_id")}, opened, contacts_right
        ),
        transition("settle", {D.open}, D.done, {ByItself()}),
        transition("reopen", {D.done, D.dropped}, D.open, {ByItself()}),
        transition("drop", {D.open}, D.dropped, {ByItself()}),
    ),
)
"""`confirm` is of confirmations, `complete` of all others. `settle`: done by what happened elsewhere."""


def action_of(kind: DutyKind) -> str:
    """By which action a party says that a duty is done."""
    return "confirm" if kind == DutyKind.confirmation else "complete"
