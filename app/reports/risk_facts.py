"""What screen and paper say of the risk of a value: range, scenarios, sensitivity."""

from dataclasses import dataclass

from app.finance.case.valuation.scenarios import ScenarioLine
from app.finance.case.valuation.simulation import ValueSimulation
from app.finance.engine import Results
from app.finance.fields import choice_label, fields_of
from app.finance.valuation.results import ValueResult
from app.finance.valuation.risk_results import (
    ScenarioResult,
    Sensitivity,
    SensitivityGrid,
    ValueRange,
)
from app.finance.valuation.sensitivity_inputs import StepKind, step_of
from app.formats import money, number, percent, plain, quantity, sentence, unit
from app.i18n import N_, Translator
from app.messages.sensitivity_words import (
    BREAK_EVEN_REASONS,
    SCENARIO_NOTES,
    SENSITIVITY_LABELS,
    STEP_WORDS,
    sensitivity_unit,
)
from app.reports.value_facts import FactRow

RANGE_COLUMNS: tuple[tuple[str, str], ...] = tuple(
    (name, f"P{name}") for name in ("5", "10", "25", "50", "75", "90", "95")
)
"""Percentiles of the value that are shown, with their heads; those not computed are passed over."""

DRAWN_MEANS = {
    "price_yuan_t": N_("Mean of the drawn price, undiscounted"),
    "yield_factor": N_("Mean factor of the tonnes"),
    "delivered_share": N_("Share of the issues delivered"),
    "cost_factor": N_("Mean factor of the costs"),
}

_DRAWN_UNITS = {"price_yuan_t": "yuan/t"}

_NO_CHANGE = ("kind", "name", "probability")
"""Columns of a scenario that change nothing."""

_THOUSAND, _MILLION = 1_000, 1_000_000


def range_rows(found: ValueRange, results: Results) -> tuple[FactRow, ...]:
    """Return mean with its standard error, estimate, percentiles, probabilities, shortfall."""
    rows = [
        FactRow(
            N_("Mean of the net value"),
            money(found.mean_yuan),
            "yuan",
            strong=True,
            note=N_("standard error {error} yuan"),
            facts={"error": money(found.standard_error_yuan)},
        )
    ]
    if results.values is not None:
        net = money(results.values.net_yuan)
        rows.append(FactRow(N_("Net value of the appraisal"), net, "yuan", "value.net"))
    rows.append(FactRow(N_("Standard deviation"), money(found.sd_yuan), "yuan"))
    rows += [
        FactRow(head, money(found.percentiles[name]), "yuan")
        for name, head in RANGE_COLUMNS
        if name in found.percentiles
    ]
    rows.append(FactRow(N_("Probability of a negative value"), percent(found.probability_negative)))
    if found.probability_below_loan is not None and found.loan_yuan is not None:
        rows.append(
            FactRow(
                N_("Probability that the value is below the loan"),
                percent(found.probability_below_loan),
                strong=True,
                note=N_("loan of {loan} yuan"),
                facts={"loan": money(found.loan_yuan)},
            )
        )
    rows.append(
        FactRow(
            N_("Expected shortfall"),
            money(found.expected_shortfall_yuan),
            "yuan",
            note=N_("mean of the worst {level} of the scenarios"),
            facts={"level": percent(found.shortfall_level, 1)},
        )
    )
    return tuple(rows)


def drawn_rows(found: ValueRange) -> tuple[FactRow, ...]:
    """Return the means of what was drawn: why the mean is not the net value of the appraisal."""
    return tuple(
        FactRow(label, number(found.drawn_means[code], 4), _DRAWN_UNITS.get(code, ""))
        for code, label in DRAWN_MEANS.items()
        if code in found.drawn_means
    )


def range_said(found: ValueRange, tr: Translator) -> str:
    """Say how a value range was drawn, so that it can be drawn again."""
    text = tr(N_("{scenarios} scenarios from seed {seed}; sampling: {sampling}."))
    said = text.format(
        scenarios=f"{found.scenarios:,}",
        seed=found.seed,
        sampling=tr(choice_label(ValueSimulation, "sampling", found.sampling)),
    )
    if found.replicates > 1:
        tail = tr(
            N_("The standard error comes from {replicates} independent scrambles of the points.")
        )
        said = f"{said} {tail.format(replicates=found.replicates)}"
    return said


