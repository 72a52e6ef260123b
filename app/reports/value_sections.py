"""What the sheet says of the value: evidence, steps, approaches, what is apart, what moves it."""

from collections.abc import Iterator

from app.finance.case.case import CaseFile
from app.finance.case.valuation.scenarios import ScenarioLine
from app.finance.engine import Results
from app.finance.valuation.results import ValueResult
from app.finance.valuation.risk_results import Sensitivity
from app.formats import money, number, percent, sentence
from app.i18n import N_, Translator
from app.reports import risk_facts
from app.reports.apart_facts import (
    APART,
    NEVER_LENT_ON,
    issued_rows,
    option_name,
    option_rows,
    tool_cost_rows,
    tool_rows,
    tool_unit,
)
from app.reports.document import (
    Block,
    Cell,
    Chart,
    ChartKind,
    Column,
    Grid,
    Heading,
    Prose,
    Text,
    Words,
    free,
)
from app.reports.entries import cell, number_cell
from app.reports.evidence_facts import (
    UPPER_BOUND,
    concluded_price_rows,
    model_rows,
    spread_rows,
)
from app.reports.sensitivity_charts import bare_value
from app.reports.value_blocks import (
    FigureColumn,
    facts,
    figure_tables,
    head,
    input_with_unit,
)
from app.reports.value_facts import approach_rows, conclusion_rows


def evidence(words: Words, results: Results) -> Iterator[Block]:
    """The concluded price or only the range, its interval, the second opinion, the chart."""
    found = results.values.evidence if results.values is not None else None
    if found is None:
        return
    yield Heading(words(N_("Price evidence")))
    yield facts(words, (*concluded_price_rows(found), *spread_rows(found), *model_rows(found)))
    caption = words(
        N_("Adjusted prices by the day of the deal; the numbers are those of the annex")
    )
    yield Chart(ChartKind.EVIDENCE, results, caption)
    if found.upper_bound_yuan_t is not None:
        yield Prose(words(UPPER_BOUND), small=True)


def waterfall(words: Words, results: Results) -> Iterator[Block]:
    """The steps from gross over net and prudent to liquidation value."""
    if results.values is None or not results.values.cash_flow:
        return
    yield Heading(words(N_("From gross to liquidation value")))
    caption = words(N_("Each bar is one step; amounts in yuan"))
    yield Chart(ChartKind.WATERFALL, results, caption)


def approaches(words: Words, results: Results) -> Iterator[Block]:
    """Value by each approach with its weight, and the conclusion with its reasons."""
    values = results.values
    if values is None:
        return
    rows = approach_rows(values)
    if len(rows) < 2 and values.conclusion is None:
        return
    yield Heading(words(N_("Approaches and conclusion")))
    concluded = values.conclusion
    lines: list[tuple[Cell, ...]] = [
        (
            cell(words(row.label)),
            number_cell(row.text, row.step),
            number_cell(row.facts["weight"] if row.note else ""),
        )
        for row in rows
    ]
    if concluded is not None:
        amount = number_cell(money(concluded.value_yuan), "value.conclusion", strong=True)
        lines.append((cell(words(N_("Concluded value")), strong=True), amount, number_cell("")))
    yield Grid(
        (
            Column(words(N_("Approach")), 0.5),
            Column(words(N_("yuan")), 0.3, numeric=True),
            Column(words(N_("Weight in the conclusion")), 0.2, numeric=True),
        ),
        tuple(lines),
        total=concluded is not None,
        whole=True,
    )
    if concluded is not None:
        yield facts(words, conclusion_rows(values)[1:])
        if concluded.reasons.strip():
            reasons = free(concluded.reasons.strip())
            yield Prose(words.each(lambda tr: tr(N_("Reasons for the weights: {reasons}")).format(
                reasons=reasons.leading)))  # fmt: skip


def issued(words: Words, results: Results) -> Iterator[Block]:
    """Issued and unsold credits, apart from the right."""
    if results.values is None or results.values.issued is None:
        return
    yield Heading(words(N_("Issued and unsold credits, apart")))
    yield Prose(words(APART))
    yield facts(words, issued_rows(results.values))


