"""Heads and index cover that one cause hits: how far their losses can go together.

A quote adds them as independent. The other end is the comonotone sum, both losses rising with one
another: of all dependences of two given laws it has the greatest variance. Source: Dhaene,
Denuit, Goovaerts, Kaas, Vyncke, The concept of comonotonicity in actuarial science and finance,
Insurance: Mathematics and Economics 31, 2002.
"""

from collections.abc import Sequence
from functools import reduce

import numpy as np

from app.finance.case.cover.index_tables import Measure
from app.finance.case.cover.perils import Peril, PerilLine
from app.finance.case.insurance import Insurance
from app.finance.insurance.aggregate import YearLaw
from app.finance.insurance.peril_events import is_hit
from app.finance.insurance.results import TogetherLoss

_YEARS = 100
STORMS = (Peril.TYPHOON_WIND, Peril.STORM_SURGE, Peril.WAVES, Peril.ANY)
"""Perils that one typhoon brings."""
_STORM_MEASURES = (
    Measure.WIND_SPEED,
    Measure.GUST,
    Measure.WIND_FORCE,
    Measure.WAVE_HEIGHT,
    Measure.RAIN,
)
_CAUSES: dict[Measure, tuple[Peril, ...]] = {
    **dict.fromkeys(_STORM_MEASURES, STORMS),
    Measure.RAIN: (*STORMS, Peril.RAIN, Peril.SALINITY),
    Measure.AIR_TEMPERATURE_MAX: (Peril.HEAT, Peril.ANY),
    Measure.AIR_TEMPERATURE_MEAN: (Peril.HEAT, Peril.COLD, Peril.ANY),
    Measure.AIR_TEMPERATURE_MIN: (Peril.COLD, Peril.ICE, Peril.ANY),
    Measure.SEA_TEMPERATURE: (Peril.HEAT, Peril.COLD, Peril.ICE, Peril.ANY),
    Measure.SALINITY: (Peril.SALINITY, Peril.RAIN, Peril.ANY),
    Measure.RED_TIDE_AREA: (Peril.RED_TIDE, Peril.ANY),
}
"""Perils that come with what an index measures: house convention."""


def common_perils(insurance: Insurance) -> tuple[int, ...]:
    """Return the places of the perils of heads that come with what the index measures."""
    return tuple(
        place
        for place, line in enumerate(insurance.perils)
        if insurance.heads and line.peril in _index_causes(insurance)
    )


def has_common_cause(insurance: Insurance) -> bool:
    """Whether an index cover stands beside heads that its cause hits; an event set is of storms."""
    if insurance.index is None or not insurance.heads:
        return False
    of_storms = Peril.TYPHOON_WIND in _index_causes(insurance)
    return bool(common_perils(insurance)) or (insurance.events is not None and of_storms)


def _index_causes(insurance: Insurance) -> set[Peril]:
    if insurance.index is None:
        return set()
    return {
        peril for trigger in insurance.index.triggers for peril in _CAUSES.get(trigger.measure, ())
    }


def apart_perils(insurance: Insurance) -> tuple[int, ...]:
    """Return the places of storms that are listed once for each site, as if they were several."""
    found: set[int] = set()
    storms = [(n, line) for n, line in enumerate(insurance.perils) if line.peril in STORMS]
    for place, (number, line) in enumerate(storms):
        for other, beside in storms[place + 1 :]:
            if line.peril is beside.peril and _sites_apart(insurance, line, beside):
                found |= {number, other}
    return tuple(sorted(found))


def _sites_apart(insurance: Insurance, one: PerilLine, other: PerilLine) -> bool:
    """Whether two lines hit heads of different sites, and none both."""
    mine, theirs = (
        {head.site for head in insurance.heads if is_hit(line, head)} for line in (one, other)
    )
    return bool(mine and theirs) and not mine & theirs


def comonotone(one: YearLaw, other: YearLaw) -> YearLaw:
    """Return the law of the sum of two losses of which each rises with the other.

    Its quantile is the sum of the two at every level.
    """
    levels = [np.cumsum(law.probabilities) for law in (one, other)]
    for level in levels:
        level[-1] = 1.0
    every = np.union1d(*levels)
    every = every[every <= 1.0]
    values = sum(
        law.values[np.searchsorted(level, every)]
        for law, level in zip((one, other), levels, strict=True)
    )
    p_zero = min(one.p_zero, other.p_zero)
    return YearLaw(np.asarray(values), np.diff(every, prepend=0.0), 0.0, 0.0, p_zero)


def together(
    heads: YearLaw, index: YearLaw, others: Sequence[YearLaw], limit: float | None
) -> TogetherLoss:
    """Return the policy's year if heads and index rise with one another.

    Args:
        heads: law of the heads.
        index: law of the index cover.
        others: laws of what stays independent.
        limit: of the policy for a year, None without one.
    """
    law = reduce(YearLaw.plus, others, comonotone(heads, index))
    if limit is not None:
        law = law.with_year_terms(limit=limit)
    return TogetherLoss(law.sd, law.quantile(1 - 1 / _YEARS))
