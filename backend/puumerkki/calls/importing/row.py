"""A row of a file of calls, checked. A day alone is the beginning of an opening and the end of a closing."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, model_validator

from puumerkki.imports.cell_types import (
    YES_NO,
    SheetClosing,
    SheetEuros,
    SheetOpening,
    meaning,
    plain_word,
    row_fault,
    with_scheme,
)
from puumerkki.imports.sheets import OUR_ID, headings_of
from puumerkki.kernel.field_types import Line, Schema, Text, WebAddress
from puumerkki.organisations.exports import LEGAL_FORMS
from puumerkki.organisations.importing.words import FORMS_BY_WORD
from puumerkki.organisations.models.organisations import LegalForm

LANGUAGES = ("fi", "sv", "en")
SYNONYMS: Mapping[str, str] = MappingProxyType(
    headings_of(
        {
            "name_fi": "name namefi nimi haku avustushaku haunnimi hakunimi avustus avustuksennimi otsikko avustusmuoto"
            " hakukierros call title callname fundingcall",
            "name_sv": "namesv namn rubrik ansokningsomgang ansokningsomgangensnamn understod understodetsnamn",
            "name_en": "nameen",
            "programme_fi": "programmefi programme ohjelma avustusohjelma rahoitusohjelma",
            "programme_sv": "programmesv program understodsprogram finansieringsprogram",
            "programme_en": "programmeen",
            "description_fi": "descriptionfi description kuvaus haunkuvaus lisatiedot lisatieto tarkoitus"
            " kayttotarkoitus mihin",
            "description_sv": "descriptionsv beskrivning andamal tillaggsuppgifter",
            "description_en": "descriptionen",
            "opens_at": "opensat opens opening alkaa alku alkupaiva alkamispaiva alkupvm alkaapvm avautuu"
            " hakualkaa hakuavautuu hakuaikaalkaa hakuajanalku haunalku avataan borjar oppnar oppnas"
            " ansokantidborjar ansokningstidenborjar begynner startdatum",
            "closes_at": "closesat closes closing deadline paattyy loppu loppupaiva paattymispaiva loppupvm paattyypvm"
            " sulkeutuu hakupaattyy hakusulkeutuu hakuaikapaattyy hakuajanloppu haunloppu maaraaika viimeinenhakupaiva"
            " slutar slutdatum stangs stanger upphor ansokningstidenslutar ansokningstidenupphor sistaansokningsdag"
            " sistadag tidsfrist",
            "website": "website web url linkki verkkosivu verkkosivut www kotisivu kotisivut osoite lisatietojaverkossa"
            " webbplats webbsida lank webbadress",
            "total": "total totaleuros jaettavasumma jaettavana maararaha kokonaissumma budjetti summa jaossa"
            " beloppattdelaut anslag totalbelopp budget",
            "minimum": "minimum min pieninavustus vahimmaissumma vahintaan minimisumma alaraja minstaunderstod minst"
            " minimibelopp",
            "maximum": "maximum max suurinavustus enimmaissumma enintaan maksimisumma ylaraja maksimi enimmaismaara"
            " storstaunderstod hogst maximibelopp",
            "legal_forms": "legalforms legalform hakijoidenmuodot hakijat kukavoihakea ketkavoivathakea hakijataho"
            " kenelle hakukelpoiset sokandesformer sokande vemkansoka behorigasokande whomayapply applicants",
            "partner_required": "partnerrequired kumppanivaaditaan kumppani kumppaniedellytys partnerkravs partner"
            " partnerneeded",
        }
    )
)
EXPECTED: Mapping[str, str] = MappingProxyType(
    {
        **OUR_ID,
        **{f"name_{one}": "name_expected" for one in LANGUAGES},
        **{f"programme_{one}": "name_expected" for one in LANGUAGES},
        **{f"description_{one}": "text_expected" for one in LANGUAGES},
        "opens_at": "opening_expected",
        "closes_at": "closing_expected",
        "website": "web_address_expected",
        "total": "euros_expected",
        "minimum": "euros_expected",
        "maximum": "euros_expected",
        "legal_forms": "legal_forms_expected",
        "partner_required": "yes_or_no_expected",
    }
)
_FORMS = {**{plain_word(said): form for form, words in LEGAL_FORMS.items() for said in words.values()}, **FORMS_BY_WORD}


def _forms(value: str) -> list[str]:
    return [part for part in re.split(r"[|;,]", value) if part.strip()]


class CallRow(Schema):
    """A good row."""

    id: UUID | None = None
    name_fi: Line | None = None
    name_sv: Line | None = None
    name_en: Line | None = None
    programme_fi: Line | None = None
    programme_sv: Line | None = None
    programme_en: Line | None = None
    description_fi: Text | None = None
    description_sv: Text | None = None
    description_en: Text | None = None
    opens_at: SheetOpening
    closes_at: SheetClosing
    website: Annotated[WebAddress | None, BeforeValidator(with_scheme)] = None
    total: SheetEuros | None = None
    minimum: SheetEuros | None = None
    maximum: SheetEuros | None = None
    legal_forms: Annotated[
        list[Annotated[LegalForm, meaning(_FORMS)]],
        BeforeValidator(_forms),
        AfterValidator(lambda forms: list(dict.fromkeys(forms))),
    ] = []
    partner_required: Annotated[bool, meaning(YES_NO)] = False

    def texts(self, name: str) -> dict[str, str]:
        """By language, what the row says of it."""
        said = {language: getattr(self, f"{name}_{language}") for language in LANGUAGES}
        return {language: text for language, text in said.items() if text is not None}

    @model_validator(mode="after")
    def _whole(self) -> "CallRow":
        if not self.texts("name"):
            raise row_fault("name_fi", "name_needed")
        if self.closes_at <= self.opens_at:
            raise row_fault("closes_at", "closes_before_opening")
        return self
