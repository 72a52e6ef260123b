"""What window, paper and command line say of the loss: perils, distribution, exceedance, checks."""

from app.finance.case.case import Case
from app.finance.case.cover.perils import DamageBasis, DamageLaw, PerilLine
from app.finance.insurance.part_results import ReturnPoint
from app.finance.insurance.results import (
    QUANTILES,
    EngineCheck,
    InsuranceResult,
    LossDistribution,
    PerilResult,
)
from app.formats import money, number, percent, plain
from app.i18n import N_
from app.messages.insurance_words import (
    ENGINE_NOTES,
    ENGINES,
    FREQUENCY_BASES,
    METHODS,
    choice_word,
)
from app.reports.fact_tables import (
    EMPTY_CELL,
    FactCell,
    FactHead,
    FactTable,
    figure,
    listed,
    share,
    without,
    without_empty,
    words,
    yuan,
)
from app.reports.insurance_facts import known_step, months_cell
from app.reports.value_facts import FactRow

_LAW = "insurance.distribution"
"""Where the workings of the law stand."""

_WORKED_LEVEL = 0.99
"""The level of a loss not exceeded that has a working."""

_EVENT_DIGITS = 4
_PERIL_OPTIONAL = (1, 2)
_ALL = N_("all")
"""What a peril hits that names no head or site."""


def peril_pairs(
    case: Case, insurance: InsuranceResult
) -> tuple[tuple[PerilLine | None, PerilResult], ...]:
    """Return each peril that was priced with the line it was entered on, None without one."""
    lines = list(case.insurance.perils) if case.insurance is not None else []
    pairs: list[tuple[PerilLine | None, PerilResult]] = []
    for found in insurance.perils:
        name = (found.peril, found.head, found.site)
        line = next((at for at in lines if (at.peril, at.head, at.site) == name), None)
        if line is not None:
            lines.remove(line)
        pairs.append((line, found))
    return tuple(pairs)


def peril_table(case: Case, insurance: InsuranceResult) -> FactTable | None:
    """Return each peril with its events, ground-up and paid, and what it costs; None without.

    What the frequency entered counts is said in words in each line; ground-up events are those in
    the period on risk, paid or not.
    """
    pairs = peril_pairs(case, insurance)
    if not pairs:
        return None
    heads = (
        FactHead(N_("Peril"), numeric=False),
        FactHead(N_("Head"), numeric=False),
        FactHead(N_("Site"), numeric=False),
        FactHead(N_("Frequency"), "events/yr"),
        FactHead(N_("Events counted"), numeric=False),
        FactHead(N_("Ground-up events")),
        FactHead(N_("Events paid")),
        FactHead(N_("Mean ground-up loss"), "yuan"),
        FactHead(N_("Pure premium"), "yuan"),
    )
    rows = tuple(
        (
            words(choice_word("peril", found.peril)),
            FactCell(found.head) if found.head else words(_ALL),
            FactCell(found.site) if found.site else words(_ALL),
            figure(line.events_per_year, _EVENT_DIGITS) if line is not None else EMPTY_CELL,
            words(FREQUENCY_BASES[line.frequency_basis]) if line is not None else EMPTY_CELL,
            figure(found.events_ground_up, _EVENT_DIGITS),
            figure(found.events_paid, _EVENT_DIGITS),
            yuan(found.mean_loss_yuan),
            yuan(
                found.pure_premium_yuan,
                known_step(insurance, f"insurance.perils.{place}.pure_premium"),
            ),
        )
        for place, (line, found) in enumerate(pairs)
    )
    table = FactTable(heads, rows)
    same = [
        place for place in _PERIL_OPTIONAL if all(row[place].words == _ALL for row in table.rows)
    ]
    return without(table, same)


def _damage(line: PerilLine) -> FactCell:
    """The mean damage entered, as a share of the value on risk or in yuan."""
    if line.mean_damage is None:
        return EMPTY_CELL
    if line.damage_basis is DamageBasis.YUAN:
        return words(N_("{amount} yuan"), amount=money(line.mean_damage))
    return share(line.mean_damage)


