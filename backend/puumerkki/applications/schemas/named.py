"""People and organisations, as they are named in an answer."""

from uuid import UUID

from puumerkki.kernel.field_types import NameTranslations, Schema


class PersonNamed(Schema):
    """Somebody by name; null once their account is erased."""

    principal_id: UUID
    name: str | None


class OrganisationNamed(Schema):
    id: UUID
    names: NameTranslations
