"""The checks of the app's sources find what they are there for."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from puumerkki.access.fitting import SERVICE_ROLES, service_permissions
from puumerkki.imports.faults import FAULTS, fault_words
from puumerkki.imports.kinds import RULES
from puumerkki.imports.undoing import WINDOW
from puumerkki.kernel.errors import PuumerkkiError
from puumerkki.kernel.eventlog.events import Event
from puumerkki.organisations.models.organisations import AUTHORITIES
from puumerkki.organisations.rules import FORMS
from puumerkki.web import app  # noqa: F401 (with all rooms, and so all their errors)
from scripts import app_rules

T = TypeVar("T")
ROOT = Path(__file__).parents[1]
SRC = ROOT / "frontend" / "src"
LABELS = sorted([*SRC.glob("*/*/labels.ts"), *SRC.glob("*/*/errors.ts")])
GENERIC = SRC / "lib" / "genericErrors.ts"


def test_the_app_keeps_its_layers_and_short_files() -> None:
    assert list(app_rules.broken_layers(SRC)) == []
    assert list(app_rules.long_files(SRC)) == []
    assert list(app_rules.early_errors(SRC)) == []


def test_the_texts_of_all_errors_are_fetched_later(tmp_path: Path) -> None:
    (tmp_path / "Page.tsx").write_text("import { texts } from '../lib/errorMessages'\n")
    (tmp_path / "load.ts").write_text("const { texts } = await import('./errorMessages')\n")
    (tmp_path / "Page.test.tsx").write_text("import { texts } from '../lib/errorMessages'\n")
    assert list(app_rules.early_errors(tmp_path)) == [
        "Page.tsx imports the texts of all errors; ask `lib/loadErrors` for them"
    ]


@pytest.mark.parametrize(
    ("file", "line", "allowed"),
    [
        ("features/needs/NeedsPage.tsx", "import { Page } from '../../ui/Page'", True),
        ("features/needs/components/Row.tsx", "import { Need } from '../need'", True),
        ("features/needs/NeedsPage.tsx", "import { Row } from '../calls/Row'", False),
        ("features/needs/NeedsPage.tsx", "const page = lazy(() => import('../calls/CallPage'))", False),
        ("features/needs/NeedsPage.tsx", "export * from '../../app/pages'", False),
        ("ui/Page.tsx", "import { Row } from '../features/calls/Row'", False),
        ("lib/format.ts", "import { Page } from '../ui/Page'", False),
        ("api/client.ts", "import { language } from '../lib/language'", False),
        ("app/pages.ts", "import { Row } from '../features/calls/Row'", True),
    ],
)
def test_an_import_goes_down_only(tmp_path: Path, file: str, line: str, allowed: bool) -> None:
    path = tmp_path / file
    path.parent.mkdir(parents=True)
    path.write_text(f"{line}\n")
    assert (list(app_rules.broken_layers(tmp_path)) == []) is allowed


def test_a_long_file_is_found(tmp_path: Path) -> None:
    (tmp_path / "long.ts").write_text("//\n" * 300)
    (tmp_path / "short.ts").write_text("//\n" * 299)
    assert list(app_rules.long_files(tmp_path)) == ["long.ts has 300 lines, at most 299 are allowed"]


def test_catalogues_are_held_against_the_code(tmp_path: Path) -> None:
    held, wanted = tmp_path / "held", tmp_path / "wanted"
    for folder, text in (
        (
            held,
            'msgctxt "State"\nmsgid "Open"\nmsgstr ""\n\nmsgid "Gone"\nmsgstr "-"\n\nmsgid ""\n"A b"\nmsgstr "C"\n',
        ),
        (wanted, 'msgctxt "State"\nmsgid "Open"\nmsgstr ""\n\nmsgid "New"\nmsgstr ""\n\nmsgid "A b"\nmsgstr "C"\n'),
    ):
        folder.mkdir()
        (folder / "fi.po").write_text(text)
    assert set(app_rules.message_faults(held, wanted)) == {
        "fi.po: not extracted:  'New'",
        "fi.po: not in the code any more:  'Gone'",
    }


def test_one_message_has_one_translation(tmp_path: Path) -> None:
    given = {"locales": "Muuta", "features/needs/locales": "Vaihda", "features/desk/locales": "Muuta"}
    for folder, text in given.items():
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "fi.po").write_text(
            f'msgid "Change"\nmsgstr "{text}"\n\nmsgctxt "{folder}"\nmsgid "Open"\nmsgstr "{folder}"\n'
        )
    assert list(app_rules.split_words(tmp_path)) == [
        "features/needs/locales/fi.po: 'Change' is 'Vaihda', in features/desk/locales/fi.po 'Muuta'"
    ]


@pytest.fixture
def built(tmp_path: Path) -> app_rules.Built:
    """A small built app of two pages: one says labels of the features."""
    (tmp_path / ".vite").mkdir()
    (tmp_path / ".vite" / "manifest.json").write_text(
        """{"index.html": {"file": "a.js", "isEntry": true, "imports": ["_b"], "dynamicImports": ["page"]},
        "_b": {"file": "b.js", "imports": ["index.html"]}, "_labels": {"file": "labels.js", "name": "labels"},
        "src/features/needs/NeedPage.tsx": {"file": "need.js", "imports": ["_b", "_c"]},
        "_c": {"file": "c.js", "imports": ["_labels"]},
        "src/features/needs/PlainPage.tsx": {"file": "plain.js", "imports": ["_b"]},
        "src/features/needs/locales/fi.po": {"file": "needs-fi.js"},
        "src/locales/labels/fi.po": {"file": "labels-fi.js"},
        "src/locales/fi.po": {"file": "fi.js", "imports": ["_b"]}}"""
    )
    for name in ("a", "b", "c", "need", "plain", "fi", "needs-fi", "labels", "labels-fi"):
        (tmp_path / f"{name}.js").write_text(name)
    return app_rules.Built(tmp_path)


def test_the_first_load_counts_what_the_entry_imports_and_one_language(built: app_rules.Built) -> None:
    weights = built.first_load()
    assert {language: set(one.parts) for language, one in weights.items()} == {
        "fi": {"a.js", "b.js", "fi.js"},
        "sv": {"a.js", "b.js"},
        "en": {"a.js", "b.js"},
    }
    assert weights["fi"].total == sum(weights["fi"].parts.values()) > 0


def test_a_page_is_weighed_with_all_that_is_fetched_before_it_is_shown(built: app_rules.Built) -> None:
    first = {"a.js", "b.js", "fi.js", "needs-fi.js"}
    assert {page: set(one.parts) for page, one in built.pages(["src/features/needs/PlainPage.tsx"]).items()} == {
        "src/features/needs/NeedPage.tsx": first | {"need.js", "c.js", "labels.js", "labels-fi.js"},
        "src/features/needs/PlainPage.tsx": first | {"plain.js"},
    }


def test_a_plain_page_says_no_labels(tmp_path: Path, built: app_rules.Built) -> None:
    file = tmp_path / "features/needs/pages.ts"
    plain, need = (f"{name.lower()}: () => import('./{name}Page')" for name in ("Plain", "Need"))
    file.parent.mkdir(parents=True)
    file.write_text(f"export default {{\n  plain: {{ {plain} }},\n  own: {{ {need} }},\n}}\n")
    assert list(app_rules.wordless_pages(tmp_path, built)) == []
    file.write_text(f"export default {{\n  plain: {{ {plain}, {need} }},\n}}\n")
    assert list(app_rules.wordless_pages(tmp_path, built)) == [
        "src/features/needs/NeedPage.tsx says labels of the features: it is no plain page in its pages.ts"
    ]


def test_every_code_of_the_api_has_words() -> None:
    """What an error or a field's fault is called stands in the app in its languages, not in the API's English."""
    text = "\n".join((ROOT / "backend" / "puumerkki" / "web" / "problems.py").read_text("utf-8").splitlines())
    literal = set(re.findall(r'(?:problem\(\d+, |code = |\d+: |status_code, )"(\w+)"', text))
    literal |= set(re.findall(r'"(\w+)" if constraint in|else "(\w+)"', text)[0])
    ours = [error for error in _kinds(PuumerkkiError) if error.__module__.startswith("puumerkki.")]
    codes = {error.code for error in ours} | (literal - {""})
    assert codes - _labels("errors") == set()


def test_every_type_of_event_has_words() -> None:
    ours = [event for event in _kinds(Event) if event.__module__.startswith("puumerkki.")]
    types = {event.type for event in ours if isinstance(getattr(event, "type", None), str)}
    assert len(types) > 100
    assert types - _labels("events") == set()


@pytest.mark.parametrize("part", ["events", "errors", "fields", "enums", "tasks", "live"])
def test_a_code_has_its_words_in_one_place(part: str) -> None:
    codes = [code for file in (*LABELS, GENERIC) for code in _codes(file, part)]
    assert len(codes) > 20
    assert sorted(codes) == sorted(set(codes))


def test_what_any_event_is_about_can_be_chosen_in_the_log() -> None:
    kinds = set()
    for path in (ROOT / "backend").rglob("*.py"):
        kinds |= set(re.findall(r'\bRef\(\s*"(\w+)"', path.read_text("utf-8")))
    assert len(kinds) > 15
    assert kinds - _words("labels.ts", SRC / "features/operations/components") == set()


def test_every_fault_of_a_field_has_words() -> None:
    codes = set()
    for path in (ROOT / "backend").rglob("*.py"):
        codes |= set(re.findall(r'(?:invalid|Problem)\(\s*f?"/[^"]*",\s*"(\w+)"', path.read_text("utf-8")))
    assert len(codes) > 30
    assert codes - _labels("fields") == set()


def test_every_fault_of_an_imported_row_has_words() -> None:
    assert set(FAULTS) == _words("rowFaults.ts", SRC / "features/operations/components")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_file_says_what_is_wrong_in_the_words_of_the_app(language: str) -> None:
    source = (SRC / "features/operations/components/rowFaults.ts").read_text("utf-8")
    catalogue = (SRC / f"features/operations/locales/{language}.po").read_text("utf-8")
    words = {
        _joined(key): _joined(said)
        for key, said in re.findall(r'^msgid ((?:".*"\n)+)msgstr ((?:".*"\n)+)', catalogue + "\n", re.MULTILINE)
    }
    shown = {code: words[message] for code, message in re.findall(r"(\w+): msg`([^`]*)`", source)}
    assert {code: said[language] for code, said in fault_words().items()} == shown


def _joined(lines: str) -> str:
    """A text of a catalogue, whose lines are quoted each."""
    return "".join(json.loads(line) for line in lines.splitlines())


def test_the_fields_of_an_imported_file_are_those_of_its_rows() -> None:
    text = (SRC / "features/operations/imports/fieldLabels.ts").read_text("utf-8")
    lists = re.findall(r"^  (\w+): \[(.*?)\],$", text, re.MULTILINE | re.DOTALL)
    offered = {kind: set(re.findall(r"'(\w+)'", fields)) for kind, fields in lists}
    assert offered == {kind.value: set(rule.sheet.row.model_fields) for kind, rule in RULES.items()}
    shown = {name.removeprefix("content.") for rule in RULES.values() for name in rule.sheet.shown}
    assert shown | set().union(*offered.values()) == _words("fieldLabels.ts", SRC / "features/operations/imports")


def test_imports_that_bind_others_are_not_offered_to_be_undone() -> None:
    text = (SRC / "features/operations/imports/rowLabels.ts").read_text("utf-8")
    binding = re.findall(r"'(\w+)'", text.partition("BINDING")[2].splitlines()[0].partition("=")[2])
    assert set(binding) == {kind.value for kind, rule in RULES.items() if rule.sheet.undo is None}
    assert f"UNDO_DAYS = {WINDOW.days}\n" in text


def test_the_legal_forms_of_a_sector_are_those_of_the_api() -> None:
    text = (SRC / "features/organisations/components/sectors.ts").read_text("utf-8")
    offered = {
        name: re.findall(r"'(\w+)'", forms) for name, forms in re.findall(r"^  (\w+): \[(.*)\],$", text, re.MULTILINE)
    }
    assert offered == {sector.value: [form.value for form in forms] for sector, forms in FORMS.items()}
    text = (SRC / "lib/authorities.ts").read_text("utf-8")
    authorities = re.findall(r"'(\w+)'", text.partition("[] =")[2])
    assert set(authorities) == {sector.value for sector in AUTHORITIES}


def test_what_a_service_account_can_be_and_do_is_as_the_api_says() -> None:
    text = (SRC / "features/service-accounts/components/rights.ts").read_text("utf-8")
    found = re.findall(r"^  (\w+): \[([^]]*)\],$", text, re.MULTILINE)
    offered = {name: set(re.findall(r"'([\w:]+)'", scopes)) for name, scopes in found}
    assert offered == {role.value: {scope.value for scope in service_permissions(role)} for role in SERVICE_ROLES}
    assert set(re.findall(r"^  '(\w+:\w+)': msg", text, re.MULTILINE)) == set[str]().union(*offered.values())


def _kinds(base: type[T]) -> Iterator[type[T]]:
    for kind in base.__subclasses__():
        yield kind
        yield from _kinds(kind)


def _words(file: str, folder: Path) -> set[str]:
    return set(re.findall(r"^  '?([\w.]+)'?: msg", (folder / file).read_text("utf-8"), re.MULTILINE))


def _labels(part: str) -> set[str]:
    """The codes that the features have words for, and those that the app has words for from the start."""
    return {code for file in LABELS for code in _codes(file, part)} | set(_codes(GENERIC, part))


def _codes(file: Path, part: str) -> list[str]:
    found = re.search(rf"^  {part}: {{\n(.*?)^  }},", file.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return re.findall(r"^    '?([\w.]+)'?: ", found[1], re.MULTILINE) if found else []
