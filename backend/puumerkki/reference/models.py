"""Municipalities, regions, counties, areas and the national classifications."""

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text
from sqlmodel import Field, SQLModel

from puumerkki.kernel.db import Aggregate, Json, text_enum

BEGINNING = date(1900, 1, 1)


class Region(SQLModel, table=True):
    """A region (maakunta), by Statistics Finland's code."""

    __tablename__ = "region"

    code: str = Field(primary_key=True, sa_type=Text)
    names: dict[str, Any] = Field(sa_type=Json)
    sort_key: str = Field(sa_type=Text)


class WellbeingCounty(SQLModel, table=True):
    """A wellbeing services county, or one of the two pseudo-codes 90 (Helsinki) and 91 (Åland)."""

    __tablename__ = "wellbeing_county"

    code: str = Field(primary_key=True, sa_type=Text)
    names: dict[str, Any] = Field(sa_type=Json)
    sort_key: str = Field(sa_type=Text)


class Municipality(SQLModel, table=True):
    """A municipality by its three-digit code. A merged one stays, with the day it ended and its successor."""

    __tablename__ = "municipality"
    __table_args__ = (CheckConstraint("valid_until is null or valid_until >= valid_from", name="validity"),)

    code: str = Field(primary_key=True, sa_type=Text)
    names: dict[str, Any] = Field(sa_type=Json)
    sort_key: str = Field(sa_type=Text, index=True)
    region_code: str = Field(foreign_key="region.code", sa_type=Text, index=True)
    wellbeing_county_code: str = Field(foreign_key="wellbeing_county.code", sa_type=Text, index=True)
    languages: list[str] = Field(sa_type=ARRAY(Text()))
    latitude: float | None = None
    longitude: float | None = None
    valid_from: date = BEGINNING
    valid_until: date | None = None
    merged_into_code: str | None = Field(default=None, foreign_key="municipality.code", sa_type=Text)


class AreaKind(StrEnum):
    """What kind of part of a municipality."""

    district = "district"
    village = "village"
    other = "other"


class Area(Aggregate, table=True):
    """A part of a municipality: a district, a village."""

    __tablename__ = "area"
    __table_args__ = (CheckConstraint("valid_until is null or valid_until >= valid_from", name="validity"),)

    municipality_code: str = Field(foreign_key="municipality.code", sa_type=Text, index=True)
    parent_id: UUID | None = Field(default=None, foreign_key="area.id")
    kind: AreaKind = Field(sa_type=text_enum(AreaKind))
    names: dict[str, Any] = Field(sa_type=Json)
    sort_key: str = Field(sa_type=Text)
    valid_from: date = BEGINNING
    valid_until: date | None = None


class Scheme(StrEnum):
    """A classification of the national service catalogue."""

    service_class = "service_class"
    target_group = "target_group"
    life_situation = "life_situation"


class Classification(SQLModel, table=True):
    """One entry of a classification; `parent_code` makes it a tree."""

    __tablename__ = "classification"

    scheme: Scheme = Field(primary_key=True, sa_type=text_enum(Scheme))
    code: str = Field(primary_key=True, sa_type=Text)
    parent_code: str | None = Field(default=None, sa_type=Text)
    names: dict[str, Any] = Field(sa_type=Json)
    uri: str = Field(sa_type=Text)
    position: int
