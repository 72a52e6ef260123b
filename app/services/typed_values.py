"""What a person types or pastes into a field, and the value it is stored as."""

import csv
import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import Any

from app.finance.fields import FieldSpec
from app.formats import PERCENT_UNITS, unit
from app.i18n import LANGUAGES, N_, translator

Units = tuple[tuple[str, float], ...]

_NUMBER = re.compile(
    r"(?P<number>[+-]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)"
    r"\s*(?P<times>百万|千万|万亿|万|萬|亿|億)?"
    r"\s*(?P<part>[%‰])?"
    r"\s*(?P<unit>.*)",
    re.DOTALL,
)
_TIMES = {
    "万": 10**4,
    "萬": 10**4,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "億": 10**8,
    "万亿": 10**12,
}
_PARTS = {"%": 100, "‰": 1000}
_SHARES = (*PERCENT_UNITS, "1/yr")
_DATE = re.compile(
    r"(\d{4})(?:(\d{2})(\d{2})|\s*([-/.])\s*(\d{1,2})\s*\4\s*(\d{1,2})"
    r"|\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?)(?:[T ]00:00(?::00)?)?"
)
YES_NO = {True: N_("yes"), False: N_("no")}
"""Message ids of a switch."""
_SWITCHES = {
    True: ("true", "yes", "y", "1", "是", "√", "✓"),
    False: ("false", "no", "n", "0", "否", "×"),
}
_SIGNIFICANT_DIGITS = 15
_LONGEST_EXPONENT = 300
_LONGEST_WRITTEN_OUT = 20


def _folded(text: str) -> str:
    """Return a text with full-width signs made plain and without blanks at its ends."""
    return unicodedata.normalize("NFKC", text).replace("−", "-").strip()


def _unit_key(name: str) -> str:
    return "".join(_folded(name).split())


def _exact(factor: float) -> Fraction:
    """Return the ratio a factor stands for: 1/15 and 44/12 have no finite binary form."""
    near = Fraction(factor).limit_denominator(10**6)
    return near if float(near) == factor else Fraction(factor)


def _units(spec: FieldSpec) -> Units:
    return ((spec.field.unit, 1.0), *spec.field.other_units)


def _names(code: str) -> Iterator[str]:
    yield _unit_key(code)
    for language in LANGUAGES:
        yield _unit_key(unit(code, translator(language)))


@cache
def _factors(units: Units) -> tuple[dict[str, float], dict[str, float]]:
    """Return the factor of each unit by its names: as written, and whatever the case.

    A name that means two units when its case is ignored is left out of the second.
    """
    written = {name: factor for code, factor in units for name in _names(code) if name}
    loose: dict[str, set[float]] = {}
    for name, factor in written.items():
        loose.setdefault(name.casefold(), set()).add(factor)
    return written, {name: found.pop() for name, found in loose.items() if len(found) == 1}


def _factor_of(name: str, spec: FieldSpec) -> float | None:
    written, loose = _factors(_units(spec))
    key = _unit_key(name)
    return written.get(key, loose.get(key.casefold()))


def _counts_by_word(spec: FieldSpec, factor: float) -> bool:
    """Whether the unit of `factor` has a word such as 万 in its own name."""
    codes = [code for code, own in _units(spec) if own == factor]
    return any(name.startswith(tuple(_TIMES)) for code in codes for name in _names(code))


def _scale(found: re.Match[str], spec: FieldSpec, factor: float) -> Fraction | None:
    """Return the factor from the typed number to the stored one; None when there is none."""
    times, part, name = found["times"] or "", found["part"] or "", found["unit"]
    if part and not (spec.field.percent or spec.field.unit in _SHARES):
        return None
    scale = _exact(factor)
    if times and not name and _counts_by_word(spec, factor):
        scale = Fraction(1)
    if name:
        with_word = _factor_of(times + name, spec)
        alone = _factor_of(name, spec)
        if with_word is not None:
            times = ""
        known = alone if with_word is None else with_word
        if known is None:
            return None
        scale = _exact(known)
    if part or spec.field.percent:
        scale /= _PARTS[part or "%"]
    return scale * _TIMES.get(times, 1)


