"""What the insurance of a case comes to: records that window, paper and JSON read."""

from dataclasses import dataclass
from decimal import Decimal

from app.finance.case.cover.placed import PlacedCover
from app.finance.explain import Step
from app.finance.insurance.part_results import (
    DeliveryResult,
    EventResult,
    ExperienceResult,
    IndexResult,
    PayoutStep,
    ReturnPoint,
    SettlementResult,
)

QUANTILES = (0.5, 0.75, 0.9, 0.95, 0.98, 0.99, 0.995)
RETURN_YEARS = (2, 5, 10, 20, 50, 100, 200)
PML_YEARS = (100, 200)


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One point of the exceedance curve: the probability that a year, an event exceeds `loss`."""

    loss_yuan: float
    year_probability: float
    event_probability: float | None


@dataclass(frozen=True, slots=True)
class EngineCheck:
    """The same figures by another way: "panjer", "simulation", "gemact", "closed_form".

    `standard_error` is that of the mean, None for a way without chance; `note` a code.
    """

    engine: str
    mean_yuan: float
    sd_yuan: float | None
    var99_yuan: float | None
    standard_error: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class TogetherLoss:
    """The policy's year if heads and index cover always rose with one another.

    Without a limit of the policy for a year `sd_yuan` is the greatest there can be for their laws;
    `year_100_yuan` is exceeded once in 100 years then.
    """

    sd_yuan: float
    year_100_yuan: float


@dataclass(frozen=True, slots=True)
class LossDistribution:
    """Loss of the insurer in the first policy year (or the period, if shorter), after all terms.

    `method` is "exact" or "simulated" (then `years` and `seed` are those of the simulation).
    `quantiles` and `tvar` belong to the levels `QUANTILES`; TVaR is the mean of the worst
    1 - level, with a share of the atom at the quantile. `tail_mass` is what the grid of step
    `step_yuan` left out. `together` is None where no cause is common to heads and index.
    """

    method: str
    mean_yuan: float
    sd_yuan: float
    skewness: float
    p_no_loss: float
    quantiles: tuple[float, ...]
    tvar: tuple[float, ...]
    returns: tuple[ReturnPoint, ...]
    curve: tuple[CurvePoint, ...]
    step_yuan: float
    tail_mass: float
    checks: tuple[EngineCheck, ...] = ()
    years: int | None = None
    seed: int | None = None
    standard_error: float | None = None
    together: TogetherLoss | None = None

    @property
    def pml(self) -> dict[int, float | None]:
        """The probable maximum loss by return period: what the largest event exceeds (OEP)."""
        return {at.years: at.oep_yuan for at in self.returns if at.years in PML_YEARS}


@dataclass(frozen=True, slots=True)
class HeadResult:
    """One head of cover.

    `sum_insured_yuan` is that of the first policy year, `values_yuan` those of all;
    `ground_up_yuan` the expected loss before terms, `pure_premium_yuan` and `loss_sd_yuan` after
    them, over the period (later years discounted). `gross_premium_yuan` is the head's share of
    the premium; `rate` that over the sum insured. `p_payment` is the probability that the head
    is paid at all in the first policy year.
    """

    name: str
    kind: str
    site: str
    quantity: float
    quantity_unit: str
    unit_value_yuan: float
    sum_insured_yuan: Decimal
    values_yuan: tuple[float, ...]
    ground_up_yuan: float
    pure_premium_yuan: float
    loss_sd_yuan: float
    p_payment: float
    risk_load_yuan: float
    gross_premium_yuan: Decimal
    rate: float
    deductible_yuan: float
    event_limit_yuan: float | None


@dataclass(frozen=True, slots=True)
class PerilResult:
    """One peril: events in the first policy year that are covered, and what they cost.

    `events_ground_up` counts all in the period on risk, `events_paid` those that are paid.
    """

    peril: str
    head: str
    site: str
    law: str
    events_ground_up: float
    events_paid: float
    mean_loss_yuan: float
    pure_premium_yuan: float
    source: str


@dataclass(frozen=True, slots=True)
class LoadLine:
    """One step of the premium build-up: code, yuan, share of the sum insured.

    Codes: pure, reinstatement (only where reinstatements are paid for), safety, risk, fixed,
    variable, commission, profit, tax, coefficient, minimum, rounding; their sum is the gross
    premium (a shortfall of fen is in `rounding`).
    """

    code: str
    amount_yuan: float
    rate: float


@dataclass(frozen=True, slots=True)
class SubsidyShare:
    """Who pays what of the premium; the code "insured" is the rest."""

    payer: str
    share: float
    amount_yuan: Decimal


@dataclass(frozen=True, slots=True)
class CoInsurerShare:
    """What one insurer carries of sum insured and premium, to the fen."""

    name: str
    leads: bool
    share: float
    sum_insured_yuan: Decimal
    premium_yuan: Decimal


@dataclass(frozen=True, slots=True)
class AskedResult:
    """The premium asked against the technical one; `loss_ratio` is pure premium over asked."""

    asked_yuan: Decimal
    technical_yuan: Decimal
    difference_yuan: Decimal
    difference_share: float
    asked_rate: float
    loss_ratio: float
    reason: str


@dataclass(frozen=True, slots=True)
class PlacedComparison:
    """Placed rates of the like: those found, their lowest, middle and highest rate."""

    cover_classes: tuple[str, ...]
    covers: tuple[PlacedCover, ...]
    low: float | None
    middle: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class PartResult:
    """One part of the policy: "heads", "index", "delivery". The premiums of all parts sum up."""

    part: str
    sum_insured_yuan: Decimal
    pure_premium_yuan: float
    risk_load_yuan: float
    gross_premium_yuan: Decimal


@dataclass(frozen=True, slots=True)
class OptionResult:
    """The same policy on other terms; `option` is its place in the table, None as entered."""

    name: str
    option: int | None
    pure_premium_yuan: float
    risk_load_yuan: float
    gross_premium_yuan: Decimal
    rate: float
    p_no_loss: float | None
    loss_sd_yuan: float | None
    year_100_yuan: float | None


@dataclass(frozen=True, slots=True)
class InsuranceResult:
    """The whole quote; parts a case does not have are None or empty.

    `pure_premium_yuan` is the expected loss after all terms over the period; `basis` says where
    it comes from ("model", "burn", "credibility"); `risk_load_yuan` and the rest stand in
    `loadings`. `options` are empty without some, else the terms as entered come first.
    `distribution` is None where only a history is priced. `rate` is over the sum insured of the
    first policy year, `rate_of_all_years` over those of all, later ones discounted as losses are:
    the level rate.
    """

    heads: tuple[HeadResult, ...]
    perils: tuple[PerilResult, ...]
    sum_insured_yuan: Decimal
    basis: str
    model_pure_yuan: float | None
    pure_premium_yuan: float
    risk_load_yuan: float
    technical_premium_yuan: float
    gross_premium_yuan: Decimal
    rate: float
    rate_of_all_years: float
    loadings: tuple[LoadLine, ...]
    subsidies: tuple[SubsidyShare, ...]
    coinsurers: tuple[CoInsurerShare, ...]
    distribution: LossDistribution | None
    index: IndexResult | None
    events: EventResult | None
    experience: ExperienceResult | None
    delivery: DeliveryResult | None
    settlement: SettlementResult | None
    asked: AskedResult | None
    placed: PlacedComparison | None
    working: tuple[Step, ...]
    options: tuple[OptionResult, ...] = ()
    parts: tuple[PartResult, ...] = ()

    @property
    def payout_table(self) -> tuple[PayoutStep, ...]:
        """The steps of an index cover, () without one."""
        return () if self.index is None else self.index.payout_table
