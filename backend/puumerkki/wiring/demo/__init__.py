"""The demo world: lively, believable, made through the API as its people would make it."""

from puumerkki.wiring.demo.build import build_world
from puumerkki.wiring.demo.stage import PASSWORD, Person, Stage

__all__ = ["PASSWORD", "Person", "Stage", "build_world"]
