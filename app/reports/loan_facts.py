"""What window, paper and command line say of the loan: rate, amount, sizing, schedule.

The rest is in `security_facts`, `cover_facts` (cover and path), `stress_facts`, `credit_facts`,
`life_facts`, `registration_facts` and `green_facts`.
"""

from app.finance.case.loan import Loan
from app.finance.fields import choice_label
from app.finance.lending.results import Bound, LoanResult, Remedy
from app.finance.money import ZERO
from app.formats import money, number, percent
from app.i18n import N_
from app.messages.lending_words import (
    BOUND_DETAILS,
    BOUND_REASONS,
    LINE_KINDS,
    NO_REMEDY,
    REMEDIES,
)
from app.reports.fact_tables import (
    EMPTY_CELL,
    FactCell,
    FactHead,
    FactTable,
    day,
    listed,
    share,
    without_empty,
    words,
    yuan,
)
from app.reports.value_facts import FactRow

COUNTED_BY_MONTHS = N_("12 × the internal rate of return of a month")
COUNTED_BY_DAYS = N_("12 × the internal rate of return of a month, flows by days over 365")
"""What stands beside the simple rate: how it was counted."""

SIZING_HEADS = (
    FactHead(N_("Bound"), numeric=False),
    FactHead(N_("Amount"), "yuan"),
    FactHead(N_("What it rests on"), numeric=False),
)
SCHEDULE_HEADS = (
    FactHead(N_("No."), numeric=False),
    FactHead(N_("Due"), numeric=False),
    FactHead(N_("Days")),
    FactHead(N_("Rate"), "1/yr"),
    FactHead(N_("Opening"), "yuan"),
    FactHead(N_("Drawn"), "yuan"),
    FactHead(N_("Interest"), "yuan"),
    FactHead(N_("Principal"), "yuan"),
    FactHead(N_("Fee"), "yuan"),
    FactHead(N_("Payment"), "yuan"),
    FactHead(N_("Balance"), "yuan"),
    FactHead(N_("Kind"), numeric=False),
)
_DRAWN, _FEE, _KIND = 5, 8, 11


def annualised_rows(loan: LoanResult) -> tuple[FactRow, ...]:
    """Return the annualised rate, fees included, compound and simple; it goes before all else.

    Source: 中国人民银行公告〔2021〕第3号: no other rate more prominent, a simple rate labelled.
    """
    rate = loan.effective
    return (
        FactRow(
            N_("Annualised rate, fees included (compound)"),
            percent(rate.annual_compound),
            "1/yr",
            "loan.annual_rate",
            strong=True,
        ),
        FactRow(
            N_("Annualised rate, fees included (simple)"),
            percent(rate.annual_simple),
            "1/yr",
            note=COUNTED_BY_DAYS if rate.dated else COUNTED_BY_MONTHS,
        ),
    )


def contract_rate(loan: LoanResult) -> str:
    """Return the rate of the contract, from its lowest to its highest where it changes."""
    low, high = percent(min(loan.plan.rates)), percent(max(loan.plan.rates))
    return low if low == high else f"{low} – {high}"


def contract_rows(loan: LoanResult) -> tuple[FactRow, ...]:
    """Return what the rate of the contract is, and the fees in all."""
    fees = loan.plan.total_fees_yuan
    rows = [FactRow(N_("Interest rate of the contract"), contract_rate(loan), "1/yr")]
    if fees:
        rows.append(FactRow(N_("Fees in all"), money(fees), "yuan"))
    return tuple(rows)


def amount_rows(loan: LoanResult) -> tuple[FactRow, ...]:
    """Return what is asked, what the bounds allow and what is asked beyond them."""
    return (
        FactRow(N_("Amount asked"), money(loan.amount_yuan), "yuan", strong=True),
        FactRow(
            N_("Amount the bounds allow"),
            money(loan.supported_yuan),
            "yuan",
            _step(loan, "loan.supported"),
            strong=True,
        ),
        FactRow(N_("Asked beyond the bounds"), money(loan.uncovered_yuan), "yuan"),
    )


def ratio_rows(loan: LoanResult) -> tuple[FactRow, ...]:
    """Return the loan over each level of value; a dash where the value is not positive."""
    return tuple(
        FactRow(label, percent(ratio), "", step)
        for label, ratio, step in (
            (N_("Loan over one year's carbon"), loan.loan_to_one_year, "loan.to_one_year"),
            (N_("Loan over gross value"), loan.loan_to_gross, "loan.to_gross"),
            (N_("Loan over net value"), loan.loan_to_net, "loan.to_net"),
            (N_("Loan over liquidation value"), loan.loan_to_liquidation, "loan.to_liquidation"),
        )
    )


def _step(loan: LoanResult, key: str) -> str:
    """Return the key when there is a working of that name, else ""."""
    return key if any(step.key == key for step in loan.working) else ""


