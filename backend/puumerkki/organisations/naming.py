"""What is derived from an organisation's names: what it is sorted, searched and told from others by."""

import re
from collections.abc import Mapping
from typing import Any

from puumerkki.kernel.collation import search_text, sort_key
from puumerkki.kernel.field_types import display_name
from puumerkki.kernel.lookalikes import skeleton

ENDINGS = frozenset(skeleton(word) for word in ("ry", "rf", "rek", "yhdistys", "oy", "ab", "oyj", "abp", "ltd"))
"""What names end with that tells none from another."""
_WORD = re.compile(r"\w+")


def words_of(name: str) -> list[str]:
    """The words of a name as they look, without signs between them."""
    return _WORD.findall(skeleton(name.replace(".", "")))


def name_key(name: str) -> str:
    """What a name looks like, without endings: namesakes have the same."""
    words = words_of(name)
    return " ".join([word for word in words if word not in ENDINGS] or words)


def name_keys(names: Mapping[str, str]) -> list[str]:
    """What the names look like in each language, each once; none for a name of signs only."""
    keys = [key for name in names.values() if (key := name_key(name))]
    return sorted({*keys}) if len(keys) > 1 else keys


def derived(names: dict[str, str]) -> dict[str, Any]:
    """The columns that are set whenever the names are."""
    return {
        "sort_key": sort_key(display_name(names)),
        "search_text": search_text(names),
        "name_keys": name_keys(names),
    }
