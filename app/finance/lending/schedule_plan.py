"""The ways of repayment: what falls due in each period of a loan, planned from a balance.

A plan is a list of targets in fen, one for each period from its first on. By instalments a target
is the whole payment, of which the interest is taken; else it is principal. The last period has
`REST`: whatever is owed.
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from app.finance.case.lending.terms import Repayment
from app.finance.case.loan import Loan
from app.finance.errors import DomainError
from app.finance.lending.schedule_rows import Rows

Amount = Any
"""Fen: whole ones as int, or unrounded as Decimal; both run through the same lines."""
Rounding = Callable[[Amount, int], Amount]
"""Makes an amount of an exact ratio of fen: `whole_fen`, or the plain division."""

REST = 10**30
"""More than any balance, in fen: a payment of it repays what is owed."""
DIGITS = 50
"""Decimal digits in which instalments are computed."""

HALF_A_FEN = 0.005
"""Cash below it is none, yuan."""

BY_SERVICE = frozenset({Repayment.EQUAL_INSTALMENT, Repayment.BALLOON, Repayment.SCULPTED})
"""Ways that fix the payment; the interest leaves the principal. A new rate plans them anew."""
SHARED_OUT = BY_SERVICE | {Repayment.EQUAL_PRINCIPAL, Repayment.SEASONAL}
"""Ways that share a balance out over the payments to come: a drawing plans them anew."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a plan starts from.

    Attributes:
        first, last: periods from the next payment to the one that takes the rest.
        balance: owed before the next payment, with what is drawn in its period.
        interest: of the next payment, unrounded.
        rate: yearly rate, taken for all payments to come.
        drawn: drawn so far.
    """

    first: int
    last: int
    balance: Amount
    interest: Decimal
    rate: Decimal
    drawn: int


def _worth(fractions: Sequence[int], year: int, rate: Decimal) -> tuple[Decimal, Decimal]:
    """Return the worth of 1 paid now and after each period, and of 1 paid after the last.

    The period rate of a fraction is rate x fraction / year. Sum of the products of
    1 / (1 + r_k); for equal periods the closed form (1 - v^n) / (1 - v), v = 1 / (1 + r).
    """
    one = Decimal(1)
    discount = {part: one / (one + rate * part / year) for part in set(fractions)}
    if len(discount) == 1:
        count, each = len(fractions) + 1, discount[fractions[0]]
        worth = (one - each**count) / (one - each) if each != one else Decimal(count)
        return worth, each ** (count - 1)
    worth = last = one
    for part in reversed(fractions):
        worth = one + worth * discount[part]
    for part, times in Counter(fractions).items():
        last *= discount[part] ** times
    return worth, last


def _paying(rows: Rows, at: Standing) -> Sequence[int]:
    """Return the periods of a plan that pay principal; a range where all do, which is quick."""
    periods = range(at.first, at.last + 1)
    if all(rows.pays[at.first : at.last + 1]):
        return periods
    return [n for n in periods if rows.pays[n]]


def _at(places: Sequence[int], amounts: Sequence[Amount], rows: Rows, at: Standing) -> list[Amount]:
    """Return targets with `amounts` at `places`, the rest from the last period on, else nothing."""
    length, last = len(rows.pays) - at.first, at.last - at.first
    targets: list[Amount] = [0] * last + [REST] * (length - last)
    if isinstance(places, range):
        count = min(last, len(amounts))
        targets[:count] = amounts[:count]
        return targets
    for place, amount in zip(places, amounts, strict=False):
        if place < at.last:
            targets[place - at.first] = amount
    return targets


def _instalments(rows: Rows, at: Standing, left: Amount, rounded: Rounding) -> list[Amount]:
    """Return equal payments that leave `left` for the last one.

    A = (B + I_1 - left x D) / W with W, D of `_worth`. In equal periods with nothing left it is
    A = P i (1 + i)^n / ((1 + i)^n - 1), the instalment 等额本息 of the banks; in periods of
    unequal length A = P / sum 1 / prod(1 + r_k), as Apache Fineract computes it. A payment of
    interest only does not change the balance and stays out. Where interest may exceed A (a long
    period of a long loan) the payment is the interest, and A is found with that floor.
    """
    paying = _paying(rows, at)
    owed = at.balance + at.interest
    if paying[0] != at.first:
        owed = at.balance * (1 + at.rate * rows.fractions[paying[0]] / rows.year)
    later = rows.fractions[paying[0] + 1 : at.last + 1]
    if not isinstance(paying, range):
        later = [rows.fractions[n] for n in paying[1:]]
    worth, last = _worth(later, rows.year, at.rate)
    level = max(owed - left * last, Decimal(0)) / worth if left < at.balance else Decimal(0)
    highest = max(owed - at.balance, at.balance * at.rate * max(rows.fractions) / rows.year)
    if level < highest and left < at.balance:
        rates = _period_rates(rows, at, paying)
        level = Decimal(level_of_service([1.0] * len(rates), rates, float(at.balance), float(left)))
    amount = rounded(*level.as_integer_ratio())
    return _at(paying, [amount] * len(paying), rows, at)


def _period_rates(rows: Rows, at: Standing, paying: Sequence[int]) -> list[float]:
    """Return interest over balance of each period; that of the next payment as it will be."""
    rates = [float(at.rate * rows.fractions[n]) / rows.year for n in paying]
    if paying[0] == at.first:
        rates[0] = float(at.interest / at.balance)
    return rates


def _equal_parts(rows: Rows, at: Standing, rounded: Rounding) -> list[Amount]:
    """Return equal parts of the balance in the periods that pay principal, 等额本金."""
    paying = _paying(rows, at)
    return _at(paying, [rounded(at.balance, len(paying))] * len(paying), rows, at)


def _share(share: float, of: int, rounded: Rounding) -> Amount:
    above, below = Decimal(str(share)).as_integer_ratio()
    return rounded(of * above, below)


def _steps(loan: Loan, rows: Rows, at: Standing, rounded: Rounding) -> list[Amount]:
    """Return shares of the loan by the number of the payment, grace counted; none before a line."""
    total = sum(fen for _day, fen in rows.drawings)
    amounts: list[Amount] = [0] * (at.last + 1)
    for line in sorted(loan.steps, key=lambda step: step.first_payment):
        start = line.first_payment - 1
        amounts[start:] = [_share(line.principal_share, total, rounded)] * len(amounts[start:])
    paying = _paying(rows, at)
    return _at(paying, [amounts[n] for n in paying], rows, at)


def _table(loan: Loan, rows: Rows, at: Standing, rounded: Rounding) -> list[Amount]:
    """Return the loan's own table: its n-th day in the n-th period that pays principal."""
    by_day: dict[date, Decimal] = {}
    for line in sorted(loan.principal_table, key=lambda line: line.day):
        by_day[line.day] = by_day.get(line.day, Decimal(0)) + line.principal_yuan
    amounts = [rounded(*(yuan * 100).as_integer_ratio()) for yuan in by_day.values()]
    return _at([*_paying(rows, at)], amounts, rows, at)


