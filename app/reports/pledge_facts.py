"""What paper says of what is pledged: each collateral with its papers, and the right itself."""

from collections.abc import Iterator

from app.finance.case.case import Case
from app.finance.case.lending.security import CollateralLine
from app.finance.case.project import Project
from app.finance.engine import Results
from app.finance.fields import choice_label
from app.finance.lending.collateral import CARBON_RIGHT, IMPLIED, ISSUED_CREDITS
from app.finance.lending.description import pledged_quantity
from app.finance.lending.legal_cautions import valid_until
from app.finance.lending.results import CollateralResult, LoanResult
from app.formats import number, percent
from app.i18n import N_
from app.reports.fact_tables import (
    EMPTY_CELL,
    FactCell,
    FactHead,
    FactTable,
    day,
    free_row,
    share,
    without_empty,
    words,
    yuan,
)
from app.reports.security_facts import collateral_name, value_type
from app.reports.value_facts import FactRow

_CARBON = (CARBON_RIGHT, ISSUED_CREDITS)
_FIRST = {True: N_("yes"), False: N_("no"), None: N_("not entered")}
_TOTAL = N_("All together")


def entered_line(case: Case, line: CollateralResult) -> CollateralLine:
    """Return the input behind a collateral; without a list the income right of the case alone."""
    if line.position is None or case.loan is None:
        return IMPLIED
    return case.loan.collaterals[line.position]


def paper_rows(case: Case) -> Iterator[FactRow]:
    """Yield registry, certificate and valuation report of the right, those that are known."""
    record = None if case.loan is None else case.loan.registration
    engagement = None if case.appraisal is None else case.appraisal.engagement
    reported = engagement.report_number if engagement else ""
    for label, text in (
        (
            N_("Carbon registry and project number"),
            (record.registry if record else "") or case.project.registry_id,
        ),
        (N_("Sea-area use certificate"), record.sea_area_certificate if record else ""),
        (N_("Valuation report"), (record.report_no if record else "") or reported),
    ):
        if text:
            yield free_row(label, text)


def pledged_table(case: Case, loan: LoanResult) -> FactTable:
    """Return the collaterals with the share pledged, value and the days of the value."""
    heads = (
        FactHead(N_("Number"), numeric=False),
        FactHead(N_("Collateral"), numeric=False),
        FactHead(N_("Share pledged")),
        FactHead(N_("Value of the collateral"), "yuan"),
        FactHead(N_("Type of value"), numeric=False),
        FactHead(N_("Valued on"), numeric=False),
        FactHead(N_("Valid or in force until"), numeric=False),
    )
    rows = tuple(
        _pledged(case, number, line) for number, line in enumerate(loan.security.lines, start=1)
    )
    totals = (
        EMPTY_CELL, words(_TOTAL), EMPTY_CELL, yuan(loan.security.value_yuan),
        EMPTY_CELL, EMPTY_CELL, EMPTY_CELL,
    )  # fmt: skip
    return without_empty(FactTable(heads, rows, totals, keys=2), (5, 6))


def _pledged(case: Case, number: int, line: CollateralResult) -> tuple[FactCell, ...]:
    found, appraisal = entered_line(case, line), case.appraisal
    valued, valid = found.valued_on, found.valid_until
    if line.from_case and appraisal is not None:
        valued = valued or appraisal.valuation_date
        valid = valid or valid_until(appraisal)
    return (
        FactCell(str(number)),
        collateral_name(line),
        share(found.pledged_share),
        yuan(line.value_yuan),
        words(value_type(line)),
        day(valued),
        day(valid),
    )


