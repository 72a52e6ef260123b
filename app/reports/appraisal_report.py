"""The appraisal report: cover, statement, abstract, thirteen sections, annexes.

Order and contents: 资产评估执业准则——资产评估报告, verified in an older text, recalled of the
current one; 资产评估基本准则 (财资〔2017〕43号), articles 25 to 28, verified in a mirror.
"""

from collections.abc import Iterable, Iterator

from app.finance.case.case import Case
from app.finance.fields import specs_by_path
from app.i18n import N_
from app.reports import carbon_annex, value_annex, value_sections
from app.reports.annex import marked_steps, workings_of
from app.reports.appraisal_body import body
from app.reports.appraisal_conclusion import closing
from app.reports.appraisal_front import abstract, cover, statement
from app.reports.appraisal_parts import Subject, subject
from app.reports.appraisal_texts import TITLE
from app.reports.conventions import conventions
from app.reports.document import (
    Block,
    Chart,
    ChartKind,
    Document,
    Heading,
    NewPage,
    SiteMap,
)
from app.reports.frame import framed
from app.reports.input_tables import plan
from app.reports.inputs_annex import inputs
from app.reports.reliance import reliance
from app.reports.right_sections import cash_flow_chart, rate_section
from app.reports.sheet import Sheet

_SITES = "project.sites"


def build_appraisal_report(sheet: Sheet) -> Document:
    """Say what the report says; nothing is drawn yet."""
    found = subject(sheet)
    text = (
        *cover(found),
        NewPage(),
        *statement(found),
        *abstract(found),
        *body(found),
        *closing(found),
        NewPage(),
        *_annexes(found),
    )
    steps = marked_steps(found.results, text)
    blocks = (*text, *workings_of(found.words, steps), *reliance(found.sheet))
    return framed(
        found.sheet,
        found.words(TITLE),
        blocks,
        house=found.engagement.firm,
        steps=steps,
    )


def _annexes(found: Subject) -> Iterator[Block]:
    words, file, results = found.words, found.sheet.file, found.results
    yield from _with(value_annex.cash_flow(words, results), cash_flow_chart(words, results))
    yield from _with(carbon_annex.years(words, results), _credits_drawn(found))
    yield from carbon_annex.vintages(words, results)
    yield from carbon_annex.ledger(words, results)
    yield from carbon_annex.ranges(words, results)
    yield from carbon_annex.markets(words, results)
    yield from value_annex.comparables(words, file, results)
    yield from value_annex.two_way_grid(words, results)
    yield from value_annex.prices_drawn(words, results)
    yield from value_annex.tool_years(words, results)
    yield from value_sections.issued(words, results)
    yield from value_sections.options(words, results)
    yield from _sites(found)
    yield from conventions(words, file, results)
    kept = tuple(filter(None, (_SITES, rate_section(found.appraisal))))
    yield from inputs(words, file, without=kept)


def _with(blocks: Iterable[Block], chart: Iterable[Block]) -> Iterator[Block]:
    """An annex with its chart between heading and table."""
    for number, block in enumerate(blocks):
        yield block
        if number == 0:
            yield from chart


def _credits_drawn(found: Subject) -> Iterator[Block]:
    if found.results.carbon.years:
        caption = found.words(N_("Removals by pool and credits of the right by year"))
        yield Chart(ChartKind.CARBON, found.results, caption)


def _sites(found: Subject) -> Iterator[Block]:
    """Where the project lies: the map beside its heading, then the table of the sites."""
    words, file = found.words, found.sheet.file
    if not file.case.project.sites:
        return
    yield Heading(words(N_("Annex: map of the sites")))
    blocks = tuple(plan(words, file, specs_by_path(Case)[_SITES], section=""))
    yield from (block for block in blocks if isinstance(block, SiteMap))
    yield from (block for block in blocks if not isinstance(block, Heading | SiteMap))