def options(words: Words, results: Results) -> Iterator[Block]:
    """Real options, apart, with the sentence that nobody lends on them."""
    found = results.values.options if results.values is not None else ()
    if not found:
        return
    yield Heading(words(N_("Real options, apart")))
    yield Prose(words(NEVER_LENT_ON))
    yield Prose(
        words(N_("No value of the right and no bound of the loan in this document holds it.")),
        small=True,
    )
    for at, option in enumerate(found):
        name = words.each(lambda tr, o=option, n=at: option_name(o, n, tr))  # type: ignore[misc]
        yield Heading(name, 2)
        yield facts(words, option_rows(option, at))


def scenarios(words: Words, file: CaseFile, results: Results) -> Iterator[Block]:
    """The scenarios side by side, the value weighted by their probabilities, what each changes."""
    values = results.values
    if values is None or not values.scenarios:
        return
    yield Heading(words(N_("Scenarios")))
    names = [
        words.each(lambda tr, s=found: sentence(risk_facts.scenario_name(s, tr)))  # type: ignore[misc]
        for found in values.scenarios
    ]
    columns = [
        FigureColumn(head(words, line.label, line.unit), line.texts, strong=line.strong)
        for line in risk_facts.scenario_table(values)
    ]
    yield from figure_tables(Column(words(N_("Scenario")), 0.15), names, columns)
    weighted = risk_facts.weighted_row(values)
    if weighted is not None:
        yield facts(words, (weighted,))
    yield Chart(ChartKind.SCENARIOS, results, words(N_("Values of the scenarios")))
    yield from _assumed(words, file, values, names)


def _assumed(
    words: Words, file: CaseFile, values: ValueResult, names: list[Text]
) -> Iterator[Block]:
    """What each scenario changes against the appraisal, and what it takes as given."""
    lines = file.case.appraisal.scenarios if file.case.appraisal is not None else ()
    if len(lines) != len(values.scenarios):
        return
    rows = []
    for name, line, found in zip(names, lines, values.scenarios, strict=True):
        note = risk_facts.scenario_note(found)

        def said(tr: Translator, line: ScenarioLine = line, note: str = note) -> str:
            changed = risk_facts.scenario_assumed(line, tr)
            return tr(N_("{text}. {note}")).format(text=changed, note=tr(note)) if note else changed

        rows.append((cell(name), cell(words.each(said))))
    heads = (Column(words(N_("Scenario")), 0.2), Column(words(N_("What it changes")), 0.8))
    yield Grid(heads, tuple(rows))


def simulation(words: Words, results: Results) -> Iterator[Block]:
    """Distribution of the net value: percentiles, the loan, the shortfall, how it was drawn."""
    found = results.value_range
    if found is None:
        return
    yield Heading(words(N_("Simulation of the value")))
    yield facts(words, risk_facts.range_rows(found, results))
    drawn = risk_facts.drawn_rows(found)
    if drawn:
        text = N_(
            "The mean differs from the net value of the appraisal where the means of what was "
            "drawn differ from it: factors from 1, the price from its path."
        )
        yield Prose(words(text), small=True)
        yield facts(words, drawn)
    caption = words(N_("Distribution of the net value; figures of the key in 10,000 yuan"))
    yield Chart(ChartKind.DISTRIBUTION, results, caption)
    yield Prose(words.each(lambda tr: risk_facts.range_said(found, tr)), small=True)


def sensitivity(words: Words, results: Results) -> Iterator[Block]:
    """How the net value answers to its inputs: tornado, break-even, global indices."""
    found = results.sensitivity
    if found is None or not found.tornado:
        return
    yield Heading(words(N_("Sensitivity of the net value")))
    yield Chart(ChartKind.TORNADO, results, words(N_("Net value when one input moves")))
    yield _tornado_table(words, found)
    if found.base_net_yuan <= 0:
        text = N_(
            "Elasticity has no meaning where the net value is not above zero; it is left out."
        )
        yield Prose(words(text), small=True)
    yield from _global_indices(words, found)


