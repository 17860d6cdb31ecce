"""What somebody reads of a mail's HTML: the text that it would be without it."""

from html.parser import HTMLParser

from puumerkki.kernel.mail.markup import OPEN


class HtmlRead(HTMLParser):
    """The text, the attributes of all elements, and how many links look like buttons."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.blocks: list[str] = []
        self.buttons = 0
        self.languages: list[tuple[str, str]] = []
        self._said = ""
        self._link: tuple[str, int, bool] | None = None
        self._after = ""
        self._language: tuple[str, int] | None = None
        self.feed(html)
        self.close()

    @property
    def text(self) -> str:
        return "\n\n".join(self.blocks) + "\n"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        given = dict(attrs)
        if tag not in ("meta", "br"):
            self.open.append(tag)
        if tag in ("p", "ul"):
            self._said = ""
        elif tag == "li":
            self._said += ("\n" if self._said else "") + "- "
        elif tag == "br":
            self._said += "\n" + ("  " if "ul" in self.open else "")
        elif tag == "a":
            button = "background-color" in (given["style"] or "") if "style" in given else False
            self.buttons += button
            self._link = (given["href"] or "", len(self._said), button)
        elif tag == "bdi" and given.get("lang"):
            self._language = (given["lang"] or "", len(self._said))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, "elements are closed in their order"
        if tag == "a" and self._link is not None:
            address, start, button = self._link
            words = self._said[start:]
            if button:
                self._said = self._said[:start] + (address if words in OPEN.values() else f"{words}: {address}")
            elif words != address:
                self._after = address
        elif tag == "bdi" and self._language is not None:
            self.languages.append((self._language[0], self._said[self._language[1] :]))
            self._language = None
        elif tag in ("li", "p") and self._after:
            self._said += "\n" + ("  " if tag == "li" else "") + self._after
            self._after = ""
        if tag in ("p", "ul"):
            self.blocks.append(self._said)

    def handle_data(self, data: str) -> None:
        if {"p", "li"} & set(self.open):
            self._said += data
