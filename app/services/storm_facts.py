"""The shipped table of storms near coastal places, for window and command line."""

from app.finance.insurance.hazard_tracks import AVERAGING_LABELS
from app.formats import plain
from app.i18n import N_, Translator
from app.reference.storms import COUNTED_MS, StormPlace, load_storm_places
from app.reports.fact_tables import FactCell, FactHead, FactTable, published

REMARK = N_(
    "Storms of {first} to {last} by their highest wind ({averaging}) within {radius} km; the law "
    "is that of the wind at the place by the profile of Holland (1980)."
)
COUNT_HEADS = (
    N_("17.2 m/s or more"),
    N_("24.5 m/s or more"),
    N_("32.7 m/s or more"),
    N_("41.5 m/s or more"),
)


def law_text(place: StormPlace) -> str:
    """Return scale and shape of the law of the wind at a place, "–" without one."""
    if place.scale_ms is None or place.shape is None:
        return "–"
    return f"β {plain(place.scale_ms)}, ξ {plain(place.shape)}"


def remark(tr: Translator) -> str:
    """Return how the storms were counted."""
    first = load_storm_places()[0]
    return tr(REMARK).format(
        first=first.first_year,
        last=first.last_year,
        averaging=tr(AVERAGING_LABELS[first.averaging]),
        radius=plain(first.radius_km),
    )


def _row(place: StormPlace) -> tuple[FactCell, ...]:
    return (
        published(place.place, place.place_zh),
        *(FactCell(str(count)) for count in place.storms),
        FactCell(str(place.site_storms)),
        FactCell(law_text(place)),
    )


def storm_table() -> FactTable:
    """Return the places with their storms and the law of the wind above the lowest threshold."""
    heads = [FactHead(N_("Place"), numeric=False)]
    heads += [FactHead(label) for label in COUNT_HEADS[: len(COUNTED_MS)]]
    heads += [
        FactHead(N_("17.2 m/s or more at the place")),
        FactHead(N_("Law of the wind above it"), numeric=True),
    ]
    return FactTable(tuple(heads), tuple(map(_row, load_storm_places())))
