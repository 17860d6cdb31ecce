"""What a template asks of its context, found by filling it in: so that each new template is tried by itself."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, meta

from puumerkki.kernel.mail import link

LONG = "Pohjois-Pohjanmaan ikäihmisten ystävien yhteistyöverkosto ry"
"""Sixty signs."""
NAMES = (LONG, "שלום עולם", "جمعية الجيران", "Talkoot 🎉👩‍👩‍👧 <b>&amp;", "Åsa Öhman", "1")


@dataclass
class Shape:
    """How one value is used: with which attributes, as a list of what, and what it is compared with."""

    rng: random.Random
    attributes: dict[str, "Shape"] = field(default_factory=dict)
    item: "Shape | None" = None
    compared: set[Any] = field(default_factory=set)
    tested: bool = False

    def of(self, name: str) -> "Shape":
        return self.attributes.setdefault(name, Shape(self.rng))

    def items(self) -> "Shape":
        self.item = self.item or Shape(self.rng)
        return self.item


class Probe:
    """A value that notes how it is used and says anything, so that other branches are gone through next time."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape

    def __getattr__(self, name: str) -> "Probe":
        if name.startswith("__"):
            raise AttributeError(name)
        return Probe(self._shape.of(name))

    def __getitem__(self, key: Any) -> "Probe":
        return Probe(self._shape.items() if isinstance(key, int) else self._shape.of(key))

    def __iter__(self) -> Iterator["Probe"]:
        return iter([Probe(self._shape.items())] * 2)

    def __len__(self) -> int:
        self._shape.items()
        return self._shape.rng.randrange(3)

    def __bool__(self) -> bool:
        self._shape.tested = True
        return self._shape.rng.random() < 0.5

    def __eq__(self, other: object) -> bool:
        self._shape.compared.add(other)
        return self._shape.rng.random() < 0.4

    def __hash__(self) -> int:
        return id(self)

    def __str__(self) -> str:
        return "?"


def shape_of(package: str, template: str) -> Shape:
    """What a template (`<name>.<language>.txt`) asks of its context."""
    environment = Environment(loader=PackageLoader(package, "mails"), undefined=StrictUndefined, trim_blocks=True)
    assert environment.loader is not None
    source = environment.loader.get_source(environment, template)[0]
    shape = Shape(random.Random(template))
    for name in sorted(meta.find_undeclared_variables(environment.parse(source))):
        shape.of(name)
    made = environment.from_string(source)
    for _ in range(200):
        made.render({name: Probe(one) for name, one in shape.attributes.items()})
    return shape


def filled(shape: Shape, rng: random.Random, language: str, name: str = "") -> Any:
    """A value of the shape. Each text stands in brackets, so that what it runs into is seen."""
    if shape.item is not None:
        return [filled(shape.item, rng, language, name) for _ in range(rng.randrange(3))]
    if shape.attributes:
        return {key: filled(one, rng, language, key) for key, one in shape.attributes.items()}
    if name == "link":
        return link(language, f"somewhere#{rng.randrange(10)}")
    if shape.compared:
        return rng.choice([*sorted(shape.compared, key=str), 7 if shape.compared == {1} else "⟦other⟧"])
    if shape.tested and rng.random() < 0.5:
        return ""
    return f"⟦{rng.choice(NAMES)}⟧"
