"""Sections 10 to 13 of an appraisal report: conclusion, special matters, limits, signatures."""

from collections.abc import Iterator
from decimal import Decimal

from app.finance.notices import Severity
from app.formats import money
from app.i18n import N_
from app.reports import right_sections, value_sections
from app.reports.appraisal_parts import (
    SIGNING,
    Subject,
    beneath,
    lacking,
    listed,
    numbered,
    out_of_date,
    paragraphs,
    untitled,
)
from app.reports.appraisal_texts import HOUSE_TEXT, LIMITS, NOT_A_REPORT
from app.reports.document import (
    Block,
    Column,
    Fact,
    Facts,
    Grid,
    Heading,
    Place,
    Prose,
    Signature,
    Text,
)
from app.reports.entries import capitals, cell, day, yuan
from app.reports.frame import sign_block
from app.reports.inputs_annex import assumed, estimable

_CONCLUDED = N_(
    "On the valuation date {day} the value of the right appraised ({kind}) is {amount} yuan, in "
    "Chinese capitals {capitals}."
)
_NOT_CONCLUDED = N_(
    "On the valuation date {day} the net value of the right appraised by the income approach is "
    "{amount} yuan, in Chinese capitals {capitals}. The case concludes no type of value."
)
_BELOW_ZERO = N_(
    "The conclusion is below zero: by these inputs the right costs its holder more than it earns."
)


def closing(found: Subject) -> Iterator[Block]:
    """Sections 10 to 13, in their order."""
    yield from _conclusion(found)
    yield from _special_matters(found)
    yield from _limits(found)
    yield from _signed(found)


def _conclusion(found: Subject) -> Iterator[Block]:
    """In words, figures and capitals; the levels, the approaches, what moves and what limits it."""
    words, file, results = found.words, found.sheet.file, found.results
    yield numbered(words, 10)
    yield Prose(_in_words(found))
    yield Facts(
        (
            yuan(words, found.amount_label, found.amount_yuan, found.step, strong=True),
            day(words, N_("Valid until"), found.valid_until),
            *capitals(words, N_("In Chinese capitals"), found.amount_yuan),
            *_below_zero(found),
            *out_of_date(found),
        )
    )
    yield from beneath(right_sections.levels(words, file, results, pointed=False))
    yield Facts(tuple(right_sections.indicator_facts(words, results)))
    yield from beneath(value_sections.waterfall(words, results))
    yield from beneath(value_sections.approaches(words, results))
    yield from beneath(value_sections.scenarios(words, file, results))
    yield from beneath(value_sections.simulation(words, results))
    yield from beneath(value_sections.sensitivity(words, results))


def _in_words(found: Subject) -> Text:
    message = _CONCLUDED if found.kind else _NOT_CONCLUDED
    return found.words.each(
        lambda tr: tr(message).format(
            day=found.appraisal.valuation_date,
            kind=tr(found.kind_label),
            amount=money(found.amount_yuan),
            capitals=found.in_capitals,
        )
    )


def _below_zero(found: Subject) -> Iterator[Fact]:
    """That the conclusion is below zero; of the net value the table of levels says so itself."""
    if found.kind and found.amount_yuan < Decimal(0):
        words = found.words
        yield Fact(words(N_("Below zero")), words(_BELOW_ZERO), place=Place.LINE, alert=True)


def _special_matters(found: Subject) -> Iterator[Block]:
    """What the appraisers state; then what the program found lacking or open."""
    words, own = found.words, found.engagement.special_matters
    yield numbered(words, 11)
    yield from paragraphs(words, own)
    yield Heading(words(N_("Found by the program")), 2)
    rows = tuple((cell(words(label), strong=True), cell(said)) for label, said in _found(found))
    heads = (Column(words(N_("Matter")), 0.26), Column(words(N_("What is to be known")), 0.74))
    yield Grid(heads, rows)


def _found(found: Subject) -> Iterator[tuple[str, Text]]:
    words, values = found.words, found.values
    red = len(found.results.red_flags)
    others = sum(n.severity is Severity.WARNING for n in found.results.notices)
    text = N_("Red flags: {red}; warnings: {others}. Those on the cover are part of this section.")
    yield N_("Red flags and warnings"), words(text, red=red, others=others)
    yield N_("Estimated inputs"), _estimated(found)
    titles = untitled(found)
    if titles:
        yield N_("Not stated of the right"), listed(words, titles)
    left = lacking(found)
    if left:
        yield N_("Not stated of the report"), listed(words, left)
    if found.engagement.inspected_on is None:
        text = N_("No day of inspection is stated: nobody is known to have seen the site.")
        yield N_("Inspection"), words(text)
    if values.issued is not None:
        text = N_("Issued and unsold credits of {amount} yuan stand apart; they are in no level.")
        yield N_("Beside the conclusion"), words(text, amount=money(values.issued.value_yuan))
    if values.options:
        text = N_("Option values stand in an annex; a lender must not lend on them.")
        yield N_("Options"), words(text)


def _estimated(found: Subject) -> Text:
    """How many inputs are assumptions, and how many of these give no reason."""
    file = found.sheet.file
    specs, total = assumed(file), len(estimable(file))
    bare = sum(not file.provenance_of(spec.path).source.strip() for spec in specs)
    text = N_(
        "{count} of {total} figures, days and tables entered are assumptions, listed in "
        "section 9; {bare} of them state no reason."
    )
    return found.words(text, count=len(specs), total=total, bare=bare)


def _limits(found: Subject) -> Iterator[Block]:
    words, own = found.words, found.engagement.limits
    yield numbered(words, 12)
    if own.strip():
        yield from paragraphs(words, own)
        return
    yield Prose(words(HOUSE_TEXT), small=True)
    for item in LIMITS:
        yield Prose(words(item, day=found.valid_until))


def _signed(found: Subject) -> Iterator[Block]:
    """Date, two appraisers, seal: whoever prints it, no roles of a template take their place."""
    words, entries = found.words, found.engagement
    yield numbered(words, 13)
    yield Facts((day(words, N_("Date of the report"), entries.reported_on),))
    names = (*found.appraisers, *("",) * SIGNING)[: max(SIGNING, len(found.appraisers))]
    when = entries.reported_on.isoformat() if entries.reported_on else ""
    role = words(N_("Signing appraiser"))
    signatures = (
        *(Signature(role, name, when) for name in names),
        Signature(words(N_("Appraisal firm")), entries.firm, when),
    )
    yield sign_block(words, signatures, words(NOT_A_REPORT), seal=True)
