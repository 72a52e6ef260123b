"""Cells of exchange files as stored values: dates, tonnes, prices, money with its currency."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

from app.finance.fields import FieldSpec
from app.services.heading_words import CELL_WORDS, CURRENCIES
from app.services.table_cells import folded, is_blank
from app.services.typed_values import stored_choice, stored_date

PRICES = ("price", "close", "average", "low", "high", "start_price")
MONEY = ("total", "listing_total", "block_total")
TONNES = ("volume_t", "listing_volume_t", "block_volume_t")

_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?")
_AMOUNT = re.compile(
    r"(?P<sign>[¥$€£]|US\$)?\s*(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?)\s*"
    r"(?P<unit>.*)",
    re.DOTALL,
)
_TIMES = {"": 1, "百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_WORDS = re.compile(r"(百万|千万|百|千|万|亿)?\s*(.*)", re.DOTALL)
_PER_TONNE = re.compile(r"\s*/\s*(?:t|tonne|ton|吨)(?:co2e?|二氧化碳(?:当量)?)?$", re.IGNORECASE)
_MASS = {"t": 1.0, "tonne": 1.0, "tonnes": 1.0, "吨": 1.0, "kg": 1e-3, "千克": 1e-3, "公斤": 1e-3}
_CARBON = re.compile(r"(?:co2e?|二氧化碳(?:当量)?)$", re.IGNORECASE)
_BRACKETS = re.compile(r"(.+?)\s*[(\[【]([^()\[\]【】]+)[)\]】]")
_ISO_CODE = re.compile(r"[A-Za-z]{3}")
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH = re.compile(r"(\d{4})\s*(?:[-/.年])\s*(\d{1,2})\s*月?")
_YEAR = re.compile(r"((?:19|20|21)\d\d)\s*年?")
_SERIAL = re.compile(r"([34567]\d{4})(?:\.\d+)?")
_SERIAL_ZERO = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number is multiplied by, and the currency it is in; "" when none is named."""

    factor: Decimal
    currency: str = ""


def currency_code(text: str) -> str | None:
    """Return the ISO code a currency is named by; None for a word that is no currency."""
    name = folded(text).casefold()
    if name in CURRENCIES:
        return CURRENCIES[name]
    return name.upper() if _ISO_CODE.fullmatch(name) else None


def unit_in(text: str, column: str) -> Unit | None:
    """Read the unit of a column ("万吨", "元/吨", "万元", "USD/t"); None when it is of another."""
    found = _WORDS.fullmatch(folded(text))
    if found is None:
        return None
    times, name = Decimal(_TIMES[found[1] or ""]), found[2].strip()
    if column in TONNES:
        mass = _MASS.get(_CARBON.sub("", name.casefold()).strip())
        return None if mass is None else Unit(times * Decimal(str(mass)))
    if column in PRICES:
        name = _PER_TONNE.sub("", name)
    elif column not in MONEY:
        return None
    currency = currency_code(name)
    return None if currency is None or currency in ("TCO", "TON") else Unit(times, currency)


def split_heading(heading: str) -> tuple[str, str]:
    """Split "成交量(万吨)" or "成交额/万元" into its name and its unit, "" for none."""
    text = folded(heading)
    found = _BRACKETS.fullmatch(text)
    if found:
        return found[1].strip(), found[2].strip()
    name, _, unit = text.partition("/")
    known = any(unit_in(unit, column) for column in ("volume_t", "price", "total"))
    return (name.strip(), unit.strip()) if unit and known else (text, "")


def _valid(text: str) -> tuple[str, str] | None:
    try:
        return date.fromisoformat(text).isoformat(), "day"
    except ValueError:
        return None


def day_read(text: str) -> tuple[str, str] | None:
    """Return ISO day and what is known of it ("day", "month", "year"); None for no date.

    Of a month or a year the last day is taken: the deal was done by then. Five digits are the
    number of a day as spreadsheets count them, from 1982 to 2119.
    """
    if _ISO_DAY.fullmatch(text):
        return _valid(text)
    serial = _SERIAL.fullmatch(folded(text))
    if serial:
        return (_SERIAL_ZERO + timedelta(days=int(serial[1]))).isoformat(), "day"
    stored = stored_date(re.split(r"[ T]", text, maxsplit=1)[0] if ":" in text else text)
    if stored and _ISO_DAY.fullmatch(stored):
        return _valid(stored)
    plain = folded(text)
    month = _MONTH.fullmatch(plain)
    if month and 1 <= int(month[2]) <= 12:
        year, number = int(month[1]), int(month[2])
        return date(year, number, calendar.monthrange(year, number)[1]).isoformat(), "month"
    whole = _YEAR.fullmatch(plain)
    return (f"{whole[1]}-12-31", "year") if whole else None


def number_read(text: str, column: str, unit: Unit) -> Any:
    """Read a number in the unit of its column; what is none stays text for the check.

    A unit in the cell counts instead; one of another currency than the column's is no number.
    """
    if _PLAIN.fullmatch(text):
        return float(text) if unit.factor == 1 else float(Decimal(text) * unit.factor)
    found = _AMOUNT.fullmatch(folded(text).replace("−", "-"))
    if found is None:
        return text
    name = (found["unit"].strip() or "") if not found["sign"] else found["sign"]
    number = Decimal(found["number"].replace(",", ""))
    if not name:
        return float(number * unit.factor)
    words = found["unit"].strip()
    if words in _TIMES:
        return float(number * _TIMES[words])
    own = unit_in(words if not found["sign"] else found["sign"] + words, column)
    if found["sign"] and own is None:
        own = unit_in(found["sign"], column)
    if own is None or (own.currency and unit.currency and own.currency != unit.currency):
        return text
    return float(number * own.factor)


def currency_in(text: str, column: str) -> str:
    """Return the currency that a cell of a price or an amount names itself, "" for none."""
    if _PLAIN.fullmatch(text):
        return ""
    found = _AMOUNT.fullmatch(folded(text))
    if found is None:
        return ""
    words = found["unit"].strip()
    if found["sign"]:
        return currency_code(found["sign"]) or ""
    own = unit_in(words, column) if words and words not in _TIMES else None
    return "" if own is None else own.currency


def choice_read(text: str, column: FieldSpec) -> str | None:
    """Read a choice by code, printed name in either language, or a word of exchange files."""
    word = CELL_WORDS.get(column.name, {}).get(folded(text).casefold())
    return word if word is not None else stored_choice(text, column)


def cell_reader(column: FieldSpec, unit: Unit) -> Callable[[str], Any]:
    """Return what turns a cell of a column into its stored value; None for a blank cell."""
    name = column.name

    def number(text: str) -> Any:
        return None if is_blank(text) else number_read(text, name, unit)

    @lru_cache(maxsize=4096)
    def other(text: str) -> Any:
        if is_blank(text):
            return None
        if name == "currency":
            return currency_code(text) or text
        if column.kind is date:
            found = day_read(text)
            return text if found is None else found[0]
        if issubclass(column.kind, StrEnum):
            return choice_read(text, column)
        return text

    return number if column.kind is float else other
