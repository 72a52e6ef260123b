"""What the sheet says of carbon: method, way from pools to credits, issuance, exits, range."""

from collections.abc import Iterator

from app.finance.case.case import CaseFile
from app.finance.case.project import Project
from app.finance.engine import Results
from app.finance.fields import choice_label
from app.formats import number, percent, sentence
from app.i18n import N_, Translator
from app.reports.carbon_facts import (
    SPREAD_COLUMNS,
    TonnesRow,
    counted,
    issuances,
    method_label,
    range_said,
    shown_years,
    spread_texts,
    tonnes,
    tonnes_rows,
    year_heads,
)
from app.reports.document import (
    NOTHING,
    Block,
    Cell,
    Chart,
    ChartKind,
    Column,
    Fact,
    Facts,
    Grid,
    Heading,
    Place,
    Prose,
    Words,
    free,
)
from app.reports.entries import cell, choice, figure, number_cell
from app.reports.market_facts import (
    NO_COMPLIANCE_EXIT,
    exit_groups,
    named_markets,
    signs_explained,
)


def _line(row: TonnesRow, words: Words) -> tuple[Cell, ...]:
    share = percent(row.share) if row.share is not None else ""
    figures = [tonnes(amount) if amount is not None else "" for amount in row.tonnes]
    return (
        cell(words.each(lambda tr: sentence(tr(row.label))), strong=row.strong),
        number_cell(share, strong=row.strong),
        *(number_cell(text, strong=row.strong) for text in figures[:-1]),
        number_cell(figures[-1], row.step, strong=row.strong),
    )


def _way_to_credits(words: Words, results: Results) -> Grid:
    """From the pools over removals and deductions to the credits of the right."""
    carbon = results.carbon
    heads = [
        words.each(lambda tr, at=at: year_heads(carbon, tr)[at])  # type: ignore[misc]
        for at in range(len(shown_years(carbon)))
    ]
    return Grid(
        (
            Column(words(N_("tCO₂e")), 0.9 - 0.16 - 0.18 * len(heads) - 0.08),
            Column(words(N_("Share")), 0.14, numeric=True),
            *(Column(head, 0.18, numeric=True) for head in heads),
            Column(words(N_("Whole plan")), 0.2, numeric=True),
        ),
        tuple(_line(row, words) for row in tonnes_rows(carbon)),
        total=True,
        whole=True,
    )


def carbon(words: Words, file: CaseFile, results: Results) -> Iterator[Block]:
    """Everything of carbon the committee reads before it signs; the years are in the annex."""
    yield Heading(words(N_("Carbon")))
    yield Facts(tuple(_method_facts(words, file.case.project, results)))
    yield _way_to_credits(words, results)
    yield from _exits(words, results)
    if results.carbon.years:
        yield Chart(
            ChartKind.CARBON,
            results,
            words(N_("Removals by pool and credits of the right by year")),
        )
    yield from _issuance(words, results)
    yield from _range(words, results)


def _method_facts(words: Words, inputs: Project, results: Results) -> Iterator[Fact]:
    found = results.carbon
    yield Fact(
        words(N_("Method of accounting")), words(method_label(found)), strong=True, place=Place.LINE
    )
    if found.total_by_pool:
        pools = words.each(lambda tr: counted(found, tr))
        yield Fact(words(N_("What is counted")), pools, place=Place.LINE)
    if inputs.accounting_mode is not None and found.method == "harvest":
        label = choice_label(Project, "accounting_mode", inputs.accounting_mode)
        yield choice(words, N_("Shell and soft tissue"), label)
    if results.values is not None:
        sold = number(results.values.credits_in_horizon_tco2e)
        yield figure(words, N_("Credits within the horizon"), sold, "tCO2e")
    if found.area_ha is not None:
        yield figure(words, N_("Area"), number(found.area_ha), "ha")
    if found.peak_rate_tco2_ha_yr is not None:
        rate = number(found.peak_rate_tco2_ha_yr)
        yield figure(words, N_("Highest removal rate"), rate, "tCO2e/ha/yr")


def _exits(words: Words, results: Results) -> Iterator[Block]:
    """Which markets take the credits, the lack of one with a duty first and in red."""
    if not results.eligibility:
        return
    yield Heading(words(N_("Exits for the credits")), 2)
    groups = exit_groups(results)
    facts = []
    for number_, (label, answers) in enumerate(groups):
        none = number_ == 0 and not answers
        names = words.each(lambda tr, a=answers: named_markets(a, tr))  # type: ignore[misc]
        text = words(NO_COMPLIANCE_EXIT) if none else names
        facts.append(Fact(words(label), text, strong=none, place=Place.LINE, alert=none))
    yield Facts(tuple(facts))
    yield Prose(words.each(lambda tr: _signs(results, tr)), small=True)


def _signs(results: Results, tr: Translator) -> str:
    text = tr(N_("{signs}. Reason, rule and date of all {count} markets are in the annex."))
    return text.format(signs=signs_explained(tr), count=len(results.eligibility))


def _issuance(words: Words, results: Results) -> Iterator[Block]:
    """Credits by verification; the single vintages are in the annex."""
    groups = issuances(results.carbon)
    if not groups:
        return
    yield Heading(words(N_("Issuance of the credits")), 2)
    rows: list[tuple[Cell, ...]] = [
        (
            cell(free(group.issues[0].verified_on.isoformat())),
            cell(free(group.issues[0].issued_on.isoformat())),
            cell(free(group.vintages)),
            number_cell(tonnes(group.credits_tco2)),
        )
        for group in groups
    ]
    total = sum(group.credits_tco2 for group in groups)
    rows.append(
        (
            cell(words(N_("Total")), strong=True),
            cell(NOTHING),
            cell(NOTHING),
            number_cell(tonnes(total), strong=True),
        )
    )
    yield Grid(
        (
            Column(words(N_("Date of verification")), 0.25),
            Column(words(N_("Date of issuance")), 0.25),
            Column(words(N_("Vintages")), 0.25),
            Column(words(N_("Credits (tCO₂e)")), 0.25, numeric=True),
        ),
        tuple(rows),
        total=True,
    )
    if results.carbon.unverified_tco2 > 0:
        yield Prose(
            words(
                N_("{tonnes} tCO₂e lie after the last verification and are not issued."),
                tonnes=tonnes(results.carbon.unverified_tco2),
            ),
            small=True,
        )


def _range(words: Words, results: Results) -> Iterator[Block]:
    """The range of the totals over the draws."""
    found = results.range
    if found is None:
        return
    yield Heading(words(N_("Range of removals and credits")), 2)
    rows = (
        (N_("Removals, whole plan"), found.total_removals_tco2),
        (N_("Credits, whole plan"), found.total_credits_tco2),
    )
    yield Grid(
        (
            Column(words(N_("tCO₂e")), 0.22),
            *(Column(words(head), 0.13, numeric=True) for _, head in SPREAD_COLUMNS),
        ),
        tuple(
            (cell(words(label)), *map(number_cell, spread_texts(spread))) for label, spread in rows
        ),
        marked=1,
    )
    yield Prose(
        words.each(lambda tr: range_said(results.carbon, found, tr)),
        small=True,
    )
