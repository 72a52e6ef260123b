"""Price evidence: comparables brought to yuan, day and subject, their spread and a conclusion."""

from dataclasses import dataclass, field, replace
from datetime import date
from math import exp, log, prod
from statistics import fmean, median

from app.finance.case.appraisal import Appraisal
from app.finance.case.evidence_rules import PATH, comparable_path, rate_of_day
from app.finance.case.project import Project
from app.finance.case.valuation.evidence import (
    Comparable,
    Delivery,
    PriceEvidence,
    Purpose,
    TimeAdjustment,
    TradeMethod,
)
from app.finance.errors import DomainError
from app.finance.valuation.evidence_working import comparable_step, conclusion_steps
from app.finance.valuation.price_series import PriceSeries, checked_series, covers, time_factor
from app.finance.valuation.results import AdjustedComparable, EvidenceResult, PriceSpread
from app.finance.valuation.robust import (
    MedianInterval,
    log_standard_deviation,
    median_absolute_deviation,
    median_interval,
    modified_z_scores,
    weighted_median,
)

LEAST_COUNT = 5
"""Below this many prices there is a range and a number, no centre: market evidence, 1.2."""

COURT = "court"
PUBLIC_BENEFIT = "public_benefit"
MARKET = "market"

_NO_SPREAD = PriceSpread(0, None, None, None, None, None, None, None, None)


def purpose_group(method: str, purpose: str) -> str:
    """Return what kind of price a deal gives: "court", "public_benefit" or "market".

    Either its method or its purpose says so: a court sells by auction as well, and a buyer for
    reputation bids at one.
    """
    if method == TradeMethod.COURT or purpose == Purpose.JUDICIAL:
        return COURT
    if method == TradeMethod.PUBLIC_BENEFIT or purpose == Purpose.PUBLIC_BENEFIT:
        return PUBLIC_BENEFIT
    return MARKET


def _tag_exclusion(line: Comparable, evidence: PriceEvidence, valuation_date: date) -> str:
    """Why a line does not count for what it is, whatever its price; "" when it may count."""
    if line.left_out.strip():
        return "by_hand"
    if line.day > valuation_date:
        return "after_valuation"
    group = purpose_group(line.method, line.purpose)
    if group != MARKET and not evidence.include_court:
        return group
    if line.delivery is Delivery.FORWARD and not evidence.include_forward:
        return "forward"
    if not line.verified and not evidence.include_unverified:
        return "unverified"
    return "no_weight" if line.weight == 0 else ""


def _limit_exclusion(
    factors: dict[str, float], evidence: PriceEvidence
) -> tuple[str, dict[str, float | str | date]]:
    """The limit that a line breaks, with its figures.

    One adjustment is |k - 1|, all together |Π k - 1|, the change of the comparable's own
    price; the factor of time is one of them, as in the formula of the market approach.
    A `time_limit` of its own takes time out of both: an index is no judgement of a person.
    """
    slack = 1e-9
    if evidence.time_limit is not None:
        moved = factors["k_time"] - 1
        if abs(moved) > evidence.time_limit + slack:
            limit = evidence.time_limit
            return "single_limit", {"factor": "k_time", "share": moved, "limit": limit}
        factors = {name: factor for name, factor in factors.items() if name != "k_time"}
    name = max(factors, key=lambda key: abs(factors[key] - 1))
    share = factors[name] - 1
    if abs(share) > evidence.single_limit + slack:
        return "single_limit", {"factor": name, "share": share, "limit": evidence.single_limit}
    total = prod(factors.values()) - 1
    if abs(total) > evidence.total_limit + slack:
        return "total_limit", {"share": total, "limit": evidence.total_limit}
    return "", {}


