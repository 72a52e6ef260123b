"""Sections 1 to 9 of an appraisal report: from the client to the assumptions."""

from collections.abc import Iterator

from app.finance.case.valuation.approaches import TypeOfValue
from app.formats import number, percent
from app.i18n import N_
from app.messages.valuation_words import APPROACH, TYPE_OF_VALUE
from app.reports import carbon_sections, value_sections
from app.reports.appraisal_parts import Subject, beneath, numbered, paragraphs
from app.reports.appraisal_texts import COMPUTED, DEFINITIONS, NOT_CHECKED, STANDARDS, TERMS_OF
from app.reports.conventions import times_and_prices
from app.reports.document import (
    Block,
    Cell,
    Chart,
    Column,
    Fact,
    Facts,
    Grid,
    Heading,
    Place,
    Prose,
    Text,
    free,
)
from app.reports.entries import cell, day, entered, figure
from app.reports.evidence_facts import comparable_rows
from app.reports.inputs_annex import assumed_inputs, inputs_of
from app.reports.right_sections import price_facts, project, rate_section
from app.reports.value_blocks import fact, facts
from app.reports.value_facts import horizon_row, rate_rows

_TITLES_AS_ENTERED = N_(
    "Titles: as section 3 states them, taken from the case. The program has seen no deed, no "
    "register and no contract."
)
_AFTER = N_(
    "Prices, rates and titles are those of this day. What became known between it and the date of "
    "the report is in section 11, when it is stated."
)
_PROSPECTIVE = N_("The valuation date lies after the date of the report: the value is prospective.")


def body(found: Subject) -> Iterator[Block]:
    """Sections 1 to 9, in their order."""
    yield from _parties(found)
    yield from _entered(found, 2, found.engagement.purpose)
    yield from _object(found)
    yield from _type_of_value(found)
    yield from _date(found)
    yield from _bases(found)
    yield from _method(found)
    yield from _course(found)
    yield from _assumptions(found)


def _entered(found: Subject, section: int, text: str) -> Iterator[Block]:
    yield numbered(found.words, section)
    yield from paragraphs(found.words, text)


def _parties(found: Subject) -> Iterator[Block]:
    words = found.words
    yield numbered(words, 1)
    yield Facts(
        (
            entered(words, N_("Client"), found.engagement.client),
            entered(words, N_("Right holder"), found.sheet.case.project.holder),
            entered(words, N_("Other users of the report"), found.engagement.users),
        )
    )


def _object(found: Subject) -> Iterator[Block]:
    """The right: what is appraised of it, for how long, how many tonnes; what is not part of it."""
    words, values, case = found.words, found.values, found.sheet.case
    yield from _entered(found, 3, found.engagement.scope)
    yield from beneath(project(words, found.sheet.file))
    yield Heading(words(N_("Extent of the right appraised")), 2)
    lines = [
        day(words, N_("First day valued"), found.appraisal.valuation_date),
        *((day(words, N_("Last day valued"), values.horizon_end),) if values.horizon_end else ()),
        fact(words, horizon_row(values)),
        figure(words, N_("Share of the right"), percent(case.project.own_share)),
        figure(
            words,
            N_("Credits within the horizon"),
            number(values.credits_in_horizon_tco2e),
            "tCO2e",
        ),
    ]
    yield Facts(tuple(lines))
    yield Prose(_not_part(found))


def _not_part(found: Subject) -> Text:
    """What is left out: buffer, credits that exist, options, what comes after the horizon."""
    text = N_(
        "Not part of it: credits held back for uncertainty, leakage and the buffer; credits issued "
        "before the valuation date; option value; other assets and debts of the holder; {after}."
    )
    after = N_("what the right earns after the horizon")
    if found.values.beyond_horizon_yuan:
        after = N_("what is earned after the end of the right")
    return found.words.each(lambda tr: tr(text).format(after=tr(after)))


def _type_of_value(found: Subject) -> Iterator[Block]:
    """The type concluded, marked among the types as the program defines and computes them."""
    words, appraisal = found.words, found.appraisal
    yield numbered(words, 4)
    yield Facts((Fact(words(N_("Type of value")), words(found.kind_label), strong=True,
                      place=Place.LINE),))  # fmt: skip
    figures = {
        "price": percent(appraisal.prudent_price_discount),
        "tonnes": percent(appraisal.prudent_tonnes_discount),
        "discount": percent(appraisal.liquidation_discount),
        "cost": percent(appraisal.disposal_cost_share),
        "months": str(appraisal.months_to_sell),
    }
    rows = tuple(
        (
            cell(words(TYPE_OF_VALUE[kind]), strong=kind == found.kind),
            cell(words(DEFINITIONS[kind])),
            cell(words(COMPUTED[kind], **figures)),
        )
        for kind in TypeOfValue
    )
    heads = (
        Column(words(N_("Type of value")), 0.16),
        Column(words(N_("Definition")), 0.4),
        Column(words(N_("What the income approach computes for it")), 0.44),
    )
    kinds = list(TypeOfValue)
    marked = kinds.index(TypeOfValue(found.kind)) if found.kind else None
    yield Grid(heads, rows, marked=marked)
    yield Prose(words(TERMS_OF), small=True)


