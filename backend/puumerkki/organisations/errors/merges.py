"""Why two organisations cannot be merged, or a merge not be undone."""

from puumerkki.kernel.errors import Conflict, Forbidden


class MergeBlocked(Conflict):
    """Something stands against it; `obstacles` lists what."""

    code = "merge_blocked"
    message = "Something stands against merging the two. Settle first what is listed."


class MergesOwn(Forbidden):
    """Who has or had a role in one of the two leaves it to another."""

    code = "merges_own_organisation"
    message = "You have or had a role in one of the two. Another officer or operator merges them."


class OfficerOfBoth(Forbidden):
    """Organisations of two homes, and authorities, are the operator's."""

    code = "officer_of_both"
    message = "An officer of the home municipality of both merges them; where the homes differ, an operator does."


class OrganisationMergedAway(Conflict):
    """A merge is undone, not restored."""

    code = "organisation_merged"
    message = "The organisation was merged with another one. Undo the merge instead."


class NotMerged(Conflict):
    """There is no merge to undo."""

    code = "not_merged"
    message = "The organisation is not merged with another one."


class MergeTouched(Conflict):
    """What the merge moved was changed since, or what was made since is others' too; `changed` lists the things."""

    code = "merge_touched"
    message = "What was made or changed since the merge stops the undoing. Settle first what is listed."


class MergeUndoOrder(Conflict):
    """A later one of the same organisation stands on it; `first` is what went into it, or as what it went on."""

    code = "merge_undo_order"
    message = "Another was merged with the same organisation later. Undo that merge first."


class MergeUndoLate(Conflict):
    """The days are over."""

    code = "merge_undo_late"
    message = "A merge can be undone for 30 days. They are over."
