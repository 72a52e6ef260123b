"""What a policy schedule says of its index: data, counting, payout of every value, history."""

from collections.abc import Iterator
from functools import partial

from app.finance.case.case import CaseFile
from app.finance.case.cover.index_inputs import IndexCover
from app.finance.case.cover.index_tables import PayoutForm, TriggerLine
from app.finance.engine import Results
from app.finance.insurance.index_curve import payout_curve, payout_readings
from app.finance.insurance.part_results import IndexResult
from app.finance.insurance.results import InsuranceResult
from app.i18n import N_, Translator
from app.reports.document import (
    Block,
    Chart,
    ChartKind,
    Drawing,
    Heading,
    Prose,
    Words,
)
from app.reports.fact_grids import grids
from app.reports.fact_tables import said
from app.reports.insurance_fit_facts import basis_rows
from app.reports.insurance_index_charts import curve_figure, curve_height
from app.reports.insurance_index_facts import burn_rows, history_rows, index_rows, trigger_table
from app.reports.loan_sections import named
from app.reports.policy_facts import (
    counting_lines,
    data_rows,
    index_cover,
    index_name,
    limit_labels,
    limit_rows,
    reading_table,
    summed_history,
)
from app.reports.value_blocks import facts

_BASIS = N_(
    "The cover pays by the index, not by the loss. A loss without a payout and a payout without a "
    "loss are both possible; the holder bears that difference (basis risk)."
)
_NOT_HELD = N_(
    "No losses of the years were entered: how far payout and loss part could not be measured."
)
_NO_HISTORY = N_(
    "No readings of earlier years were entered: what the cover would have paid is not known."
)
_AS_IF = N_(
    "What these terms would have paid in the years of the history, on today's sum insured. It is "
    "no promise of what coming years pay; a year without data is not a year without loss."
)
_PROPORTION = N_("Between two values of this table the payout is in proportion.")
_HOLDS = N_("What a line pays holds for every value of it.")
_BEFORE = N_(
    "The table holds for one event that reaches this trigger alone, before the limit of the season."
)
_DRAWN_FROM = 3
"""Years from which a history is drawn."""


def index_terms(words: Words, file: CaseFile, found: InsuranceResult) -> Iterator[Block]:
    """What is measured, from which data, and how readings become events and seasons."""
    cover = index_cover(file.case)
    yield Heading(words(N_("The index")))
    limits = limit_labels()
    shown = [row for row in index_rows(file.case, found) if row.label not in limits]
    yield facts(words, (*shown, *data_rows(file.case)))
    yield from named(words, N_("Triggers"), trigger_table(file.case))
    yield Heading(words(N_("How it is counted")), 2)
    for message, told in counting_lines(cover):
        yield Prose(words.each(partial(said, message, told)))


def payout(words: Words, file: CaseFile, found: InsuranceResult) -> Iterator[Block]:
    """What is paid at most; then of each trigger every value with its payout, and its curve."""
    cover = index_cover(file.case)
    yield Heading(words(N_("Limits of the index cover")))
    yield facts(words, limit_rows(file.case, found))
    for trigger in cover.triggers:
        table = reading_table(cover, trigger)
        if table is None:
            continue
        yield Heading(words.each(partial(_title, trigger)))
        yield from grids(words, table)
        stepped = trigger.form is PayoutForm.STEP
        yield Prose(words(_HOLDS if stepped else _PROPORTION), small=True)
        yield Prose(words(_BEFORE), small=True)
        yield curve(words, cover, trigger)


def _title(trigger: TriggerLine, tr: Translator) -> str:
    title = N_("Payout by the index: {trigger}, {measure}")
    return tr(title).format(trigger=trigger.name, measure=tr(index_name(trigger)))


def curve(words: Words, cover: IndexCover, trigger: TriggerLine) -> Drawing:
    """Return the payout curve of a trigger, with the lines of its table."""
    corners = payout_curve(cover, trigger)
    points = tuple((at.value, at.payout_share) for at in payout_readings(cover, trigger))
    return Drawing(
        curve_height,
        partial(curve_figure, corners, points, trigger.name),
        words(N_("Payout by index value, share of the sum insured")),
    )


def history(
    words: Words, file: CaseFile, results: Results, found: InsuranceResult, index: IndexResult
) -> Iterator[Block]:
    """What the cover would have paid year by year, with the sum and the gaps."""
    yield Heading(words(N_("What the cover would have paid")))
    if not index.history:
        yield Prose(words(_NO_HISTORY))
        return
    yield Prose(words(_AS_IF))
    yield facts(words, (*history_rows(file.case), *burn_rows(found)[_PRICE_ROWS:]))
    if len(index.history) >= _DRAWN_FROM:
        caption = words(N_("What the index would have paid, year by year; years without data"))
        yield Chart(ChartKind.HISTORY_BURN, results, caption)
    yield from named(words, N_("Payout by year of the history"), summed_history(found))


_PRICE_ROWS = 2
"""Rows of the burning cost that say what the price rests on: not a matter of the schedule."""


def basis(words: Words, index: IndexResult) -> Iterator[Block]:
    """That index and loss are two things, and how far they parted in the years compared."""
    yield Heading(words(N_("Basis risk")))
    yield Prose(words(_BASIS))
    rows = basis_rows(index.basis)
    if rows:
        yield facts(words, rows)
    else:
        yield Prose(words(_NOT_HELD))
