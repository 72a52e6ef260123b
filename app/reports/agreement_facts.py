"""What window and paper say of the agreement: undertakings, conditions, events of default.

What follows from ratios, lines and days of the loan is said by itself; lines that somebody
entered stand behind it.
"""

from collections.abc import Iterator

from app.finance.case.lending.agreement import (
    CONDITION_CHOICES,
    Clause,
    ConditionDue,
    LoanAgreement,
)
from app.finance.case.lending.monitoring import Monitoring
from app.finance.case.loan import Loan
from app.finance.lending.life_results import ChecklistItem
from app.formats import percent
from app.i18n import N_
from app.messages.loan_notices import CHECKLIST
from app.reports.cover_facts import times
from app.reports.due_facts import check_state
from app.reports.fact_tables import (
    EMPTY_CELL,
    FactCell,
    FactHead,
    FactTable,
    published,
    words,
)

TO_BE_AGREED = N_("to be agreed in the contract")
"""What stands in the place of a section nobody filled."""

USUAL_UNDERTAKINGS = N_(
    "Information, negative pledge, no second pledge and no double counting of the tonnes: to be "
    "agreed in the contract."
)
_YEARLY, _ALWAYS, _PAYMENTS = (
    N_("each loan year"),
    N_("at any time"),
    N_("at drawdown and after each payment"),
)
_LINES = N_("at each revaluation, every {months} months")

STATES = {
    "met": N_("fulfilled"),
    "warning": N_("△ open"),
    "red_flag": N_("■ open"),
}
"""State of a condition in a few signs; the sign is that of a warning or of a red flag."""


def clause_cell(clause: Clause) -> FactCell:
    """Return a clause: in Chinese its Chinese text, in English its English one, else the other."""
    return published(clause.english.strip(), clause.chinese.strip())


def undertakings(loan: Loan) -> tuple[tuple[FactCell, FactCell], ...]:
    """Return each undertaking and when it is tested: those of the loan, then the lines entered."""
    agreement = loan.agreement or LoanAgreement()
    own = tuple(
        (clause_cell(line), FactCell(line.tested) if line.tested else EMPTY_CELL)
        for line in agreement.covenants
    )
    return (*_ratios(loan), *_watched(loan), *_of_security(loan), *own)


_Line = tuple[FactCell, FactCell]


def _ratios(loan: Loan) -> Iterator[_Line]:
    for ratio, message, tested in (
        (loan.min_dscr, N_("DSCR at least {figure}"), _YEARLY),
        (loan.min_llcr, N_("LLCR at least {figure}"), _YEARLY),
        (loan.min_plcr, N_("PLCR at least {figure}"), _YEARLY),
    ):
        if ratio is not None:
            yield words(message, figure=times(ratio)), words(tested)
    if loan.path_ratio is not None:
        message = N_("Loan over remaining value at most {figure}")
        yield words(message, figure=percent(loan.path_ratio)), words(_PAYMENTS)


def _watched(loan: Loan) -> Iterator[_Line]:
    watch = loan.monitoring
    if watch is None:
        return
    message = N_(
        "Value of the income right over what is owed: warning below {warning}, further security or "
        "prepayment below {margin} within {days} working days, enforcement below {enforcement}"
    )
    if watch.count_all:
        message = N_(
            "Value of all collaterals over what is owed: warning below {warning}, further security "
            "or prepayment below {margin} within {days} working days, enforcement below "
            "{enforcement}"
        )
    yield (
        words(
            message,
            warning=percent(watch.warning_line, 0),
            margin=percent(watch.margin_line, 0),
            enforcement=percent(watch.enforcement_line, 0),
            days=str(watch.cure_days),
        ),
        words(_LINES, months=str(watch.revaluation_months)),
    )
    yield (
        words(
            N_("Verified tonnes at least {figure} of the plan"),
            figure=percent(watch.tonnes_trigger, 0),
        ),
        words(N_("at each verification")),
    )
    yield (
        words(N_("Access to books, money and sink for the inspections of the lender")),
        words(N_("every {months} months"), months=str(watch.inspection_months)),
    )


def _of_security(loan: Loan) -> Iterator[_Line]:
    if loan.specified_account:
        yield (
            words(N_("All income of the right is paid into the specified account")),
            words(_ALWAYS),
        )


def default_events(loan: Loan) -> tuple[tuple[FactCell, FactCell], ...]:
    """Return each event of default with its cure period: of the lines, then the lines entered."""
    agreement = loan.agreement or LoanAgreement()
    own = tuple((clause_cell(line), _days(line.cure_days)) for line in agreement.default_events)
    return (*_of_lines(loan.monitoring), *own)


def _days(count: int | None) -> FactCell:
    if count is None:
        return EMPTY_CELL
    return words(N_("{days} days"), days=str(count)) if count else words(N_("none"))


def _of_lines(watch: Monitoring | None) -> Iterator[_Line]:
    if watch is None:
        return
    yield (
        words(
            N_("Coverage below the margin-call line of {line} and not restored in time"),
            line=percent(watch.margin_line, 0),
        ),
        words(N_("{days} working days"), days=str(watch.cure_days)),
    )
    yield (
        words(
            N_("Coverage below the enforcement line of {line}"),
            line=percent(watch.enforcement_line, 0),
        ),
        words(N_("none")),
    )


def condition_state(item: ChecklistItem) -> FactCell:
    """Return the state of a condition of the checklist in a few signs."""
    return words(STATES[check_state(item)])


def condition_name(item: ChecklistItem) -> FactCell:
    """Return the name of a condition of the checklist."""
    return words(CHECKLIST[item.code])


def own_conditions(loan: Loan) -> FactTable | None:
    """Return the conditions entered, until when they are due and by what they were met."""
    agreement = loan.agreement
    if agreement is None or not agreement.conditions:
        return None
    heads = (
        FactHead(N_("Further condition"), numeric=False),
        FactHead(N_("To be met"), numeric=False),
        FactHead(N_("Met on and proof"), numeric=False),
    )
    due = dict(CONDITION_CHOICES)
    rows = []
    for line in agreement.conditions:
        met = " · ".join(filter(None, (str(line.met_on or ""), line.proof)))
        state = FactCell(met) if met else words(N_("still open"))
        rows.append((clause_cell(line), words(due[ConditionDue(line.due).value]), state))
    return FactTable(heads, tuple(rows))
