"""What a call asks of whoever wants to apply, and by when."""

from enum import StrEnum
from uuid import UUID

from puumerkki.kernel.field_types import Day, NameTranslations, Schema


class ApplicantMembership(StrEnum):
    """How an organisation stands to a network: it can ask it, or what it lacks."""

    ready = "ready"
    rulebook = "rulebook"
    requested = "requested"
    invited = "invited"
    outside = "outside"
    unconfirmed = "unconfirmed"
    """Not one that could join yet: somebody has yet to confirm it."""


class CallApplicant(Schema):
    """An organisation for which the reader writes applications, and that the call admits."""

    id: UUID
    names: NameTranslations
    standing: ApplicantMembership


class CallNetwork(Schema):
    """A network that one could ask. `required_by`: authorities that require its puumerkki or another's for the call.

    `days`: how many it takes at the most, to handle and to vote. `submit_by`: the last day on which an application that
    asks this network is of use; `late`: that day has passed. Both null where it has no rulebook in force.
    `applicants`: the reader's; of a network that nobody requires only those that are members.
    """

    id: UUID
    names: NameTranslations
    required_by: list[NameTranslations]
    days: int | None
    submit_by: Day | None
    late: bool
    applicants: list[CallApplicant]


class CallNeed(Schema):
    """A need that one of the networks has agreed on."""

    id: UUID
    title: str
    language: str
    network_id: UUID


class CallGuidance(Schema):
    """What it takes to apply to a call. `closes_on`: its last day. The networks that are required come first."""

    closes_on: Day
    networks: list[CallNetwork]
    needs: list[CallNeed]
