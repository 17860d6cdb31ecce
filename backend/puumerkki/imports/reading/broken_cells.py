"""What spreadsheets write in a cell where a formula failed, or where a column is too narrow."""

import re

_BROKEN = re.compile(
    r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|PUUTTUU!?|VIITTAUS!|ARVO!|NIMI\?|JAKO/0!|LUKU!|TYHJÄ!"
    r"|SAKNAS!?|REFERENS!|VÄRDEFEL!|NAMN\?|DIVISION/0!|OGILTIGT!|SKÄRNING!|#+)"
    r"|(Err|Virhe|Fel):\d{3}"
)
"""In three languages; those with a number are LibreOffice's."""
BROKEN_STARTS = frozenset("#EVF")
"""What such a cell begins with, for who asks of very many."""


def is_broken(cell: str) -> bool:
    """Whether a cell, which is not blank, holds an error instead of a value."""
    return cell[0] in BROKEN_STARTS and _BROKEN.fullmatch(cell) is not None
