"""What a cover of deliveries stands on, year by year: tonnes, prices, chances, discount."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.finance.case.cover.delivery_inputs import DeliveryCover, DeliveryLine, LossTo
from app.finance.errors import DomainError
from app.finance.insurance.replacement import PriceModel

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class DeliveryPlan:
    """Vectors over the policy years 1 to T; years without a delivery have 0 tonnes.

    Deliveries, and what failure and reversal cost, fall at the end of their year: the factor of
    year t is (1 + r)^-t. `forwards` are today's prices of a replacement in the year. `failures`
    are the chances to fail in the year, not having failed before.
    """

    cover: DeliveryCover
    tonnes: Floats
    prices: Floats
    forwards: Floats
    failures: Floats
    discounts: Floats

    @property
    def years(self) -> int:
        """The last policy year T with a delivery."""
        return len(self.tonnes)

    @property
    def replaces(self) -> bool:
        """Whether a replacement is paid for, not the contract price."""
        return self.cover.loss_to is LossTo.REPLACEMENT

    @property
    def price_model(self) -> PriceModel:
        """The law of the replacement price."""
        return PriceModel(self.cover.volatility or 0.0, self.cover.dependence)

    @property
    def exposed_yuan(self) -> Floats:
        """Tonnes at contract price, not discounted."""
        return self.tonnes * self.prices

    @property
    def present_tonnes(self) -> Floats:
        """Tonnes times discount factor: what a yuan for each tonne is worth today."""
        return self.tonnes * self.discounts

    @property
    def either(self) -> Floats:
        """Chance that counterparty or common shock ends the year's sale."""
        return 1.0 - (1.0 - self.failures) * (1.0 - self.cover.common_shock)

    @property
    def alive(self) -> Floats:
        """Chance at the start of each year, and after the last, that the contract still runs."""
        if not self.cover.all_left:
            return np.ones(self.years + 1)
        return np.concatenate(([1.0], np.cumprod(1.0 - self.either)))

    def lost_years(self, place: int) -> slice:
        """Return the places of the deliveries that a failure in year `place` (from 0) takes."""
        return slice(place, None if self.cover.all_left else place + 1)


def plan_of(cover: DeliveryCover) -> DeliveryPlan:
    """Return the plan of a cover.

    Raises:
        DomainError: `failure_missing` for a year without a chance to fail; `needed` for one
            without a price of a replacement.
    """
    lines = {line.policy_year: line for line in cover.deliveries}
    years = np.arange(1, max(lines) + 1)
    found = [lines.get(int(year)) for year in years]
    return DeliveryPlan(
        cover=cover,
        tonnes=np.array([0.0 if line is None else line.tonnes for line in found]),
        prices=np.array([0.0 if line is None else line.price_yuan_t for line in found]),
        forwards=np.array([_forward(cover, line, int(y)) for y, line in enumerate(found, 1)]),
        failures=np.array([_failure(cover, line) for line in found]),
        discounts=(1.0 + cover.discount_rate) ** -years.astype(float),
    )


def _failure(cover: DeliveryCover, line: DeliveryLine | None) -> float:
    own = None if line is None else line.failure
    found = cover.failure_per_year if own is None else own
    if found is None:
        raise DomainError("failure_missing", path="insurance.delivery.failure_per_year", value=None)
    return found


def _forward(cover: DeliveryCover, line: DeliveryLine | None, year: int) -> float:
    """Today's price grown to the end of the year, where the line has none of its own."""
    if line is not None and line.replacement_yuan_t is not None:
        return line.replacement_yuan_t
    if cover.loss_to is LossTo.PRICE:
        return 0.0
    if cover.spot_yuan_t is None:
        path, other = "insurance.delivery.spot_yuan_t", "insurance.delivery.loss_to"
        raise DomainError("needed", path=path, value=None, other=other)
    return cover.spot_yuan_t * (1.0 + cover.price_growth) ** year
