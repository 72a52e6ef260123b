"""What a signatory must know of the heads of cover and the perils of a quote."""

from collections.abc import Iterator

from app.finance.case.cover.heads import HeadKind, HeadLine
from app.finance.case.cover.perils import FrequencyBasis
from app.finance.case.insurance import Insurance
from app.finance.insurance.caution_parts import red_flag, warning
from app.finance.insurance.exposure import exposure_of
from app.finance.insurance.peril_events import is_hit
from app.finance.insurance.results import HeadResult, InsuranceResult
from app.finance.notices import Notice

LIMITS = ("event_limit_yuan", "layer_limit_yuan", "year_limit_yuan")
POLICY_LIMITS = ("policy_event_limit_yuan", "policy_year_limit_yuan")

DOUBLE = (
    (HeadKind.CARBON_AND_RESTORATION, (HeadKind.CARBON_VALUE, HeadKind.RESTORATION_COST)),
    (HeadKind.CARBON_AND_FARMING_COST, (HeadKind.CARBON_VALUE, HeadKind.FARMING_COST)),
    (HeadKind.HARVEST_VALUE, (HeadKind.FARMING_COST, HeadKind.CARBON_AND_FARMING_COST)),
    (HeadKind.CARBON_STOCK, (HeadKind.CARBON_AND_RESTORATION,)),
    (HeadKind.CARBON_AND_RESTORATION, (HeadKind.CARBON_AND_FARMING_COST,)),
)
"""Heads that hold the same value twice on one site: a harvest is worth what was spent on it."""


def head_cautions(insurance: Insurance, result: InsuranceResult) -> Iterator[Notice]:
    """Yield warnings and red flags of heads, terms and perils."""
    for place, (head, found) in enumerate(zip(insurance.heads, result.heads, strict=True)):
        yield from _value_cautions(head, found, f"insurance.heads.{place}")
        yield from _limit_cautions(head, f"insurance.heads.{place}")
        yield from _cover_cautions(insurance, place, found)
    for name in POLICY_LIMITS:
        if getattr(insurance, name) == 0:
            yield warning("limit_of_nothing", f"insurance.{name}")
    yield from _double_cautions(insurance)
    yield from _peril_cautions(insurance, result)


def _value_cautions(head: HeadLine, found: HeadResult, path: str) -> Iterator[Notice]:
    """Nothing insured, or a deductible or an attachment that no loss gets above."""
    insured = found.sum_insured_yuan
    if insured == 0:
        yield warning("nothing_insured", f"{path}.quantity")
        return
    kept = (1 - head.salvage_share) * float(insured)
    if found.deductible_yuan >= kept:
        facts = {"head": head.name, "deductible": found.deductible_yuan, "insured": insured}
        yield red_flag("deductible_over_sum_insured", f"{path}.deductible_yuan", **facts)
    elif head.layer_attachment_yuan >= kept - found.deductible_yuan > 0:
        facts = {"head": head.name, "attachment": head.layer_attachment_yuan, "insured": insured}
        yield red_flag("layer_over_sum_insured", f"{path}.layer_attachment_yuan", **facts)
    elif found.ground_up_yuan > 0 and found.p_payment == 0 and not _limited_to_nothing(head):
        yield red_flag("head_never_paid", f"{path}.name", head=head.name)


def _limited_to_nothing(head: HeadLine) -> bool:
    return any(getattr(head, name) == 0 for name in LIMITS)


def _limit_cautions(head: HeadLine, path: str) -> Iterator[Notice]:
    """A limit of 0 pays nothing; a deductible above the limit is seldom meant."""
    for name in LIMITS:
        if getattr(head, name) == 0:
            yield warning("limit_of_nothing", f"{path}.{name}", head=head.name)
    for limit in (head.event_limit_yuan, head.layer_limit_yuan):
        if limit and head.deductible_yuan > limit:
            facts = {"head": head.name, "deductible": head.deductible_yuan, "limit": limit}
            yield warning("deductible_over_limit", f"{path}.deductible_yuan", **facts)
            return


def _cover_cautions(insurance: Insurance, place: int, found: HeadResult) -> Iterator[Notice]:
    """A head that is never on risk, or that no peril hits."""
    head = insurance.heads[place]
    exposure = exposure_of(insurance, place, [found.quantity], [float(found.sum_insured_yuan)])
    on_risk = sum(
        share * covered
        for share, covered in zip(exposure.month_shares, exposure.month_cover, strict=True)
    )
    if on_risk == 0:
        yield red_flag("no_month_on_risk", f"insurance.heads.{place}", head=head.name)
    modelled = bool(insurance.perils) and insurance.events is None
    if modelled and not any(is_hit(peril, head) for peril in insurance.perils):
        yield red_flag("head_without_peril", "insurance.perils", head=head.name)


def _double_cautions(insurance: Insurance) -> Iterator[Notice]:
    """Two heads of one site that hold the same value."""
    for place, head in enumerate(insurance.heads):
        for kind, held in DOUBLE:
            others = [
                other.name
                for other in insurance.heads
                if head.kind is kind and other.kind in held and other.site == head.site
            ]
            if others:
                facts = {"head": head.name, "others": ", ".join(others)}
                yield warning("heads_count_twice", f"insurance.heads.{place}.kind", **facts)


def _peril_cautions(insurance: Insurance, result: InsuranceResult) -> Iterator[Notice]:
    """Perils that are never on risk, without a source, or counted by what is paid."""
    for place, (peril, found) in enumerate(zip(insurance.perils, result.perils, strict=False)):
        path = f"insurance.perils.{place}.first_month"
        if peril.events_per_year > 0 and found.events_ground_up == 0:
            yield red_flag("peril_not_on_risk", path, line=place + 1)
    silent = [n for n, peril in enumerate(insurance.perils, start=1) if not peril.source]
    if silent:
        path = f"insurance.perils.{silent[0] - 1}.source"
        yield warning("peril_without_source", path, lines=silent)
    paid = [
        number
        for number, peril in enumerate(insurance.perils, start=1)
        if peril.frequency_basis is FrequencyBasis.TO_LAYER
    ]
    if paid:
        path = f"insurance.perils.{paid[0] - 1}.frequency_basis"
        yield warning("frequency_to_layer", path, lines=paid)
