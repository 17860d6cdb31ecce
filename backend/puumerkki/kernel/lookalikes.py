"""Names that look alike are one: letters of other scripts, digits and marks folded to the Latin letters they resemble.

The pairs are those of Unicode's confusables (UTS 39) with Latin letters, and lower case letters that resemble capitals.
"""

import re
import unicodedata

from puumerkki.kernel.characters import one_line
from puumerkki.kernel.collation import unaccented

_ALIKE = {
    "a": "ΑАᎪᗅꓮɑαа⍺",
    "b": "ΒВᏴᗷꓐꞴƄЬᏏᑲᖯвʙ",
    "c": "СᏟⲤꓚсᴄⲥꮯϹϲ",
    "d": "ᎠᗞᗪꓓԁᏧᑯꓒ",
    "e": "ΕЕᎬ⋿ⴹꓰеҽ℮ꬲεєɛ",
    "f": "ϜᖴꓝꞘքẝꞙꬵ",
    "g": "ԌᏀᏳꓖƍɡցᶃ",
    "h": "ΗНᎻᕼⲎꓧһհᏂнʜ",
    "i": "ıɩɪιіӏᎥ⍳ꙇꭵƖǀΙІӀ۱ᛁ∣⏽Ⲓⵏꓲ1|!lɭ",
    "j": "ͿЈᎫᒍꓙꞲϳј",
    "k": "ΚКᏦᛕⲔꓗκкᴋĸⲕᏥқҡ",
    "m": "ΜϺМᎷᗰᛖⲘꓟмᴍ",
    "n": "ΝⲚꓠոռηпɴ",
    "o": "ᎾΟОՕ০ଠ୦ዐⲞⵔ〇ꓳοσоօ۵०੦૦௦ం౦ಂ೦ംഠ൦ං๐໐ဝ၀ჿᴏᴑⲟꬽ0øØ",
    "p": "ΡРᏢᑭⲢꓑρр⍴ⲣ",
    "q": "ⵕԛգզ",
    "r": "ƦᎡᏒᖇꓣгᴦⲅꭇꭈꮁʀ",
    "s": "ЅՏᏕᏚꓢƽѕꜱꮪ",
    "t": "ΤТᎢ⊤⟙Ⲧꓔτтᴛ",
    "u": "цՍሀᑌ∪⋃ꓴʋυսᴜꞟꭎꭒ",
    "v": "Ѵ۷Ꮩᐯⴸꓦꛟνѵᴠ∨⋁ꮩ",
    "w": "ԜᎳᏔꓪɯѡԝաᴡꮃω",
    "x": "ΧХ᙭ᚷ╳ⲬⵝꓫꞳ×хᕁᕽ᙮χ",
    "y": "ΥУҮᎩᎽⲨꓬɣʏγуүყᶌỿꭚ",
    "z": "ΖᏃꓜᴢꮓ",
    "ae": "æÆ",
    "-": "‐‑‒–—―−",
}
_TABLE = str.maketrans({sign: latin for latin, signs in _ALIKE.items() for sign in signs})


def skeleton(name: str) -> str:
    """What a name looks like; two names with one skeleton cannot be told apart at a glance."""
    line = one_line(name)
    # nearly all names: a table of 256 bytes takes a fraction of the time
    shown = _fold(line) if _UNLIKE.search(line) else line.encode("latin-1").translate(_LATIN).decode("ascii")
    return " ".join(shown.replace("rn", "m").replace("vv", "w").split())


def _fold(text: str) -> str:
    return unaccented(unicodedata.normalize("NFKC", text).translate(_TABLE)).translate(_TABLE)


_FOLDED = {chr(code): _fold(chr(code)) for code in range(256)}
_SINGLE = {sign: folded for sign, folded in _FOLDED.items() if len(folded) == 1 and folded.isascii()}
"""Signs that each become one plain sign, whatever stands beside them."""
_LATIN = "".join(_SINGLE.get(chr(code), " ") for code in range(256)).encode()
_UNLIKE = re.compile(f"[^{re.escape(''.join(_SINGLE))}]")
