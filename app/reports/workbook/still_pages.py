"""Pages that do not move: what the program drew or searched, the workings, the inputs."""

from collections.abc import Iterator

from app.finance.engine import Results
from app.i18n import N_
from app.reports import annex, value_annex, value_sections
from app.reports.document import Block, Heading, Workings
from app.reports.inputs_annex import credit_inputs, inputs
from app.reports.sheet import Sheet
from app.reports.value_blocks import facts
from app.reports.value_facts import indicator_rows
from app.reports.workbook.block_page import BlockPage
from app.reports.workbook.book import Book

_STILL = N_("Computed by the program from the inputs of the case; it does not move here.")


def write_still(book: Book, sheet: Sheet) -> None:
    """Write the pages, and tell the cover what of the case does not move."""
    words = sheet.words
    if sheet.results.values is not None:
        page = BlockPage(book, "figures", _STILL)
        page.write(_figures(sheet))
        page.page.widths.fixed |= {0: 38.0, 1: 24.0}
        book.still += [words(text) for text in _named(sheet.results)]
    page = BlockPage(book, "workings", _STILL)
    page.page.widths.fixed |= {0: 9.0, 1: 34.0, 2: 46.0, 3: 60.0, 4: 22.0, 5: 44.0}
    page.write([Workings(annex.printed_steps(sheet.results))])
    note = N_("Each input of the case with its unit, mark of provenance and source, as printed.")
    page = BlockPage(book, "inputs", note)
    page.page.widths.fixed |= {0: 38.0, 1: 28.0, 4: 60.0}
    page.write(inputs(words, sheet.file))
    page.write(credit_inputs(words, sheet.file))


def _figures(sheet: Sheet) -> Iterator[Block]:
    words, file, results = sheet.words, sheet.file, sheet.results
    yield Heading(words(N_("Indicators")))
    yield facts(words, indicator_rows(results))
    yield from value_sections.evidence(words, results)
    yield from value_sections.scenarios(words, file, results)
    yield from value_sections.simulation(words, results)
    yield from value_sections.sensitivity(words, results)
    yield from value_annex.two_way_grid(words, results)
    yield from value_sections.options(words, results)
    yield from value_sections.cost_tool(words, results)


def _named(results: Results) -> Iterator[str]:
    """What a reader should not expect to move."""
    values = results.values
    yield N_("Removals and credits of the account of the project.")
    yield N_("Break-even price, rates of return, payback and levelised cost.")
    if values is None:
        return
    if values.evidence is not None:
        yield N_("Statistics of the price evidence.")
    if values.scenarios:
        yield N_("The scenarios: use the factors of the assumptions for one of your own.")
    if results.value_range is not None:
        yield N_("The simulation of the value.")
    if results.sensitivity is not None:
        yield N_("Tornado, two-way table and global sensitivity.")
    if values.options:
        yield N_("Real options.")
