"""The workflow of an organisation: archived after its people were told, never deleted, and brought back."""

from dataclasses import dataclass

from puumerkki.access.permissions import P
from puumerkki.kernel.errors import PuumerkkiError
from puumerkki.kernel.workflow import ByItself, Grant, Workflow, transition
from puumerkki.organisations.errors import archivings as errors
from puumerkki.organisations.errors.merges import OrganisationMergedAway
from puumerkki.organisations.models.archivings import ArchivingState as A
from puumerkki.organisations.models.organisations import OrganisationState as S


@dataclass(frozen=True)
class OrganisationFacts:
    """`archiving_open`: it is proposed to archive the organisation, and nobody has objected yet.

    `successor_open`: no successor of the archived organisation has said yes. `has_people`: they name it, not the actor.
    `merged`: it went into another.
    """

    archiving_open: bool = False
    successor_open: bool = True
    has_people: bool = False
    merged: bool = False


def nothing_open(facts: OrganisationFacts) -> PuumerkkiError | None:
    """One proposal at a time."""
    return errors.ArchivingOpen() if facts.archiving_open else None


def archiving_open(facts: OrganisationFacts) -> PuumerkkiError | None:
    """Only what is proposed is answered."""
    return None if facts.archiving_open else errors.NoArchivingOpen()


def successor_open(facts: OrganisationFacts) -> PuumerkkiError | None:
    """One successor."""
    return None if facts.successor_open else errors.SuccessorStands()


def not_merged(facts: OrganisationFacts) -> PuumerkkiError | None:
    """Its merge is undone instead."""
    return OrganisationMergedAway() if facts.merged else None


def nobody_there(facts: OrganisationFacts) -> PuumerkkiError | None:
    """Nobody names a successor over the heads of its people."""
    return errors.SuccessorByItsPeople() if facts.has_people else None


_OPERATES = Grant(P.organisations_create, on=None)
_OWNS = Grant(P.memberships_manage, on="id")
_SIGNS = Grant(P.agreements_sign, on="id")

ORGANISATION: Workflow[S] = Workflow(
    kind="organisation",
    states=S,
    initial=S.active,
    transitions=(
        transition("archive", {S.active}, S.active, {_OPERATES, _OWNS}, nothing_open),
        transition("archive", {S.active}, S.archived, {_OPERATES, _OWNS}, nothing_open),
        transition("agree_to_archiving", {S.active}, S.archived, {_OWNS}, archiving_open),
        transition("object_to_archiving", {S.active}, S.active, {_OWNS, _SIGNS}, archiving_open),
        transition("drop_archiving", {S.active}, S.active, {_OPERATES}, archiving_open),
        transition("archive_unopposed", {S.active}, S.archived, {ByItself()}),
        transition("name_successor", {S.archived}, S.archived, {_OPERATES, _OWNS}, successor_open, nobody_there),
        transition("restore", {S.archived}, S.active, {_OPERATES}, not_merged),
        transition("merge", {S.active}, S.archived, {_OPERATES, ByItself()}),
        transition("undo_merge", {S.archived}, S.active, {_OPERATES, _OWNS, ByItself()}),
    ),
)
"""`archive` proposes it where the organisation has people, and does it at its only administrator's wish or where nobody
is there. Owners and whoever signs for the organisation may object. `merge`, and its undoing, is an operator's or the
home municipality's officer's, who has no tie to either (`service.merging`)."""

ARCHIVING: Workflow[A] = Workflow(
    kind="organisation_archiving",
    states=A,
    initial=A.open,
    transitions=(
        transition("take_effect", {A.open}, A.effected, {ByItself()}),
        transition("object", {A.open}, A.objected, {ByItself()}),
        transition("drop", {A.open}, A.dropped, {ByItself()}),
        transition("undo", {A.effected}, A.undone, {ByItself()}),
    ),
)
"""Each step of the organisation's own workflow moves it."""
