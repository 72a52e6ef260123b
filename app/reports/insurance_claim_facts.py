"""What window, paper and command line say of the settlement of claims, line by line."""

from app.finance.case.case import Case
from app.finance.insurance.part_results import ClaimStep, SettlementResult
from app.formats import money, percent
from app.i18n import N_
from app.messages.insurance_words import CLAIM_REASONS, PARTS
from app.reports.facility_facts import label_of
from app.reports.fact_tables import (
    EMPTY_CELL,
    FactCell,
    FactHead,
    FactTable,
    day,
    free_row,
    without_empty,
    words,
    yuan,
)
from app.reports.insurance_facts import NO_LIMIT
from app.reports.value_facts import FactRow

_HEADS = (
    FactHead(N_("Loss event"), numeric=False),
    FactHead(N_("Head"), numeric=False),
    FactHead(N_("Day"), numeric=False),
    FactHead(N_("Loss before terms"), "yuan"),
    FactHead(N_("Salvage"), "yuan"),
    FactHead(N_("Deductible"), "yuan"),
    FactHead(N_("Above the limit of the event"), "yuan"),
    FactHead(N_("Share of the insured"), "yuan"),
    FactHead(N_("Kept by the terms of the year"), "yuan"),
    FactHead(N_("Payable"), "yuan"),
    FactHead(N_("Paid on account"), "yuan"),
    FactHead(N_("Due now"), "yuan"),
    FactHead(N_("Reinstatement premium"), "yuan"),
    FactHead(N_("Left of the limit of the year"), "yuan"),
    FactHead(N_("Reason"), numeric=False),
)
_KEY = "insurance.settlement"
"""Where the workings of the claims stand."""

_OPTIONAL = (4, 5, 6, 7, 8, 10, 12, 14)
"""Columns that are left out where nothing stands in them."""


def settlement_rows(case: Case, found: SettlementResult | None) -> tuple[FactRow, ...]:
    """Return claim number, what is payable, paid and due, and where it goes; () without claims."""
    entered = case.insurance.settlement if case.insurance is not None else None
    if found is None or entered is None:
        return ()
    rows = []
    if entered.claim_no:
        rows.append(free_row(label_of("insurance.settlement.claim_no"), entered.claim_no))
    rows += [
        FactRow(N_("Payable in all"), money(found.payable_yuan), "yuan"),
        FactRow(N_("Paid on account"), money(found.paid_before_yuan), "yuan"),
        FactRow(N_("Due now"), money(found.due_yuan), "yuan", f"{_KEY}.due", strong=True),
    ]
    if found.reinstatement_premium_yuan:
        label = N_("Reinstatement premium owed")
        rows.append(FactRow(label, money(found.reinstatement_premium_yuan), "yuan"))
    label = N_("Payable over the gross premium")
    step = "" if found.loss_ratio is None else f"{_KEY}.loss_ratio"
    rows.append(FactRow(label, percent(found.loss_ratio), "", step))
    rows.append(free_row(label_of("insurance.settlement.payee_account"), entered.payee_account))
    return tuple(rows)


def claim_table(found: SettlementResult | None) -> FactTable | None:
    """Return each claim through the terms in their order, and the sums; None without claims.

    Claims that are not covered stand out, with the reason.
    """
    if found is None or not found.steps:
        return None
    totals = (
        words(N_("Total")),
        *[EMPTY_CELL] * 8,
        yuan(found.payable_yuan),
        yuan(found.paid_before_yuan),
        yuan(found.due_yuan),
        yuan(found.reinstatement_premium_yuan),
        EMPTY_CELL,
        EMPTY_CELL,
    )
    marked = tuple(place for place, step in enumerate(found.steps) if not step.covered)
    rows = tuple(_line(place, step) for place, step in enumerate(found.steps))
    return without_empty(FactTable(_HEADS, rows, totals, marked, keys=2), _OPTIONAL)


def _line(place: int, step: ClaimStep) -> tuple[FactCell, ...]:
    left = step.left_of_year_yuan
    return (
        FactCell(step.event),
        FactCell(step.head) if step.head else words(PARTS["index"]),
        day(step.day),
        yuan(step.ground_up_yuan),
        yuan(step.salvage_yuan),
        yuan(step.deductible_yuan),
        yuan(step.over_limit_yuan),
        yuan(step.retained_share_yuan),
        yuan(step.year_terms_yuan),
        yuan(step.payable_yuan, f"{_KEY}.steps.{place}.payable"),
        yuan(step.paid_before_yuan),
        yuan(step.due_yuan),
        yuan(step.reinstatement_premium_yuan),
        words(NO_LIMIT) if left is None else yuan(left),
        words(CLAIM_REASONS[step.reason]) if step.reason else EMPTY_CELL,
    )