@dataclass(frozen=True, slots=True)
class _Adjustment:
    """What all lines of a case share."""

    evidence: PriceEvidence
    valuation_date: date
    series: PriceSeries | None = field(default=None)

    def time(self, line: Comparable, position: int, *, counts: bool) -> tuple[float, bool]:
        """k_time, and whether the series gave it; a line that counts is refused without it."""
        if self.series is None:
            return 1.0, True
        gap = self.evidence.series_gap_days
        dates = (line.day, self.valuation_date)
        if not counts and not all(covers(self.series, day, gap) for day in dates):
            return 1.0, False
        path = comparable_path(position, "day")
        return time_factor(self.series, line.day, self.valuation_date, gap, path), True

    def adjusted(self, line: Comparable, position: int) -> AdjustedComparable:
        excluded = _tag_exclusion(line, self.evidence, self.valuation_date)
        currency = comparable_path(position, "currency")
        rate = rate_of_day(line.currency, line.day, self.evidence.fx, currency)
        yuan = 1.0 if rate is None else rate.yuan
        k_time, brought = self.time(line, position, counts=not excluded)
        factors = {
            "k_time": k_time,
            "k_place": 1 + line.k_place,
            "k_type": 1 + line.k_type,
            "k_volume": 1 + line.k_volume,
            "k_purpose": 1 + line.k_purpose,
            "k_vintage": 1 + line.k_vintage,
        }
        facts: dict[str, float | str | date] = {}
        if excluded == "after_valuation":
            facts = {"valuation_date": self.valuation_date}
        elif not excluded:
            excluded, facts = _limit_exclusion(factors, self.evidence)
        return AdjustedComparable(
            position=position,
            day=line.day,
            price_original=line.price,
            currency=line.currency,
            fx_yuan=yuan,
            price_yuan_t=line.price * yuan,
            price_at_date_yuan_t=line.price * yuan * k_time,
            factors=factors,
            adjusted_yuan_t=line.price * yuan * prod(factors.values()),
            z_score=None,
            excluded=excluded,
            weight=0.0,
            reason=line.left_out.strip() if excluded == "by_hand" else "",
            facts=facts,
            brought_to_date=brought,
        )


def _without_outliers(lines: list[AdjustedComparable], limit: float) -> list[AdjustedComparable]:
    """Mark the lines whose modified z-score of the log price is beyond the limit; one pass.

    Below 5 prices nothing is an outlier: median and MAD would rest on two or three of them.
    """
    counting = [line for line in lines if not line.excluded]
    if len(counting) < LEAST_COUNT:
        return lines
    scores = modified_z_scores([log(line.adjusted_yuan_t) for line in counting])
    of_position = dict(zip((line.position for line in counting), scores, strict=True))
    marked = []
    for line in lines:
        z = of_position.get(line.position)
        if z is None:
            marked.append(line)
        elif abs(z) > limit:
            facts: dict[str, float | str | date] = {"z": z, "limit": limit}
            marked.append(replace(line, z_score=z, excluded="outlier", facts=facts))
        else:
            marked.append(replace(line, z_score=z))
    return marked


def _weighted(
    lines: list[AdjustedComparable], evidence: PriceEvidence
) -> tuple[AdjustedComparable, ...]:
    given = [0.0 if line.excluded else evidence.comparables[line.position].weight for line in lines]
    total = sum(given)
    if not total:
        return tuple(lines)
    return tuple(
        replace(line, weight=weight / total) for line, weight in zip(lines, given, strict=True)
    )


def spread_of(prices: list[float], volumes: list[float | None]) -> PriceSpread:
    """Return the robust figures of prices, yuan/t; `volumes` in t, None where not known.

    Below 5 prices only their number and range; the volume-weighted mean is over the prices
    whose volume is known and needs 5 of these.
    """
    count = len(prices)
    if not count:
        return _NO_SPREAD
    if count < LEAST_COUNT:
        return replace(_NO_SPREAD, count=count, lowest=min(prices), highest=max(prices))
    pairs = [(p, v) for p, v in zip(prices, volumes, strict=True) if v is not None]
    by_volume = None
    if len(pairs) >= LEAST_COUNT:
        by_volume = sum(price * volume for price, volume in pairs) / sum(v for _p, v in pairs)
    return PriceSpread(
        count=count,
        lowest=min(prices),
        highest=max(prices),
        median=median(prices),
        mean=fmean(prices),
        geometric_mean=exp(fmean([log(price) for price in prices])),
        volume_weighted=by_volume,
        mad=median_absolute_deviation(prices),
        log_sd=log_standard_deviation(prices),
    )


