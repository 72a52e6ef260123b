"""The shipped cases of loans, run as another program would run them, and a count of their own."""

import json
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Any

import QuantLib as ql  # noqa: N813 - the name its own documentation uses
from click.testing import CliRunner

from app.bootstrap import BookMaintenance, open_workbench
from app.cli.book_commands import Doors
from app.cli.commands import build
from app.services.demo import demo_files, loan_files

FILES = {path.name.partition(".")[0]: path for path in loan_files()}
BOOK = {
    path.name.partition(".")[0]: path
    for path in demo_files()
    if "loan" in json.loads(path.read_text(encoding="utf-8"))
}
"""Cases of the demonstration book that ask for a loan."""
FEN = Decimal("0.01")

_COUNTERS = {
    "act_360": ql.Actual360(),
    "act_365f": ql.Actual365Fixed(),
    "30_360": ql.Thirty360(ql.Thirty360.BondBasis),
    "30e_360": ql.Thirty360(ql.Thirty360.EurobondBasis),
}
_SECTIONS = {"loan": "loan", "value": "values"}


@cache
def text(name: str) -> str:
    """Return a shipped file."""
    return (FILES | BOOK)[name].read_text(encoding="utf-8")


def document(name: str) -> dict[str, Any]:
    """Return a shipped case as plain JSON."""
    found: dict[str, Any] = json.loads(text(name))
    return found


def terms(name: str) -> dict[str, Any]:
    """Return the loan as it is entered."""
    found: dict[str, Any] = document(name)["loan"]
    return found


@cache
def printed(name: str, command: str = "loan") -> dict[str, Any]:
    """Return what `bluecarbon loan FILE --json` prints of the loan, or `value` of the values."""
    group = build(Doors(open_workbench, BookMaintenance, lambda: 0))
    options = ["--no-draw"] if command == "value" else []
    result = CliRunner().invoke(group, [command, str((FILES | BOOK)[name]), "--json", *options])
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)[_SECTIONS[command]]
    return found


def schedule(name: str) -> list[dict[str, Any]]:
    """Return the rows of the schedule, days as dates."""
    rows: list[dict[str, Any]] = printed(name)["schedule"]
    keys = ("date", "start", "end")
    return [{**row, **{key: date.fromisoformat(row[key]) for key in keys}} for row in rows]


def yuan(amount: float) -> Decimal:
    """Return a booked amount of the JSON as it is written."""
    return Decimal(str(amount))


def half_up(amount: Fraction | Decimal | float) -> Decimal:
    """Round to the fen half-up."""
    if isinstance(amount, float):
        amount = Decimal(amount)
    if isinstance(amount, Fraction):
        amount = Decimal(amount.numerator) / Decimal(amount.denominator)
    return amount.quantize(FEN, ROUND_HALF_UP)


def _quantlib(day: date) -> Any:
    return ql.Date(day.day, day.month, day.year)


def _same_day(start: date, months: int) -> date:
    """Return the same day so many months later, the last one of a shorter month."""
    month = start.year * 12 + start.month - 1 + months
    day = start.day
    while True:
        try:
            return date(month // 12, month % 12 + 1, day)
        except ValueError:
            day -= 1


def part_of_year(start: date, end: date, basis: str) -> Fraction:
    """Return the part of a year of days, by the rule its convention names."""
    if basis == "months":
        months = (end.year - start.year) * 12 + end.month - start.month
        while _same_day(start, months) > end:
            months -= 1
        return Fraction(months, 12) + Fraction((end - _same_day(start, months)).days, 360)
    if basis == "act_act":
        days = [date.fromordinal(day) for day in range(start.toordinal(), end.toordinal())]
        return sum((Fraction(1, 366 if _is_leap(day.year) else 365) for day in days), Fraction(0))
    counter = _COUNTERS[basis]
    days_of_year = 365 if basis == "act_365f" else 360
    return Fraction(counter.dayCount(_quantlib(start), _quantlib(end)), days_of_year)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def rate_on(loan: dict[str, Any], day: date, repriced: Sequence[date] = ()) -> Fraction:
    """Return the rate of a day: fixed, extended, or LPR before the last repricing plus margin."""
    extension = loan.get("extension", {})
    if "annual_rate" in extension and day >= _same_day(
        date.fromisoformat(loan["drawdown_date"]), loan["term_months"]
    ):
        return Fraction(str(extension["annual_rate"]))
    if loan.get("rate_kind") != "floating":
        return Fraction(str(loan["annual_rate"]))
    asked = max(one for one in (date.fromisoformat(loan["drawdown_date"]), *repriced) if one <= day)
    column = "five_years" if loan["lpr_tenor"] == "5y" else "one_year"
    before = [line[column] for line in loan["lpr"] if date.fromisoformat(line["day"]) < asked]
    return Fraction(str(before[-1])) + Fraction(str(loan["margin_bp"])) / 10_000


def repricings(loan: dict[str, Any], last: date) -> list[date]:
    """Return the days on which a floating rate is set anew."""
    start = date.fromisoformat(loan["drawdown_date"])
    if loan.get("rate_kind") != "floating":
        return []
    if loan["repricing"] == "new_year":
        return [date(year, 1, 1) for year in range(start.year + 1, last.year + 1)]
    return [_same_day(start, 12 * year) for year in range(1, last.year - start.year + 1)]


def _whole_months(loan: dict[str, Any], start: date, end: date) -> Fraction | None:
    """Return the months between two days of payment as they follow from drawdown, in years."""
    drawn = date.fromisoformat(loan["drawdown_date"])
    found = [
        months
        for day in (start, end)
        for months in [(day.year - drawn.year) * 12 + day.month - drawn.month]
        if _same_day(drawn, months) == day
    ]
    return Fraction(found[1] - found[0], 12) if len(found) == 2 else None


def interest(name: str, row: dict[str, Any]) -> Decimal:
    """Return the interest of a row, stretch by stretch of one balance and one rate."""
    loan, basis = terms(name), terms(name).get("day_count", "months")
    repriced = repricings(loan, row["end"])
    drawn = [
        (date.fromisoformat(line["day"]), line["amount_yuan"]) for line in loan.get("tranches", [])
    ]
    inside = [(day, amount) for day, amount in drawn if row["start"] <= day < row["end"]]
    inside = inside[1:] if row["number"] == 1 else inside
    edges = {row["start"], row["end"], *(day for day, _amount in inside)}
    edges |= {day for day in repriced if row["start"] < day < row["end"]}
    owed = Fraction(0)
    for start, end in pairwise(sorted(edges)):
        balance = Fraction(str(row["opening"])) + sum(amt for day, amt in inside if day <= start)
        part = _whole_months(loan, start, end) if basis == "months" else None
        part = part_of_year(start, end, basis) if part is None else part
        owed += balance * rate_on(loan, start, repriced) * part
    return half_up(owed)
