"""Placed rates of the like, to hold the rate of a quote against."""

from collections.abc import Iterable
from statistics import median

from app.finance.case.cover.heads import HeadKind
from app.finance.case.cover.index_tables import Measure
from app.finance.case.cover.placed import PlacedCover
from app.finance.case.insurance import Insurance
from app.finance.insurance.results import PlacedComparison

CARBON = ("carbon", "ecosystem")
FARM = ("indemnity", "weather_index")
CREDIT = ("credit",)

CLASSES = {
    HeadKind.CARBON_VALUE: CARBON,
    HeadKind.CARBON_STOCK: CARBON,
    HeadKind.RESTORATION_COST: CARBON,
    HeadKind.CARBON_AND_RESTORATION: CARBON,
    HeadKind.FARMING_COST: FARM,
    HeadKind.HARVEST_VALUE: FARM,
    HeadKind.CARBON_AND_FARMING_COST: FARM,
    HeadKind.SALE_FAILURE: CREDIT,
    HeadKind.REVERSAL: CREDIT,
    HeadKind.INVALIDATION: CREDIT,
}
"""Classes of placed covers that are like a head; another head has none."""

INDEX_CLASSES = {Measure.CARBON: ("carbon",), Measure.PRICE: ("price_index",)}
"""Classes of an index cover by what is measured; all others are weather."""


def cover_classes(insurance: Insurance) -> tuple[str, ...]:
    """Return the classes of placed covers that are like this one, each once."""
    found: list[str] = []
    for head in insurance.heads:
        found += CLASSES.get(head.kind, ())
    if insurance.index is not None:
        for trigger in insurance.index.triggers:
            found += INDEX_CLASSES.get(trigger.measure, ("weather_index",))
    if insurance.delivery is not None:
        found += CREDIT
    return tuple(dict.fromkeys(found))


def _rates(cover: PlacedCover) -> tuple[float, float, float] | None:
    """Return lowest, middle and highest rate of a placed cover, None without a rate."""
    known = [r for r in (cover.rate_low, cover.rate, cover.rate_high) if r is not None]
    if not known:
        return None
    middle = cover.rate if cover.rate is not None else (known[0] + known[-1]) / 2
    return min(known), middle, max(known)


def placed_comparison(
    insurance: Insurance, placed: Iterable[PlacedCover]
) -> PlacedComparison | None:
    """Return the rates placed for the like; the middle is the median. None for nothing like it."""
    classes = cover_classes(insurance)
    if not classes:
        return None
    with_rates = [(cover, _rates(cover)) for cover in placed if cover.cover_class in classes]
    known = [(cover, rates) for cover, rates in with_rates if rates is not None]
    return PlacedComparison(
        cover_classes=classes,
        covers=tuple(cover for cover, _rates in known),
        low=min((rates[0] for _cover, rates in known), default=None),
        middle=median(rates[1] for _cover, rates in known) if known else None,
        high=max((rates[2] for _cover, rates in known), default=None),
    )
