"""Reading bulletins of red tides from CSV."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from app.services.hazard_headings import (
    AREA_UNITS,
    HARMLESS_WORDS,
    TIDE_HEADINGS,
    TOXIC_WORDS,
)
from app.services.hazard_source import cell_refused, refused
from app.services.hazard_stations import (
    CsvTable,
    days_in,
    factor_of,
    numbers_in,
    place_of,
    read_csv_table,
)

_MOST_KM2 = 1e6


@dataclass(frozen=True, slots=True)
class RedTide:
    """One red tide of a bulletin; `area_km2` is None where none is stated.

    `toxic` is None where the bulletin says nothing.
    """

    first: date
    last: date
    place: str
    area_km2: float | None
    toxic: bool | None
    species: str


@dataclass(frozen=True, slots=True)
class RedTideFile:
    """The red tides of a file in the order of their days."""

    file: str
    digest: str
    tides: tuple[RedTide, ...]


def read_red_tides(path: Path) -> RedTideFile:
    """Read bulletins: first day, last day, place, area, toxic, species; in English or Chinese.

    Raises:
        CaseRefused: a file, heading or cell that is not understood.
    """
    table = read_csv_table(path, list(TIDE_HEADINGS.values()))
    places = {name: place_of(table, heads) for name, heads in TIDE_HEADINGS.items()}
    first = places["first"]
    if first is None:
        known = list(TIDE_HEADINGS["first"])
        raise refused(path.name, "hazard_no_column", ", ".join(table.headings)[:80], known=known)
    starts = days_in(table, first)
    last = places["last"]
    ends = days_in(table, last) if last is not None else starts
    if (ends < starts).any():
        at = int(np.argmax(ends < starts))
        line = int(table.frame.index[at])
        heading = table.headings[last if last is not None else first]
        raise cell_refused(
            path.name, "hazard_ends_before", str(ends[at]), line, heading, start=str(starts[at])
        )
    area = places["area_km2"]
    areas = (
        numbers_in(table, area, factor_of(table, area, AREA_UNITS), (0.0, _MOST_KM2))
        if area is not None
        else np.full(len(starts), np.nan)
    )
    texts = {name: _texts(table, places[name]) for name in ("place", "species")}
    toxic = _toxic(table, places["toxic"])
    tides = [
        RedTide(
            first=starts[at].astype(date),
            last=ends[at].astype(date),
            place=texts["place"][at],
            area_km2=float(areas[at]) if np.isfinite(areas[at]) else None,
            toxic=toxic[at],
            species=texts["species"][at],
        )
        for at in range(len(starts))
    ]
    tides.sort(key=lambda tide: (tide.first, tide.place))
    return RedTideFile(path.name, table.digest, tuple(tides))


def _texts(table: CsvTable, place: int | None) -> list[str]:
    if place is None:
        return [""] * len(table.frame)
    return [str(text) for text in table.column(place).str.strip()]


def _toxic(table: CsvTable, place: int | None) -> list[bool | None]:
    found: list[bool | None] = []
    for line, text in zip(table.frame.index, _texts(table, place), strict=True):
        word = text.casefold()
        if not word or place is None:
            found.append(None)
        elif word in TOXIC_WORDS or word in HARMLESS_WORDS:
            found.append(word in TOXIC_WORDS)
        else:
            heading = table.headings[place]
            raise cell_refused(table.name, "hazard_not_yes_no", text, int(line), heading)
    return found
