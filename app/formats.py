"""The one formatter of numbers: the same on screen, on paper and on the command line."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal

from app.finance.explain import Value
from app.i18n import N_, Translator

UNITS = {
    "yuan": N_("yuan"),
    "10k yuan": N_("10,000 yuan"),
    "yuan/t": N_("yuan/t"),
    "yuan/yr": N_("yuan/yr"),
    "t": N_("t"),
    "t/yr": N_("t/yr"),
    "tCO2e": N_("tCO₂e"),
    "tC": N_("tC"),
    "tCO2e/yr": N_("tCO₂e/yr"),
    "tCO2e/ha/yr": N_("tCO₂e/ha/yr"),
    "ha": N_("ha"),
    "mu": N_("mu"),
    "yr": N_("yr"),
    "year": "",
    "month": N_("months"),
    "share": "",
    "1/yr": N_("a year"),
    "1/month": N_("a month"),
    "1/√yr": N_("annualised"),
    "day": N_("days"),
    "events/yr": N_("events a year"),
    "t/ha": N_("t/ha"),
    "kg/m2": N_("kg/m²"),
    "kg/m": N_("kg/m"),
    "m": N_("m"),
    "km": N_("km"),
    "m/s": N_("m/s"),
    "kn": N_("kn"),
    "n mile": N_("n mile"),
    "g/cm3": N_("g/cm³"),
    "t/m3": N_("t/m³"),
    "kg/m3": N_("kg/m³"),
    "cm/yr": N_("cm/yr"),
    "mm/yr": N_("mm/yr"),
    "gC/m2/yr": N_("g C/m²/yr"),
    "tC/ha/yr": N_("t C/ha/yr"),
    "tC/ha": N_("t C/ha"),
    "tCO2e/ha": N_("tCO₂e/ha"),
    "ppt": N_("ppt"),
    "tCH4/ha/yr": N_("t CH₄/ha/yr"),
    "tN2O/ha/yr": N_("t N₂O/ha/yr"),
    "kgCH4/ha/yr": N_("kg CH₄/ha/yr"),
    "km2": N_("km²"),
    "m2": N_("m²"),
    "kg": N_("kg"),
    "10k t": N_("10,000 t"),
    "mol/mol": N_("mol/mol"),
    "tCO2e/t": N_("tCO₂e/t"),
    "cm": N_("cm"),
    "tdm/ha": N_("t d.m./ha"),
    "tdm/ha/yr": N_("t d.m./ha/yr"),
    "tC/t": N_("t C/t"),
    "trees/ha": N_("trees/ha"),
    "per yr": N_("per year"),
    "x sd": N_("× sd"),
    "sd/mean": N_("sd/mean"),
    "deg": N_("°"),
    "bp": N_("bp"),
    "x": "×",
    "trading days": N_("trading days"),
    "working days": N_("working days"),
    "tce/yr": N_("tce/yr"),
    "unit": N_("shares"),
    "1/yuan": N_("per yuan"),
    "share of sum insured": N_("of the sum insured"),
    "1/yr^0.5": N_("annualised"),
    "choice": "",
    "": "",
}
"""Message id of each unit code; percent signs are put on by the number itself."""

PERCENT_UNITS = ("share", "1/month")


_SINGULAR = {"month": N_("month"), "day": N_("day"), "events/yr": N_("event a year")}
"""Message id of the units whose name differs for one."""


_BRACKETED: ContextVar[bool] = ContextVar("negative numbers in parentheses", default=False)


@contextmanager
def negatives(*, bracketed: bool) -> Iterator[None]:
    """Write negative numbers in parentheses, or with a minus sign, while this lasts."""
    token = _BRACKETED.set(bracketed)
    try:
        yield
    finally:
        _BRACKETED.reset(token)


def _signed(text: str) -> str:
    """The text of a number with a true minus sign; nothing that rounds to zero has one.

    Under `negatives(bracketed=True)` parentheses stand for the sign.
    """
    if "-" not in text:
        return text
    if not any(digit in text for digit in "123456789"):
        return text.replace("-", "")
    if _BRACKETED.get() and text.startswith("-"):
        return f"({text[1:]})"
    return text.replace("-", "−")


def money(amount: Decimal | float | None) -> str:
    """Yuan with thousands separators and two places; a dash for none."""
    return "–" if amount is None else _signed(f"{amount:,.2f}")


def number(amount: float | None, digits: int = 2) -> str:
    """A number with thousands separators; a dash for none."""
    return "–" if amount is None else _signed(f"{amount:,.{digits}f}")


def percent(share: float | None, digits: int = 2) -> str:
    """A share as percent; a dash for none."""
    return "–" if share is None else _signed(f"{share * 100:,.{digits}f}%")


def plain(amount: float) -> str:
    """A number with as many places as it has, at most six significant decimals."""
    text = f"{amount:,.6f}".rstrip("0").rstrip(".")
    if text in ("0", "-0") and amount:
        text = f"{amount:.4g}"
    return _signed(text)


def dates(text: str, tr: Translator) -> str:
    """Dates of the reference data as they are read: spans and lists; a dash for none."""
    if text in ("", "-"):
        return "–"
    first, span, last = text.partition(" to ")
    if span:
        return tr(N_("{first} to {last}")).format(first=first, last=last)
    spans = re.sub(r"\b(\d{4})-(\d{4})\b", r"\1–\2", text)
    return tr(N_(", ")).join(re.split(r"\s*[,/]\s*", spans))


def moment(at: datetime) -> str:
    """A moment to the minute, in the time zone of the machine."""
    return f"{at.astimezone():%Y-%m-%d %H:%M}"


def sentence(text: str) -> str:
    """The text with a capital first letter, as it stands at the start of a line."""
    return text[:1].upper() + text[1:]


def unit(code: str, tr: Translator) -> str:
    """The name of a unit code in the translator's language; unknown codes as they are."""
    return tr(UNITS.get(code, code))


def quantity(value: Value, code: str, tr: Translator, *, digits: int | None = None) -> str:
    """A value with its unit: shares in percent, money with two places, others as they are."""
    if value is None:
        return "–"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return tr(value)
    if code in PERCENT_UNITS or (code in ("1/yr", "1/√yr") and abs(float(value)) <= 1):
        return percent(float(value), 2 if digits is None else digits)
    if code == "year":
        return str(value)
    if code in ("yuan", "yuan/yr") or isinstance(value, Decimal):
        text = money(value)
    else:
        text = plain(float(value)) if digits is None else number(float(value), digits)
    name = tr(_SINGULAR[code]) if text == "1" and code in _SINGULAR else unit(code, tr)
    return f"{text} {name}" if name else text
