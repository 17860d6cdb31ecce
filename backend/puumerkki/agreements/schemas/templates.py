"""Templates, as the API takes and gives them."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, model_validator

from puumerkki.agreements.models import AgreementKind
from puumerkki.agreements.schemas.agreements import NoticeMonths, YearDay
from puumerkki.kernel.field_types import Code, Language, Line, Schema, ShortLine, Text, unique_items


class TemplateDuty(Schema):
    """A duty to report, of a party that the agreement will name."""

    what: Line
    due: ShortLine
    due_by: YearDay | None = None


class AgreementTemplateContent(Schema):
    """Sections of an agreement, as far as they name no party."""

    purpose: Text | None = None
    target_groups: Annotated[list[Code], Field(max_length=50), AfterValidator(unique_items)] | None = None
    forms: Text | None = None
    reporting: Annotated[list[TemplateDuty], Field(max_length=50)] | None = None
    evaluation: Text | None = None
    personal_data: Text | None = None
    termination: Text | None = None
    notice_months: NoticeMonths | None = None
    confirm_by: YearDay | None = None
    evaluate_by: YearDay | None = None
    check_contacts_by: YearDay | None = None


class AgreementTemplateCreate(Schema):
    """A template of an organisation, which has each name once."""

    organisation_id: UUID
    kind: AgreementKind
    language: Language = "fi"
    name: Line
    content: AgreementTemplateContent


class AgreementTemplateUpdate(Schema):
    """What changes; a field left out stays, the content is replaced as a whole."""

    name: Line | None = None
    content: AgreementTemplateContent | None = None

    @model_validator(mode="after")
    def _not_null(self) -> "AgreementTemplateUpdate":
        for name in self.model_fields_set:
            if getattr(self, name) is None:
                raise ValueError(f"{name} cannot be null")
        return self


class AgreementTemplateQuery(Schema):
    """Which templates; `organisation`: beside the ready ones only those of this organisation."""

    kind: AgreementKind | None = None
    language: Language | None = None
    organisation: UUID | None = None


class AgreementTemplatePublic(Schema):
    """A template. A ready one, which comes with the service, has no id, organisation and version."""

    id: UUID | None
    organisation_id: UUID | None
    kind: AgreementKind
    language: str
    name: str
    content: AgreementTemplateContent
    version: int | None


class AgreementTemplateList(Schema):
    """The ready ones first, then own ones by name."""

    items: list[AgreementTemplatePublic]
