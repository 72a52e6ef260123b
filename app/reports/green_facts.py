"""What window, paper and command line say of the green class: item, decision, indicators."""

from app.finance.case.case import Case
from app.finance.case.lending.green import Green
from app.finance.fields import choice_label
from app.finance.lending.life_results import GreenResult, KpiResult
from app.formats import money, number, plain
from app.i18n import N_
from app.messages import spec_at
from app.messages.lending_words import GREEN_NOTES, KPI_STATES
from app.reports.fact_tables import FactCell, FactHead, FactTable, day, free_row, listed, words
from app.reports.value_facts import FactRow

_NONE = "–"

REFUSED = N_(
    "the program: the own file {file} was refused, line {line}, {column}: given {given}; expected "
    "{expected}"
)
"""Why the user's catalogue did not take the place of the shipped one."""


def green_rows(case: Case, found: GreenResult) -> tuple[FactRow, ...]:
    """Return edition, class, item and code, who decided and checked, transition, rate, tonnes."""
    entered = None if case.loan is None else case.loan.green
    if entered is None:
        return ()
    return (
        *_item_rows(entered, found),
        *_decision_rows(entered, found),
        *_step_rows(found),
        *_statistics(entered, found),
    )


def _item_rows(entered: Green, found: GreenResult) -> tuple[FactRow, ...]:
    code = GREEN_NOTES["verified" if found.verified_code else "unverified"]
    from_day = "" if found.in_force_from is None else found.in_force_from.isoformat()
    return (
        free_row(
            N_("Catalogue edition"),
            found.edition,
            note=N_("in force from {day}") if from_day else "",
            day=from_day,
        ),
        FactRow(
            N_("Classified as"),
            words=choice_label(Green, "answer", found.answer),
            strong=True,
        ),
        free_row(N_("Item"), found.item),
        free_row(N_("Item code"), found.item_code, note=code if found.item_code else ""),
        free_row(N_("Evidence"), " ".join(entered.evidence.split())),
        *_catalogue_rows(found),
    )


def _catalogue_rows(found: GreenResult) -> tuple[FactRow, ...]:
    """Whether the catalogue is the user's own file, or why that file was refused."""
    if found.own_catalogue:
        return (FactRow(N_("Catalogue of"), words=N_("the user's own file")),)
    fault = found.refused
    if fault is None:
        return ()
    facts = {
        "file": fault.file,
        "line": str(fault.line),
        "column": fault.column,
        "given": fault.given or _NONE,
        "expected": fault.expected,
    }
    return (FactRow(N_("Catalogue of"), words=REFUSED, facts=facts, strong=True),)


def _who(name: str, when: object) -> str:
    said = [str(part) for part in (name, when) if part]
    return " · ".join(said)


def _decision_rows(entered: Green, found: GreenResult) -> tuple[FactRow, ...]:
    rule = {True: "transitional", False: "current", None: "unknown"}[found.transitional]
    eyes = {True: "four_eyes", False: "two_eyes", None: "open"}[found.four_eyes]
    return (
        free_row(N_("Decided by"), _who(entered.decided_by, entered.decided_on)),
        free_row(N_("Checked by"), _who(entered.checked_by, entered.checked_on)),
        FactRow(N_("Decision"), words=GREEN_NOTES[eyes]),
        FactRow(N_("Transition of the catalogue"), words=GREEN_NOTES[rule]),
    )


def _step_rows(found: GreenResult) -> tuple[FactRow, ...]:
    if found.rate_step_bp is None:
        return ()
    step = f"{found.rate_step_bp:+g}".replace("-", "−")
    rows = [FactRow(N_("Change of the rate by the indicators"), step, "bp")]
    if found.step_from is not None:
        rows.append(FactRow(N_("Counts from"), found.step_from.isoformat()))
    if found.step_yuan_yr is not None:
        rows.append(
            FactRow(
                N_("Change of the interest"),
                money(found.step_yuan_yr),
                "yuan/yr",
                note=N_("on the balance of that day; the schedule keeps the rate of the contract"),
            )
        )
    return tuple(rows)


def _statistics(entered: Green, found: GreenResult) -> tuple[FactRow, ...]:
    rows = [
        FactRow(
            N_("Removed or saved"),
            number(found.avoided_tco2e_yr),
            "tCO2e/yr",
            note=N_("mean yearly credits of the case") if found.avoided_from_case else "",
        )
    ]
    rows += [
        FactRow(label, plain(amount), unit)
        for label, amount, unit in (
            (N_("Area restored"), entered.restored_ha, "ha"),
            (N_("Energy saved"), entered.energy_saved_tce_yr, "tce/yr"),
            (N_("Jobs"), entered.jobs, ""),
        )
        if amount is not None
    ]
    return tuple(rows)


def green_missing(found: GreenResult) -> FactCell:
    """Return the names of what the decision still lacks; an empty cell when it lacks nothing."""
    specs = [spec_at(path) for path in found.missing]
    return listed(*(words(spec.field.label) for spec in specs if spec is not None))


def _kpi(kpi: KpiResult) -> tuple[FactCell, ...]:
    return (
        FactCell(kpi.name),
        day(kpi.test_day),
        FactCell(f"{plain(kpi.target)} {kpi.unit}".strip()),
        FactCell(_NONE if kpi.actual is None else f"{plain(kpi.actual)} {kpi.unit}".strip()),
        words(KPI_STATES[kpi.met]),
        FactCell(kpi.verifier or _NONE),
    )


def kpi_table(found: GreenResult) -> FactTable | None:
    """Return the indicators with target, what was found and whether it was met."""
    if not found.kpis:
        return None
    heads = (
        FactHead(N_("Indicator"), numeric=False),
        FactHead(N_("Tested on"), numeric=False),
        FactHead(N_("Target")),
        FactHead(N_("Found")),
        FactHead(N_("Met"), numeric=False),
        FactHead(N_("Verified by"), numeric=False),
    )
    return FactTable(heads, tuple(map(_kpi, found.kpis)))
