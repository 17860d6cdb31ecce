"""What can be wrong in a file: a stable code for each, and in English what to do, for the command and the API.

`fault_words.csv` says them in three languages, as the app does; a test holds both equal.
"""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

FAULTS: Mapping[str, str] = MappingProxyType(
    {
        # a cell
        "name_expected": "Give a name of at most 300 characters",
        "title_expected": "Give a title of at most 300 characters",
        "text_expected": "Give a text of at most 20,000 characters",
        "sector_expected": "Give one of: municipality, wellbeing_county, association, parish, company, "
        "village_committee, action_group, residents, state, foundation",
        "legal_form_expected": "Give one of: registered_association, unregistered_group, municipality, "
        "joint_authority, wellbeing_county, state_agency, parish, parish_union, religious_community, foundation, "
        "limited_company, cooperative, other",
        "business_id_expected": "Give a business ID (Y-tunnus): seven digits, a dash and the right check digit",
        "register_number_expected": "Give a number of the register of associations: one to six digits",
        "municipality_expected": "Give a municipality's three-digit code or its Finnish or Swedish name",
        "municipalities_expected": "Give municipalities' codes or names, with commas or | between them",
        "target_groups_expected": "Give target groups' codes or names, with commas or | between them, and not too many",
        "area_expected": "Give the name of a part of the municipality",
        "web_address_expected": "Give a web address, such as www.example.org",
        "scheme_expected": "Give the other system's short name: small letters, digits, - and _",
        "external_id_expected": "Give an id of at most 200 characters",
        "person_expected": "Give a name of at most 100 characters",
        "role_expected": "Give a role in the organisation, as the template lists it",
        "email_expected": "Give a whole email address, such as office@example.org",
        "phone_expected": "Give a phone number such as 040 123 4567 or +358 40 123 4567",
        "id_expected": "Leave the id as the list from the service has it, or empty for what is new",
        "member_state_expected": "Leave the state as the list from the service has it",
        "organisation_id_expected": "Give the organisation's id, a UUID",
        "yes_or_no_expected": "Give yes or no",
        "language_expected": "Give the language: fi, sv or en",
        "day_expected": "Give a date such as 2026-01-31 or 31.1.2026",
        "opening_expected": "Give a date or a time such as 31.1.2026 or 2026-01-31 09:00",
        "closing_expected": "Give a date or a time such as 31.1.2026 or 2026-01-31 16:00",
        "past_day_expected": "Give today's or an earlier date, such as 2026-01-31 or 31.1.2026",
        "end_expected": "Give a date such as 2026-12-31 or 31.12.2026, not before the start",
        "euros_expected": "Give an amount in euros, such as 12500 or 12 500,50",
        "period_end_expected": "Give a date such as 2026-12-31 or 31.12.2026, not before the start and at most 50 years"
        " after it",
        "reference_expected": "Give the agreement's id in your list, at most 300 characters",
        "legal_forms_expected": "Give legal forms such as registered_association, with | between them",
        "agreement_kind_expected": "Give the kind: cooperation, partnership or service_purchase",
        "parties_expected": "Give names, business IDs, register numbers or ids, with ; or | between them, at most 20",
        "payer_expected": "Give the name, business ID, register number or id of the party that pays",
        "euros_by_year_expected": "Give years and amounts, such as 2026=12000 | 2027=12 500,50, each year once",
        "hours_expected": "Give whole hours, such as 400 or 1 200",
        "hours_by_year_expected": "Give years and hours, such as 2026=400 | 2027=600, each year once",
        "worker_expected": "Give the name, business ID, register number or id of the party that contributes the"
        " working time",
        "notice_expected": "Give a number of months, 0 to 60",
        "reported_expected": "Give the agreement's own reference, the number of the puumerkki or the case,"
        " or the title",
        "year_expected": "Give a year such as 2026",
        "figures_expected": "Give a number such as 120, by month 1=40 | 2=35, by target group KR1.1=40, each once",
        "case_number_expected": "Give the case number, such as PK/2026/000012",
        "outcome_expected": "Give one of: statement, letter_of_intent, commitment, none",
        "short_line_expected": "Give a text of one line, at most 100 characters",
        "cell_broken": "Correct the formula in the spreadsheet: instead of a value there is an error in the cell",
        "cells_merged": "Undo the merging of cells in the spreadsheet: this cell is merged with the one on its left",
        "day_instead": "Format the cell as text and write the value again: it holds a date",
        "amount_ambiguous": "Write the amount plainly, such as 12500 or 12,50: it can be read in two ways",
        "amount_rounded": "Look at the amount: it has been rounded to cents",
        "end_needed": "Give the day on which the agreement ends: none holds until further notice, but it can be"
        " renewed",
        "truth_as_name": "Write the name: the cell holds TRUE or FALSE, which a spreadsheet makes of some words",
        "network_expected": "Give the network's name or id",
        "representative_expected": "Give representative or deputy",
        "percentage_as_euros": "Give the amount in euros: the cell holds a percentage",
        # a row
        "association_as_company": "Look at the sector: the name is that of an association",
        "municipality_merged": "Look at the municipality: it has merged, and today's municipality is taken",
        "municipality_divided": "Give today's municipality: this one was divided between several",
        "columns_differ": "Let one column say it: two columns that mean the same hold different values",
        "too_many_cells": "Leave out the cells that have no heading",
        "nul_character": "Remove the NUL characters",
        "name_needed": "Give a name",
        "external_id_incomplete": "Give external_scheme and external_id together",
        "days_incomplete": "Give starts_on and ends_on together",
        "closes_before_opening": "Give a closing after the opening",
        "below_minimum": "Give a largest amount that is not below the smallest",
        "call_over": "Look at the closing: it has passed, and such a call cannot be published",
        "one_role_a_row": "Give one role a row, and the address again for another role",
        "role_unfit": "Give another role: nobody has this one in such an organisation",
        "roles_of_people": "Change roles of people on the organisation's page, or invite them by their address",
        "organisation_needed": "Give an organisation: its id, business ID, register number or name",
        "legal_form_unfit": "Choose a legal form that fits the sector",
        "group_not_registered": "Leave this empty: an unregistered group has no such number",
        "not_an_association": "Leave this empty: only a registered association has this number",
        "identifier_needed": "Give the association's register number or business ID when you have it: it is missing",
        "registered_form_needed": "Choose a registered form: this organisation has a business ID or a register number",
        "needed_for_no": "Give the reason and how to appeal for a negative answer",
        "not_with_no": "Leave this empty for a negative answer",
        "contact_needed": "Give a way to reach an unregistered group: public_email or public_phone",
        # a row beside others, and beside what is there
        "organisation_twice": "Give each organisation once",
        "organisation_unconfirmed": "Bring it in once the organisation has been confirmed",
        "namesake": "An organisation with a name like this is here: give its number, or another = yes if it is another",
        "number_differs": "Look at the number: an organisation of this name and municipality is here with another one",
        "one_name_shared": "Look at the names: an organisation here shares one, and has another in another language",
        "number_spoilt": "Format the column as text and give the number whole: the spreadsheet has shortened it",
        "joined_on_not_taken": "Leave the day out if you like: a membership begins when the organisation"
        " accepts the invitation",
        "membership_otherwise": "Look at the membership in the network itself: an import changes neither its"
        " state nor its day",
        "organisation_merged": "Look at the organisation: it has been merged, and the one as which it goes on is meant",
        "name_resembles": "Look at the name: no organisation has it, and one has a name like it",
        "name_differs": "Look at the name and the number or id: what they find is called otherwise here",
        "authority_elsewhere": "Give the municipality that the name says, or the name of the municipality",
        "authority_as_it_is": "Look at the sector: an import leaves an authority's sector and legal form as they are",
        "authority_not_made": "Look for it in the register: an import adds no municipality, county or other authority",
        "id_unknown": "Leave the id empty for what is new: nothing here has this one",
        "name_twice": "Give each organisation once, or a number that tells them apart",
        "need_twice": "Give each need of a municipality once",
        "application_twice": "Give each application once",
        "invitation_twice": "Give each address once for a role",
        "invitations_full": "Wait until others have answered: an organisation has at most 50 open invitations",
        "inviter_tied": "Let somebody else invite: whoever sent the file has a tie in an open case",
        "call_twice": "Give each call once, or rounds of one call names of their own",
        "call_of_several": "Give a name that only one call of the organisation has now",
        "call_not_draft": "Change the call itself: it has been published or cancelled",
        "agreement_twice": "Give each reference once",
        "parties_needed": "Give another party than the organisation whose list this is",
        "parties_differ": "Look at the parties: their numbers find organisations that are called otherwise",
        "payer_not_a_party": "Give a payer that is a party",
        "worker_not_a_party": "Give a party as the one that contributes the working time",
        "recorded_otherwise": "Amend the agreement itself: a record that has been made stays as it is",
        "name_of_several": "Give a number: several organisations have this name",
        "business_id_of_another": "Give another business ID: an organisation already has this one",
        "register_number_of_another": "Give another register number: an organisation already has this one",
        "organisation_not_found": "Import the organisation first: it is not here",
        "membership_ended": "Invite the organisation in the network itself: it has left",
        "vote_needs_proposal": "Propose in the network itself to take this member's vote: it takes two persons",
        "area_not_found": "Give an area that is in the municipality and in use",
        "external_id_of_another": "Give another id: another one has this id in that system",
        "need_of_several": "Give a title that only one need of the municipality has",
        "application_of_several": "Give a title that only one application of the organisation has",
        "case_twice": "Give each case once",
        "case_not_found": "Give the number of a case of this authority",
        "case_not_in_preparation": "Begin to prepare the case first: it is not in preparation now",
        "decided_otherwise": "Look at the case: another decision has been made in it",
        "proposed_otherwise": "Look at the case: somebody else has proposed another decision there",
        "puumerkki_needed": "Wait for the required puumerkki, or let a decider waive it",
        "before_the_version": "Look at the case: the decision is older than the version of the application",
        "proposer_kept_out": "Let somebody else propose this: whoever sent the file has a tie or takes no part here",
        "submitted_already": "Change the application itself: it has already been submitted",
        "reported_not_found": "Give the number or title of an agreement in force or a grant on which the"
        " organisation reports",
        "reported_of_several": "Give a number or an id that means one agreement or grant: this one means several",
        "report_otherwise": "Leave what the report is on and its year as they are: the id means another report",
        "report_submitted": "Look at the report: it has been submitted, and changes only once it has been returned",
        "report_twice": "Give each report once: one on each agreement or grant and year",
        "network_not_found": "Give a network of which the organisation is a member",
        "network_of_several": "Give the network's id: several of the organisation's networks have this name",
        "member_not_active": "Accept the invitation first: the organisation is not a member yet, or is leaving",
        "seat_taken": "Change the representative in the network itself: somebody has this role, or has been asked",
        "seat_twice": "Give each network one representative and one deputy",
        # the file
        "row_unreadable": "Check the row: it cannot be read",
        "encoding_unknown": "Save the file as CSV UTF-8: its text is neither UTF-8 nor Windows-1252",
        "encodings_mixed": "Save the file as CSV UTF-8: this row is in another encoding than most",
        "quote_unclosed": "Check the quotes: one is opened here and not closed",
        "headings_needed": "Give headings such as name_fi or nimi: none of these is understood",
        "column_missing": "Add the column, or say which column it is: no row can do without it",
        "column_not_understood": "Say what the column means if it is needed: it is not read",
        "sheet_needed": "Say which sheet to read: several hold something",
        "sheet_unknown": "Give a sheet that the workbook has",
        "example_left_out": "Leave the template's example row or remove it: it is not read",
        "total_left_out": "Leave the row of totals or remove it: it is not read",
        "sheets_left": "Look at the other sheets: they are not read",
        "rows_hidden": "Remove hidden rows if they do not belong to the list: they are read",
        "columns_hidden": "Remove hidden columns if they do not belong to the list: they are read",
        "file_empty": "Send a file that holds something: this one is empty",
        "file_encrypted": "Remove the password: the file is encrypted",
        "workbook_old": "Save the file as .xlsx: workbooks of the older kinds are not read",
        "workbook_broken": "Open the workbook and save it again: it is broken",
        "workbook_too_large": "Save the sheet as CSV: the workbook is too large once unpacked",
        "formula_uncomputed": "Open the workbook in a spreadsheet and save it: a formula has no value yet",
        "not_a_table": "Send a CSV, XLSX or ODS file: this is something else",
        "organisation_unknown": "There is no such organisation",
        "organisation_archived": "The organisation is archived",
        "proposer_needed": "Send the file in the app or by the API: somebody must propose the decisions",
        "may_not_propose": "Ask for the role of an officer: whoever sent the file cannot propose decisions",
        "inviter_needed": "Send the file in the app or by the API as a person: somebody must invite",
        "may_not_invite": "Ask for the role of an administrator: whoever sent the file cannot invite people",
        "network_unknown": "There is no such network",
        "network_closed": "The network is closed",
    }
)


def in_words(code: str, *, first: int | None = None, detail: str | None = None) -> str:
    """A fault in English. `first`: the row where the same stands; `detail`: what more is known."""
    where = f"; the same is in row {first}" if first is not None else ""
    more = f": {detail}" if detail is not None else ""
    return f"{FAULTS[code]}{where}{more}."


@cache
def fault_words() -> Mapping[str, Mapping[str, str]]:
    """By code, the sentence in each language."""
    with Path(__file__).with_name("fault_words.csv").open(encoding="utf-8", newline="") as file:
        return {row.pop("code"): row for row in csv.DictReader(file, delimiter=";")}
