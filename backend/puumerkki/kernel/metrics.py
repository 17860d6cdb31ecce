"""Numbers about this process, in the text form that Prometheus reads."""

from dataclasses import dataclass
from typing import Literal

_FAMILIES: dict[str, "_Family"] = {}


@dataclass
class Metric:
    """One number."""

    value: int = 0

    def add(self, count: int) -> None:
        """Count so many more."""
        self.value += count

    def set(self, value: int) -> None:
        """It is so much now."""
        self.value = value


@dataclass
class _Family:
    kind: Literal["counter", "gauge"]
    about: str
    metrics: dict[str, Metric]


def counter(name: str, about: str, of: str) -> Metric:
    """A number that only grows. `of`: what this one counts of, such as the name of a cache."""
    return _metric("counter", name, about, of)


def gauge(name: str, about: str, of: str) -> Metric:
    """A number that goes up and down."""
    return _metric("gauge", name, about, of)


def _metric(kind: Literal["counter", "gauge"], name: str, about: str, of: str) -> Metric:
    family = _FAMILIES.setdefault(name, _Family(kind, about, {}))
    return family.metrics.setdefault(of, Metric())


def exposition() -> str:
    """All of them."""
    lines = []
    for name, family in sorted(_FAMILIES.items()):
        lines += [f"# HELP {name} {family.about}", f"# TYPE {name} {family.kind}"]
        lines += [f'{name}{{of="{of}"}} {metric.value}' for of, metric in sorted(family.metrics.items())]
    return "\n".join(lines) + "\n"
