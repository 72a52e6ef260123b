"""The ledger of credits by vintage: a tonne can be pledged or sold once."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.finance.case.carbon.crediting import LedgerKind, LedgerLine
from app.finance.case.project import Project
from app.finance.errors import DomainError
from app.finance.notices import Notice, Severity

TOLERANCE = 1e-9
FORECAST_EXCESS = 0.2
"""Records of a vintage this far above its forecast are told: one of the two is wrong."""


@dataclass(frozen=True, slots=True)
class VintageBalance:
    """Where the credits of one vintage stand, t CO2e.

    `basis` is what exists: issued where anything was issued, else verified, else forecast.
    `free` = basis - sold - retired - pledged; negative where more was promised than is now
    forecast.
    """

    vintage: int
    forecast_tco2: float
    verified_tco2: float
    issued_tco2: float
    sold_tco2: float
    retired_tco2: float
    pledged_tco2: float
    basis: str
    free_tco2: float


_NAMES = {
    LedgerKind.VERIFIED: "verified",
    LedgerKind.ISSUED: "issued",
    LedgerKind.SOLD: "sold",
    LedgerKind.RETIRED: "retired",
    LedgerKind.PLEDGED: "pledged",
}


def _basis(totals: Mapping[str, float], forecast: float) -> tuple[str, float]:
    if totals["issued"] > 0:
        return "issued", totals["issued"]
    if totals["verified"] > 0:
        return "verified", totals["verified"]
    return "forecast", forecast


def _refuse(number: int, line: LedgerLine, limit: float) -> None:
    raise DomainError(
        "ledger_overdrawn",
        path=f"project.ledger.{number}.tonnes",
        value=line.tonnes,
        vintage=line.vintage,
        available=max(limit, 0.0),
    )


def _book(totals: dict[str, float], number: int, line: LedgerLine) -> None:
    """Add one entry to the totals of its vintage; refuse what cannot be."""
    if line.kind is LedgerKind.RELEASED:
        if line.tonnes > totals["pledged"] + TOLERANCE:
            _refuse(number, line, totals["pledged"])
        totals["pledged"] -= line.tonnes
        return
    name = _NAMES[line.kind]
    if name == "issued" and totals["verified"] > 0:
        limit = totals["verified"] - totals["issued"]
        if line.tonnes > limit + TOLERANCE:
            _refuse(number, line, limit)
    if name in ("sold", "retired", "pledged"):
        _, exists = _basis(totals, float("inf"))
        limit = exists - totals["sold"] - totals["retired"] - totals["pledged"]
        if line.tonnes > limit + TOLERANCE:
            _refuse(number, line, limit)
    totals[name] += line.tonnes


def _against_forecast(rows: list[VintageBalance]) -> list[Notice]:
    """Vintages with more verified or issued than the plan makes likely."""
    found = []
    for row in rows:
        recorded = max(row.verified_tco2, row.issued_tco2)
        if recorded > row.forecast_tco2 * (1 + FORECAST_EXCESS) + TOLERANCE:
            facts = {
                "vintage": row.vintage,
                "recorded": recorded,
                "forecast": row.forecast_tco2,
            }
            found.append(
                Notice("recorded_over_forecast", Severity.WARNING, "project.ledger", facts)
            )
    return found


def _before_vintage(project: Project) -> list[Notice]:
    """Entries that say of a tonne that it exists before the year that removes it has begun."""
    facts_only = (LedgerKind.VERIFIED, LedgerKind.ISSUED, LedgerKind.RETIRED)
    return [
        Notice(
            "recorded_before_vintage",
            Severity.WARNING,
            f"project.ledger.{number}.day",
            {"vintage": line.vintage, "day": line.day, "tonnes": line.tonnes},
        )
        for number, line in enumerate(project.ledger)
        if line.kind in facts_only and line.day.year < line.vintage
    ]


def balances(
    project: Project, forecast_by_year: Mapping[int, float]
) -> tuple[tuple[VintageBalance, ...], tuple[Notice, ...]]:
    """Return the balance of each vintage of plan and ledger, oldest first, and the notices.

    Without entries there is nothing to balance.

    Entries are booked in the order of their dates. What is recorded as fact must add up: an
    entry over the free tonnes of an issued or verified vintage is refused. Promises on a
    vintage that is only forecast may come to exceed it when the forecast changes: a red flag.
    Records far above the forecast, and records before the year of the vintage, are warnings.

    Raises:
        DomainError: `ledger_overdrawn` with the line, the vintage and the tonnes available.
    """
    if not project.ledger:
        return (), ()
    names = (*_NAMES.values(),)
    totals: dict[int, dict[str, float]] = {}
    order = sorted(range(len(project.ledger)), key=lambda i: (project.ledger[i].day, i))
    for number in order:
        line = project.ledger[number]
        _book(totals.setdefault(line.vintage, dict.fromkeys(names, 0.0)), number, line)
    rows = []
    notices = []
    for vintage in sorted({*totals, *forecast_by_year}):
        found = totals.get(vintage, dict.fromkeys(names, 0.0))
        forecast = forecast_by_year.get(vintage, 0.0)
        basis, exists = _basis(found, forecast)
        free = exists - found["sold"] - found["retired"] - found["pledged"]
        rows.append(
            VintageBalance(
                vintage=vintage,
                forecast_tco2=forecast,
                verified_tco2=found["verified"],
                issued_tco2=found["issued"],
                sold_tco2=found["sold"],
                retired_tco2=found["retired"],
                pledged_tco2=found["pledged"],
                basis=basis,
                free_tco2=free,
            )
        )
        if free < -TOLERANCE:
            facts = {"vintage": vintage, "promised": exists - free, "forecast": exists}
            notices.append(
                Notice("promised_over_forecast", Severity.RED_FLAG, "project.ledger", facts)
            )
    notices += [*_against_forecast(rows), *_before_vintage(project)]
    pledged = sum(row.pledged_tco2 for row in rows)
    if pledged > 0:
        notices.append(
            Notice("already_pledged", Severity.RED_FLAG, "project.ledger", {"tonnes": pledged})
        )
    return tuple(rows), tuple(notices)
