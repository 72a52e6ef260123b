"""What the parts of a quote come to: index, event set, history, deliveries, claims."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ReturnPoint:
    """Losses exceeded once in `years` years on average: of the year (AEP), of one event (OEP)."""

    years: int
    aep_yuan: float
    oep_yuan: float | None


@dataclass(frozen=True, slots=True)
class PayoutStep:
    """One line of the payout table of a trigger: from this value on this share, and yuan."""

    trigger: str
    value: float
    payout_share: float
    payout_yuan: float


@dataclass(frozen=True, slots=True)
class YearPayout:
    """What the index would have paid in one year; `observed` False for a year without data.

    `index_value` is the highest index value of the season, None for a year without a reading
    that counts; `events` how many paid, `largest_share` the payout of the largest of them.
    """

    year: int
    observed: bool
    index_value: float | None
    events: int
    payout_share: float
    payout_yuan: float
    loss_share: float | None = None
    largest_share: float = 0.0


@dataclass(frozen=True, slots=True)
class FittedIndex:
    """The fitted model: Poisson number of events above `threshold`, excess by `law`.

    `pure_share` by closed form or compound law, `simulated_share` by drawing with its standard
    error; `exceedances` how many readings the fit rests on, 0 when parameters were entered.
    """

    events_per_year: float
    threshold: float
    law: str
    scale: float
    shape: float
    exceedances: int
    pure_share: float
    simulated_share: float | None
    standard_error: float | None


@dataclass(frozen=True, slots=True)
class BasisRisk:
    """Payout against loss over the years that have both, shares of the sum insured."""

    years: int
    modelled: bool
    correlation: float | None
    rmse: float
    p_unpaid_given_loss: float | None
    p_paid_without_loss: float | None
    missed_years: int
    needless_years: int
    hedge_effectiveness: float | None


@dataclass(frozen=True, slots=True)
class IndexResult:
    """An index cover: its payout table, history, fit and basis risk.

    `burn_share` is the mean payout of the observed years over the sum insured, with standard
    error and a bootstrap interval of 90 %; None without a history.
    """

    sum_insured_yuan: Decimal
    payout_table: tuple[PayoutStep, ...]
    payout_curve: tuple[tuple[float, float], ...]
    history: tuple[YearPayout, ...]
    observed_years: int
    paying_years: int
    burn_share: float | None
    burn_error: float | None
    burn_low: float | None
    burn_high: float | None
    fitted: FittedIndex | None
    basis: BasisRisk | None
    pricing: str
    pure_share: float
    pure_premium_yuan: float
    exceedances: int = 0
    """Values of the history above the threshold of the fit."""
    fit_refusal: str = ""
    """Code why a fit that was asked for is missing."""
    unreached: tuple[str, ...] = ()
    """Triggers that no value of the history reached."""
    outside_season: int = 0
    """Readings that lie outside every season and do not count."""


@dataclass(frozen=True, slots=True)
class EventLoss:
    """One event of the set: rate, and what it costs the insurer, in all and by site."""

    event: str
    rate: float
    loss_yuan: float
    by_site: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class SiteShare:
    """One site: mean yearly loss, its sd, and its part of the policy's TVaR at 99 %."""

    site: str
    mean_yuan: float
    sd_yuan: float
    co_tvar_yuan: float


@dataclass(frozen=True, slots=True)
class EventResult:
    """The event-based model. `correlation` is that of the yearly losses of the sites."""

    sites: tuple[SiteShare, ...]
    events: tuple[EventLoss, ...]
    mean_yuan: float
    sd_yuan: float
    independent_sd_yuan: float
    correlation: tuple[tuple[float, ...], ...]
    returns: tuple[ReturnPoint, ...]
    worst: EventLoss | None


@dataclass(frozen=True, slots=True)
class ExperienceYear:
    """One year of the own history on today's terms and values."""

    year: int
    observed: bool
    events: int
    indexed_loss_yuan: float
    as_if_yuan: float
    exposure_yuan: float
    rate: float


@dataclass(frozen=True, slots=True)
class Credibility:
    """Z = w / (w + k); `credibility_rate` is Z own + (1 - Z) class."""

    estimator: str
    own_rate: float
    class_rate: float
    process_variance: float
    mean_variance: float
    k: float | None
    weight: float
    z: float
    credibility_rate: float
    members: tuple[tuple[str, float, float, float], ...] = ()
    """Of a class: member ("" for the own history), own mean, Z, credibility premium."""


@dataclass(frozen=True, slots=True)
class ExperienceResult:
    """Burning cost of the own history: mean rate, standard error, bootstrap interval of 90 %."""

    years: tuple[ExperienceYear, ...]
    observed_years: int
    paying_years: int
    burn_rate: float
    burn_error: float | None
    burn_low: float | None
    burn_high: float | None
    pure_premium_yuan: float
    credibility: Credibility | None


@dataclass(frozen=True, slots=True)
class DeliveryYear:
    """One policy year of deliveries: what is at risk, the chance, what it costs today."""

    policy_year: int
    tonnes: float
    price_yuan_t: float
    failure: float
    alive: float
    exposed_yuan: float
    loss_per_tonne_yuan: float
    expected_loss_yuan: float
    discount_factor: float


@dataclass(frozen=True, slots=True)
class DeliveryResult:
    """Cover of sales and of reversal; `cover_yuan` is the present value of what is covered.

    `rate` is expected loss over cover. The parts: failure of the counterparty, common shock,
    shortfall of delivery, reversal beyond the buffer.
    """

    years: tuple[DeliveryYear, ...]
    cover_yuan: float
    failure_yuan: float
    shock_yuan: float
    shortfall_yuan: float
    reversal_yuan: float
    pure_premium_yuan: float
    rate: float
    sd_yuan: float


@dataclass(frozen=True, slots=True)
class ClaimStep:
    """One claim line through the terms: loss, what each term takes, what is paid.

    ground_up - salvage - deductible - over_limit - retained_share - year_terms = payable.
    `head` is "" for a reading of the index. `left_of_year_yuan` is what limits of the year leave
    for later losses, None without one. `reason` is a code of `CLAIM_REASONS`, "" where nothing
    was cut; a line that is not covered has its loss in `over_limit_yuan`.
    """

    event: str
    day: date
    head: str
    ground_up_yuan: Decimal
    deductible_yuan: Decimal
    over_limit_yuan: Decimal
    retained_share_yuan: Decimal
    year_terms_yuan: Decimal
    payable_yuan: Decimal
    paid_before_yuan: Decimal
    due_yuan: Decimal
    reinstatement_premium_yuan: Decimal
    left_of_year_yuan: Decimal | None
    covered: bool
    reason: str
    salvage_yuan: Decimal = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class SettlementResult:
    """All claims in the order of their days."""

    steps: tuple[ClaimStep, ...]
    payable_yuan: Decimal
    paid_before_yuan: Decimal
    due_yuan: Decimal
    reinstatement_premium_yuan: Decimal
    loss_ratio: float | None