def scenario_name(found: ScenarioResult, tr: Translator) -> str:
    """Return the name of a scenario: the one a person gave, else that of its kind."""
    return found.name or sentence(tr(choice_label(ScenarioLine, "kind", found.kind)))


def scenario_assumed(line: ScenarioLine, tr: Translator) -> str:
    """Say what a scenario changes: each column that is not neutral, with its figure."""
    said = []
    for spec in fields_of(ScenarioLine):
        value = getattr(line, spec.name)
        if spec.name in _NO_CHANGE or not value:
            continue
        shown = str(value)
        if spec.field.percent:
            sign = "+" if value > 0 and spec.name.endswith("_change") else ""
            shown = f"{sign}{quantity(value, 'share', tr)}"
        elif spec.field.unit:
            shown = f"{value} {unit(spec.field.unit, tr)}"
        text = tr(N_("{label} {figure}"))
        said.append(text.format(label=tr(spec.field.label), figure=shown))
    return tr(N_("; ")).join(said) if said else tr(N_("as in the appraisal"))


def scenario_note(found: ScenarioResult) -> str:
    """Return the message id of what a scenario takes as given; "" when it is nothing special."""
    return SCENARIO_NOTES.get(found.kind, "")


@dataclass(frozen=True, slots=True)
class SideBySide:
    """One line of the table of scenarios: message id of its name, unit, a figure for each."""

    label: str
    unit: str
    texts: tuple[str, ...]
    negative: tuple[bool, ...]
    strong: bool = False


def scenario_table(values: ValueResult) -> tuple[SideBySide, ...]:
    """Return the lines of the scenarios side by side, a column for each of `values.scenarios`."""
    found = values.scenarios

    def line(
        label: str, unit: str, amounts: list[float | None], *, share: bool = False
    ) -> SideBySide:
        shown = tuple(percent(a) if share else money(a) for a in amounts)
        below = tuple(a is not None and a < 0 for a in amounts)
        return SideBySide(label, unit, shown, below)

    lines = [
        line(N_("Net value"), "yuan", [float(s.net_yuan) for s in found]),
        line(N_("Change of the net value"), "", [s.change for s in found], share=True),
        line(N_("Prudent value"), "yuan", [float(s.prudent_yuan) for s in found]),
        line(N_("Liquidation value"), "yuan", [float(s.liquidation_yuan) for s in found]),
        line(N_("Credits within the horizon"), "tCO2e", [s.credits_tco2e for s in found]),
        line(N_("Revenue"), "yuan", [s.revenue_yuan for s in found]),
    ]
    if any(s.probability is not None for s in found):
        lines.append(line(N_("Probability"), "", [s.probability for s in found], share=True))
    return tuple(lines)


def weighted_row(values: ValueResult) -> FactRow | None:
    """Return the probability-weighted net value of the scenarios; None without probabilities."""
    if values.weighted_scenarios_yuan is None:
        return None
    amount = money(values.weighted_scenarios_yuan)
    return FactRow(N_("Net value weighted by probability"), amount, "yuan", strong=True)


def input_name(path: str, tr: Translator) -> str:
    """Return the name of an input of the sensitivity."""
    return tr(SENSITIVITY_LABELS.get(path, path))


def input_value(path: str, value: float | None, tr: Translator) -> str:
    """Return a value of an input of the sensitivity with its unit."""
    code = sensitivity_unit(path)
    digits = None if code in ("share", "1/yr") else 2
    return quantity(value, code, tr, digits=0 if code in ("month", "yr") else digits)


def grid_value(path: str, value: float) -> str:
    """Return a value of an input at the edge of the grid, without its unit and short."""
    if sensitivity_unit(path) in ("share", "1/yr"):
        return percent(value, 1)
    return number(value, 0 if abs(value) >= _THOUSAND else 2)


