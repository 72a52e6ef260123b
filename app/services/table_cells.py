"""The text of a spreadsheet cell as the stored value of its column."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from app.finance.fields import FieldSpec
from app.i18n import LANGUAGES, translator
from app.services.table_headings import unit_factor
from app.services.typed_values import stored_choice, stored_date, stored_number

_BLANKS = ("-", "–", "—", "/")
_TRUE = ("true", "yes", "y", "1", "1.0", "是", "√")
_FALSE = ("false", "no", "n", "0", "0.0", "否", "×")
_ODD_COMMA = re.compile(r"\d,(?!\d{3}(?!\d))\d")
_SHORTEST_PART = 2


def stored_text(text: str, column: FieldSpec, unit: str = "") -> Any:
    """Turn a cell into the value a case stores; what does not fit stays text for the check.

    `unit` is that of the whole column, as its heading names it; "" for the stored unit. Shares
    are fractions unless a percent sign stands in the cell or is the unit.
    """
    if is_blank(text):
        return None
    if column.kind in (int, float, Decimal):
        return _number(text, column, unit)
    if column.kind is date:
        return stored_date(text)
    if column.kind is bool:
        return _truth(text)
    if issubclass(column.kind, StrEnum):
        return _choice(text, column)
    return text


def is_blank(text: str) -> bool:
    """Whether a cell holds nothing, or a dash that stands for nothing."""
    return not text or text in _BLANKS


def folded(text: str) -> str:
    """Return a text with full-width signs made plain."""
    return unicodedata.normalize("NFKC", text).strip()


def _truth(text: str) -> bool | str:
    """Read yes or no in either language; what is neither stays text."""
    plain = folded(text).casefold()
    return plain in _TRUE if plain in (*_TRUE, *_FALSE) else text


def _number(text: str, column: FieldSpec, unit: str) -> Any:
    """Read a number in the unit of its column; what is no number stays text."""
    plain = folded(text)
    if _ODD_COMMA.search(plain):
        return text
    if column.name in ("first_year", "last_year", "year"):
        plain = plain.removesuffix("年").removesuffix("年度").removesuffix(".0")
    factor = unit_factor(unit, column) if unit else None
    if not column.field.percent:
        return stored_number(plain, column, factor if factor is not None else 1.0)
    if plain.endswith(("%", "‰")) or factor == 0.01:
        return stored_number(plain, column)
    return stored_number(plain, replace(column, field=replace(column.field, percent=False)))


def _choice(text: str, column: FieldSpec) -> str | None:
    """Read a choice by its code or its printed name, or by a part that only one name has."""
    stored = stored_choice(text, column)
    codes = {value for value, _ in column.field.choices}
    if stored in codes:
        return stored
    near = {code for code, name in _choice_names(column) if _overlap(folded(text), name)}
    return near.pop() if len(near) == 1 else stored


def _choice_names(column: FieldSpec) -> Iterator[tuple[str, str]]:
    for value, label in column.field.choices:
        yield value, value
        for language in LANGUAGES:
            yield value, translator(language)(label)


def _overlap(one: str, other: str) -> bool:
    first, second = one.casefold(), other.casefold()
    shorter = min(first, second, key=len)
    long_enough = len(shorter) >= (_SHORTEST_PART if shorter.isascii() else 1)
    return long_enough and (second.startswith(first) or first.startswith(second))
