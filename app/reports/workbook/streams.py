"""What the page of values takes from a cash flow: addresses with the figures of the core."""

from dataclasses import dataclass

from app.messages.valuation_words import BRIDGE_LABELS
from app.reports.workbook.lines import Lines


@dataclass(frozen=True, slots=True)
class Part:
    """A figure of another page: message id, its formula without the equals sign, its value."""

    label: str
    formula: str
    value: float


@dataclass(frozen=True, slots=True)
class Last:
    """Net flow and discount factor of the last column, which a perpetuity goes on from.

    `untaxed` is the profit of the last year that losses keep from tax: with any there is no
    perpetuity, since losses end.
    """

    net: str
    factor: str
    untaxed: str = "0"


@dataclass(frozen=True, slots=True)
class Streams:
    """Sums of the cash flow, yuan and tCO2e; `deductions` in the order of the waterfall.

    `net_columns` and `prudent_columns` are the addresses of the net flows by column.
    `present` and `prudent` are present values within the horizon; `last` and `prudent_last` the
    columns a perpetuity goes on from, `one_year` the credits of the first year that has any.
    """

    sold: Part
    revenue: Part
    deductions: tuple[Part, ...]
    net: Part
    present: Part
    prudent: Part
    last: Last
    prudent_last: Last
    one_year: Part
    net_columns: tuple[str, ...]
    prudent_columns: tuple[str, ...]


def columns(lines: Lines, code: str) -> tuple[str, ...]:
    """Return the addresses of the columns of a line."""
    return tuple(lines.everywhere(code, column) for column in range(lines.count))


def total(lines: Lines, code: str, label: str = "", *, factor: str = "", times: float = 1) -> Part:
    """Return the sum of a line as a part, multiplied by a named factor where there is one."""
    formula = lines.total(code) + (f"*{factor}" if factor else "")
    return Part(label or BRIDGE_LABELS.get(code, code), formula, lines.sums[code] * times)
