"""What the API takes and gives about an organisation's confirmation."""

from datetime import date
from uuid import UUID

from puumerkki.kernel.field_types import Line, Moment, NameTranslations, Schema
from puumerkki.organisations.schemas.organisations import OrganisationName


class ConfirmationRefuse(Schema):
    """`reason`: what its people read, and what they may correct before they ask again."""

    reason: Line


class Namesake(Schema):
    """An organisation whose name looks the same."""

    id: UUID
    names: NameTranslations
    home_municipality_code: str | None
    business_id: str | None
    association_register_number: str | None
    confirmed: bool


class ConfirmationPublic(Schema):
    """How an organisation stands that is not confirmed yet, for its people and for who can confirm it.

    `asked_at` is null where it was refused and not asked again. `officers_of`: the municipality whose officers are
    asked; null where only operators answer. `operators_from`: when operators are asked too.
    `confirm_by`: by when an answer is hoped for, whoever gives it.
    """

    asked_at: Moment | None
    operators_from: Moment | None
    confirm_by: date | None
    for_operator: bool
    officers_of: OrganisationName | None
    added_at: Moment
    added_by: str | None
    refused_at: Moment | None
    reason: str | None
    namesakes: list[Namesake]
    may_confirm: bool
    may_ask: bool
