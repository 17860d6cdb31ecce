"""The workflow of an agreement: proposed by one party, signed by all, in force until it ends or is terminated."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from puumerkki.access.permissions import P
from puumerkki.agreements import errors
from puumerkki.agreements.models import AgreementState as S
from puumerkki.kernel.errors import PuumerkkiError
from puumerkki.kernel.workflow import ByItself, Grant, MayAct, Workflow, t


@dataclass(frozen=True)
class ForParties:
    """An actor seen from one agreement: a permission `on` its id is one in any of the parties that know of it."""

    actor: MayAct
    agreement_id: UUID
    party_ids: Collection[UUID]

    def may(self, permission: Any, on: UUID | None = None) -> bool:
        """As `Actor.may`, and on the agreement itself."""
        if on == self.agreement_id:
            return any(self.actor.may(permission, one) for one in self.party_ids)
        return self.actor.may(permission, on)


@dataclass(frozen=True, kw_only=True)
class AgreementFacts:
    """What the guards need. `sign_for`: parties for which the actor can sign the version that is open."""

    complete: bool = True
    changed: bool = True
    open_version: bool = True
    sign_for: tuple[UUID, ...] = ()


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
    return None if facts.sign_for else errors.AlreadySigned()


_WRITES = Grant(P.agreements_write, on="id")
_SIGNS = Grant(P.agreements_sign, on="id")

AGREEMENT: Workflow[S] = Workflow(
    kind="agreement",
    states=S,
    initial=S.draft,
    transitions=(
        t("propose", {S.draft, S.proposed}, S.proposed, {_WRITES}, complete, changed),
        t("propose", {S.in_force}, S.in_force, {_WRITES}, complete, changed),
        t("sign", {S.proposed}, S.proposed, {_SIGNS}, unsigned),
        t("sign", {S.proposed, S.in_force}, S.in_force, {_SIGNS}, unsigned),
        t("cancel", {S.draft, S.proposed}, S.cancelled, {_WRITES}),
        t("terminate", {S.in_force}, S.terminated, {_SIGNS}),
        t("end", {S.in_force}, S.ended, {ByItself()}),
    ),
)
"""Its actor is `ForParties`. The last signature leads to `in_force`; in force, `sign` is of an amendment."""
