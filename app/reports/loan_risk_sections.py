"""What the sheet says of repayment, remaining value, cover by cash, stress and conditions."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from app.finance.case.case import CaseFile
from app.finance.engine import Results
from app.finance.lending.life_results import ChecklistItem
from app.finance.lending.results import LoanResult
from app.finance.lending.risk_results import HeatTable, StressResult
from app.i18n import N_
from app.messages.lending_words import STRESS_NOTE
from app.messages.loan_notices import CHECKLIST
from app.reports.cover_facts import cover_rows, cover_table, path_rows, path_table
from app.reports.document import Block, Chart, ChartKind, Heading, Prose, Words
from app.reports.due_facts import checklist_table
from app.reports.fact_grids import grids
from app.reports.fact_tables import FactTable, listed, without
from app.reports.fact_tables import words as cell_of
from app.reports.loan_facts import repayment_rows
from app.reports.stress_facts import signed, stress_table
from app.reports.value_blocks import facts

_ECL = 9
"""Place of the expected credit loss among the columns of the stresses: it is for the lender."""

_TINTED = N_("Tinted: the cash of a year or the value of the security does not suffice.")
_NO_COVER = N_("At no price and tonnes from {low} to {high} does the security cover the loan.")
_NO_CASH = N_(
    "At no price and tonnes from {low} to {high} does the cash pay the debt in every year."
)


def schedule_summary(words: Words, file: CaseFile, results: Results) -> Iterator[Block]:
    """First and last payment, their number and the totals; each line is in the annex."""
    loan, terms = results.loan, file.case.loan
    if loan is None or terms is None:
        return
    yield Heading(words(N_("Repayment in short")))
    yield facts(words, repayment_rows(terms, loan))


def path(words: Words, results: Results) -> Iterator[Block]:
    """The balance against what is left of right and collaterals, drawn and by loan year."""
    loan = results.loan
    if loan is None or not (loan.path.points or loan.path.reason):
        return
    yield Heading(words(N_("Loan over remaining value")))
    yield facts(words, path_rows(loan.path))
    table = yearly_path(loan)
    if table is not None:
        yield from grids(words, table)
        caption = words(N_("Coverage with its lines, and the balance against what is left"))
        yield Chart(ChartKind.COVERAGE_PATH, results, caption)


def yearly_path(loan: LoanResult) -> FactTable | None:
    """Return the path at drawdown, at the end of each loan year, and where it is worst."""
    table = path_table(loan.path)
    if table is None:
        return None
    points = loan.path.points
    ends = [year.last_day for year in loan.cover.years]
    kept = {0, *(bisect_right(points, end, key=lambda point: point.day) - 1 for end in ends)}
    worst = (loan.path.max_on, loan.path.uncovered_from)
    kept |= {place for place, point in enumerate(points) if point.day in worst}
    places = sorted(kept)
    return FactTable(
        table.heads,
        tuple(table.rows[place] for place in places),
        marked=tuple(at for at, place in enumerate(places) if place in table.marked),
        keys=table.keys,
    )


def cover(words: Words, results: Results) -> Iterator[Block]:
    """Cash over debt service by loan year, and the ratios over the life of loan and right."""
    loan = results.loan
    if loan is None or not loan.cover.years:
        return
    yield Heading(words(N_("Cover by cash")))
    yield facts(words, cover_rows(loan.cover))
    yield from grids(words, cover_table(loan.cover), failing=True)
    if sum(year.dscr is not None for year in loan.cover.years) > 1:
        yield Chart(ChartKind.DSCR, results, words(N_("Cash over debt service by loan year")))


def stress(words: Words, results: Results) -> Iterator[Block]:
    """The base, the set S1 to S8 and the own stresses, and the maps over price and tonnes."""
    loan = results.loan
    table = None if loan is None else stress_table(loan.stress)
    if loan is None or table is None:
        return
    yield Heading(words(N_("Stress")))
    yield from grids(words, without(table, (_ECL,)), failing=True)
    yield Prose(words(STRESS_NOTE), small=True)
    if table.marked:
        yield Prose(words(_TINTED), small=True)
    yield from _heat(words, results, loan.stress)


def _heat(words: Words, results: Results, found: StressResult) -> Iterator[Block]:
    """The heat maps; where nothing suffices anywhere a sentence says so instead."""
    if found.heat is None:
        return
    low, high = map(signed, (min(found.heat.price_changes), max(found.heat.price_changes)))
    for kind, name, values, none in _maps(found.heat):
        if any(value is not None and value >= 1 for line in values for value in line):
            yield Chart(kind, results, words(name))
        elif any(value is not None for line in values for value in line):
            yield Prose(words(none, low=low, high=high), small=True)


_Values = Sequence[Sequence[float | None]]


def _maps(heat: HeatTable) -> tuple[tuple[ChartKind, str, _Values, str], ...]:
    return (
        (ChartKind.HEAT_COVERAGE, N_("Coverage by price and tonnes"), heat.coverage, _NO_COVER),
        (ChartKind.HEAT_DSCR, N_("Lowest DSCR by price and tonnes"), heat.min_dscr, _NO_CASH),
    )


def checklist(words: Words, results: Results) -> Iterator[Block]:
    """The conditions a signatory ticks; what is not asked of this loan stands below in a line."""
    loan = results.loan
    if loan is None:
        return
    table = checklist_table([item for item in loan.checklist if item.ok is not None])
    if table is None:
        return
    yield Heading(words(N_("Checklist before signing")))
    yield from grids(words, table, failing=True)
    yield from _not_asked(words, [item for item in loan.checklist if item.ok is None])


def _not_asked(words: Words, items: Sequence[ChecklistItem]) -> Iterator[Block]:
    if items:
        names = listed(*(cell_of(CHECKLIST[item.code]) for item in items))
        message = N_("Not asked of this loan: {conditions}.")
        yield Prose(
            words.each(lambda tr: tr(message).format(conditions=names.said(tr))), small=True
        )
