"""The same policy on other terms, priced side by side."""

from collections.abc import Sequence
from dataclasses import replace

from app.finance.case.cover.option_inputs import TermsLine
from app.finance.case.insurance import Insurance
from app.finance.insurance.exposure import Exposure
from app.finance.insurance.peril_events import ground_up_perils
from app.finance.insurance.pricing import Priced, has_model, price
from app.finance.insurance.results import OptionResult

_OF_HEADS = (
    "deductible_yuan",
    "deductible_share",
    "deductible_loss_share",
    "event_limit_yuan",
    "year_limit_yuan",
    "share",
)
YEARS = 100
"""The return period whose loss is shown of each option."""


def with_option(insurance: Insurance, option: TermsLine) -> Insurance:
    """Return the insurance on the terms of an option; what it leaves empty stays."""
    moved = {name: getattr(option, name) for name in _OF_HEADS if getattr(option, name) is not None}
    index = insurance.index
    if index is not None and option.season_cap_share is not None:
        index = replace(index, season_cap_share=option.season_cap_share)
    heads = tuple(replace(head, **moved) for head in insurance.heads)
    return replace(insurance, heads=heads, index=index)


def option_results(
    insurance: Insurance, exposures: Sequence[Exposure], entered: Priced
) -> tuple[OptionResult, ...]:
    """Return the terms as entered and each option; () without options.

    The events are those of the terms entered: a frequency of paid events is one of all events
    first, since other terms pay others of them.

    Raises:
        DomainError: an option that does not fit, as for the terms entered.
    """
    if not insurance.options:
        return ()
    found = [_result("", None, entered)]
    held = insurance
    if has_model(insurance):
        held = replace(insurance, perils=ground_up_perils(insurance, exposures))
    for place, option in enumerate(insurance.options):
        moved = with_option(held, option)
        own = [replace(e, head=moved.heads[e.place]) for e in exposures]
        found.append(_result(option.name, place, price(moved, own, entered)))
    return tuple(found)


def _result(name: str, place: int | None, priced: Priced) -> OptionResult:
    build, insured = priced.build, priced.sum_insured_yuan
    first = priced.years[0] if priced.years and priced.has_law else None
    return OptionResult(
        name=name,
        option=place,
        pure_premium_yuan=build.pure_yuan,
        risk_load_yuan=build.risk_yuan,
        gross_premium_yuan=build.gross_yuan,
        rate=float(build.gross_yuan / insured) if insured else 0.0,
        p_no_loss=None if first is None else first.law.p_zero,
        loss_sd_yuan=None if first is None else first.variance**0.5,
        year_100_yuan=None if first is None else first.law.quantile(1 - 1 / YEARS),
    )
