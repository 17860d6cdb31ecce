"""A row of a file of organisations, checked."""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Annotated
from uuid import UUID

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from puumerkki.imports.cell_types import (
    KEY,
    SPLIT_PLACES,
    YES_NO,
    MunicipalityCode,
    SheetPhone,
    meaning,
    merged_municipalities,
    plain_word,
    row_fault,
    with_scheme,
)
from puumerkki.imports.sheets import OUR_ID, Note
from puumerkki.kernel.field_types import Email, Line, Schema, WebAddress
from puumerkki.kernel.lookalikes import skeleton
from puumerkki.organisations.importing.words import FORMS_BY_WORD, FORMS_OF_TYPES, SECTORS_BY_WORD
from puumerkki.organisations.models.organisations import LegalForm, Sector
from puumerkki.organisations.naming import words_of
from puumerkki.organisations.rules import (
    FORMS,
    BusinessId,
    RegisterNumber,
    form_problems,
    identifier_problems,
)
from puumerkki.reference.counties import county_at, county_of
from puumerkki.reference.legal_names import as_legal_person
from puumerkki.reference.spellings import former_municipalities, municipality_of, name_of

EXPECTED: Mapping[str, str] = MappingProxyType(
    {
        **OUR_ID,
        "name_fi": "name_expected",
        "name_sv": "name_expected",
        "name_en": "name_expected",
        "sector": "sector_expected",
        "legal_form": "legal_form_expected",
        "business_id": "business_id_expected",
        "association_register_number": "register_number_expected",
        "home_municipality": "municipality_expected",
        "municipalities": "municipalities_expected",
        "website": "web_address_expected",
        "external_scheme": "scheme_expected",
        "external_id": "external_id_expected",
        "public_email": "email_expected",
        "public_phone": "phone_expected",
        "another": "yes_or_no_expected",
    }
)
"""What each cell should be, by its code."""


_IN_NAMES = {
    LegalForm.limited_company: frozenset(map(skeleton, ("oy", "oyj", "ab", "abp", "ltd", "osakeyhtiö", "aktiebolag"))),
    LegalForm.cooperative: frozenset(map(skeleton, ("osk", "osuuskunta", "anl", "andelslag"))),
}


class OrganisationRow(Schema):
    """A good row. The legal form is the usual one of the sector where the file does not say."""

    id: UUID | None = None
    name_fi: Line | None = None
    name_sv: Line | None = None
    name_en: Line | None = None
    sector: Annotated[Sector, meaning(SECTORS_BY_WORD)]
    legal_form: Annotated[LegalForm | None, meaning(FORMS_BY_WORD)] = None
    business_id: BusinessId | None = None
    association_register_number: RegisterNumber | None = None
    home_municipality: MunicipalityCode | None = None
    municipalities: Annotated[list[MunicipalityCode], SPLIT_PLACES, Field(max_length=400)] = []
    website: Annotated[WebAddress | None, BeforeValidator(with_scheme)] = None
    external_scheme: Annotated[str | None, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,39}$")] = None
    external_id: Annotated[str | None, KEY, StringConstraints(max_length=200)] = None
    public_email: Email | None = None
    public_phone: SheetPhone | None = None
    another: Annotated[bool | None, meaning(YES_NO)] = None
    """It is another one than those that are called like it."""

    @cached_property
    def listed_names(self) -> dict[str, str]:
        """Names by language, as the file has them."""
        given = (("fi", self.name_fi), ("sv", self.name_sv), ("en", self.name_en))
        return {language: name for language, name in given if name is not None}

    @property
    def names(self) -> dict[str, str]:
        """Names by language: of a municipality listed by its place's name the legal name, where one is known.

        A list from here, which has our ids, has the names as they are.
        """
        if self.id is not None or self.form != LegalForm.municipality or self.home_municipality is None:
            return self.listed_names
        return as_legal_person(self.home_municipality, self.listed_names)

    @cached_property
    def form(self) -> LegalForm:
        """The legal form, given or usual; of a company the one that its name tells."""
        if self.legal_form is None and self.sector is Sector.company:
            return self.company_form
        return self.legal_form or FORMS[self.sector][0]

    @cached_property
    def company_form(self) -> LegalForm:
        """What the name of a company tells."""
        words = {word for name in self.listed_names.values() for word in words_of(name)}
        return next((form for form, told in _IN_NAMES.items() if told & words), LegalForm.other)

    @model_validator(mode="before")
    @classmethod
    def _form_as_type(cls, cells: dict[str, str]) -> dict[str, str]:
        """A type such as `osuuskunta` says the legal form, too."""
        form = FORMS_OF_TYPES.get(plain_word(cells.get("sector", "")))
        return cells if form is None else {"legal_form": form.value, **cells}

    @model_validator(mode="after")
    def _whole(self) -> "OrganisationRow":
        if not self.listed_names:
            raise row_fault("name_fi", "name_needed")
        if (self.external_scheme is None) != (self.external_id is None):
            raise row_fault("external_scheme", "external_id_incomplete")
        for problem in (
            *form_problems(self.sector, self.form),
            *identifier_problems(self.form, self.business_id, self.association_register_number),
        ):
            if problem.code != "identifier_needed":
                raise row_fault(problem.pointer.removeprefix("/"), problem.code)
        if self.home_municipality is not None and self.form in _OF_PLACES:
            for name in self.listed_names.values():
                if not _may_be_at(self.form, name, self.home_municipality):
                    detail = f"{name} ≠ {name_of(self.home_municipality)}"
                    raise row_fault("home_municipality", "authority_elsewhere", detail)
        return self


_OF_PLACES = (LegalForm.municipality, LegalForm.wellbeing_county)


def _may_be_at(form: LegalForm, name: str, municipality: str) -> bool:
    """Whether the name of an authority of a place, where it says one, agrees with a municipality of today."""
    if form is LegalForm.municipality:
        said = municipality_of(name)
        former = former_municipalities().get(said or "")
        return said is None or municipality in (former.into if former is not None else (said,))
    county = county_of(name)
    return county is None or county == county_at(municipality)


_OF_ASSOCIATIONS = re.compile(r"\b(ry|r\. ?y\.?|rf|r\. ?f\.?)$", re.IGNORECASE)


def notes(row: OrganisationRow, cells: Mapping[str, str]) -> Iterator[Note]:
    """What should be looked at in a good row."""
    yield from merged_municipalities(cells, ("home_municipality", "municipalities"))
    if row.sector is Sector.company and any(_OF_ASSOCIATIONS.search(name) for name in row.listed_names.values()):
        yield "sector", "association_as_company", None
