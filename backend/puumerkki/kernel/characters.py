"""Signs that nobody sees, and links where a name belongs: what is taken out of what people write."""

import re
import unicodedata

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_HIDDEN = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_FURTHER = re.compile("[^\x00-\u02ff]")
"""Beyond the letters with which names here are written. Up to it what can be printed is seen, and is one sign."""
_BREAKS = re.compile("[\t-\r\x1c-\x1f\x85\u2028\u2029]+")
_BIDI_SIGNS = re.compile(f"[{_BIDI}]")
_UNSEEN = re.compile(f"[\x01-\x08\x0e-\x1b\x7f-\x84\x86-\x9f{_BIDI}{_HIDDEN}]")  # NUL is refused at the door
_SCHEME = re.compile(r"\b[a-z][a-z0-9+.-]*:/+|\bwww[.。．｡]", re.IGNORECASE)
_DOMAIN = re.compile(r"(?<=[^\W_])[.。．｡](?=[^\W\d_]{2})")


def one_line(text: str) -> str:
    """On one line, without control, bidi and zero-width signs: what is read is all that is there.

    Letters with their accents are one sign each (Unicode's NFC): what looks the same is the same.
    """
    if text.isprintable() and (text.isascii() or not _FURTHER.search(text)):
        return text
    seen = unicodedata.normalize("NFC", _UNSEEN.sub("", _BREAKS.sub(" ", text)))
    if seen.isprintable():
        return seen
    # signs that format others (Unicode's category Cf), whichever the scripts still to come bring
    return "".join(sign for sign in seen if unicodedata.category(sign) != "Cf")


_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_BLANKS = re.compile(r"\s+")


def plain_signs(text: str) -> str:
    """Numbers and codes with plain dashes and single plain blanks: a number that was copied has any of them."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return _BLANKS.sub(" ", _DASHES.sub("-", _UNSEEN.sub("", text))).strip()


def several_lines(text: str) -> str:
    """Without bidi controls, which make a text read otherwise than it is kept; accents as in one line."""
    return text if text.isascii() else unicodedata.normalize("NFC", _BIDI_SIGNS.sub("", text))


def without_links(text: str) -> str:
    """On one line, so that no mail program makes a link of any part: `evil.example/x` is `evil .example/x`."""
    return _DOMAIN.sub(" .", _SCHEME.sub("", one_line(text)))
