"""What stands before the body of an appraisal report: cover, statement, abstract."""

from collections.abc import Iterator

from app.finance.notices import Severity
from app.formats import money
from app.i18n import N_, Translator
from app.messages.valuation_words import APPROACH
from app.reports.appraisal_parts import Subject, out_of_date, paragraphs, section_number
from app.reports.appraisal_texts import (
    ABSTRACT_HEADING,
    HOUSE_TEXT,
    NOT_A_REPORT,
    NOT_STATED,
    READ_THE_WHOLE,
    STATEMENT,
    STATEMENT_HEADING,
)
from app.reports.document import (
    Block,
    Contents,
    Fact,
    Facts,
    Heading,
    Hero,
    Place,
    Prose,
    Text,
    free,
)
from app.reports.entries import capitals, day, entered, yuan
from app.reports.frame import identity
from app.reports.right_sections import flag_panel
from app.reports.value_facts import approach_rows

_SHORT = 240
"""Signs of an entry that the abstract repeats; it leads on to a longer one."""


def cover(found: Subject) -> Iterator[Block]:
    """Who reports what to whom, that it is no report yet, the conclusion, and the red flags."""
    words, entries = found.words, found.engagement
    yield identity(found.sheet)
    yield Facts(
        (
            entered(words, N_("Number of the report"), entries.report_number),
            day(words, N_("Date of the report"), entries.reported_on),
            entered(words, N_("Client"), entries.client),
            entered(words, N_("Appraisal firm"), entries.firm),
            entered(words, N_("Signing appraisers"), entries.appraisers),
            *out_of_date(found),
        )
    )
    yield Prose(words(NOT_A_REPORT))
    yield _first_figure(found)
    yield flag_panel(words, found.results.notices, approved=found.sheet.stamp.approved)
    if found.elsewhere:
        yield Prose(words(ELSEWHERE, count=found.elsewhere), small=True)
    yield Contents(words(N_("Contents")))


ELSEWHERE = N_(
    "Further flags and warnings of this case, {count} in number, concern its loan or insurance and "
    "stand in their documents."
)


def _first_figure(found: Subject) -> Hero:
    words = found.words
    text = N_("Type of value: {kind}. Valuation date {day}, to be used until {until}.")
    return Hero(
        words(N_("Concluded value (yuan)") if found.kind else N_("Net value (yuan)")),
        free(money(found.amount_yuan)),
        found.step,
        words(N_("In Chinese capitals")),
        free(found.in_capitals),
        words.each(
            lambda tr: tr(text).format(
                kind=tr(found.kind_label),
                day=found.appraisal.valuation_date,
                until=found.valid_until,
            )
        ),
    )


def statement(found: Subject) -> Iterator[Block]:
    """The statement of those who sign: the entered one, else that of the house, marked as one."""
    words, own = found.words, found.engagement.statement
    yield Heading(words(STATEMENT_HEADING))
    if own.strip():
        yield from paragraphs(words, own)
        return
    yield Prose(words(HOUSE_TEXT), small=True)
    for item in STATEMENT:
        yield Prose(words(item))


def abstract(found: Subject) -> Iterator[Block]:
    """The report on half a page; what is long is said in its section."""
    words, entries = found.words, found.engagement
    yield Heading(words(ABSTRACT_HEADING))
    yield Facts(
        (
            _short(found, N_("Client"), entries.client, 1),
            _short(found, N_("Purpose of the appraisal"), entries.purpose, 2),
            _short(found, N_("Object and scope"), entries.scope, 3),
            Fact(words(N_("Type of value")), words(found.kind_label), place=Place.LINE),
            day(words, N_("Valuation date"), found.appraisal.valuation_date),
            day(words, N_("Valid until"), found.valid_until),
            Fact(words(N_("Approaches")), words.each(lambda tr: _approaches(found, tr)),
                 place=Place.LINE),
            yuan(words, found.amount_label, found.amount_yuan, found.step, strong=True),
            *capitals(words, N_("In Chinese capitals"), found.amount_yuan),
            _short(found, N_("Special matters"), entries.special_matters, 11),
            Fact(words(N_("Red flags and warnings")), _counted(found), place=Place.LINE,
                 alert=bool(found.results.red_flags)),
        )
    )  # fmt: skip
    yield Prose(words(READ_THE_WHOLE), small=True)


def _short(found: Subject, label: str, text: str, section: int) -> Fact:
    """An entry as one line; a long one is said in its section, one that lacks is named."""
    words = found.words
    said = " ".join(text.split())
    if not said:
        return Fact(words(label), words(NOT_STATED), place=Place.LINE)
    if len(said) > _SHORT:
        pointer = words.each(
            lambda tr: tr(N_("See section {number}.")).format(number=section_number(section, tr))
        )
        return Fact(words(label), pointer, place=Place.LINE)
    return Fact(words(label), free(said), place=Place.LINE)


def _approaches(found: Subject, tr: Translator) -> str:
    """The approaches that enter the conclusion, each with its weight."""
    concluded = found.values.conclusion
    if concluded is None:
        income = APPROACH["income"]
        return tr(income)
    rows = zip(approach_rows(found.values), concluded.approaches, strict=True)
    text = N_("{label}, {note}")
    used = (row for row, approach in rows if approach.weight > 0)
    return tr(N_("; ")).join(
        tr(text).format(label=tr(row.label), note=row.note_said(tr)) for row in used
    )


def _counted(found: Subject) -> Text:
    """How many flags and warnings stand on the first page."""
    notices = found.results.notices
    red = sum(notice.severity is Severity.RED_FLAG for notice in notices)
    if not notices:
        return found.words(N_("The checks of the program found none."))
    text = N_("Red flags: {red}; warnings: {others}; they stand on the cover.")
    return found.words(text, red=red, others=len(notices) - red)
