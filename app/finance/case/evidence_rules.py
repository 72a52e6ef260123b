"""Rules between the lines of the price evidence: comparables, exchange rates, series."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from app.finance.case.case import Case
from app.finance.case.problems import Problem
from app.finance.case.valuation.cost_tool import IncomeMethod
from app.finance.case.valuation.evidence import Comparable, FxLine, PriceEvidence, TimeAdjustment
from app.finance.case.valuation.price_inputs import PriceBasis
from app.finance.errors import DomainError

PATH = "appraisal.evidence"
YUAN = "CNY"
OLDEST_RATE_DAYS = 366
"""A rate older than this is of another year than the deal and is refused (house convention)."""


class DatedPrice(Protocol):
    """A price of a day: the line of a table or the record of a book."""

    @property
    def day(self) -> date: ...

    @property
    def price(self) -> float: ...


def series_problems(points: Sequence[DatedPrice], path: str) -> list[Problem]:
    """Return what makes a price series useless: no price above 0, or two prices of one day.

    `path` is that of the table. The order of the lines does not matter: exchanges list the
    newest day first, people the oldest.
    """
    found = []
    first_of: dict[date, int] = {}
    for number, point in enumerate(points):
        if not point.price > 0:
            found.append(Problem(f"{path}.{number}.price", "series_zero", point.price))
        if point.day in first_of:
            facts = {"line": first_of[point.day] + 1}
            found.append(Problem(f"{path}.{number}.day", "series_day_twice", point.day, facts))
        first_of.setdefault(point.day, number)
    return found


def rate_of_day(currency: str, day: date, lines: Sequence[FxLine], path: str) -> FxLine | None:
    """Return the last rate of `currency` not after `day`; None for yuan.

    Raises DomainError at `path`, that of the price's currency: `no_fx_rate` (currency, day)
    when there is none, `fx_rate_too_old` (currency, day, rate_day, limit) when it is more than
    a year older than the deal.
    """
    if currency == YUAN:
        return None
    known = [line for line in lines if line.currency == currency and line.day <= day]
    if not known:
        raise DomainError("no_fx_rate", path=path, value=currency, currency=currency, day=day)
    last = max(known, key=lambda line: line.day)
    if (day - last.day).days > OLDEST_RATE_DAYS:
        raise DomainError(
            "fx_rate_too_old",
            path=path,
            value=currency,
            currency=currency,
            day=day,
            rate_day=last.day,
            limit=OLDEST_RATE_DAYS,
        )
    return last


def comparable_path(number: int, column: str) -> str:
    """Return the path of a column of the comparable at `number`, counted from 0."""
    return f"{PATH}.comparables.{number}.{column}"


def _is_code(currency: str) -> bool:
    return len(currency) == 3 and currency.isascii() and currency.isalpha() and currency.isupper()


def _rate_problems(evidence: PriceEvidence) -> list[Problem]:
    found = []
    for number, line in enumerate(evidence.comparables):
        path = comparable_path(number, "currency")
        if not _is_code(line.currency):
            found.append(Problem(path, "currency_code", line.currency))
            continue
        try:
            rate_of_day(line.currency, line.day, evidence.fx, path)
        except DomainError as error:
            facts = {k: v for k, v in error.facts.items() if k not in ("path", "value")}
            found.append(Problem(path, error.code, line.currency, facts))
    return found


def _fx_problems(lines: Sequence[FxLine]) -> list[Problem]:
    found = []
    first_of: dict[tuple[str, date], int] = {}
    for number, line in enumerate(lines):
        path = f"{PATH}.fx.{number}"
        if not _is_code(line.currency):
            found.append(Problem(f"{path}.currency", "currency_code", line.currency))
        if line.currency == YUAN:
            found.append(Problem(f"{path}.currency", "fx_of_yuan", line.currency))
        key = (line.currency, line.day)
        if key in first_of:
            facts = {"line": first_of[key] + 1}
            found.append(Problem(f"{path}.day", "fx_twice", line.day, facts))
        first_of.setdefault(key, number)
    return found


def _identity(line: Comparable) -> tuple[object, ...]:
    """What makes two lines the same deal: their number in the book, else all that is told."""
    if line.record:
        return (line.record,)
    told = (line.place, line.market, line.volume_t)
    tags = (line.kind, line.ecosystem, line.method, line.purpose, line.delivery)
    return (line.day, line.price, line.currency, *told, *tags)


def _duplicates(lines: Sequence[Comparable]) -> list[Problem]:
    """The same deal twice counts twice; a copy that is left out by hand does no harm."""
    found = []
    first_of: dict[tuple[object, ...], int] = {}
    for number, line in enumerate(lines):
        if line.left_out.strip():
            continue
        key = _identity(line)
        if key in first_of:
            column = "record" if line.record else "day"
            given = line.record or line.day
            facts = {"line": first_of[key] + 1}
            path = comparable_path(number, column)
            found.append(Problem(path, "comparable_twice", given, facts))
        first_of.setdefault(key, number)
    return found


def _weight_problems(lines: Sequence[Comparable]) -> list[Problem]:
    if all(line.weight == 0 for line in lines):
        return [Problem(comparable_path(0, "weight"), "weights_all_zero", 0.0)]
    return []


def evidence_problems(case: Case) -> list[Problem]:
    """Return the problems of the price evidence of `case`; an empty list when there are none.

    Deals after the valuation date are no problem: they are shown and do not count.
    """
    appraisal = case.appraisal
    if appraisal is None:
        return []
    evidence = appraisal.evidence
    if evidence is None:
        rests_on_it = (
            appraisal.income_method is IncomeMethod.CASH_FLOW
            and appraisal.price_basis is PriceBasis.EVIDENCE
        )
        return [Problem(PATH, "no_price_evidence")] if rests_on_it else []
    found = [
        *_duplicates(evidence.comparables),
        *_weight_problems(evidence.comparables),
        *_rate_problems(evidence),
        *_fx_problems(evidence.fx),
    ]
    if evidence.time_adjustment is TimeAdjustment.SERIES:
        found += series_problems(evidence.series, f"{PATH}.series")
    return found