def _law(line: PerilLine) -> FactCell:
    """The law of the damage with what else it takes."""
    parts = [words(choice_word("law", line.damage_law))]
    if line.curve:
        parts.append(FactCell(line.curve))
    for message, amount in (
        (N_("shape {figure}"), line.shape),
        (N_("scale {figure}"), line.scale),
        (N_("threshold {figure}"), line.threshold or None),
        (N_("no damage in {figure}"), line.no_damage_share or None),
        (N_("total loss in {figure}"), line.total_loss_share or None),
    ):
        if amount is not None:
            shares = message in (N_("no damage in {figure}"), N_("total loss in {figure}"))
            parts.append(words(message, figure=percent(amount) if shares else plain(amount)))
    return listed(*parts)


def _number_law(line: PerilLine) -> FactCell:
    law = words(choice_word("number", line.frequency_law))
    if line.variance_to_mean is None:
        return law
    return listed(
        law, words(N_("variance over mean {figure}"), figure=plain(line.variance_to_mean))
    )


def model_table(case: Case) -> FactTable | None:
    """Return the parameters of each peril with their source; None without perils."""
    lines = case.insurance.perils if case.insurance is not None else ()
    if not lines:
        return None
    heads = (
        FactHead(N_("Peril"), numeric=False),
        FactHead(N_("Law of the number"), numeric=False),
        FactHead(N_("Law of the damage"), numeric=False),
        FactHead(N_("Mean damage")),
        FactHead(N_("Spread"), "sd/mean"),
        FactHead(N_("Months")),
        FactHead(N_("Source"), numeric=False),
    )
    rows = tuple(
        (
            words(choice_word("peril", line.peril)),
            _number_law(line),
            _law(line),
            _damage(line),
            figure(line.damage_cv) if line.damage_law is not DamageLaw.FIXED else EMPTY_CELL,
            months_cell(line.first_month, line.last_month),
            FactCell(line.source) if line.source else words(N_("not entered")),
        )
        for line in lines
    )
    return without_empty(FactTable(heads, rows), (3, 4))


def distribution_rows(insurance: InsuranceResult) -> tuple[FactRow, ...]:
    """Return method, mean, spread and chance of no loss of a policy year; () without a law."""
    found = insurance.distribution
    if found is None:
        return ()
    rows = [
        _method_row(found),
        FactRow(
            N_("Mean loss of the first policy year"),
            money(found.mean_yuan),
            "yuan",
            f"{_LAW}.mean",
            strong=True,
        ),
        FactRow(N_("Standard deviation"), money(found.sd_yuan), "yuan", f"{_LAW}.sd"),
        FactRow(N_("Skewness"), number(found.skewness)),
        FactRow(
            N_("Chance of no loss"),
            percent(found.p_no_loss),
            "",
            f"{_LAW}.p_no_loss",
            strong=True,
        ),
    ]
    rows += _pml_rows(found)
    if found.standard_error is not None:
        label = N_("Standard error of the mean")
        rows.append(FactRow(label, money(found.standard_error), "yuan"))
    if found.step_yuan:
        rows.append(FactRow(N_("Step of the grid"), money(found.step_yuan), "yuan"))
        tail = f"{found.tail_mass:.1e}" if found.tail_mass else "0"
        rows.append(FactRow(N_("Probability beyond the grid"), tail))
    return tuple(rows)


def _pml_rows(found: LossDistribution) -> list[FactRow]:
    """The probable maximum loss of each return period that has one."""
    labels = {
        100: N_("Probable maximum loss of 100 years (PML)"),
        200: N_("Probable maximum loss of 200 years (PML)"),
    }
    note = N_("loss of one event (OEP) that is exceeded in a year with {chance}")
    return [
        FactRow(
            labels[years], money(loss), "yuan", f"{_LAW}.pml_{years}", note=note,
            facts={"chance": percent(1 / years)},
        )
        for years, loss in found.pml.items()
        if loss is not None
    ]  # fmt: skip


