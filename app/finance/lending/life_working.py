"""Working of the state of a watched loan: what is owed, its coverage, and what a call asks for."""

from collections.abc import Iterator, Sequence
from datetime import date

from app.finance.case.lending.monitoring import Monitoring
from app.finance.case.lending.security import CollateralLine
from app.finance.explain import Step, Term
from app.finance.fields import choice_label
from app.finance.lending.life_results import CountedCollateral, LedgerDay, WatchPoint
from app.finance.lending.watch import CALLED
from app.finance.text import N_

OWED, SECURITY, COVERAGE = "loan.owed", "loan.security_watched", "loan.coverage"
ADD_SECURITY, PREPAY = "loan.add_security", "loan.prepay"

_LINES = N_("coverage is what the security counts for over all that is owed; lines as entered")
_VALUE, _OWED = N_("Value of the security"), N_("Owed in all")
_LINE = N_("Margin-call line")


def life_steps(
    monitoring: Monitoring,
    now: LedgerDay | None,
    watch: Sequence[WatchPoint],
    counted: Sequence[CountedCollateral],
) -> tuple[Step, ...]:
    """Return the steps of the last day watched, those that the loan has."""
    found = [] if now is None else [_owed(now)]
    if watch and watch[-1].coverage is not None:
        found += _covered(monitoring, watch[-1], counted)
    return tuple(found)


def _owed(now: LedgerDay) -> Step:
    parts = (
        ("P", N_("Principal"), now.principal_yuan),
        ("I_b", N_("Interest billed and unpaid"), now.interest_due_yuan),
        ("I_a", N_("Interest accrued since the last bill"), now.interest_accrued_yuan),
        ("F", N_("Penalty and compound interest"), now.penalty_yuan),
        ("K", N_("Costs and fees unpaid"), now.costs_yuan),
        ("G", N_("Received beyond what is owed"), now.credit_yuan),
    )
    return Step(
        OWED,
        _OWED,
        "D = P + I_b + I_a + F + K − G",
        tuple(Term(symbol, label, amount, "yuan") for symbol, label, amount in parts),
        now.owed_yuan,
        "yuan",
        N_("receipts pay costs first, then penalties, interest and principal: 民法典 art. 561"),
        N_("Balances at the end of the day watched, by the ledger."),
    )


def _covered(
    monitoring: Monitoring, point: WatchPoint, counted: Sequence[CountedCollateral]
) -> Iterator[Step]:
    value = Term("V", _VALUE, point.value_yuan, "yuan")
    owed = Term("D", _OWED, point.owed_yuan, "yuan")
    yield _security(monitoring, point, counted)
    yield Step(
        COVERAGE, N_("Coverage"), "c = V / D", (value, owed), point.coverage, "share", _LINES
    )
    if point.state in CALLED:
        line = Term("m", _LINE, monitoring.margin_line, "share")
        yield Step(
            ADD_SECURITY, N_("Security to add"), "A = m × D − V", (line, owed, value),
            point.add_security_yuan, "yuan", _LINES,
            N_("It counts after haircut and prior claims."),
        )  # fmt: skip
        yield Step(
            PREPAY, N_("Or to prepay"), "R = D − V / m", (owed, value, line),
            point.prepay_yuan, "yuan", _LINES,
        )  # fmt: skip


def _security(
    monitoring: Monitoring, point: WatchPoint, counted: Sequence[CountedCollateral]
) -> Step:
    terms = [
        Term(
            f"v_{number}",
            choice_label(CollateralLine, "kind", line.kind),
            line.counted_yuan,
            "yuan",
        )
        for number, line in enumerate((line for line in counted if line.watched), start=1)
    ]
    revalued = _last_revaluation(monitoring, point.day)
    if revalued is not None:
        terms.append(Term("", N_("Last revalued on"), revalued))
    return Step(
        SECURITY,
        _VALUE,
        "V = Σ_j v_j",
        tuple(terms),
        point.value_yuan,
        "yuan",
        N_("value of each collateral after haircut and prior claims, at most its secured maximum"),
        N_("What is left of the right on the day, as last revalued."),
    )


def _last_revaluation(monitoring: Monitoring, day: date) -> date | None:
    return max((line.day for line in monitoring.revaluations if line.day <= day), default=None)
