"""What is lost when everything near the densest place of the book is lost."""

from collections.abc import Iterator

import numpy as np

from app.finance.insurance.accumulation import BookCase, Weights
from app.finance.insurance.accumulation_results import Accumulation
from app.finance.insurance.accumulation_zone import densest_place
from app.finance.insurance.index_payout import sum_insured
from app.services.accumulate import at_footprint
from app.services.accumulation import AccumulationBook


def densest_zone(book: AccumulationBook, radius_km: float) -> Accumulation | None:
    """Return the book when all within the radius of its densest place is lost; None without one."""
    yuan = np.zeros(len(book.lat_deg))
    for case in book.cases:
        for weights, amount in _exposed(case):
            for place, weight in weights:
                yuan[place] += weight * amount
    densest = densest_place(book.lat_deg, book.lon_deg, yuan, radius_km)
    if densest is None:
        return None
    place, _sum = densest
    return at_footprint(
        book,
        latitude=float(book.lat_deg[place]),
        longitude=float(book.lon_deg[place]),
        radius_km=radius_km,
        damage=1.0,
    )


def _exposed(case: BookCase) -> Iterator[tuple[Weights, float]]:
    """Yield what stands at the places of a case: sums insured, and what is owed."""
    policy = case.policy
    if policy is not None:
        pairs = zip(policy.places, policy.exposures, strict=True)
        yield from ((where, exposure.sum_insured_yuan) for where, exposure in pairs)
        index = policy.insurance.index
        if index is not None and policy.index_place is not None:
            yield ((policy.index_place, 1.0),), sum_insured(index)
    if case.loan is not None:
        yield case.loan.places, case.loan.owed_yuan