def _method_row(found: LossDistribution) -> FactRow:
    """How the law was found; a simulated one with its years and its seed."""
    label, said = N_("Distribution by"), METHODS[found.method]
    if found.years is None:
        return FactRow(label, words=said)
    facts = {"years": number(found.years, 0), "seed": str(found.seed)}
    return FactRow(label, words=said, note=N_("{years} years, seed {seed}"), facts=facts)


def quantile_table(found: LossDistribution | None) -> FactTable | None:
    """Return value at risk and tail value at risk at each level; None without a distribution."""
    if found is None:
        return None
    heads = (
        FactHead(N_("Level")),
        FactHead(N_("Loss not exceeded (VaR)"), "yuan"),
        FactHead(N_("Mean of the worst beyond it (TVaR)"), "yuan"),
    )
    rows = tuple(
        (
            FactCell(percent(level, 1)),
            yuan(value, f"{_LAW}.var_99" if level == _WORKED_LEVEL else ""),
            yuan(tail, f"{_LAW}.tvar_99" if level == _WORKED_LEVEL else ""),
        )
        for level, value, tail in zip(QUANTILES, found.quantiles, found.tvar, strict=True)
    )
    return FactTable(heads, rows)


def exceedance_table(points: tuple[ReturnPoint, ...], insured: float) -> FactTable | None:
    """Return the loss of a year and of one event by return period; None without points.

    Losses stand in yuan and as shares of the sum insured; the column of events is left out where
    it is not known.
    """
    if not points:
        return None
    heads = (
        FactHead(N_("Return period"), "yr"),
        FactHead(N_("Exceeded in a year with")),
        FactHead(N_("Loss of a year (AEP)"), "yuan"),
        FactHead(N_("Of the sum insured")),
        FactHead(N_("Loss of one event (OEP)"), "yuan"),
    )
    rows = tuple(
        (
            FactCell(str(point.years)),
            share(1 / point.years),
            yuan(point.aep_yuan),
            share(point.aep_yuan / insured if insured else None),
            yuan(point.oep_yuan),
        )
        for point in points
    )
    table = FactTable(heads, rows)
    return without(table, () if any(point.oep_yuan is not None for point in points) else (4,))


def check_table(found: LossDistribution | None) -> FactTable | None:
    """Return the same figures by other ways, with their distance from ours; None without any."""
    if found is None or not found.checks:
        return None
    heads = (
        FactHead(N_("Way"), numeric=False),
        FactHead(N_("Mean"), "yuan"),
        FactHead(N_("Off ours by")),
        FactHead(N_("Standard error"), "yuan"),
        FactHead(N_("Standard deviation"), "yuan"),
        FactHead(N_("Loss not exceeded at 99%"), "yuan"),
        FactHead(N_("Note"), numeric=False),
    )
    own = (
        words(METHODS[found.method]),
        yuan(found.mean_yuan),
        EMPTY_CELL,
        yuan(found.standard_error),
        yuan(found.sd_yuan),
        yuan(found.quantiles[QUANTILES.index(_WORKED_LEVEL)]),
        words(N_("printed")),
    )
    rows = (own, *(_check(check, found.mean_yuan) for check in found.checks))
    return FactTable(heads, rows, marked=(0,))


def _check(check: EngineCheck, mean: float) -> tuple[FactCell, ...]:
    return (
        words(ENGINES[check.engine]),
        yuan(check.mean_yuan),
        share(check.mean_yuan / mean - 1, 4) if mean else EMPTY_CELL,
        yuan(check.standard_error),
        yuan(check.sd_yuan),
        yuan(check.var99_yuan),
        words(ENGINE_NOTES[check.note]) if check.note else EMPTY_CELL,
    )
