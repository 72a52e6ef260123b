"""What window, paper and command line say of the collaterals and the part of the loan on each."""

from app.finance.case.lending.security import CollateralLine
from app.finance.fields import choice_label
from app.finance.lending.results import CollateralResult, SecurityResult
from app.formats import money, percent
from app.i18n import N_
from app.messages.lending_words import CASE_VALUES
from app.reports.fact_tables import (
    EMPTY_CELL,
    FactCell,
    FactHead,
    FactTable,
    share,
    words,
    yuan,
)
from app.reports.value_facts import FactRow

_HEADS = (
    FactHead(N_("Collateral"), numeric=False),
    FactHead(N_("Type of value"), numeric=False),
    FactHead(N_("Value of the collateral"), "yuan"),
    FactHead(N_("Haircut")),
    FactHead(N_("Prior claims"), "yuan"),
    FactHead(N_("Counts for"), "yuan"),
    FactHead(N_("Ratio, at most")),
    FactHead(N_("Secured at most"), "yuan"),
    FactHead(N_("Lendable"), "yuan"),
    FactHead(N_("Rank")),
    FactHead(N_("Loan laid on it"), "yuan"),
    FactHead(N_("Loan over value")),
    FactHead(N_("Coverage")),
    FactHead(N_("Registered first"), numeric=False),
)
NO_VALUE = N_("value not entered")
"""What stands in the place of a type of value where there is no value."""

_FIRST = {True: N_("yes"), False: N_("no"), None: N_("not entered")}


def collateral_name(line: CollateralResult) -> FactCell:
    """Return kind and description of a collateral."""
    kind = choice_label(CollateralLine, "kind", line.kind)
    if not line.name:
        return words(kind)
    return words(N_("{kind}: {name}"), kind=kind, name=line.name)


def value_type(line: CollateralResult) -> str:
    """Return the message id of the type of a collateral's value, "" when none was entered."""
    if line.value_yuan is None:
        return NO_VALUE
    if line.from_case:
        return CASE_VALUES[line.value_kind]
    return choice_label(CollateralLine, "value_kind", line.value_kind) if line.value_kind else ""


def _row(line: CollateralResult) -> tuple[FactCell, ...]:
    return (
        collateral_name(line),
        words(value_type(line)),
        yuan(line.value_yuan),
        share(line.haircut),
        yuan(line.prior_claims_yuan),
        yuan(line.counted_yuan),
        share(line.ratio_cap),
        yuan(line.secured_maximum_yuan),
        yuan(line.lendable_yuan),
        FactCell(str(line.rank)),
        yuan(line.allocated_yuan),
        share(line.loan_to_value),
        share(line.coverage),
        words(_FIRST[line.first_registered]),
    )


def collateral_table(security: SecurityResult) -> FactTable:
    """Return the collaterals with what each counts for and carries, and their sums.

    Coverage is value over loan; the last line is that of all collaterals over the whole loan.
    """
    blank = EMPTY_CELL
    totals = (
        words(N_("All together")), blank, yuan(security.value_yuan), blank, blank,
        yuan(security.counted_yuan), blank, blank, yuan(security.lendable_yuan), blank,
        yuan(security.allocated_yuan), share(security.loan_to_value), share(security.coverage),
        blank,
    )  # fmt: skip
    return FactTable(_HEADS, tuple(_row(line) for line in security.lines), totals)


def security_rows(security: SecurityResult) -> tuple[FactRow, ...]:
    """Return what the collaterals carry, what is unsecured, and how far they cover the loan."""
    rows = [
        FactRow(N_("Carried by the collaterals"), money(security.allocated_yuan), "yuan"),
        FactRow(
            N_("Unsecured"),
            money(security.unsecured_yuan),
            "yuan",
            strong=security.unsecured_yuan > 0,
        ),
        FactRow(N_("Loan over the value of all collaterals"), percent(security.loan_to_value)),
        FactRow(
            N_("Coverage by the collaterals"),
            percent(security.coverage),
            note=N_("what they count for over the loan"),
        ),
    ]
    if security.secured_amount_yuan is not None:
        rows.append(
            FactRow(
                N_("Amount to be registered as secured"),
                money(security.secured_amount_yuan),
                "yuan",
            )
        )
    return tuple(rows)