def in_unit(value: float | None, unit_code: str) -> str:
    """Return a figure of a bound in its unit: percent, money, a multiple, a plain number."""
    if value is None:
        return "–"
    if unit_code in ("share", "1/yr"):
        return percent(value)
    if unit_code == "yuan":
        return money(value)
    return number(value, 4 if 0 < abs(value) < 0.1 else 2)


def detail_cell(bound: Bound) -> FactCell:
    """Return what a bound rests on, in words with its figure; empty when it rests on none."""
    if bound.detail is None:
        return EMPTY_CELL
    return words(BOUND_DETAILS[bound.code], figure=in_unit(bound.detail, bound.detail_unit))


def reason_cell(bound: Bound) -> FactCell:
    """Return why a bound has no amount, or nothing; empty when it has one."""
    return words(BOUND_REASONS[bound.reason]) if bound.reason else EMPTY_CELL


def _note(bound: Bound) -> FactCell:
    """Whether the bound binds, why it has no amount or nothing, and what it rests on."""
    binding = words(N_("binding")) if bound.binding else EMPTY_CELL
    return listed(binding, reason_cell(bound), detail_cell(bound))


def sizing_table(loan: LoanResult) -> FactTable:
    """Return each bound with its amount or why it has none; the binding one is marked."""
    return FactTable(
        SIZING_HEADS,
        tuple(
            (words(bound.label), yuan(bound.amount_yuan, bound.step), _note(bound))
            for bound in loan.bounds
        ),
        marked=tuple(place for place, bound in enumerate(loan.bounds) if bound.binding),
    )  # fmt: skip


def remedy_cell(remedy: Remedy, bound: str = "") -> FactCell:
    """Return the sentence of what would have to change for a bound to carry the amount asked."""
    if remedy.value is None:
        return words(NO_REMEDY[remedy.code])
    message = REMEDIES.get(f"{bound}.{remedy.code}", REMEDIES[remedy.code])
    if message == REMEDIES["ratio"] and remedy.value > 1:
        message = REMEDIES["ratio.over"]
    return words(message, figure=in_unit(remedy.value, remedy.unit))


def remedy_table(loan: LoanResult) -> FactTable | None:
    """Return what would lift each bound that is too low; None when no bound is."""
    rows = tuple(
        (words(bound.label), remedy_cell(remedy, bound.code))
        for bound in loan.bounds
        for remedy in bound.remedies
    )
    if not rows:
        return None
    heads = (
        FactHead(N_("Bound"), numeric=False),
        FactHead(N_("What would have to change"), numeric=False),
    )
    return FactTable(heads, rows)


def repayment_rows(terms: Loan, loan: LoanResult) -> tuple[FactRow, ...]:
    """Return the schedule in short: number of payments, first, last, interest, maturity."""
    return (
        FactRow(N_("Repayment"), words=choice_label(Loan, "repayment", terms.repayment)),
        FactRow(N_("Number of payments"), str(len(loan.schedule))),
        FactRow(N_("First payment"), money(loan.first_payment_yuan), "yuan",
                _step(loan, "loan.first_payment")),
        FactRow(N_("Last payment"), money(loan.last_payment_yuan), "yuan"),
        FactRow(N_("Maturity"), loan.maturity.isoformat()),
        FactRow(N_("Interest in all"), money(loan.total_interest_yuan), "yuan",
                _step(loan, "loan.total_interest")),
        FactRow(N_("Principal and interest"), money(loan.total_payment_yuan), "yuan"),
    )  # fmt: skip


def schedule_table(loan: LoanResult) -> FactTable:
    """Return every line of the schedule, and the sums.

    Drawdowns after the first day, fees and kinds are left out where there are none. The opening
    balance is that on which interest runs: what is drawn on the first day of a period is in it.
    """
    plan = loan.plan
    rows = tuple(
        (
            FactCell(str(line.number)),
            day(line.due),
            FactCell(str(line.days)),
            share(line.rate, 4),
            yuan(line.opening_yuan),
            yuan(line.drawn_yuan),
            yuan(line.interest_yuan),
            yuan(line.principal_yuan),
            yuan(line.fee_yuan),
            yuan(line.payment_yuan),
            yuan(line.closing_yuan),
            EMPTY_CELL if line.kind == "payment" else words(LINE_KINDS[line.kind]),
        )
        for line in loan.schedule
    )
    sums = (
        plan.total_interest_yuan,
        plan.total_principal_yuan,
        sum((line.fee_yuan for line in loan.schedule), ZERO),
        sum((line.payment_yuan for line in loan.schedule), ZERO),
    )
    drawn = sum((line.drawn_yuan for line in loan.schedule), ZERO)
    totals = (
        words(N_("Total")), EMPTY_CELL, FactCell(str(sum(line.days for line in loan.schedule))),
        EMPTY_CELL, EMPTY_CELL, yuan(drawn), *map(yuan, sums), EMPTY_CELL, EMPTY_CELL,
    )  # fmt: skip
    table = FactTable(SCHEDULE_HEADS, rows, totals, keys=2)
    return without_empty(table, (_DRAWN, _FEE, _KIND))
