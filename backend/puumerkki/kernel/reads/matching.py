"""Searches for a text as it stands: no character of it means anything else, and cases are alike."""

from typing import Any

from sqlalchemy import ColumnElement, exists, func


def contains(column: Any, text: Any) -> ColumnElement[bool]:
    """SQL: a column of text holds a text somewhere."""
    return func.strpos(func.lower(column), func.lower(text)) > 0


def names_contain(column: Any, text: Any) -> ColumnElement[bool]:
    """SQL: a name in one of the languages holds a text; `column` maps languages to names, or is null."""
    name = func.jsonb_each_text(column).table_valued("key", "value")
    return exists().where(contains(name.c.value, text))
