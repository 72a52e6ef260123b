"""A cover that was placed, as published: for comparison of rates and for the register."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlacedCover:
    """One published cover; `rate` is premium over sum insured, None where it was not published.

    `cover_class` is "carbon", "ecosystem", "weather_index", "indemnity", "price_index",
    "reef", "credit" or "study"; `peril` holds codes of perils with a blank between them;
    `rate_basis` says whether the rate was stated or computed.
    """

    key: str
    day_text: str
    cover_class: str
    insurer: str
    insurer_zh: str
    place: str
    place_zh: str
    insured_object: str
    insured_object_zh: str
    peril: str
    sum_insured: float | None
    premium: float | None
    currency: str
    rate: float | None
    rate_low: float | None
    rate_high: float | None
    rate_basis: str
    source: str
    source_zh: str = ""
    day_text_zh: str = ""
