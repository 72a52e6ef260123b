"""The shipped table of storms in place of a file: what it says of a place, and its peril."""

from dataclasses import dataclass

from app.finance.insurance.hazard_tracks import AVERAGING_LABELS, Averaging
from app.finance.insurance.hazard_wind import CONVERSION_SOURCE, conversion
from app.formats import number, plain
from app.i18n import N_, Translator
from app.reference.storms import COUNTED_MS, StormPlace, storm_place
from app.reports.fact_tables import free_row
from app.reports.value_facts import FactRow
from app.services.documents import Document, value_at, with_value
from app.services.hazard_facts import WIND_UNIT
from app.services.hazard_questions import PlaceQuestion, WindsAs
from app.services.storm_proposals import PERILS, with_storm_place

_CONVERTED = N_("{source}; as {averaging} by the factor {factor}, {conversion}")
_LONGEST_LINE = 300
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class PlaceWinds:
    """A place of the table, and the factor that turns its winds into `averaging`."""

    place: StormPlace
    averaging: Averaging
    factor: float

    @property
    def per_year(self) -> float:
        """Storms a year with the threshold or more at the place."""
        return self.place.site_storms / self.place.years

    def turned(self, wind_ms: float) -> float:
        """Return a wind of the table in the averaging time wanted, six significant digits."""
        return float(f"{wind_ms * self.factor:.{_DIGITS}g}")


def place_winds(question: PlaceQuestion) -> PlaceWinds:
    """Return the place and the averaging time that are asked for."""
    place = storm_place(question.place)
    wanted = question.averaging
    averaging = place.averaging if wanted is WindsAs.FILE else Averaging(wanted.value)
    return PlaceWinds(place, averaging, conversion(place.averaging, averaging, question.exposure))


def place_rows(found: PlaceWinds, tr: Translator) -> tuple[FactRow, ...]:
    """Return what the table says of a place."""
    place = found.place
    counted = zip(COUNTED_MS, place.storms, strict=True)
    rows = [
        free_row(N_("Place"), place.text("place", tr.language)),
        FactRow(
            N_("Years looked at"),
            words=N_("{first} to {last}, {count} years"),
            facts={
                "first": str(place.first_year),
                "last": str(place.last_year),
                "count": str(place.years),
            },
        ),
        *(
            FactRow(
                N_("Storms within the radius"),
                str(count),
                note=N_("{threshold} {unit} and more"),
                facts={"threshold": plain(least), "unit": WIND_UNIT},
            )
            for least, count in counted
        ),
        FactRow(
            N_("Events a year"),
            number(found.per_year, 3),
            note=N_("wind at the place, {threshold} {unit} and more"),
            facts={"threshold": plain(place.threshold_ms), "unit": WIND_UNIT},
            strong=True,
        ),
        FactRow(N_("Averaging time"), words=AVERAGING_LABELS[found.averaging]),
    ]
    if place.scale_ms is None or place.shape is None:
        rows.append(
            FactRow(
                N_("Size not fitted; expected"),
                words=N_("at least 10 storms at the place: enter the damage yourself"),
            )
        )
    else:
        rows += [
            FactRow(N_("Threshold"), plain(found.turned(place.threshold_ms)), WIND_UNIT),
            FactRow(N_("Scale β"), plain(found.turned(place.scale_ms)), WIND_UNIT),
            FactRow(N_("Shape ξ"), plain(place.shape)),
        ]
    rows.append(free_row(N_("Source"), place.text("source", tr.language)))
    return tuple(rows)


def with_place_as_peril(
    document: Document, found: PlaceWinds, curve: str, tr: Translator
) -> Document:
    """Return a draft with typhoon wind by the table at every site, through a damage curve.

    Where no law was fitted the line has the frequency alone.
    """
    changed = with_storm_place(document, found.place.place, "", tr)
    *others, line = value_at(changed, PERILS)
    if "scale" not in line:
        return changed
    turned = {name: found.turned(line[name]) for name in ("threshold", "scale")}
    source = line["source"]
    if found.averaging is not found.place.averaging:
        source = tr(_CONVERTED).format(
            source=source,
            averaging=tr(AVERAGING_LABELS[found.averaging]),
            factor=f"{found.factor:.3f}",
            conversion=tr(CONVERSION_SOURCE),
        )[:_LONGEST_LINE]
    return with_value(
        changed, PERILS, [*others, {**line, **turned, "curve": curve, "source": source}]
    )
