"""The loan prime rate as announced month by month since August 2019."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from app.paths import resources
from app.reference.rows import read_rows


@dataclass(frozen=True, slots=True)
class AnnouncedLpr:
    """Rates of one announcement as fractions; `status` says how the row was verified."""

    day: date
    one_year: float
    five_years: float
    status: str
    source: str


@cache
def load_lpr() -> tuple[AnnouncedLpr, ...]:
    """Return the announcements that were seen, the oldest first."""
    return tuple(
        AnnouncedLpr(
            day=date.fromisoformat(row["day"]),
            one_year=float(row["one_year"]),
            five_years=float(row["five_years"]),
            status=row["status"],
            source=row["source"],
        )
        for row in read_rows(resources() / "reference", "lpr.csv")
    )
