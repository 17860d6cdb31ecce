"""The HTML of a mail, made from its text: the same words in the same order, and nothing that calls home.

While a template is filled in, links and words of another language are put between signs of Unicode's private use, which
nobody writes. Then empty lines part the blocks, and "- " begins an item of a list.

A link that has a block of its own becomes a button, the first one of a mail only; `Label: link` gives its words.
A link on the last line of an item or a block leads from the block's first line.
"""

import re
from collections.abc import Iterator
from html import escape

Block = list[str]

_LINK, _FOREIGN, _SAID, _END = "\ue000", "\ue001", "\ue002", "\ue003"
_NO_MARKS = dict.fromkeys(map(ord, _LINK + _FOREIGN + _SAID + _END))
_MARKED = re.compile(f"{_LINK}([^{_END}]*){_END}|{_FOREIGN}([^{_SAID}]*){_SAID}([^{_END}]*){_END}")
_ONLY_LINK = re.compile(f"(?:(.+): )?{_LINK}([^{_END}]*){_END}")
_ITEM = "- "

OPEN = {"fi": "Avaa palvelussa", "sv": "Öppna i tjänsten", "en": "Open in the service"}
"""What stands on the button of a link that has no words of its own."""
_FONT = "font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5"
_BUTTON = (
    "display:inline-block;padding:12px 20px;border:2px solid #2a6ebb;border-radius:4px;background-color:#2a6ebb;"
    "color:#ffffff;font-weight:bold;text-decoration:none"
)
_SIGNATURE = "margin:24px 0 0;padding-top:12px;border-top:1px solid #808080;font-size:14px"
_FRAME = (
    '<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">'
    "<title>{subject}</title></head>\n"
    '<body style="margin:0;padding:16px"><div lang="{language}" style="max-width:600px;margin:0 auto;{font}">\n'
    "{content}\n</div></body></html>\n"
)


def link(address: str) -> str:
    """A link, marked."""
    return f"{_LINK}{address}{_END}"


def foreign(text: str, language: str) -> str:
    """Words of another language or direction, marked; without a language only their direction is kept apart."""
    return f"{_FOREIGN}{language}{_SAID}{text}{_END}"


def without_marks(text: str) -> str:
    """What somebody wrote, without signs that would be taken for marks."""
    return text if text.isascii() else text.translate(_NO_MARKS)


def is_plain(text: str) -> bool:
    """Whether a text is one line without marks."""
    return "\n" not in text and not any(sign in text for sign in (_LINK, _FOREIGN))


def plain(text: str) -> str:
    """What is read of a marked text."""
    return _MARKED.sub(lambda found: found[1] or found[3] or "", text)


def blocks(text: str) -> list[Block]:
    """The lines of each block."""
    lines = [line.rstrip() for line in text.strip().split("\n")]
    return [block.split("\n") for block in re.split(r"\n{2,}", "\n".join(lines))]


def as_text(given: list[Block]) -> str:
    """The plain text, one empty line between blocks."""
    return "\n\n".join(plain("\n".join(block)) for block in given) + "\n"


def as_html(given: list[Block], subject: str, language: str) -> str:
    """The whole HTML document. The last block is the signature."""
    made: list[str] = []
    button = True
    for block in given[:-1]:
        found = _ONLY_LINK.fullmatch(block[0]) if len(block) == 1 and button else None
        if found is not None:
            button = False
            made.append(_button(found[2], found[1] or OPEN[language]))
        elif block[0].startswith(_ITEM):
            items = "".join(f'<li style="margin:0 0 8px">{_linked(item)}</li>' for item in _items(block))
            made.append(f'<ul style="margin:0 0 16px;padding-left:24px">{items}</ul>')
        else:
            made.append(f'<p style="margin:0 0 16px">{_linked(block)}</p>')
    made.append(f'<p style="{_SIGNATURE}">{_linked(given[-1])}</p>')
    return _FRAME.format(language=language, subject=escape(subject), font=_FONT, content="\n".join(made))


def _button(address: str, words: str) -> str:
    return f'<p style="margin:0 0 16px"><a href="{escape(address)}" style="{_BUTTON}">{_inline(words)}</a></p>'


def _items(block: Block) -> Iterator[Block]:
    item: Block = []
    for line in block:
        if line.startswith(_ITEM) and item:
            yield item
            item = []
        item.append(line.removeprefix(_ITEM) if not item else line.strip())
    yield item


def _linked(lines: Block) -> str:
    last = _ONLY_LINK.fullmatch(lines[-1]) if len(lines) > 1 else None
    if last is None or last[1] or _LINK in "".join(lines[:-1]):
        return "<br>".join(map(_inline, lines))
    first, *others = map(_inline, lines[:-1])
    return "<br>".join([f'<a href="{escape(last[2])}">{first}</a>', *others])


def _inline(line: str) -> str:
    made, end = [], 0
    for found in _MARKED.finditer(line):
        made.append(escape(line[end : found.start()]))
        end = found.end()
        if found[1] is not None:
            address = escape(found[1])
            made.append(f'<a href="{address}">{address}</a>')
        else:
            language = f' lang="{escape(found[2])}"' if found[2] else ""
            made.append(f"<bdi{language}>{escape(found[3])}</bdi>")
    return "".join([*made, escape(line[end:])])
