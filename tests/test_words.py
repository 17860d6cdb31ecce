"""The check of the words that people read finds what it is there for, and nothing else."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts import check_app, icu, words
from scripts.read_texts import texts
from scripts.words import Never

RULES = words.rules()
OWNER = r"""
[[never]]
pattern = '\bowners?\b'
say = "administrator"
finds = ["Ask the owner."]
passes = ["Ask an administrator."]
[[never.right]]
why = "the owner of a database"
messages = ["Role|Owner of tables", "Migrations run as the owner."]
passages = ["the owner of the database"]
"""


def _faults(src: Path, rules: list[Never] = RULES, backend: Path | None = None) -> list[str]:
    return list(words.Search(rules).faults(texts(src, backend or src)))


def _catalogue(src: Path, language: str, said: dict[str, str]) -> None:
    """`said`: by message, after its context and a bar where it has one."""
    blocks = []
    for key, text in said.items():
        context, _, message = key.rpartition("|")
        named = f"msgctxt {json.dumps(context)}\n" if context else ""
        blocks.append(f"{named}msgid {json.dumps(message)}\nmsgstr {json.dumps(text)}\n")
    (src / "locales").mkdir(parents=True, exist_ok=True)
    (src / "locales" / f"{language}.po").write_text("\n".join(blocks))


def _rules(folder: Path, english: str) -> list[Never]:
    for name, content in {"fi": "never = []", "sv": "never = []", "en": english, "groups": ""}.items():
        (folder / f"{name}.toml").write_text(content)
    return words.rules(folder)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.language}: {rule.say}")
def test_a_rule_finds_what_it_is_there_for_and_lets_right_uses_pass(rule: Never) -> None:
    assert rule.finds and rule.passes
    assert [text for text in rule.finds if not list(rule.found(text))] == []
    assert {text: found for text in rule.passes if (found := list(rule.found(text)))} == {}


def test_every_exception_has_a_reason() -> None:
    rights = [right for rule in RULES for right in rule.right]
    assert len(rights) > 20
    assert all(right.why and (right.messages or right.passages) for right in rights)
    assert all(words.numberless().values())


def test_what_people_read_keeps_to_the_words() -> None:
    assert list(check_app.said()) == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fi", "Verkosto hylkäsi hakemuksen"),
        ("fi", "Hakemus jätettiin verkostolle"),
        ("fi", "Jokin odottaa sinua"),
        ("fi", "Hyvä. Lisää puumerkkiehto."),
        ("sv", "Skriv på redogörelsen"),
        ("sv", "Välj ett annat tillstånd."),
        ("sv", "Bevilja bomärket"),
        ("en", "Points to mend"),
        ("en", "Ask the county."),
        ("en", "Wellbeing services counties and their owners"),
    ],
)
def test_a_planted_word_is_found(tmp_path: Path, language: str, said: str) -> None:
    _catalogue(tmp_path, language, {"Anything": said})
    [fault] = _faults(tmp_path)
    assert fault.startswith(f"locales/{language}.po: 'Anything': “")


def test_a_word_is_looked_for_in_its_own_language_only(tmp_path: Path) -> None:
    _catalogue(tmp_path, "fi", {"Anything": "Ask the owner of the county."})
    assert _faults(tmp_path) == []


def test_a_pattern_looks_at_each_sentence_by_itself(tmp_path: Path) -> None:
    _catalogue(tmp_path, "fi", {"Anything": "Rahoittaja päättää itse? Hakemus jätettiin verkostolle."})
    assert [fault.split("“")[1].split("”")[0] for fault in _faults(tmp_path)] == ["jätettiin", "päättää"]


def test_exceptions_are_named_one_by_one(tmp_path: Path) -> None:
    rules = _rules(tmp_path, OWNER)
    said = dict.fromkeys(("Role|Owner of tables", "Role|Owner of tables, too", "Owner of tables"), "Owner")
    said |= {"Where": "Ask the owner of the database.", "Both": "Ask the owner of the database. Owners decide."}
    _catalogue(tmp_path / "src", "en", said)
    search = words.Search(rules)
    faults = list(search.faults(texts(tmp_path / "src", tmp_path / "src")))
    assert [fault.split("'")[1] for fault in faults] == ["Role|Owner of tables, too", "Owner of tables", "Both"]
    assert list(search.unneeded()) == [
        "never/en.toml: nothing needs the exception 'Migrations run as the owner.' (Say: administrator)"
    ]


def test_messages_that_exceptions_name_together_stand_once(tmp_path: Path) -> None:
    _rules(tmp_path, "never = []")
    (tmp_path / "groups.toml").write_text('tables = ["One", "Two"]')
    (tmp_path / "en.toml").write_text(
        OWNER.replace('["Role|Owner of tables", "Migrations run as the owner."]', '"tables"')
    )
    [rule] = words.rules(tmp_path)
    assert rule.right[0].messages == ("One", "Two")


def test_mails_templates_and_tables_are_read(tmp_path: Path) -> None:
    for name, content in {
        "room/mails/late.en.txt": "{% if owner %}Late{% endif %}\n\nDear {{ owner.name }}'s friend,\nmend it.\n",
        "room/templates/ready.sv.json": '{"name": "Avtal", "content": {"reporting": [{"due": "sin ägare"}]}}',
        "room/words.py": 'WORDS = {"fi": {"jätetty": ("Omistaja", f"{1} tuntia")}, "xx": "mend", "en": "a " "mark"}\n',
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    assert {text.language for text in texts(tmp_path, tmp_path)} == {"fi", "sv", "en"}
    found = [(fault.split(":")[0], fault.split("“")[-1].split("”")[0]) for fault in _faults(tmp_path)]
    assert sorted(found) == [
        ("room/mails/late.en.txt", "mend"),
        ("room/mails/late.en.txt", "}'s"),
        ("room/templates/ready.sv.json", "ägare"),
        ("room/words.py", "Omistaja"),
        ("room/words.py", "mark"),
    ]


def test_all_places_with_words_are_read() -> None:
    places = [text.place for text in texts(check_app.SRC, check_app.BACKEND)]
    for place in (
        "locales/fi.po",
        "features/activity/locales/en.po",
        "identity/mails/invitation.sv.txt",
        "agreements/mails/duties.fi.txt",
        "agreements/templates/cooperation.fi.json",
        "agreements/labels.py",
        "agreements/duty_labels.py",
        "endorsements/certificate.py",
        "identity/role_names.py",
    ):
        assert place in places, place
    assert len(places) > 7000


@pytest.mark.parametrize(
    ("message", "text", "fault"),
    [
        ("Save", "", "not translated"),
        ("By {name} on {day}", "{name}", "do not have the same arguments"),
        ("{0} hours", "{0, plural, one {# tunti} other {# tuntia}}", "do not have the same arguments"),
        ("{n, plural, one {# a} other {# b}}", "{n} b", "do not have the same arguments"),
        ("{n, plural, one {# of {m}} other {# of {m}}}", "{n, plural, one {#} other {#}}", "the same arguments"),
        ("<0>Read</0>", "Lue", "do not have the same tags"),
        ("{n, plural, one {# a} other {# b}}", "{n, plural, other {# b}}", "the plural of n has no branch one"),
        ("{n, plural, one {# a} other {# b}}", "{n, plural, one {a} other {# b}}", "does not say the number: one"),
        ("{name}", "{name", "its braces do not fit together"),
        ("{name}", "}name{", "its braces do not fit together"),
        ("Name", "Name}", "its braces do not fit together"),
    ],
)
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_message_agrees_with_its_translation(
    tmp_path: Path, language: str, message: str, text: str, fault: str
) -> None:
    _catalogue(tmp_path, language, {message: text})
    [found] = words.incomplete(tmp_path)
    assert found.startswith(f"locales/{language}.po: {message}: ")
    assert found.endswith(fault)


def test_a_whole_catalogue_has_no_faults(tmp_path: Path) -> None:
    plural = "{n, plural, =0 {Nothing} one {# of {m}, <0>open</0>} other {# of {m}, <0>open</0>}}"
    _catalogue(tmp_path, "fi", {"State|Open": "Auki", plural: plural, "By {0}": "Tekijä: {0}"})
    assert list(words.incomplete(tmp_path)) == []


def test_a_plural_without_a_number_is_named(tmp_path: Path) -> None:
    plural = "{n, plural, one {It is open.} other {They are open.}}"
    _catalogue(tmp_path, "en", {plural: plural})
    assert list(words.incomplete(tmp_path)) == [
        f"locales/en.po: {plural}: the plural of n does not say the number: one, other"
    ]
    assert list(words.incomplete(tmp_path, {plural: "why", "Gone": "why"})) == [
        "never/numberless.toml: there is no message 'Gone'"
    ]


def test_arguments_are_read_with_their_branches() -> None:
    message = "{a} {n, plural, one {# {b}} other {{c, select, x {y {d}} other {}}}}"
    found: Iterator[icu.Argument] = icu.arguments(message)
    assert [(one.name, one.kind, sorted(one.branches)) for one in found] == [
        ("a", "", []),
        ("n", "plural", ["one", "other"]),
        ("b", "", []),
        ("c", "select", ["other", "x"]),
        ("d", "", []),
    ]
