"""Templates: empty files of a kind, with an example and, in a workbook, the values that are allowed."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.imports.cell_types import plain_word
from puumerkki.imports.examples import MARKS
from puumerkki.imports.explanations import EXPLANATIONS
from puumerkki.imports.reading.headings import plain_heading
from puumerkki.imports.sheets import Sheet
from puumerkki.kernel.csv_cells import csv_lines
from puumerkki.kernel.field_types import UiLanguage, display_name
from puumerkki.kernel.reads.exports import LANGUAGES, Words, in_three
from puumerkki.kernel.spreadsheets import AS_TEXT
from puumerkki.reference.models import Classification, Municipality, Scheme

_ROWS = 5000
"""So many rows offer their allowed values."""
_SAID = in_three(
    data=("Tiedot", "Uppgifter", "Data"),
    values=("Arvot", "Värden", "Values"),
    column=("Sarake", "Kolumn", "Column"),
    needed=("Pakollinen", "Obligatorisk", "Required"),
    what=("Mitä tähän tulee", "Vad som skrivs här", "What goes here"),
    allowed=("Sallitut arvot", "Tillåtna värden", "Allowed values"),
    yes=("kyllä", "ja", "yes"),
    no=("ei", "nej", "no"),
)
_OWN_WORDS: Mapping[str, Mapping[str, Words]] = {
    "language_expected": LANGUAGES,
    "yes_or_no_expected": {"yes": _SAID["yes"], "no": _SAID["no"]},
}
_MUNICIPALITIES = frozenset({"municipality_expected", "municipalities_expected"})
_OF_LISTS = frozenset({"id", "state"})
"""Fields that stand in lists as files, and that nobody fills in."""
_TARGET_GROUPS = "target_groups_expected"


@dataclass(frozen=True)
class Template:
    """What a file of a kind looks like.

    `headings`: names of columns for people, of the sheet's fields among others; `words`: what the codes of a field are
    called; `example`: cells by field, of which `marked` says that the row is an example.
    """

    headings: Mapping[str, Words]
    marked: str
    example: Mapping[str, str | Words]
    words: Mapping[str, Mapping[str, Words]] = field(default_factory=dict)


@dataclass(frozen=True)
class Values:
    """What is allowed by what the database knows, in one language."""

    municipalities: Sequence[str]
    target_groups: Sequence[str]


async def known_values(session: AsyncSession, language: UiLanguage) -> Values:
    """Today's municipalities by name, and the target groups as code and name."""
    places = (await session.exec(select(Municipality).where(col(Municipality.valid_until).is_(None)))).all()
    groups = select(Classification).where(col(Classification.scheme) == Scheme.target_group)
    found = (await session.exec(groups.order_by(col(Classification.position)))).all()
    return Values(
        sorted(display_name(one.names, language.value) for one in places),
        [f"{one.code} {display_name(one.names, language.value)}" for one in found],
    )


def columns(sheet: Sheet, template: Template) -> Iterator[str]:
    """The fields of a file, in the order of the template's headings."""
    return (name for name in template.headings if name in sheet.expected and name not in _OF_LISTS)


def headings_read(sheet: Sheet, template: Template) -> dict[str, str]:
    """From the plain headings of a template to its fields."""
    fields = ((name, said) for name, words in template.headings.items() for said in words.values())
    return {plain_heading(said): name for name, said in fields if name in sheet.expected}


def words_read(sheet: Sheet, template: Template) -> dict[str, dict[str, str]]:
    """By field, from the plain words of a template to the codes that they mean."""
    of = {name: template.words.get(name) or _OWN_WORDS.get(expected) for name, expected in sheet.expected.items()}
    return {
        name: {plain_word(said): code for code, words in codes.items() for said in words.values()}
        for name, codes in of.items()
        if codes
    }


def csv_template(sheet: Sheet, template: Template, language: UiLanguage) -> bytes:
    """UTF-8 with a byte order mark and semicolons, as spreadsheet programs in Finland expect."""
    rows = [_headings(sheet, template, language), _example(sheet, template, language)]
    return "\ufeff".encode() + "".join(csv_lines(rows, delimiter=";")).encode()


def xlsx_template(sheet: Sheet, template: Template, language: UiLanguage, values: Values) -> bytes:
    """A workbook: the sheet to fill in, whose cells offer what is allowed, and one that explains its columns."""
    # twenty megabytes that most processes never need
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {**AS_TEXT, "in_memory": True}) as book:
        head, faint, wrapped = (
            book.add_format(one)
            for one in ({"bold": True}, {"italic": True, "font_color": "#5f686d"}, {"text_wrap": True, "valign": "top"})
        )
        data, explained, lists = (
            book.add_worksheet(name)
            for name in (_SAID["data"][language.value], _SAID["values"][language.value], "lists")
        )
        lists.hide()
        data.write_row(0, 0, _headings(sheet, template, language), head)
        for place, cell in enumerate(_example(sheet, template, language)):
            data.write_string(1, place, cell, faint)
        data.freeze_panes(1, 0)
        said = [_SAID[name][language.value] for name in ("column", "needed", "what", "allowed")]
        explained.write_row(0, 0, said, head)
        explained.set_column(0, 1, 24)
        explained.set_column(2, 3, 70, wrapped)
        explained.freeze_panes(1, 0)
        for place, name in enumerate(columns(sheet, template)):
            data.set_column(place, place, max(14, len(template.headings[name][language.value]) + 2))
            allowed, offered = _allowed(sheet, template, name, language, values)
            needed = sheet.row.model_fields[name].is_required()
            explained.write_row(
                place + 1,
                0,
                [
                    template.headings[name][language.value],
                    _SAID["yes" if needed else "no"][language.value],
                    EXPLANATIONS[sheet.expected[name]][language.value],
                    "\n".join(allowed),
                ],
            )
            if offered:
                lists.write_column(0, place, allowed)
                source = f"=lists!${_letter(place)}$1:${_letter(place)}${len(allowed)}"
                # what is not among them is asked about, not refused: an import reads more words than these
                rule = {"validate": "list", "source": source, "error_type": "warning"}
                data.data_validation(1, place, _ROWS, place, rule)
    return out.getvalue()


def _headings(sheet: Sheet, template: Template, language: UiLanguage) -> list[str]:
    return [template.headings[name][language.value] for name in columns(sheet, template)]


def _example(sheet: Sheet, template: Template, language: UiLanguage) -> list[str]:
    cells = {**template.example, template.marked: MARKS}
    given = [cells.get(name, "") for name in columns(sheet, template)]
    return [cell if isinstance(cell, str) else cell[language.value] for cell in given]


def _allowed(
    sheet: Sheet, template: Template, name: str, language: UiLanguage, values: Values
) -> tuple[Sequence[str], bool]:
    """The values of a column, and whether a cell holds exactly one of them."""
    expected = sheet.expected[name]
    if expected in _MUNICIPALITIES:
        return values.municipalities, expected == "municipality_expected"
    if expected == _TARGET_GROUPS:
        return values.target_groups, False
    words = template.words.get(name) or _OWN_WORDS.get(expected, {})
    return [one[language.value] for one in words.values()], bool(words)


def _letter(place: int) -> str:
    return chr(ord("A") + place)
