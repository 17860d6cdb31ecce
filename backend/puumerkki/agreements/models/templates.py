"""Own templates of organisations."""

from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.types import Text
from sqlmodel import Field

from puumerkki.agreements.models.agreements import AgreementKind
from puumerkki.kernel.db import Aggregate, Json, text_enum


class AgreementTemplate(Aggregate, table=True):
    """What an organisation begins its agreements of a kind with. `content`: sections without parties."""

    __tablename__ = "agreement_template"
    __table_args__ = (UniqueConstraint("organisation_id", "name", name="uq_agreement_template_name"),)

    organisation_id: UUID = Field(foreign_key="organisation.id")
    kind: AgreementKind = Field(sa_type=text_enum(AgreementKind))
    language: str = Field(sa_type=Text)
    name: str = Field(sa_type=Text)
    content: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
