"""Names that look alike are one: letters of other scripts, digits and marks folded to the Latin letters they resemble.

The pairs are those of Unicode's confusables (UTS 39) with Latin letters, and lower case letters that resemble capitals.
"""

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
    shown = unicodedata.normalize("NFKC", one_line(name)).translate(_TABLE)
    return " ".join(unaccented(shown).translate(_TABLE).replace("rn", "m").replace("vv", "w").split())
