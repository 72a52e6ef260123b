"""The chart of the schedule: principal and interest of each payment, and the balance."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from matplotlib.figure import Figure

from app.finance.engine import Results
from app.finance.lending.schedule_results import Instalment
from app.i18n import N_, Translator
from app.reports.chart_parts import TEN_THOUSAND, key_height
from app.reports.chart_plain import PlainField
from app.reports.chart_style import Palette, charted, named

_FIELD_INCH = 1.75
_MOST_BARS = 40
"""More payments than these are summed up by quarter, and more quarters by year."""

_NAMED = 12
_WIDEST, _AS_WIDE_FROM = 0.7, 6

_PRINCIPAL, _INTEREST, _FEE = N_("Principal"), N_("Interest"), N_("Fee")
_BALANCE = N_("Balance after the payment (right-hand scale)")
_BY_PAYMENT, _BY_QUARTER, _BY_YEAR = N_("Due in"), N_("Payments by quarter"), N_("Payments by year")


@dataclass(frozen=True, slots=True)
class Paid:
    """What is paid in one payment, quarter or year, and what is owed after it, yuan."""

    name: str
    principal: Decimal
    interest: Decimal
    fee: Decimal
    balance: Decimal


def _month(line: Instalment) -> str:
    return f"{line.due:%Y-%m}"


def _quarter(line: Instalment) -> str:
    return f"{line.due.year} Q{(line.due.month + 2) // 3}"


def _year(line: Instalment) -> str:
    return str(line.due.year)


def payments_drawn(lines: Sequence[Instalment]) -> tuple[str, tuple[Paid, ...]]:
    """Return what the scale of days says, and the payments, summed up where they are many."""
    if len(lines) <= _MOST_BARS:
        return _BY_PAYMENT, tuple(_sum(_month(line), [line]) for line in lines)
    quarters = _summed(lines, by_quarter=True)
    if len(quarters) <= _MOST_BARS:
        return _BY_QUARTER, quarters
    return _BY_YEAR, _summed(lines, by_quarter=False)


def _summed(lines: Sequence[Instalment], *, by_quarter: bool) -> tuple[Paid, ...]:
    name = _quarter if by_quarter else _year
    return tuple(_sum(key, list(group)) for key, group in groupby(lines, name))


def _sum(name: str, lines: Sequence[Instalment]) -> Paid:
    zero = Decimal(0)
    return Paid(
        name,
        sum((line.principal_yuan for line in lines), zero),
        sum((line.interest_yuan for line in lines), zero),
        sum((line.fee_yuan for line in lines), zero),
        lines[-1].closing_yuan,
    )


def _lines(results: Results) -> Sequence[Instalment]:
    return results.loan.schedule if results.loan is not None else ()


def _parts(results: Results) -> tuple[str, ...]:
    """The series of the bars; fees only where a later one falls due."""
    fees = any(line.fee_yuan for line in _lines(results))
    return (_PRINCIPAL, _INTEREST, _FEE) if fees else (_PRINCIPAL, _INTEREST)


def _key(results: Results, trs: tuple[Translator, ...]) -> list[str]:
    return [named(label, trs) for label in (*_parts(results), _BALANCE)]


def schedule_height(results: Results, trs: tuple[Translator, ...], width_inch: float) -> float:
    """Return the inches the schedule needs: a field of fixed height and its key."""
    return _FIELD_INCH + key_height(_key(results, trs), width_inch)


@charted
def schedule_figure(
    results: Results,
    trs: tuple[Translator, ...],
    size_inch: tuple[float, float],
    colours: Palette,
) -> Figure:
    """Draw principal, interest and later fees on top of each other, and the balance as a line.

    Each bar is a payment; many payments are summed up by quarter or by year of their due days.
    Payments and balance have scales of their own, both in 10,000 yuan and both from zero.
    """
    lines = _lines(results)
    if not lines:
        return Figure(figsize=size_inch, facecolor=colours.paper)
    scale, paid = payments_drawn(lines)
    owed = [float(lines[0].opening_yuan), *(float(one.balance) for one in paid)]
    field = PlainField(
        size_inch,
        colours,
        key=_key(results, trs),
        across=(-0.3, len(paid) + 0.7),
        tops=(_highest(paid), max(owed) / TEN_THOUSAND),
    )
    _bars(field, paid, _parts(results), colours)
    field.steps([amount / TEN_THOUSAND for amount in owed])
    step = -(-len(paid) // _NAMED)
    names = [(place + 1, paid[place].name) for place in range(0, len(paid), step)]
    field.scales(names, below=named(scale, trs), beside=named(N_("10,000 yuan"), trs))
    return field.figure


def _highest(paid: Sequence[Paid]) -> float:
    return float(max(one.principal + one.interest + one.fee for one in paid)) / TEN_THOUSAND


def _bars(field: PlainField, paid: Sequence[Paid], parts: Sequence[str], colours: Palette) -> None:
    """Draw the series of the bars on top of each other, each told apart by its lightness."""
    width = min(_WIDEST, _WIDEST * len(paid) / _AS_WIDE_FROM)
    found = {
        _PRINCIPAL: ([one.principal for one in paid], colours.bar),
        _INTEREST: ([one.interest for one in paid], colours.shades[1]),
        _FEE: ([one.fee for one in paid], colours.paper),
    }
    starts = [0.0] * len(paid)
    for label in parts:
        amounts, face = found[label]
        heights = [float(amount) / TEN_THOUSAND for amount in amounts]
        field.bars(heights, starts, width=width, face=face)
        starts = [start + height for start, height in zip(starts, heights, strict=True)]