def grid_scale(grid: SensitivityGrid) -> tuple[float, str]:
    """Return what the net values of a grid are divided by, and the unit code of the quotient."""
    largest = max(abs(net) for row in grid.net_yuan for net in row)
    return (10_000.0, "10k yuan") if largest >= _MILLION else (1.0, "yuan")


def grid_said(grid: SensitivityGrid, tr: Translator) -> str:
    """Say what lies along the two edges of the grid, and the unit of its figures."""
    text = tr(
        N_("Net value in {unit}. Down: {rows} ({rows_unit}); across: {columns} ({columns_unit}).")
    )
    units = [unit(sensitivity_unit(path), tr) or "%" for path in (grid.row_path, grid.column_path)]
    return text.format(
        unit=unit(grid_scale(grid)[1], tr),
        rows=input_name(grid.row_path, tr),
        rows_unit=units[0],
        columns=input_name(grid.column_path, tr),
        columns_unit=units[1],
    )


def step_said(path: str, tr: Translator) -> str:
    """Say how an input is stepped in the tornado."""
    step = step_of(path)
    relative = step.kind in (StepKind.RELATIVE, StepKind.WHOLE_YEARS)
    if relative:
        size = percent(step.size, 0)
    else:
        size = plain(step.size * 100 if step.kind is StepKind.POINTS else step.size)
    return tr(STEP_WORDS[step.kind]).format(size=size)


@dataclass(frozen=True, slots=True)
class TornadoRow:
    """One bar of the tornado in words: input, its step, its two values, the two net values."""

    path: str
    step: str
    low_input: str
    high_input: str
    low_net: str
    high_net: str
    swing: str
    elasticity: str
    negative: tuple[bool, bool]


def tornado_rows(found: Sensitivity, tr: Translator) -> tuple[TornadoRow, ...]:
    """Return the bars of the tornado from the widest to the narrowest, net values in yuan."""
    return tuple(
        TornadoRow(
            bar.path,
            step_said(bar.path, tr),
            input_value(bar.path, bar.low_input, tr),
            input_value(bar.path, bar.high_input, tr),
            money(bar.low_net_yuan),
            money(bar.high_net_yuan),
            money(abs(bar.high_net_yuan - bar.low_net_yuan)),
            number(bar.elasticity),
            (bar.low_net_yuan < 0, bar.high_net_yuan < 0),
        )
        for bar in found.tornado
    )


@dataclass(frozen=True, slots=True)
class BreakEvenRow:
    """The value of an input at which the net value is zero, or why there is none."""

    path: str
    base: str
    value: str
    reason: str


def break_even_rows(found: Sensitivity, tr: Translator) -> tuple[BreakEvenRow, ...]:
    """Return the break-even value of each input, beside the value of the case."""
    bases = {bar.path: bar.base for bar in found.tornado}
    return tuple(
        BreakEvenRow(
            point.path,
            input_value(point.path, bases.get(point.path), tr),
            "" if point.value is None else input_value(point.path, point.value, tr),
            tr(BREAK_EVEN_REASONS.get(point.reason, "")),
        )
        for point in found.break_even
    )


@dataclass(frozen=True, slots=True)
class IndexRow:
    """Sobol indices of an input, each with the half-width of its interval."""

    path: str
    first: str
    total: str
    total_share: float


def sobol_rows(found: Sensitivity) -> tuple[IndexRow, ...]:
    """Return the global indices, the largest total index first; () when none were drawn."""

    def text(value: float, reach: float) -> str:
        return f"{number(value)} ± {number(reach)}"

    ordered = sorted(found.sobol, key=lambda index: -index.total)
    return tuple(
        IndexRow(
            index.path,
            text(index.first, index.first_conf),
            text(index.total, index.total_conf),
            min(max(index.total, 0.0), 1.0),
        )
        for index in ordered
    )


def sobol_said(found: Sensitivity, tr: Translator) -> str:
    """Say how the global indices were drawn."""
    text = tr(
        N_(
            "{samples} base samples from seed {seed}, each input over the range of its step; "
            "S1 is the share of the variance an input makes alone, ST that with its interactions."
        )
    )
    return text.format(samples=f"{found.sobol_samples:,}", seed=found.sobol_seed)
