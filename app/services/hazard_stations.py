"""Reading daily series of stations and bulletins of red tides from CSV."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from app.finance.case.cover.index_tables import Measure
from app.finance.insurance.hazard_tracks import Floats
from app.services.case_file import CaseRefused
from app.services.hazard_headings import (
    DAY_HEADINGS,
    MEASURE_HEADINGS,
    MISSING,
    RANGES,
    STATION_HEADINGS,
    UNIT_FACTORS,
    YEAR_MONTH_DAY,
)
from app.services.hazard_source import (
    Progress,
    cell_refused,
    digest_of,
    read_text_file,
    refused,
    say_nothing,
)
from app.services.market_cells import day_read
from app.services.sheet_cells import decoded, separator_of
from app.services.table_headings import heading_key

_HEAD_LINES = 20
_JOINED = "day"
"""Column of days put together from year, month and day."""
_BRACKETS = re.compile(r"(.+?)\s*[(\[【（]([^()\[\]【】（）]*)[)\]】）]")


@dataclass(frozen=True, slots=True, eq=False)
class StationFile:
    """Daily readings of stations, in the order of the file.

    `readings` holds an array for each measure, NaN where a day has none.
    """

    file: str
    digest: str
    stations: tuple[str, ...]
    station_of: NDArray[np.int64]
    days: NDArray[np.datetime64]
    readings: Mapping[Measure, Floats]
    unmatched: tuple[str, ...] = ()

    def series(self, station: str, measure: Measure) -> tuple[NDArray[np.datetime64], Floats]:
        """Return days and readings of a station that are there, in the order of the days."""
        held = self.readings[measure]
        mine = np.flatnonzero((self.station_of == self.stations.index(station)) & np.isfinite(held))
        mine = mine[np.argsort(self.days[mine], kind="stable")]
        return self.days[mine], held[mine]


@dataclass(frozen=True, slots=True)
class CsvTable:
    """A text table: headings, cells as text, and the line of each row in the file."""

    name: str
    digest: str
    headings: tuple[str, ...]
    frame: pd.DataFrame

    def column(self, place: int | str) -> "pd.Series[str]":
        found: pd.Series[str] = self.frame[place]
        return found


def split_unit(heading: str) -> tuple[str, str]:
    """Split "风速(m/s)" or "rain [mm]" into a key of its name and its unit, "" for none."""
    found = _BRACKETS.fullmatch(heading.strip())
    name, unit = (found[1], found[2]) if found else (heading, "")
    return heading_key(name), re.sub(r"\s", "", unit).casefold()


def read_csv_table(path: Path, known: Sequence[Sequence[str]]) -> CsvTable:
    """Read a CSV file as texts; the headings are the first line that names two known columns.

    UTF-8, UTF-16 with its mark or GB 18030; commas, semicolons or tabs.

    Raises:
        CaseRefused: another kind of file, or no line of headings.
    """
    data = read_text_file(path)
    text = decoded(data, path.name)
    separator = separator_of(text)
    keys = {heading_key(name) for names in known for name in names}
    lines = text.splitlines()[:_HEAD_LINES]
    heads = [tuple(cell.strip(' "') for cell in line.split(separator)) for line in lines]
    named = [sum(split_unit(cell)[0] in keys for cell in cells) for cells in heads]
    at = next((at for at, count in enumerate(named) if count >= 2), None)
    if at is None:
        names = [names[0] for names in known]
        raise refused(path.name, "no_column_matched", lines[0][:80], known=names)
    cells = heads[at]
    try:
        frame = pd.read_csv(
            StringIO(text),
            sep=separator,
            header=None,
            names=list(range(len(cells))),
            index_col=False,
            skiprows=at + 1,
            dtype=str,
            keep_default_na=False,
            skip_blank_lines=False,
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise refused(path.name, "hazard_bad_lines", str(error).strip()[:200]) from error
    frame = frame.fillna("")
    frame.index += at + 2
    frame = frame[(frame != "").any(axis=1)]
    if frame.empty:
        raise refused(path.name, "empty_table", path.name)
    return CsvTable(path.name, digest_of(data), cells, frame)


def place_of(table: CsvTable, names: Sequence[str]) -> int | None:
    """Return the first column whose heading is one of some names, the best name first."""
    keys = [split_unit(heading)[0] for heading in table.headings]
    wanted = (heading_key(name) for name in names)
    return next((keys.index(name) for name in wanted if name in keys), None)


def days_in(
    table: CsvTable, place: int | str, heading: int | None = None
) -> NDArray[np.datetime64]:
    """Return the days of a column; each way a person writes a date is understood.

    Raises:
        CaseRefused: `hazard_not_day` with the line, for a cell that is no day.
    """
    texts = table.column(place).str.strip()
    found = pd.to_datetime(texts, format="%Y-%m-%d", errors="coerce")
    left = texts[found.isna()]
    if len(left):
        read = {text: day_read(text) for text in left.unique()}
        for text, day in read.items():
            if day is None or day[1] != "day":
                line = int(left.index[(left == text).to_numpy()][0])
                named = place if heading is None else heading
                column = table.headings[named] if isinstance(named, int) else named
                raise cell_refused(table.name, "hazard_not_day", text, line, column)
        days = {text: day[0] for text, day in read.items() if day is not None}
        found = found.fillna(pd.to_datetime(left.map(days)))
    return found.to_numpy().astype("datetime64[D]")


def numbers_in(table: CsvTable, place: int, factor: float, limits: tuple[float, float]) -> Floats:
    """Return the numbers of a column times a factor, NaN for what stands for a missing value.

    Raises:
        CaseRefused: `hazard_not_number` or `hazard_out_of_range` with line and column.
    """
    texts = table.column(place).str.strip()
    missing = texts.isin(MISSING)
    numbers = pd.to_numeric(texts.where(~missing), errors="coerce")
    wrong = (numbers.isna() & ~missing).to_numpy()
    heading = table.headings[place]
    if wrong.any():
        raise _cell(table, wrong, texts, "hazard_not_number", heading)
    found: Floats = numbers.to_numpy(dtype=float) * factor
    low, high = limits
    outside = (found < low) | (found > high)
    if outside.any():
        facts = {"low": f"{low:.10g}", "high": f"{high:.10g}"}
        raise _cell(table, outside, texts, "hazard_out_of_range", heading, **facts)
    return found


def _cell(
    table: CsvTable,
    wrong: NDArray[np.bool_],
    texts: "pd.Series[str]",
    code: str,
    heading: str,
    **facts: object,
) -> CaseRefused:
    place = int(np.argmax(wrong))
    line = int(table.frame.index[place])
    return cell_refused(table.name, code, texts.iloc[place], line, heading, **facts)


def factor_of(table: CsvTable, place: int, factors: Mapping[str, float]) -> float:
    """Return what the numbers of a column are multiplied by, from the unit in its heading.

    Raises:
        CaseRefused: `unknown_unit`.
    """
    unit = split_unit(table.headings[place])[1]
    if unit not in factors:
        raise refused(table.name, "unknown_unit", table.headings[place])
    return factors[unit]


def read_stations(path: Path, progress: Progress = say_nothing) -> StationFile:
    """Read daily readings of stations; headings in English or Chinese, a unit in brackets.

    Needed are a day (or year, month and day) and one measure; without a station all lines are of
    one. A day that stands twice for one station is refused.

    Raises:
        CaseRefused: a file, heading or cell that is not understood.
    """
    known = [DAY_HEADINGS, *YEAR_MONTH_DAY, STATION_HEADINGS, *MEASURE_HEADINGS.values()]
    table = read_csv_table(path, known)
    progress(0, len(table.frame))
    days, taken = _days(table)
    station = place_of(table, STATION_HEADINGS)
    values: dict[Measure, Floats] = {}
    for measure, heads in MEASURE_HEADINGS.items():
        place = place_of(table, heads)
        if place is None or place in taken:
            continue
        taken.add(place)
        factor = factor_of(table, place, UNIT_FACTORS[measure])
        values[measure] = numbers_in(table, place, factor, RANGES[measure])
        progress(len(values) * len(table.frame) // len(MEASURE_HEADINGS), len(table.frame))
    if not values:
        first = [names[0] for names in MEASURE_HEADINGS.values()]
        raise refused(path.name, "hazard_no_column", ", ".join(table.headings)[:80], known=first)
    codes = np.zeros(len(days), dtype=np.int64)
    stations: tuple[str, ...] = ("",)
    if station is not None:
        numbers, names = pd.factorize(table.column(station).str.strip())
        codes, stations = numbers.astype(np.int64), tuple(str(name) for name in names)
        taken.add(station)
    _check_days(table, codes, days)
    progress(len(table.frame), len(table.frame))
    unmatched = tuple(h for at, h in enumerate(table.headings) if h and at not in taken)
    return StationFile(path.name, table.digest, stations, codes, days, values, unmatched)


def _days(table: CsvTable) -> tuple[NDArray[np.datetime64], set[int]]:
    """Return the days and the columns they stand in: one, or those of year, month and day."""
    year, month, day = (place_of(table, names) for names in YEAR_MONTH_DAY)
    if year is not None and month is not None and day is not None:
        texts = (
            table.column(year).str.strip()
            + "-"
            + table.column(month).str.strip().str.zfill(2)
            + "-"
            + table.column(day).str.strip().str.zfill(2)
        )
        joined = replace(table, frame=table.frame.assign(**{_JOINED: texts}))
        return days_in(joined, _JOINED, year), {year, month, day}
    place = place_of(table, DAY_HEADINGS)
    if place is None:
        known = list(DAY_HEADINGS)
        raise refused(table.name, "hazard_no_column", ", ".join(table.headings)[:80], known=known)
    return days_in(table, place), {place}


def _check_days(table: CsvTable, codes: NDArray[np.int64], days: NDArray[np.datetime64]) -> None:
    order = np.lexsort((days, codes))
    twice = (codes[order][1:] == codes[order][:-1]) & (days[order][1:] == days[order][:-1])
    if twice.any():
        place = int(order[1:][twice].min())
        line = str(int(table.frame.index[place]))
        raise refused(table.name, "hazard_day_twice", str(days[place]), line=line)
