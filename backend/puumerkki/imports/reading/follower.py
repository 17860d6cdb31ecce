"""Goes through the XML of a sheet once, without keeping it."""

from abc import ABC, abstractmethod
from xml.parsers import expat


class Follower(ABC):
    """What it comes to it tells its `_start`, `_end` and `_text`; `parser.CurrentByteIndex` says where that stands."""

    content: bytes
    parser: expat.XMLParserType

    def follow(self) -> None:
        """Once through."""
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.Parse(self.content, True)

    @abstractmethod
    def _start(self, name: str, attributes: dict[str, str]) -> None: ...

    @abstractmethod
    def _end(self, name: str) -> None: ...

    @abstractmethod
    def _text(self, text: str) -> None: ...
