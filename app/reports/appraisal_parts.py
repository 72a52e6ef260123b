"""What the modules of an appraisal report share: its subject, headings, paragraphs, what lacks."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from app.finance.case.appraisal import Appraisal
from app.finance.case.project import Project
from app.finance.case.valuation.engagement import Engagement
from app.finance.engine import Results
from app.finance.fields import fields_of
from app.finance.lending.legal_cautions import valid_until
from app.finance.valuation.results import ValueResult
from app.i18n import N_, Translator
from app.messages.valuation_words import TYPE_OF_VALUE
from app.reports.appraisal_texts import CHINESE_NUMBERS, NOT_STATED, SECTIONS
from app.reports.chinese_numerals import LIMIT, capital_amount
from app.reports.document import Block, Fact, Heading, Place, Prose, Text, Words, free
from app.reports.sheet import Sheet

_OVER = N_(
    "The time of use has ended: this document is issued on {day}, the conclusion held until "
    "{until}."
)
_NOT_CONCLUDED = N_("not concluded; the net value by the income approach is given")
SIGNING = 2
"""How many appraisers sign a report of a firm."""

_OTHER_PARTS = ("loan", "insurance")
_TO_STATE = (
    "client",
    "purpose",
    "scope",
    "bases",
    "assumptions",
    "method_reasons",
    "process",
    "inspected_on",
    "report_number",
    "firm",
    "reported_on",
)
"""Inputs of the engagement that a report of a firm states; the rest may well be empty."""

_TITLES = (
    "holder",
    "registry_id",
    "methodology",
    "sea_area_right_end",
    "crediting_end",
)
"""Inputs of the project that say whose the right is and how long it lasts."""

_NAMES = re.compile(r"[、，,;；/\n]+|\s+(?:and|和|与)\s+")


@dataclass(frozen=True, slots=True)
class Subject:
    """What is appraised: a sheet without loan and insurance, and the parts every section needs.

    `elsewhere` counts the notices of loan and insurance, which are in their documents.
    """

    sheet: Sheet
    appraisal: Appraisal
    values: ValueResult
    engagement: Engagement
    elsewhere: int

    @property
    def words(self) -> Words:
        """The words of the document."""
        return self.sheet.words

    @property
    def results(self) -> Results:
        """The results without loan and insurance."""
        return self.sheet.results

    @property
    def amount_yuan(self) -> Decimal:
        """The conclusion, yuan; the net value when the case concludes nothing."""
        return self.values.by_basis("concluded")

    @property
    def step(self) -> str:
        """Key of the working of the conclusion."""
        return "value.net" if self.values.conclusion is None else "value.conclusion"

    @property
    def kind(self) -> str:
        """Code of the type of value; "" when the case concludes nothing."""
        concluded = self.values.conclusion
        return "" if concluded is None else concluded.type_of_value

    @property
    def valid_until(self) -> date:
        """The last day on which the conclusion may be used."""
        return valid_until(self.appraisal)

    @property
    def appraisers(self) -> tuple[str, ...]:
        """The names of the appraisers who sign, as entered in one line."""
        names = map(str.strip, _NAMES.split(self.engagement.appraisers))
        return tuple(filter(None, names))

    @property
    def kind_label(self) -> str:
        """Message id of the type of value, or that there is none."""
        return TYPE_OF_VALUE.get(self.kind, _NOT_CONCLUDED)

    @property
    def amount_label(self) -> str:
        """Message id of what the amount is."""
        return N_("Concluded value") if self.kind else N_("Net value")

    @property
    def in_capitals(self) -> str:
        """The amount in Chinese capitals, a dash above what they are defined for."""
        if abs(self.amount_yuan) >= LIMIT:
            return "–"
        return f"人民币{capital_amount(self.amount_yuan)}"


def subject(sheet: Sheet) -> Subject:
    """Return what is appraised: a right is worth the same whoever lends on it or insures it.

    So loan and insurance are taken out of the sheet, with their notices and the loan that a
    simulation was held against.
    """
    results, case = sheet.results, sheet.case
    appraisal, values = case.appraisal, results.values
    assert appraisal is not None  # noqa: S101 - `kinds.refusal` asks for an appraisal
    assert values is not None  # noqa: S101 - an appraisal has values
    own = tuple(n for n in results.notices if n.path.partition(".")[0] not in _OTHER_PARTS)
    drawn = results.value_range
    if drawn is not None:
        drawn = replace(drawn, probability_below_loan=None, loan_yuan=None)
    bare = replace(results, loan=None, insurance=None, notices=own, value_range=drawn)
    file = replace(sheet.file, case=replace(case, loan=None, insurance=None))
    return Subject(
        replace(sheet, file=file, results=bare),
        appraisal,
        values,
        appraisal.engagement or Engagement(),
        len(results.notices) - len(own),
    )


def section_number(number: int, tr: Translator) -> str:
    """The number of a section of the body, counted from 1: in Chinese numerals in Chinese."""
    return CHINESE_NUMBERS[number - 1] if tr.language == "zh" else str(number)


def numbered(words: Words, number: int) -> Heading:
    """The heading of a section of the body, numbered from 1; Chinese sections in Chinese."""
    label = SECTIONS[number - 1]
    return Heading(
        words.each(
            lambda tr: tr(N_("{number}. {heading}")).format(
                number=section_number(number, tr),
                heading=tr(label),
            )
        )
    )


def beneath(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks of another section as a part of this one: their headings stand below its own."""
    for block in blocks:
        yield replace(block, level=2) if isinstance(block, Heading) else block


def paragraphs(words: Words, text: str) -> Iterator[Block]:
    """What was entered, line by line; that nothing is stated where it is empty."""
    lines = [line for line in map(str.strip, text.splitlines()) if line]
    if not lines:
        yield Prose(words(NOT_STATED), small=True)
    for line in lines:
        yield Prose(free(line))


def out_of_date(found: Subject) -> Iterator[Fact]:
    """That the conclusion may no longer be used on the day of the document."""
    issued = found.sheet.stamp.issued_on
    if issued > found.valid_until:
        text = found.words(_OVER, day=issued, until=found.valid_until)
        yield Fact(found.words(N_("Out of date")), text, place=Place.LINE, alert=True)


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def lacking(found: Subject) -> tuple[str, ...]:
    """Return the message ids of what a report of a firm states and the case does not."""
    specs = {spec.name: spec for spec in fields_of(Engagement)}
    names = [name for name in _TO_STATE if _blank(getattr(found.engagement, name))]
    labels = [specs[name].field.label for name in names]
    if len(found.appraisers) < SIGNING:
        labels.append(N_("Two signing appraisers"))
    if found.values.conclusion is None:
        labels.append(N_("Conclusion with its type of value"))
    return tuple(labels)


def untitled(found: Subject) -> tuple[str, ...]:
    """Return the message ids of what the case does not say of the right and its end."""
    project = found.sheet.case.project
    return tuple(
        spec.field.label
        for spec in fields_of(Project)
        if spec.name in _TITLES and _blank(getattr(project, spec.name))
    )


def listed(words: Words, labels: Iterable[str]) -> Text:
    """Several names on one line."""
    return words.each(lambda tr: tr(N_("; ")).join(map(tr, labels)))
