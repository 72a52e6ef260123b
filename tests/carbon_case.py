"""A case with every part of carbon: pools, deductions, issues, ledger, exits and a range."""

from dataclasses import replace
from typing import Any

from app.finance.case.case import CaseFile
from app.finance.engine import Results, compute_case
from app.finance.sink.eligibility import Answer, Compliance, MarketAnswer, SinkKind
from app.finance.sink.pools import Pool
from app.finance.sink.simulation import CarbonRange, DrawnInput, RangeYear, Spread
from app.finance.sink.tables import SinkTables
from app.services.case_file import validate

PROJECT: dict[str, Any] = {
    "name": "Mangrove of a bay",
    "ecosystem": "mangrove",
    "activity": "planting",
    "quantity_method": "stated",
    "crediting_start": "2025-01-01",
    "crediting_end": "2028-12-31",
    "uncertainty_discount": 0.1,
    "leakage_share": 0,
    "buffer_share": 0.2,
    "stated_unit": "tCO2e",
    "site_area_ha": 50,
    "stated": [
        {"first_year": 2025, "last_year": 2026, "tonnes_per_year": 100},
        {"first_year": 2027, "last_year": 2028, "tonnes_per_year": 300},
    ],
    "adjustments": [
        {"kind": "baseline", "first_year": 2025, "last_year": 2028, "tonnes_per_year": 10}
    ],
    "verifications": [{"monitored_to": "2026-12-31", "verified_on": "2027-03-31"}],
    "issuance_lag_months": 6,
    "ledger": [
        {"day": "2026-02-01", "kind": "pledged", "vintage": 2025, "tonnes": 20},
    ],
    "sites": [{"name": "North flat", "latitude": 24.4, "longitude": 117.9, "area_ha": 50}],
}


def account() -> dict[str, Any]:
    """A case document without appraisal, loan or policy."""
    return {"schema_version": 1, "project": {**PROJECT}}


def planted() -> dict[str, Any]:
    """A planting of which carbon content and soil are left to the published defaults."""
    kept = ("name", "ecosystem", "crediting_start", "crediting_end", "leakage_share")
    return {
        "schema_version": 1,
        "project": {
            **{name: PROJECT[name] for name in kept},
            "quantity_method": "ar_am0014",
            "uncertainty_discount": 0,
            "buffer_share": 0.1,
            "cohorts": {
                "survival_share": 0.8,
                "growth_basis": "dbh_table",
                "roots": "tool14",
                "plantings": [{"year": 2025, "area_ha": 40, "species": "Kandelia obovata"}],
                "trees_per_ha": 4000,
                "dbh_by_age": [
                    {"age": 5, "dbh_cm": 3.0, "height_m": 1.5},
                    {"age": 10, "dbh_cm": 5.0, "height_m": 2.5},
                ],
                "soil_pool": "counted",
                "baseline_tco2e_ha_yr": 0,
                "degraded_habitat": "yes",
                "mangrove_or_hydrology": "yes",
                "soil_disturbance_low": "yes",
            },
        },
    }


def market(name: str, answer: Answer, compliance: Compliance, **more: Any) -> MarketAnswer:
    """What one market says."""
    said: dict[str, Any] = {
        "market": name,
        "name_zh": f"{name}市场",
        "sink": SinkKind.MANGROVE_PLANTING,
        "answer": answer,
        "compliance": compliance,
        "territory": "CN",
        "reason": "The market accepts this sink under its own rule.",
        "detail": "",
        "detail_zh": "",
        "rule": f"rule of {name}",
        "rule_zh": f"{name}规则",
        "as_of": "2026-03",
        "source": "the market",
        **more,
    }
    return MarketAnswer(**said)


MARKETS = (
    market("Closed", Answer.NO, Compliance.BOTH),
    market("Unseen", Answer.UNKNOWN, Compliance.NO, as_of="-"),
    market("Voluntary", Answer.CONDITIONAL, Compliance.NO, detail="Only after a field visit."),
    market("National", Answer.YES, Compliance.BOTH),
    market("Elsewhere", Answer.YES, Compliance.YES, territory="AU"),
)


def spread(middle: float) -> Spread:
    """A spread around a number, its percentiles 10 apart."""
    return Spread(middle, 12.0, middle - 20, middle - 10, middle, middle + 10, middle + 20)


RANGE = CarbonRange(
    draws=10_000,
    seed=7,
    total_removals_tco2=spread(801.0),
    total_credits_tco2=spread(547.0),
    standard_error_tco2=0.12,
    reach_estimate_share=0.5025,
    years=tuple(RangeYear(year, spread(200.0), spread(130.0)) for year in range(2025, 2029)),
    inputs=(DrawnInput("project.stated.1.tonnes_per_year", "normal", 300.5, 15.0, 0.0125),),
)


def computed(
    document: dict[str, Any],
    *,
    markets: tuple[MarketAnswer, ...] = MARKETS,
    found: CarbonRange | None = None,
) -> tuple[CaseFile, Results]:
    """The case with its results, the markets' answers and a range put in."""
    file = validate(document)
    results = compute_case(file.case, SinkTables({}))
    return file, replace(results, eligibility=markets, range=found)


def with_pools(results: Results, pools: dict[Pool, float]) -> Results:
    """The results with the removals of every year divided otherwise, tonnes a year each."""
    by_code = {pool.value: tonnes for pool, tonnes in pools.items()}
    years = tuple(replace(row, pools=dict(by_code)) for row in results.carbon.years)
    totals = {code: tonnes * len(years) for code, tonnes in by_code.items()}
    carbon = replace(results.carbon, years=years, total_by_pool=totals)
    return replace(results, carbon=carbon)
