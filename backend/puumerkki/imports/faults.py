"""What can be wrong in a file: a stable code for each, and its English words, as the command and the CSV tell it."""

from collections.abc import Mapping
from types import MappingProxyType

from puumerkki.organisations.models import LegalForm, Sector

FAULTS: Mapping[str, str] = MappingProxyType(
    {
        # a cell
        "name_expected": "A name of at most 300 characters",
        "title_expected": "A title of at most 300 characters",
        "text_expected": "A text of at most 20,000 characters",
        "sector_expected": f"One of: {', '.join(Sector)}",
        "legal_form_expected": f"One of: {', '.join(LegalForm)}",
        "business_id_expected": "A business id (Y-tunnus): seven digits, a dash and the right check digit",
        "register_number_expected": "A number of the register of associations: one to six digits",
        "municipality_expected": "A municipality's three-digit code or its Finnish or Swedish name",
        "municipalities_expected": "Municipalities' codes or names, with | between them",
        "target_groups_expected": "Target groups' codes or names, with | between them, and not too many",
        "area_expected": "The name of a part of the municipality",
        "web_address_expected": "A web address",
        "scheme_expected": "The other system's short name: small letters, digits, - and _",
        "external_id_expected": "At most 200 characters",
        "email_expected": "An e-mail address",
        "phone_expected": "A phone number: digits, spaces and a leading +",
        "organisation_id_expected": "The organisation's id, a UUID",
        "yes_or_no_expected": "yes or no",
        "language_expected": "fi, sv or en",
        "day_expected": "A day, as 2026-01-31 or 31.1.2026",
        "past_day_expected": "A day that has come, as 2026-01-31 or 31.1.2026",
        "end_expected": "A day, as 2026-12-31 or 31.12.2026, not before it starts",
        "euros_expected": "Euros, such as 12500 or 12 500,50",
        "period_end_expected": "A day, as 2026-12-31 or 31.12.2026, not before it starts nor more than 50 years after",
        "reference_expected": "The agreement's own id in your list, at most 300 characters",
        "agreement_kind_expected": "cooperation, partnership or service_purchase",
        "parties_expected": "Business ids or organisations' ids, with ; or | between them, at most 20",
        "payer_expected": "The business id or id of the party that pays",
        "euros_by_year_expected": "Years and euros, such as 2026=12000 | 2027=12 500,50, each year once",
        "hours_expected": "Whole hours, such as 400 or 1 200",
        "hours_by_year_expected": "Years and hours, such as 2026=400 | 2027=600, each year once",
        "worker_expected": "The business id or id of the party that puts in the working time",
        "notice_expected": "Months, 0 to 60",
        # a row
        "too_many_cells": "No more cells than there are headings",
        "nul_character": "Text without NUL characters",
        "name_needed": "A name is needed",
        "external_id_incomplete": "external_scheme and external_id go together",
        "days_incomplete": "starts_on and ends_on go together",
        "organisation_needed": "An organisation: its id, business id, register number or name",
        "legal_form_unfit": "A legal form that goes with the sector",
        "group_not_registered": "An unregistered group has no such number",
        "not_an_association": "Only a registered association has this number",
        "identifier_needed": "A register number or a business id: it is a registered association",
        "registered_form_needed": "A registered form: this organisation has a business id or a register number",
        "contact_needed": "A way to reach an unregistered group: public_email or public_phone",
        # a row beside others, and beside what is there
        "organisation_twice": "Each organisation once",
        "name_twice": "Each organisation once, or a number that tells them apart",
        "need_twice": "Each need of a municipality once",
        "application_twice": "Each application once",
        "agreement_twice": "Each reference once",
        "parties_needed": "A party beside the organisation whose list it is",
        "payer_not_a_party": "A payer that is a party",
        "worker_not_a_party": "A party that puts in the working time",
        "recorded_otherwise": "What was recorded stays as it is: amend the agreement itself",
        "name_of_several": "A number: several organisations have this name",
        "business_id_of_another": "A business id that no other organisation has",
        "register_number_of_another": "A register number that no other organisation has",
        "organisation_not_found": "An organisation that is there: import it first",
        "membership_ended": "An organisation that has not left: invite it in the network itself",
        "area_not_found": "An area that lies in the municipality and is in use",
        "need_of_several": "A title that one need of the municipality has, not several",
        "application_of_several": "A title that one application of the organisation has, not several",
        "submitted_already": "A draft: this application was submitted already, change it in the application itself",
        # the file
        "row_unreadable": "A row cannot be read",
        "encoding_unknown": "The text is neither UTF-8 nor Windows-1252",
        "headings_needed": "The first row must hold headings, such as name_fi or nimi",
        "heading_twice": "Two headings mean the same",
        "organisation_unknown": "There is no such organisation",
        "organisation_archived": "The organisation is archived",
        "network_unknown": "There is no such network",
        "network_closed": "The network is closed",
    }
)


def in_words(code: str, *, first: int | None = None, detail: str | None = None) -> str:
    """A fault in English. `first`: the row where the same stands; `detail`: what more is known."""
    where = f"; it stands in row {first}" if first is not None else ""
    more = f": {detail}" if detail is not None else ""
    return f"{FAULTS[code]}{where}{more}."
