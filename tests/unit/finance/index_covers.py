"""Index covers for the tests: one trigger on wind unless told otherwise."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from app.finance.case.cover.heads import InsuredUnit
from app.finance.case.cover.index_inputs import IndexCover
from app.finance.case.cover.index_tables import (
    BandLine,
    Measure,
    PayoutForm,
    ReadingLine,
    TriggerLine,
)


def trigger(**changes: Any) -> TriggerLine:
    return TriggerLine(
        **{"name": "wind", "measure": Measure.GUST, "form": PayoutForm.STEP, **changes}
    )


def linear(start: float, end: float, **changes: Any) -> TriggerLine:
    return trigger(form=PayoutForm.LINEAR, trigger=start, exit=end, **changes)


def bands(steps: Mapping[float, float], name: str = "wind") -> tuple[BandLine, ...]:
    return tuple(BandLine(name, value, share) for value, share in steps.items())


def reading(
    day: str, value: float, station: str = "", event: str = "", of: str = ""
) -> ReadingLine:
    return ReadingLine(of, date.fromisoformat(day), value, station, event)


def yearly(first: int, values: Iterable[float], day: str = "08-01") -> tuple[ReadingLine, ...]:
    """Return one reading a year."""
    return tuple(reading(f"{first + place}-{day}", value) for place, value in enumerate(values))


def cover(**changes: Any) -> IndexCover:
    """Return a cover of 1,000 yuan with a season from April to December."""
    terms: dict[str, Any] = {
        "quantity": 1.0,
        "quantity_unit": InsuredUnit.SHARE,
        "unit_value_yuan": 1000.0,
        "season_start": date(2025, 4, 1),
        "season_end": date(2025, 12, 31),
        "triggers": (trigger(),),
        "bands": bands({10: 0.1, 11: 0.2, 12: 0.4, 13: 0.7, 14: 1.0}),
    }
    return IndexCover(**{**terms, **changes})
