"""Rules between the fields of a loan: term, days, tables, pricing and sizing."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from app.finance.case.agreement_rules import agreement_problems
from app.finance.case.case import Case
from app.finance.case.lending.days import PaymentDays
from app.finance.case.lending.pricing import LprTenor, RateKind
from app.finance.case.lending.sizing_inputs import ValuationBasis
from app.finance.case.lending.terms import (
    IN_INSTALMENTS,
    MAX_TERM_MONTHS,
    Repayment,
    harvest_months,
)
from app.finance.case.loan import Loan
from app.finance.case.loan_life_rules import life_problems
from app.finance.case.loan_table_rules import table_problems
from app.finance.case.maturity import day_by_term, is_open_ended, maturity_of
from app.finance.case.memo_rules import memo_problems
from app.finance.case.problems import Problem, days_in_order, years_in_order
from app.finance.fields import fields_of


def loan_problems(case: Case) -> list[Problem]:
    """Return the problems between the fields of the loan; none for a case without one."""
    loan = case.loan
    if loan is None:
        return []
    found = [*_appraisal_problems(case, loan), *whole_fen_problems(loan, "loan"), *_fees(loan)]
    term = list(_term_problems(loan))
    found += term
    if not term:
        maturity = maturity_of(loan)
        found += [*_day_problems(loan, maturity), *_repayment_problems(loan, maturity)]
        found += table_problems(loan, maturity)
    found += agreement_problems(case, None if term else maturity_of(loan))
    found += [*_lpr_problems(loan), *_calendar_problems(loan)]
    found += years_in_order(loan.other_cash, "loan.other_cash")
    return [*found, *life_problems(loan), *memo_problems(loan.memo)]


def _appraisal_problems(case: Case, loan: Loan) -> Iterator[Problem]:
    if case.appraisal is None:
        yield Problem("appraisal", "needed", None, {"other": "loan"})
    elif loan.valuation_basis is ValuationBasis.CONCLUDED and case.appraisal.conclusion is None:
        yield Problem("appraisal.conclusion", "needed", None, {"other": "loan.valuation_basis"})


def whole_fen_problems(owner: Any, path: str) -> list[Problem]:
    """Return `whole_fen` for each amount of money with more than two decimals.

    Every field of `Decimal` is looked at: of the dataclass itself, of its sections and of the
    lines of its tables. `path` is that of the owner.
    """
    found: list[Problem] = []
    kind: type = type(owner)
    for spec in fields_of(kind):
        if "." in spec.path:
            continue
        value, place = getattr(owner, spec.name), f"{path}.{spec.name}"
        if spec.table:
            for number, line in enumerate(value):
                found += whole_fen_problems(line, f"{place}.{number}")
        elif value is not None and spec.section:
            found += whole_fen_problems(value, place)
        elif isinstance(value, Decimal) and value != round(value, 2):
            found.append(Problem(place, "whole_fen", value))
    return found


def _fees(loan: Loan) -> Iterator[Problem]:
    """A fee takes less than what is lent, on the first day less than what is drawn on it."""
    limits = [("loan.amount_yuan", loan.amount_yuan)]
    if loan.tranches:
        limits.append(("loan.tranches", loan.tranches[0].amount_yuan))
    limit = min(limits, key=lambda entry: entry[1])
    fees = [("loan.upfront_fee_yuan", loan.upfront_fee_yuan, limit)]
    fees += [
        (f"loan.fees.{number}.amount_yuan", line.amount_yuan, limits[0])
        for number, line in enumerate(loan.fees)
    ]
    for path, fee, (other, most) in fees:
        if fee >= most:
            yield Problem(path, "not_below", fee, {"limit": most, "other": other})


def _term_problems(loan: Loan) -> Iterator[Problem]:
    """Term and maturity: one of them, in agreement, after drawdown, within the longest term."""
    if is_open_ended(loan):
        yield Problem("loan.term_months", "missing", None)
        return
    entered, term, start = loan.maturity_date, loan.term_months, loan.drawdown_date
    if entered is not None and term is not None and entered != day_by_term(loan, term):
        facts = {"by_term": day_by_term(loan, term)}
        yield Problem("loan.maturity_date", "maturity_disagrees", entered, facts)
    elif entered is not None and entered <= start:
        yield Problem("loan.maturity_date", "not_after_drawdown", entered, {"start": start})
    elif maturity_of(loan) > (last := day_by_term(loan, MAX_TERM_MONTHS)):
        path = f"loan.principal_table.{len(loan.principal_table) - 1}.day"
        path = path if entered is None else "loan.maturity_date"
        most = {"last": last, "months": MAX_TERM_MONTHS}
        yield Problem(path, "maturity_too_late", maturity_of(loan), most)


def _day_problems(loan: Loan, maturity: date) -> Iterator[Problem]:
    first = loan.first_payment_date
    if loan.payment_days is not PaymentDays.FIRST_DATE or first is None:
        return
    if first <= loan.drawdown_date:
        facts = {"start": loan.drawdown_date}
        yield Problem("loan.first_payment_date", "not_after_drawdown", first, facts)
    elif first > maturity:
        yield Problem("loan.first_payment_date", "after_maturity", first, {"maturity": maturity})


def _repayment_problems(loan: Loan, maturity: date) -> Iterator[Problem]:
    """What each way of repayment asks of its own fields."""
    if loan.repayment.value in IN_INSTALMENTS and day_by_term(loan, loan.grace_months) >= maturity:
        yield Problem(
            "loan.grace_months", "grace_too_long", loan.grace_months, {"maturity": maturity}
        )
    if loan.repayment is Repayment.SEASONAL and loan.harvest_months:
        try:
            harvest_months(loan.harvest_months)
        except ValueError:
            yield Problem("loan.harvest_months", "not_months", loan.harvest_months)
    if loan.repayment is Repayment.BALLOON and loan.balloon_share == 1:
        yield Problem("loan.balloon_share", "balloon_leaves_nothing", loan.balloon_share)
    if loan.repayment is Repayment.STEP:
        yield from _step_problems(loan)


def _step_problems(loan: Loan) -> Iterator[Problem]:
    """Steps in order; what they repay for certain is no more than the loan.

    Each line but the last repays its share up to the next one, the last at least once.
    """
    total = Decimal(0)
    for number, line in enumerate(loan.steps):
        path = f"loan.steps.{number}.first_payment"
        before = loan.steps[number - 1].first_payment if number else 0
        if line.first_payment <= before:
            yield Problem(path, "step_not_after", line.first_payment, {"before": before})
            return
        last = number == len(loan.steps) - 1
        times = 1 if last else loan.steps[number + 1].first_payment - line.first_payment
        total += Decimal(str(line.principal_share)) * times
    if total > 1:
        facts = {"percent": float(total * 100)}
        yield Problem("loan.steps", "steps_over_loan", float(total), facts)


def _lpr_problems(loan: Loan) -> Iterator[Problem]:
    """A table in order, each line with the tenor of the loan, the first before drawdown."""
    if loan.rate_kind is not RateKind.FLOATING or not loan.lpr:
        return
    yield from days_in_order(loan.lpr, "loan.lpr")
    column = "one_year" if loan.lpr_tenor is LprTenor.ONE_YEAR else "five_years"
    for number, line in enumerate(loan.lpr):
        if getattr(line, column) is None:
            facts = {"other": "loan.lpr_tenor"}
            yield Problem(f"loan.lpr.{number}.{column}", "needed", None, facts)
    first = min(line.day for line in loan.lpr)
    if first >= loan.drawdown_date:
        yield Problem("loan.lpr", "lpr_missing", first, {"day": loan.drawdown_date})


def _calendar_problems(loan: Loan) -> Iterator[Problem]:
    lines: dict[date, int] = {}
    for number, line in enumerate(loan.calendar):
        if line.day in lines:
            facts = {"line": lines[line.day] + 1}
            yield Problem(f"loan.calendar.{number}.day", "calendar_twice", line.day, facts)
        lines.setdefault(line.day, number)