def _tornado_table(words: Words, found: Sensitivity) -> Grid:
    """Input, its two values and net values, elasticity, and where the net value is zero."""
    points = {point.path: point.value for point in found.break_even}
    rows: list[tuple[Cell, ...]] = [
        (
            cell(words.each(lambda tr, p=bar.path: input_with_unit(p, tr))),  # type: ignore[misc]
            number_cell(bare_value(bar.path, bar.base), strong=True),
            number_cell(bare_value(bar.path, bar.low_input)),
            number_cell(bare_value(bar.path, bar.high_input)),
            number_cell(money(bar.low_net_yuan)),
            number_cell(money(bar.high_net_yuan)),
            number_cell(number(bar.elasticity) if found.base_net_yuan > 0 else "–"),
            number_cell(_zero_at(bar.path, points.pop(bar.path, None))),
        )
        for bar in found.tornado
    ]
    for path, value in points.items():
        if value is not None:
            name = words.each(lambda tr, p=path: input_with_unit(p, tr))  # type: ignore[misc]
            blanks = (number_cell("–"),) * 6
            rows.append((cell(name), *blanks, number_cell(_zero_at(path, value))))
    return Grid(
        (
            Column(words(N_("Input")), 0.19),
            Column(words(N_("In this case")), 0.105, numeric=True),
            Column(words(N_("Lower")), 0.105, numeric=True),
            Column(words(N_("Higher")), 0.105, numeric=True),
            Column(words(N_("Net value, lower (yuan)")), 0.14, numeric=True),
            Column(words(N_("Net value, higher (yuan)")), 0.14, numeric=True),
            Column(words(N_("Elasticity")), 0.075, numeric=True),
            Column(words(N_("Net value is zero at")), 0.14, numeric=True),
        ),
        tuple(rows),
    )


def _zero_at(path: str, value: float | None) -> str:
    return "–" if value is None else bare_value(path, value)


def _global_indices(words: Words, found: Sensitivity) -> Iterator[Block]:
    if not found.sobol:
        return
    yield Heading(words(N_("Global sensitivity, Sobol indices")), 2)
    yield Grid(
        (
            Column(words(N_("Input")), 0.5),
            Column(words(N_("First order S1")), 0.25, numeric=True),
            Column(words(N_("Total ST")), 0.25, numeric=True),
        ),
        tuple(
            (
                cell(words.each(lambda tr, p=row.path: risk_facts.input_name(p, tr))),  # type: ignore[misc]
                number_cell(row.first),
                number_cell(row.total),
            )
            for row in risk_facts.sobol_rows(found)
        ),
    )
    yield Prose(words.each(lambda tr: risk_facts.sobol_said(found, tr)), small=True)


def cost_tool(words: Words, results: Results) -> Iterator[Block]:
    """The figures of the Blue Carbon Cost Tool in its currency."""
    found = results.values.tool if results.values is not None else None
    if found is None:
        return
    yield Heading(words(N_("Figures of the Blue Carbon Cost Tool")))
    yield Prose(
        words(
            N_("In {currency}, at {yuan} yuan for one; the values of the right above are in yuan."),
            currency=found.currency,
            yuan=money(found.yuan_per_unit),
        ),
        small=True,
    )
    yield facts(words, tool_rows(found))
    yield Grid(
        (
            Column(words(N_("Cost")), 0.5),
            Column(head(words, N_("Present value"), tool_unit(found)), 0.3, numeric=True),
            Column(words(N_("Share of the costs")), 0.2, numeric=True),
        ),
        tuple(
            (cell(words(row.label)), number_cell(row.text), number_cell(share))
            for row, share in zip(tool_cost_rows(found), _cost_shares(results), strict=True)
        ),
    )


def _cost_shares(results: Results) -> list[str]:
    tool = results.values.tool if results.values is not None else None
    costs = [] if tool is None else [cost for cost in tool.costs_npv.values() if cost]
    total = sum(costs)
    return [percent(cost / total if total else None) for cost in costs]
