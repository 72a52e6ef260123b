"""Short ways to write the entries of a document: sums, days, texts of the case, table places."""

from datetime import date
from decimal import Decimal

from app.finance.explain import Value
from app.formats import money, unit
from app.i18n import N_
from app.reports.chinese_numerals import LIMIT, capital_amount
from app.reports.document import DASH, NOTHING, Cell, Fact, Place, Text, Words, free


def yuan(
    words: Words,
    label: str,
    amount: Decimal | float | None,
    step: str = "",
    *,
    strong: bool = False,
) -> Fact:
    """A sum of money with its unit."""
    return Fact(
        words(label), free(money(amount)), words(N_("yuan")), step, figure=True, strong=strong
    )


def figure(words: Words, label: str, text: str, code: str = "", step: str = "") -> Fact:
    """A figure that is no money, with the unit of its code."""
    named = words.each(lambda tr: unit(code, tr)) if code else NOTHING
    return Fact(words(label), free(text), named, step, figure=True)


def day(words: Words, label: str, value: date | None) -> Fact:
    """A date; a dash when there is none."""
    return Fact(words(label), free(value.isoformat()) if value else DASH)


def choice(words: Words, label: str, name: str) -> Fact:
    """The name of a chosen possibility."""
    return Fact(words(label), words(name))


def entered(words: Words, label: str, text: str, *, strong: bool = False) -> Fact:
    """A text of the case over the whole line; a dash on half of it when nothing was entered."""
    value = free(text) if text else DASH
    return Fact(words(label), value, strong=strong, place=Place.LINE if text else Place.HALF)


def capitals(words: Words, label: str, amount: Decimal) -> list[Fact]:
    """The amount in Chinese capitals; nothing above what they are defined for."""
    if abs(amount) >= LIMIT:
        return []
    text = free(f"人民币{capital_amount(amount)}")
    return [Fact(words(label), text, place=Place.LINE)]


def cell(text: Text, *, strong: bool = False, span: int = 1) -> Cell:
    """A place that holds a text."""
    return Cell(text, strong=strong, span=span)


def number_cell(text: str, step: str = "", *, strong: bool = False) -> Cell:
    """A place that holds a figure."""
    return Cell(free(text), step, strong=strong, figure=True)


def is_number(value: Value) -> bool:
    """Whether a value is printed as a figure."""
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)