def level_of_service(
    cash: Sequence[float], rates: Sequence[float], balance: float, left: float = 0.0
) -> float:
    """Return the share x of the cash at which max(x cash_k, interest_k) brings `balance` to `left`.

    `rates` are of the periods. What is owed at the end falls with x and is concave, so that
    Newton's steps from the level without the floor of interest come down to the root and stop
    there when the same periods pay interest only. Source: DS_k = CFADS_k / DSCR and balance =
    sum DS_k / prod(1 + r_j), with principal never negative.

    Raises:
        ZeroDivisionError: there is no cash.
    """
    level = math.inf
    while True:
        grown, slope = balance, 0.0
        for flow, rate in zip(cash, rates, strict=True):
            if level == math.inf or level * flow >= rate * (grown - level * slope):
                grown, slope = grown * (1.0 + rate), slope * (1.0 + rate) + flow
        found = (grown - left) / slope
        if found >= level * (1.0 - 1e-15):
            return found
        level = found


def _sculpted(
    loan: Loan, rows: Rows, at: Standing, cash: Sequence[float], rounded: Rounding
) -> list[Amount]:
    """Return payments in proportion to the cash of each period.

    With a DSCR asked for the payment is cash / DSCR, and the last one takes the rest. Without it
    the level is found at which nothing is left; the last period with cash ends the loan.
    """
    flows = {n: cash[n] if cash[n] >= HALF_A_FEN else 0.0 for n in _paying(rows, at)}
    with_cash = [n for n, flow in flows.items() if flow > 0]
    if not with_cash:
        raise DomainError("no_cash_to_sculpt", path="loan.repayment", value=loan.repayment.value)
    last = at.last
    if loan.target_dscr is not None:
        level = 100 / loan.target_dscr
    else:
        last = with_cash[-1]
        paying = [n for n in flows if n <= last]
        rates = _period_rates(rows, at, paying)
        level = level_of_service([flows[n] for n in paying], rates, float(at.balance))
    ended = replace(at, last=last)
    services = [rounded(*(level * flow).as_integer_ratio()) for flow in flows.values()]
    return _at([*flows], services, rows, ended)


def planned(
    way: Repayment,
    loan: Loan,
    rows: Rows,
    at: Standing,
    *,
    cash: Sequence[float] | None,
    rounded: Rounding,
) -> list[Amount]:
    """Return the target of each period from `at.first` on.

    Raises:
        DomainError: `no_cash_to_sculpt` when a sculpted loan has no cash to follow.
    """
    if way is Repayment.BULLET or (not at.balance and way in SHARED_OUT):
        return _at(range(0), (), rows, at)
    if way in (Repayment.EQUAL_INSTALMENT, Repayment.BALLOON):
        balloon = loan.balloon_share if way is Repayment.BALLOON else None
        left = _share(balloon or 0.0, at.drawn, rounded)
        return _instalments(rows, at, min(left, at.balance), rounded)
    if way is Repayment.SCULPTED:
        return _sculpted(loan, rows, at, cash or [0.0] * len(rows.pays), rounded)
    if way is Repayment.STEP:
        return _steps(loan, rows, at, rounded)
    if way is Repayment.CUSTOM:
        return _table(loan, rows, at, rounded)
    return _equal_parts(rows, at, rounded)