def _number(text: str, spec: FieldSpec, factor: float) -> Fraction | None:
    found = _NUMBER.fullmatch(re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "", _folded(text)))
    if found is None:
        return None
    scale = _scale(found, spec, factor)
    number = Decimal(found["number"].replace(",", ""))
    if scale is None or (number and abs(number.adjusted()) > _LONGEST_EXPONENT):
        return None
    return Fraction(number) * scale


def stored_number(text: str, spec: FieldSpec, factor: float = 1.0) -> Any:
    """Turn typed text into the stored number; text that is no number is kept as text.

    Understood are thousands separators, full-width signs, 万 and 亿, percent signs, and one of
    the field's units behind the number, by its code or its name in either language. `factor` is
    that of the chosen unit; a typed unit counts instead of it. Percent fields are stored as
    shares.
    """
    if not text.strip():
        return None
    number = _number(text, spec, factor)
    if number is None:
        return text
    whole = number.denominator == 1
    return int(number) if whole and spec.kind in (int, Decimal) else float(number)


def shown_number(value: Any, spec: FieldSpec, factor: float = 1.0) -> str:
    """Turn a stored number into the text of its field; text stays as it was typed."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return str(value)
    number = Decimal(str(value))
    if spec.field.percent:
        number *= 100
    if factor != 1.0:
        number = Decimal(f"{float(Fraction(number) / _exact(factor)):.{_SIGNIFICANT_DIGITS}g}")
    if abs(number.adjusted()) > _LONGEST_WRITTEN_OUT:
        return f"{number.normalize():e}"
    text = f"{number:f}" if spec.kind is int else f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def stored_date(text: str) -> str | None:
    """Turn a typed date (2025-3-1, 2025/03/01, 2025.3.1, 20250301, 2025年3月1日) into ISO form.

    A text that is no date is kept.
    """
    found = _DATE.fullmatch(_folded(text))
    if found is not None:
        numbers = [group for group in found.groups() if group and group.isdigit()]
        try:
            return date(*(int(number) for number in numbers)).isoformat()
        except ValueError:
            pass
    return text.strip() or None


def stored_choice(text: str, spec: FieldSpec) -> str | None:
    """Turn the printed name of a choice, in either language, into its code; keep other text."""
    typed = _folded(text).casefold()
    for value, label in spec.field.choices:
        names = {value, *(translator(language)(label) for language in LANGUAGES)}
        if typed in {_folded(name).casefold() for name in names}:
            return value
    return text.strip() or None


def stored_switch(text: str) -> bool | str | None:
    """Turn yes or no, in either language or as a spreadsheet writes it, into a switch."""
    typed = _folded(text).casefold()
    for value, names in _SWITCHES.items():
        if typed in names:
            return value
    return text.strip() or None


def shown_switch(value: Any) -> str:
    """Return the message id of a stored switch; other text as it was typed."""
    return YES_NO[value] if isinstance(value, bool) else str(value)


def stored_cell(text: str, column: FieldSpec) -> Any:
    """Turn the text of a table cell into its stored value."""
    if column.kind in (int, float, Decimal):
        return stored_number(text.strip(), column)
    if column.kind is date:
        return stored_date(text)
    if column.kind is bool:
        return stored_switch(text)
    if issubclass(column.kind, StrEnum):
        return stored_choice(text, column)
    return text.strip() or None


def _is_heading(cells: list[str], columns: tuple[FieldSpec, ...]) -> bool:
    """Whether a line names the columns instead of filling them."""
    named = 0
    for column, cell in zip(columns, cells, strict=False):
        labels = [translator(language)(column.field.label) for language in LANGUAGES]
        names = tuple(_folded(name).casefold() for name in (column.name, *labels))
        named += _folded(cell).casefold().startswith(names)
    return named > len(columns) / 2


def pasted_rows(text: str, columns: tuple[FieldSpec, ...]) -> list[dict[str, Any]]:
    """Turn rows copied from a spreadsheet (tabs or commas) into lines of a table.

    A first line that names the columns is passed over.
    """
    rows: list[dict[str, Any]] = []
    delimiter = "\t" if "\t" in text or len(columns) == 1 else ","
    lines = csv.reader(text.splitlines(), delimiter=delimiter)
    for cells in (line for line in lines if any(cell.strip() for cell in line)):
        if not rows and _is_heading(cells, columns):
            continue
        stored = {
            column.name: stored_cell(cell, column)
            for column, cell in zip(columns, cells, strict=False)
        }
        rows.append({name: value for name, value in stored.items() if value is not None})
    return rows
