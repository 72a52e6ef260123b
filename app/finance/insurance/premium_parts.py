"""The premium of a policy shared out to its heads and to its other parts."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from app.finance.case.insurance import Insurance
from app.finance.insurance.exposure import Exposure
from app.finance.insurance.premium_shares import split_to_fen
from app.finance.insurance.pricing import Priced
from app.finance.insurance.results import HeadResult, PartResult
from app.finance.money import ZERO, round_to_fen


@dataclass(frozen=True, slots=True)
class _Share:
    """What one head or part brings to the premium, yuan over the period."""

    pure: float
    sd: float
    reinstated: float
    insured: float


def _head_shares(insurance: Insurance, priced: Priced) -> list[_Share]:
    """Return the shares of the heads; their pure premiums sum to the one charged for them."""
    found = []
    years = list(zip(priced.discounts, priced.heads, strict=False))
    for exposure in priced.exposures:
        own = [(d, h.heads[exposure.place]) for d, h in years]
        found.append(
            _Share(
                pure=sum(d * head.mean for d, head in own),
                sd=math.sqrt(sum(d**2 * head.variance for d, head in own)),
                reinstated=sum(d * head.reinstated_yuan for d, head in own),
                insured=exposure.sum_insured_yuan,
            )
        )
    held = sum(share.pure for share in found)
    insured = sum(share.insured for share in found)
    return [
        _Share(
            priced.heads_yuan
            * (share.pure / held if held > 0 else share.insured / insured if insured else 0.0),
            share.sd,
            share.reinstated,
            share.insured,
        )
        for share in found
    ]


def _in_proportion(total: float, weights: Sequence[float], other: Sequence[float]) -> list[float]:
    """Return a total by weights; by the other weights where the first are all 0."""
    used = weights if sum(weights) > 0 else other
    whole = sum(used)
    return [total * (weight / whole) if whole > 0 else 0.0 for weight in used]


def shared_out(
    insurance: Insurance, priced: Priced
) -> tuple[tuple[HeadResult, ...], tuple[PartResult, ...]]:
    """Return heads and parts with their share of the premium, to the fen.

    Pure premium, safety loading and fixed expense go by the pure premium, the risk loading by the
    standard deviation each would have alone (house convention); the remainder of fen goes to the
    largest.
    """
    build = priced.build
    heads = _head_shares(insurance, priced)
    others = [
        _Share(part.mean, part.law.sd, 0.0, float(part.sum_insured_yuan)) for part in priced.others
    ]
    shares = [*heads, *others]
    insured = [share.insured for share in shares]
    pure = _in_proportion(build.pure_yuan, [share.pure for share in shares], insured)
    risk = _in_proportion(build.risk_yuan, [share.sd for share in shares], pure)
    fixed = _in_proportion(build.fixed_yuan + build.safety_yuan, pure, insured)
    weights = [
        p + r + f - share.reinstated
        for p, r, f, share in zip(pure, risk, fixed, shares, strict=True)
    ]
    gross = split_to_fen(build.gross_yuan, weights if sum(weights) > 0 else insured)
    results = tuple(
        _head_result(insurance, priced, exposure, replace(share, pure=pure[n]), (risk[n], gross[n]))
        for n, (exposure, share) in enumerate(zip(priced.exposures, heads, strict=True))
    )
    return results, _parts(priced, len(heads), pure, risk, gross)


def _head_result(
    insurance: Insurance,
    priced: Priced,
    exposure: Exposure,
    share: _Share,
    charged: tuple[float, Decimal],
) -> HeadResult:
    head, place = exposure.head, exposure.place
    risk, gross = charged
    insured = round_to_fen(exposure.sum_insured_yuan)
    first = priced.heads[0].heads[place] if priced.heads else None
    ground_up = sum(
        d * h.heads[place].ground_up for d, h in zip(priced.discounts, priced.heads, strict=False)
    )
    return HeadResult(
        name=head.name,
        kind=head.kind.value,
        site=head.site,
        quantity=exposure.quantities[0],
        quantity_unit=head.quantity_unit.value,
        unit_value_yuan=unit_value(insurance, exposure),
        sum_insured_yuan=insured,
        values_yuan=exposure.values_yuan,
        ground_up_yuan=ground_up,
        pure_premium_yuan=share.pure,
        loss_sd_yuan=share.sd,
        p_payment=0.0 if first is None else first.p_payment,
        risk_load_yuan=risk,
        gross_premium_yuan=gross,
        rate=float(gross / insured) if insured else 0.0,
        deductible_yuan=max(
            head.deductible_yuan, head.deductible_share * exposure.sum_insured_yuan
        ),
        event_limit_yuan=head.event_limit_yuan,
    )


def unit_value(insurance: Insurance, exposure: Exposure) -> float:
    """Return the agreed value of a unit in the first policy year."""
    entered = [
        line.unit_value_yuan
        for line in insurance.stock
        if line.head == exposure.head.name and line.policy_year == 1
    ]
    if entered and entered[0] is not None:
        return entered[0]
    return exposure.head.unit_value_yuan


def _parts(
    priced: Priced,
    heads: int,
    pure: Sequence[float],
    risk: Sequence[float],
    gross: Sequence[Decimal],
) -> tuple[PartResult, ...]:
    found = []
    if heads:
        found.append(
            PartResult(
                "heads",
                priced.heads_sum_yuan,
                sum(pure[:heads]),
                sum(risk[:heads]),
                sum(gross[:heads], ZERO),
            )
        )
    named = (("index", priced.index), ("delivery", priced.delivery))
    present = [(code, part[1]) for code, part in named if part is not None]
    for place, (code, part) in enumerate(present, start=heads):
        found.append(
            PartResult(code, part.sum_insured_yuan, pure[place], risk[place], gross[place])
        )
    return tuple(found)
