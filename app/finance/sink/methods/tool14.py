"""AR-TOOL14: roots, uncertainty of sample plots, and the discount for it.

Source: CDM AR-TOOL14 v4.1/v4.2, "Estimation of carbon stocks and change in carbon stocks of
trees and shrubs in A/R CDM project activities", read in its Indian copy BM-T-AR-0004.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from app.finance.case.carbon.growth import PlotStratum
from app.finance.errors import DomainError
from app.finance.sink.pools import Numbers, Quantity

TOOL14 = "CDM AR-TOOL14 v4.1 / BM-T-AR-0004"


def root_biomass_t_ha(above_t_ha: Quantity, *, intercept: float, slope: float) -> Quantity:
    """Roots, t d.m./ha: b x R with R = exp(intercept + slope x ln b) / b; 0 for b = 0.

    Source: appendix 1; b is the biomass above ground, t d.m./ha.
    """
    roots: Quantity = np.exp(intercept) * np.maximum(above_t_ha, 0.0) ** slope
    return roots


def t_90(degrees_of_freedom: int) -> float:
    """Two-sided Student's t at 90% confidence; AR-TOOL14 takes plots less strata."""
    from scipy.special import stdtrit  # noqa: PLC0415 - only few cases list plots

    return float(stdtrit(degrees_of_freedom, 0.95))


def mean_biomass(strata: Sequence[PlotStratum]) -> Quantity:
    """Mean of the strata weighted by area, t d.m./ha. Equation 14."""
    area = sum((line.area_ha for line in strata), start=0.0)
    weighted = sum((line.area_ha * line.mean_t_ha for line in strata), start=0.0)
    return weighted / area


def standard_error(strata: Sequence[PlotStratum]) -> Quantity:
    """Standard error of the mean, t d.m./ha: sqrt(sum w^2 s^2 / n). Equation 15."""
    area = sum((line.area_ha for line in strata), start=0.0)
    variance: Quantity = sum(
        ((line.area_ha / area) ** 2 * line.sd_t_ha**2 / line.plots for line in strata), start=0.0
    )
    return variance**0.5


def t_of(strata: Sequence[PlotStratum], t_value: Quantity | None) -> Quantity:
    """Student's t as stated, or at 90% for plots less strata."""
    if t_value is not None:
        return t_value
    return t_90(sum(line.plots for line in strata) - len(strata))


def half_width(strata: Sequence[PlotStratum], t_value: Quantity | None) -> Quantity:
    """Half the 90% interval of the mean, t d.m./ha: t x standard error. Equation 15."""
    return t_of(strata, t_value) * standard_error(strata)


def stock_uncertainty(strata: Sequence[PlotStratum], t_value: Quantity | None) -> Quantity:
    """U of a stock, a fraction of the mean; infinite when the mean is 0. Equation 15."""
    return _over(half_width(strata, t_value), mean_biomass(strata))


def change_uncertainty(
    *, earlier: Quantity, half_earlier: Quantity, later: Quantity, half_later: Quantity
) -> Quantity:
    """U of the change between two independent stocks and their half widths, in any one unit.

    U = sqrt((u1 C1)^2 + (u2 C2)^2) / |C2 - C1|, with u C the half width; infinite without a
    change. Equation 2.
    """
    spread = (half_earlier**2 + half_later**2) ** 0.5
    return _over(spread, np.abs(later - earlier))


def _over(part: Quantity, whole: Quantity) -> Quantity:
    """Return part / whole; infinite where the whole is 0, and 0 where both are."""
    divisor = np.where(np.equal(whole, 0), 1.0, whole)
    bare = np.where(np.equal(part, 0), 0.0, np.inf)
    return np.where(np.equal(whole, 0), bare, part / divisor)


def surveys(plots: Iterable[PlotStratum]) -> list[tuple[int, tuple[PlotStratum, ...]]]:
    """Return the strata by year of survey, the earliest first."""
    by_year: dict[int, list[PlotStratum]] = defaultdict(list)
    for line in plots:
        by_year[line.survey_year].append(line)
    return [(year, tuple(by_year[year])) for year in sorted(by_year)]


def plots_uncertainty(plots: Iterable[PlotStratum], t_value: Quantity | None) -> Quantity:
    """U of the last survey, or, with several, of the change between the last two.

    Stocks of the surveys are compared a hectare, so both must cover the same area.
    """
    found = [strata for _, strata in surveys(plots)]
    later = found[-1]
    if len(found) == 1:
        return stock_uncertainty(later, t_value)
    earlier = found[-2]
    return change_uncertainty(
        earlier=mean_biomass(earlier),
        half_earlier=half_width(earlier, t_value),
        later=mean_biomass(later),
        half_later=half_width(later, t_value),
    )


def discount_step(uncertainty: Quantity, steps: tuple[tuple[float, float], ...]) -> Numbers:
    """Share of U that is taken off; each step holds up to and with its highest U. Appendix 2.

    Raises:
        DomainError: `unknown_parameter` when the reference data hold no steps.
    """
    if not steps:
        raise DomainError("unknown_parameter", path="ar_tool14.discount", value=None)
    highest = [upper for upper, _ in steps[:-1]]
    shares = np.array([share for _, share in steps])
    return np.asarray(shares[np.searchsorted(highest, np.round(uncertainty, 12), side="left")])


def discount(uncertainty: Quantity, steps: tuple[tuple[float, float], ...]) -> Quantity:
    """Discount as a share of the mean: U x the share of U of its step. Appendix 2."""
    off: Quantity = uncertainty * discount_step(uncertainty, steps)
    return off


def conservative_mean(
    mean: Quantity,
    uncertainty: Quantity,
    steps: tuple[tuple[float, float], ...],
    *,
    baseline: bool,
) -> Quantity:
    """Mean after the discount: lowered for the project, raised for the baseline. Appendix 2."""
    off = discount(uncertainty, steps)
    return mean * (1 + off) if baseline else mean * (1 - np.minimum(off, 1.0))