def _date(found: Subject) -> Iterator[Block]:
    words, entries = found.words, found.engagement
    yield numbered(words, 5)
    valued = found.appraisal.valuation_date
    yield Facts((day(words, N_("Valuation date"), valued),
                 day(words, N_("Date of the report"), entries.reported_on)))  # fmt: skip
    if entries.reported_on is not None and entries.reported_on < valued:
        yield Prose(words(_PROSPECTIVE))
    yield Prose(words(_AFTER))


def _bases(found: Subject) -> Iterator[Block]:
    """Law and standards, titles, prices: what the case states, and what the layout follows."""
    words = found.words
    yield from _entered(found, 6, found.engagement.bases)
    yield Heading(words(N_("Standards of the layout")), 2)
    heads = (Column(words(N_("Standard followed")), 0.46), Column(words(N_("What of it")), 0.54))
    yield Grid(heads, tuple((cell(words(name)), cell(words(what))) for name, what in STANDARDS))
    yield Prose(words(NOT_CHECKED), small=True)
    yield Prose(words(_TITLES_AS_ENTERED))
    yield from _price_sources(found)


def _price_sources(found: Subject) -> Iterator[Block]:
    """Where the prices come from, each source once with the lines that rest on it."""
    words, evidence = found.words, found.values.evidence
    if evidence is None:
        return
    sources: dict[str, list[str]] = {}
    for row in comparable_rows(found.appraisal, evidence):
        sources.setdefault(row.source.strip(), []).append(str(row.number))
    yield Heading(words(N_("Sources of the prices")), 2)
    heads = (
        Column(words(N_("Source")), 0.7),
        Column(words(N_("Lines of the annex of comparables")), 0.3),
    )
    none = words(N_("no source stated"))
    rows = ((cell(free(source) if source else none), cell(free(", ".join(lines))))
            for source, lines in sources.items())  # fmt: skip
    yield Grid(heads, tuple(rows))


def _method(found: Subject) -> Iterator[Block]:
    """Why these approaches, their formulas; tonnes, price, rate and times they rest on."""
    words, file, results = found.words, found.sheet.file, found.results
    yield from _entered(found, 7, found.engagement.method_reasons)
    yield _approaches(found)
    yield from beneath(value_sections.evidence(words, results))
    yield Heading(words(N_("Price, rate and time")), 2)
    yield Facts(
        (
            *price_facts(words, found.appraisal, found.values),
            *facts(words, rate_rows(found.values)).facts,
        )
    )
    section = rate_section(found.appraisal)
    if section:
        yield from inputs_of(words, file, below=section)
    for said in times_and_prices(words, found.appraisal):
        yield Prose(said)
    yield from beneath(value_sections.cost_tool(words, results))
    tonnes = carbon_sections.carbon(words, file, results)
    yield from beneath(block for block in tonnes if not isinstance(block, Chart))


def _approaches(found: Subject) -> Grid:
    """Each approach with its formula, or that it was not used; then how they are weighed."""
    words = found.words
    formulas = {step.key: step.formula for step in found.values.working}
    lines = [
        (APPROACH[code], formulas.get(key))
        for code, key in (
            ("income", "value.net"),
            ("market", "value.market"),
            ("cost", "value.cost"),
        )
    ]
    if "value.conclusion" in formulas:
        lines.append((N_("Conclusion"), formulas["value.conclusion"]))
    rows = tuple(
        (
            cell(words(label)),
            Cell(free(formula), formula=True) if formula else cell(words(N_("not used"))),
        )
        for label, formula in lines
    )
    heads = (Column(words(N_("Approach")), 0.25), Column(words(N_("Formula")), 0.75))
    return Grid(heads, rows, whole=True)


def _course(found: Subject) -> Iterator[Block]:
    words = found.words
    yield from _entered(found, 8, found.engagement.process)
    yield Facts((day(words, N_("Site inspected on"), found.engagement.inspected_on),))


def _assumptions(found: Subject) -> Iterator[Block]:
    """The assumptions entered; then the inputs that are assumptions, each with its reason."""
    words = found.words
    yield from _entered(found, 9, found.engagement.assumptions)
    listed = tuple(assumed_inputs(words, found.sheet.file))
    if listed:
        yield Heading(words(N_("Inputs that are assumptions")), 2)
        yield from listed
