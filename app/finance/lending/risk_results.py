"""What stress and credit risk find, as plain records."""

from dataclasses import dataclass
from datetime import date

from app.finance.explain import Step


@dataclass(frozen=True, slots=True)
class StressCase:
    """One stress: what it leaves of value, cover and path.

    `code` is "base", "S1" to "S8" or "own"; `name` is what a person called an own one. Values in
    yuan at the level the loan is sized on. `max_loan_to_value` is None when the value is gone
    while something is owed (`uncovered_from`). `shortfall_yuan` is what the cash of the first
    year that falls short lacks. `ecl_yuan` is the expected credit loss of twelve months, None
    without credit inputs. `break_even_price_yuan_t` is the price of the valuation date at which
    the minimum DSCR is 1 with all else as in the stress; zero when the cash pays the debt
    without any price, None when no price does. `reason` is "fixed_rate" where a higher LPR
    does not move the loan, else "".
    """

    code: str
    name: str
    changes: dict[str, float]
    value_yuan: float
    value_change: float | None
    min_dscr: float | None
    max_loan_to_value: float | None
    uncovered_from: date | None
    coverage: float | None
    shortfall_on: date | None
    shortfall_yuan: float
    ecl_yuan: float | None
    break_even_price_yuan_t: float | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class HeatTable:
    """Price changes by rows, tonnes changes by columns; values row by row.

    `coverage` is counted security over the loan, `min_dscr` the minimum over the years; None
    where there is none.
    """

    price_changes: tuple[float, ...]
    tonnes_changes: tuple[float, ...]
    coverage: tuple[tuple[float | None, ...], ...]
    min_dscr: tuple[tuple[float | None, ...], ...]


@dataclass(frozen=True, slots=True)
class StressResult:
    """The base, the set S1 to S8, the own stresses, and the heat table."""

    cases: tuple[StressCase, ...]
    heat: HeatTable | None


@dataclass(frozen=True, slots=True)
class EclYear:
    """Expected credit loss of one year, probability-weighted over the scenarios.

    Years count from 1; year 0 stands for a loan in default, whose loss is not discounted. `lgd` is
    the mean weighted by default, so that marginal_pd x lgd x exposure x factor is the loss.
    """

    year: int
    exposure_yuan: float
    marginal_pd: float
    lgd: float
    factor: float
    loss_yuan: float


@dataclass(frozen=True, slots=True)
class EclScenarioResult:
    """One scenario of the expected credit loss, yuan."""

    name: str
    weight: float
    twelve_months_yuan: float
    lifetime_yuan: float


@dataclass(frozen=True, slots=True)
class CreditResult:
    """Credit risk of the loan on one day; a figure whose inputs are not there is None.

    `el_yuan` = PD x LGD x EAD. `ecl_yuan` is the one of the stage. `irb_k` is capital over
    exposure by internal ratings, `irb_weight` = 12.5 K; `rwa_yuan` and `capital_yuan` by the
    approach chosen. `raroc` and `min_rate` as fractions a year, `maturity_yr` is the effective
    maturity of the internal ratings. `pd_from` is "entered", "grade", "default" or "", `lgd_from`
    "entered", "collaterals", "floor" or "". `stage_reason` is a code: "performing",
    "risk_increased", "past_due_30", "past_due_90", "default". `scenarios` are those entered, ()
    without any. `missing` are paths of inputs.
    """

    as_of: date
    pd: float | None
    pd_from: str
    ead_yuan: float | None
    lgd: float | None
    lgd_from: str
    el_yuan: float | None
    stage: int
    stage_reason: str
    ecl_12_months_yuan: float | None
    ecl_lifetime_yuan: float | None
    ecl_yuan: float | None
    years: tuple[EclYear, ...]
    scenarios: tuple[EclScenarioResult, ...]
    irb_k: float | None
    irb_weight: float | None
    maturity_yr: float
    standard_weight: float | None
    rwa_yuan: float | None
    capital_yuan: float | None
    raroc: float | None
    min_rate: float | None
    missing: tuple[str, ...] = ()
    working: tuple[Step, ...] = ()