def _upper_bound(lines: tuple[AdjustedComparable, ...]) -> float | None:
    outside = [line.adjusted_yuan_t for line in lines if line.excluded in (COURT, PUBLIC_BENEFIT)]
    return max(outside, default=None)


def price_evidence(appraisal: Appraisal, project: Project) -> EvidenceResult:
    """Return the price evidence of a case, without the statistical model.

    The adjustments of each line already compare it with `project`, which only the model asks.

    Each comparable is brought to yuan by the last rate up to its day, to the valuation date by
    k_time and to the subject by the other factors, all multiplied. Then lines are left out in
    this order: by hand, after the valuation date, court, public benefit, forward, not seen in
    the source, no weight, beyond a limit of adjustment, outlier. The outliers are judged among
    the lines that are left.

    The conclusion is the weighted median of what counts, at 5 prices or more. Prices of these
    markets are a mixture with ends 125 times apart, so a mean is decided by the ends that the
    limit happens to keep; the median is not, and needs no distribution. Its interval lies
    between two of the prices (`median_interval`): at 5 to 20 prices the t interval of logs
    would rest on a lognormal shape that the evidence contradicts, and on a deviation taken
    after outliers were cut off, which makes it too narrow.

    Source: the formula and limits of the market approach, P_adj = Σ w_i P_i k_time k_place
    k_type k_volume k_purpose k_vintage (`weighted_yuan_t`).

    Raises DomainError: `no_price_evidence`; `no_fx_rate`, `fx_rate_too_old`; of the series
    `series_empty`, `series_zero`, `series_day_twice`, `series_gap`, `outside_series`.
    """
    evidence = appraisal.evidence
    if evidence is None:
        raise DomainError("no_price_evidence", path=PATH, value=None)
    series = None
    if evidence.time_adjustment is TimeAdjustment.SERIES:
        series = checked_series(evidence.series, f"{PATH}.series")
    shared = _Adjustment(evidence, appraisal.valuation_date, series)
    adjusted = [shared.adjusted(line, n) for n, line in enumerate(evidence.comparables)]
    lines = _weighted(_without_outliers(adjusted, evidence.outlier_limit), evidence)
    counting = [line for line in lines if not line.excluded]
    prices = [line.adjusted_yuan_t for line in counting]
    weights = [line.weight for line in counting]
    volumes = [evidence.comparables[line.position].volume_t for line in counting]
    centre, interval = None, None
    if len(prices) >= LEAST_COUNT:
        centre = weighted_median(prices, weights)
        interval = median_interval(prices, weights, evidence.confidence)
    result = EvidenceResult(
        comparables=lines,
        spread=spread_of(prices, volumes),
        weighted_yuan_t=sum(w * p for w, p in zip(weights, prices, strict=True)) or None,
        conclusion_yuan_t=centre,
        low_yuan_t=_bound(interval, "low"),
        high_yuan_t=_bound(interval, "high"),
        confidence=evidence.confidence,
        upper_bound_yuan_t=_upper_bound(lines),
        model=None,
        working=(),
        coverage=_bound(interval, "coverage"),
    )
    steps = [comparable_step(line, evidence.series_name) for line in lines]
    return replace(result, working=(*steps, *conclusion_steps(result)))


def _bound(interval: MedianInterval | None, name: str) -> float | None:
    return None if interval is None else float(getattr(interval, name))
