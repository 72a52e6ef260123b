"""Rules of the tables of a loan: principal by day, tranches, prepayments, fees, extension."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise

from app.finance.case.lending.security import CollateralKind
from app.finance.case.lending.terms import Repayment, TrancheLine
from app.finance.case.loan import Loan
from app.finance.case.maturity import last_day_of
from app.finance.case.problems import Problem, days_in_order


def table_problems(loan: Loan, maturity: date) -> list[Problem]:
    """Return the problems of the tables of a loan that ends on `maturity` before extension."""
    found = [*_tranche_problems(loan, maturity), *_prepayment_problems(loan)]
    if loan.repayment is Repayment.CUSTOM:
        found += _principal_problems(loan, maturity)
    end = last_day_of(loan)
    for number, fee in enumerate(loan.fees):
        path = f"loan.fees.{number}.day"
        if fee.day < loan.drawdown_date:
            found.append(Problem(path, "before_start", fee.day, {"start": loan.drawdown_date}))
        elif fee.day > end:
            found.append(Problem(path, "after_maturity", fee.day, {"maturity": end}))
    extended = loan.extension.amount_yuan if loan.extension is not None else None
    if extended is not None and extended > loan.amount_yuan:
        facts = {"amount": loan.amount_yuan}
        found.append(Problem("loan.extension.amount_yuan", "over_loan", extended, facts))
    return [*found, *_pledged_problems(loan)]


def _pledged_problems(loan: Loan) -> Iterator[Problem]:
    """What the case values is pledged once: the shares of its right, and of its credits."""
    for kind in (CollateralKind.CARBON_RIGHT, CollateralKind.ISSUED_CREDITS):
        total = Decimal(0)
        for number, line in enumerate(loan.collaterals):
            if line.kind is not kind or line.value_yuan is not None:
                continue
            total += Decimal(str(line.pledged_share))
            if total > 1:
                path = f"loan.collaterals.{number}.pledged_share"
                facts = {"percent": float(100 * total)}
                yield Problem(path, "pledged_twice", line.pledged_share, facts)


def _principal_problems(loan: Loan, maturity: date) -> Iterator[Problem]:
    """Days after drawdown, in order, up to the maturity; amounts that sum to the loan."""
    table = loan.principal_table
    if not table:
        return
    path, start = "loan.principal_table", loan.drawdown_date
    yield from days_in_order(table, path)
    for number, line in enumerate(table):
        if line.day <= start:
            yield Problem(f"{path}.{number}.day", "not_after_drawdown", line.day, {"start": start})
    if table[-1].day != maturity:
        last = f"{path}.{len(table) - 1}.day"
        yield Problem(last, "table_not_to_maturity", table[-1].day, {"maturity": maturity})
    total = sum(line.principal_yuan for line in table)
    if total != loan.amount_yuan:
        yield Problem(path, "table_sum", total, {"amount": loan.amount_yuan, "total": total})


def _tranche_problems(loan: Loan, maturity: date) -> Iterator[Problem]:
    """The first on the drawdown date, each after the window of the one before, within the loan."""
    lines, start = loan.tranches, loan.drawdown_date
    if not lines:
        return
    if lines[0].day != start:
        yield Problem("loan.tranches.0.day", "first_tranche_day", lines[0].day, {"start": start})
    for number, line in enumerate(lines):
        yield from _window_problems(line, f"loan.tranches.{number}", maturity)
    for number, (before, line) in enumerate(pairwise(lines), start=1):
        path, open_until = f"loan.tranches.{number}.day", before.last_day or before.day
        if line.day < before.day:
            yield Problem(path, "not_after_line_before", line.day, {"before": before.day})
        elif line.day <= open_until:
            yield Problem(path, "tranche_overlaps", line.day, {"before": open_until})
    total = sum(line.amount_yuan for line in lines)
    if total > loan.amount_yuan:
        facts = {"amount": loan.amount_yuan, "total": total}
        yield Problem("loan.tranches", "tranches_over_amount", total, facts)


def _window_problems(line: TrancheLine, path: str, maturity: date) -> Iterator[Problem]:
    """A tranche is drawn before maturity, and can be drawn no longer."""
    if line.last_day is not None and line.last_day < line.day:
        yield Problem(f"{path}.last_day", "before_start", line.last_day, {"start": line.day})
    for name, day in (("day", line.day), ("last_day", line.last_day)):
        if day is not None and day >= maturity:
            yield Problem(f"{path}.{name}", "not_before_maturity", day, {"maturity": maturity})


def _prepayment_problems(loan: Loan) -> Iterator[Problem]:
    """Between drawdown and the end of the loan, in order, and no more than the loan."""
    start, end = loan.drawdown_date, last_day_of(loan)
    yield from days_in_order(loan.prepayments, "loan.prepayments")
    for number, line in enumerate(loan.prepayments):
        path = f"loan.prepayments.{number}.day"
        if line.day <= start:
            yield Problem(path, "not_after_drawdown", line.day, {"start": start})
        elif line.day >= end:
            yield Problem(path, "not_before_maturity", line.day, {"maturity": end})
    total = sum(line.amount_yuan for line in loan.prepayments)
    if total > loan.amount_yuan:
        facts = {"amount": loan.amount_yuan, "total": total}
        yield Problem("loan.prepayments", "prepayments_over_loan", total, facts)