def rank_table(case: Case, loan: LoanResult) -> FactTable:
    """Return rank, claims before, the secured part and the registration of each collateral.

    The numbers are those of the list, which has the names.
    """
    heads = (
        FactHead(N_("Number"), numeric=False),
        FactHead(N_("Collateral"), numeric=False),
        FactHead(N_("Rank")),
        FactHead(N_("Prior claims"), "yuan"),
        FactHead(N_("Secured at most"), "yuan"),
        FactHead(N_("Loan laid on it"), "yuan"),
        FactHead(N_("Registered first"), numeric=False),
        FactHead(N_("Registration number"), numeric=False),
    )
    rows = tuple(
        (
            FactCell(str(place)),
            words(choice_label(CollateralLine, "kind", line.kind)),
            FactCell(str(line.rank)),
            yuan(line.prior_claims_yuan or None),
            yuan(line.secured_maximum_yuan),
            yuan(line.allocated_yuan),
            words(_FIRST[line.first_registered]),
            FactCell(registration_of(case, loan, line) or "–"),
        )
        for place, line in enumerate(loan.security.lines, start=1)
    )
    totals = (
        EMPTY_CELL, words(_TOTAL), EMPTY_CELL, EMPTY_CELL, EMPTY_CELL,
        yuan(loan.security.allocated_yuan), EMPTY_CELL, EMPTY_CELL,
    )  # fmt: skip
    return without_empty(FactTable(heads, rows, totals, keys=2), (3, 4))


def released_table(case: Case, loan: LoanResult) -> FactTable:
    """Return the collaterals that are released, with rank and number of registration."""
    heads = (
        FactHead(N_("Number"), numeric=False),
        FactHead(N_("Collateral"), numeric=False),
        FactHead(N_("Share pledged")),
        FactHead(N_("Registration number"), numeric=False),
    )
    rows = tuple(
        (
            FactCell(str(place)),
            collateral_name(line),
            share(entered_line(case, line).pledged_share),
            FactCell(registration_of(case, loan, line) or "–"),
        )
        for place, line in enumerate(loan.security.lines, start=1)
    )
    return FactTable(heads, rows, keys=2)


def registration_of(case: Case, loan: LoanResult, line: CollateralResult) -> str:
    """Return the number a collateral is registered under; the right has that of the record."""
    own = entered_line(case, line).registration_no
    if own or line.kind not in _CARBON:
        return own
    if loan.registration is not None and loan.registration.number:
        return loan.registration.number
    return "" if case.loan is None else case.loan.registration_no


def right_rows(case: Case, results: Results) -> tuple[FactRow, ...]:
    """Return what the income right is of: project, sink, papers, period, vintages, tonnes."""
    project = case.project
    rows = [
        free_row(label, text)
        for label, text in (
            (N_("Project name"), project.name),
            (N_("Right holder"), project.holder),
            (N_("Place"), project.place),
            (N_("Methodology"), project.methodology),
            (N_("Standard"), project.standard),
            (N_("Market"), project.market),
        )
        if text
    ]
    carrier = choice_label(Project, "ecosystem", project.ecosystem)
    rows.append(FactRow(N_("Sink carrier"), words=carrier))
    rows += [*paper_rows(case), *_period(project)]
    rows += _quantity(case, results)
    return tuple(rows)


def _period(project: Project) -> Iterator[FactRow]:
    for label, when in (
        (N_("Crediting period starts"), project.crediting_start),
        (N_("Crediting period ends"), project.crediting_end),
        (N_("Sea-area use right ends"), project.sea_area_right_end),
        (N_("Sale contract ends"), project.contract_end),
    ):
        if when is not None:
            yield FactRow(label, when.isoformat())


def _quantity(case: Case, results: Results) -> Iterator[FactRow]:
    found = pledged_quantity(case, results.carbon)
    if found.vintages is not None:
        first, last = found.vintages
        span = str(first) if first == last else f"{first} – {last}"
        yield free_row(N_("Vintages pledged"), span)
    if found.tonnes:
        yield FactRow(N_("Tonnes pledged"), number(found.tonnes), "tCO2e")
    yield FactRow(N_("Share of the right pledged"), percent(found.share))
