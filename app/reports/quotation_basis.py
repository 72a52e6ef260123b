"""What a quotation rests on: history, model, distribution, index, events, options."""

from collections.abc import Iterator

from app.finance.case.case import CaseFile
from app.finance.engine import Results
from app.finance.insurance.results import InsuranceResult
from app.i18n import N_
from app.reports import insurance_risk_sections as risk
from app.reports.document import Block, Chart, ChartKind, Heading, Prose, Words
from app.reports.fact_grids import grids
from app.reports.insurance_compare_facts import option_table
from app.reports.insurance_premium_facts import head_premium_table, part_table, shown_loads
from app.reports.insurance_sections import DRAWN_FROM
from app.reports.loan_sections import named


def basis(
    words: Words, file: CaseFile, results: Results, found: InsuranceResult
) -> Iterator[Block]:
    """History used, model and parameters, loss of a year, payout, events, premium by head."""
    yield from _history(words, file, results, found)
    if file.case.insurance is not None and file.case.insurance.perils:
        yield Heading(words(N_("Model of the perils")))
        yield from risk.perils(words, file, found)
    yield from risk.distribution(words, results, found)
    yield from risk.events(words, file, found)
    yield from risk.delivery(words, file, found)
    yield from _premium(words, file, results, found)


def _history(
    words: Words, file: CaseFile, results: Results, found: InsuranceResult
) -> Iterator[Block]:
    """Histories of losses and of the index with years, source and gaps; or that there is none."""
    if found.experience is None and (found.index is None or not found.index.history):
        yield Heading(words(N_("History used")))
        text = N_(
            "No history of losses or readings was entered: the premium rests on the model and the "
            "parameters below alone."
        )
        yield Prose(words(text))
    yield from risk.experience(words, file, found)
    yield from risk.index_history(words, file, results, found)


def _premium(
    words: Words, file: CaseFile, results: Results, found: InsuranceResult
) -> Iterator[Block]:
    """The build-up drawn, the premium by part and head, and other terms side by side."""
    yield Heading(words(N_("Premium")))
    if len(shown_loads(found)) >= DRAWN_FROM:
        caption = words(N_("From pure to gross premium; amounts in yuan"))
        yield Chart(ChartKind.PREMIUM_BUILD_UP, results, caption)
    yield from named(words, N_("Premium by part"), part_table(found))
    yield from named(words, N_("Premium by head"), head_premium_table(found))
    options = option_table(file.case, found)
    if options is not None:
        yield Heading(words(N_("Options side by side")), 2)
        yield from grids(words, options)
