"""What must hold for organisations: identifiers, and which legal forms a sector may have. Pure."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated

from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError
from stdnum.exceptions import ValidationError as NumberInvalid
from stdnum.fi import associationid, ytunnus

from puumerkki.kernel.errors import FieldProblem
from puumerkki.kernel.field_types import PLAIN_SIGNS
from puumerkki.organisations.models.organisations import LegalForm, Sector

F, S = LegalForm, Sector
FORMS: Mapping[Sector, tuple[LegalForm, ...]] = MappingProxyType(
    {
        S.municipality: (F.municipality, F.joint_authority),
        S.wellbeing_county: (F.wellbeing_county, F.joint_authority),
        S.association: (F.registered_association, F.unregistered_group),
        S.parish: (F.parish, F.parish_union, F.religious_community),
        S.company: (F.limited_company, F.cooperative, F.other),
        S.village_committee: (F.unregistered_group, F.registered_association),
        S.action_group: (F.registered_association,),
        S.residents: (F.unregistered_group, F.registered_association, F.other),
        S.state: (F.state_agency, F.other),
        S.foundation: (F.foundation,),
    }
)
"""The legal forms of each sector; the first is the usual one."""


_ZERO_LOST = re.compile(r"\d{6} ?-? ?\d", re.ASCII)
"""Before 2001 business ids had six digits; they begin with a zero now, which spreadsheets drop."""


def _business_id(value: str) -> str:
    try:
        digits = ytunnus.validate(f"0{value}" if _ZERO_LOST.fullmatch(value) else value)
    except NumberInvalid:
        digits = ""
    if not digits.strip("0"):
        raise PydanticCustomError(
            "business_id_invalid", "a business id (Y-tunnus) has seven digits, a dash and the right check digit"
        )
    return f"{digits[:7]}-{digits[7:]}"


def _register_number(value: str) -> str:
    if value.isdecimal() and 3 <= len(value) <= 6 and value.strip("0"):
        return value
    try:
        digits = associationid.validate(value)
    except NumberInvalid:
        digits = ""
    if not digits.strip("0"):
        raise PydanticCustomError(
            "association_register_number_invalid", "a number of the register of associations has one to six digits"
        )
    return digits


_Number = StringConstraints(strip_whitespace=True, max_length=20, pattern=r"^[0-9A-Za-z .-]+$")
BusinessId = Annotated[str, _Number, AfterValidator(_business_id), PLAIN_SIGNS]
"""A Y-tunnus, kept as `1234567-8`. The first digit may be a zero that a spreadsheet dropped."""
RegisterNumber = Annotated[str, _Number, AfterValidator(_register_number), PLAIN_SIGNS]
"""A number of the register of associations, kept as digits."""


def form_problems(sector: Sector, legal_form: LegalForm) -> list[FieldProblem]:
    """What is wrong with a sector and a legal form together."""
    if legal_form in FORMS[sector]:
        return []
    fitting = ", ".join(FORMS[sector])
    return [FieldProblem("/legal_form", "legal_form_unfit", f"The legal forms of a {sector.value}: {fitting}.")]


def identifier_problems(
    legal_form: LegalForm, business_id: str | None, association_register_number: str | None
) -> list[FieldProblem]:
    """What is wrong with the identifiers of an organisation of this legal form."""
    if legal_form == LegalForm.unregistered_group:
        given = {"business_id": business_id, "association_register_number": association_register_number}
        return [
            FieldProblem(f"/{name}", "group_not_registered", "An unregistered group has no such number.")
            for name, value in given.items()
            if value is not None
        ]
    if association_register_number is not None and legal_form != LegalForm.registered_association:
        return [
            FieldProblem(
                "/association_register_number", "not_an_association", "Only a registered association has this number."
            )
        ]
    if legal_form == LegalForm.registered_association and not (business_id or association_register_number):
        return [
            FieldProblem(
                "/association_register_number",
                "identifier_needed",
                "A registered association has a register number or a business id.",
            )
        ]
    return []
