"""The demo world: lively, believable, made through the API as its people would make it."""

from puumerkki.demo.api_driver import PASSWORD, Person, Stage
from puumerkki.demo.build import build_world

__all__ = ["PASSWORD", "Person", "Stage", "build_world"]
