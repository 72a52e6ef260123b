"""The market book for window and command line: what is shipped and what the user added."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.finance.case.problems import Problem
from app.finance.case.valuation.evidence import PriceEvidence
from app.finance.fields import specs_by_path
from app.i18n import active_language
from app.reference.market_data import (
    DAILY,
    FxRate,
    MarketData,
    MarketRecord,
    SeriesObservation,
    load_market_data,
)
from app.services.case_file import CaseRefused, line_problems
from app.services.market_evidence import (
    comparable_lines,
    day_points,
    day_prices,
    fx_document_lines,
    point_lines,
    usable_points,
)
from app.services.market_lines import Row, Target, table_of
from app.services.market_rows import BUILDERS, Entry, differs, key_of, repeats
from app.services.ports import MarketBook, MarketRow, StorageProblem
from app.services.table_headings import columns_of

if TYPE_CHECKING:
    from app.finance.case.case import Case
    from app.finance.valuation.estimation import SeriesEstimate
    from app.finance.valuation.series_correlation import SeriesCorrelation
    from app.services.import_market import MarketPreview
    from app.services.market_alerts import Alert
    from app.services.market_check import PriceCheck

__all__ = ["FxRate", "MarketDesk", "MarketRecord", "SeriesObservation", "Target"]


SERIES_GAP_DAYS = int(specs_by_path(PriceEvidence)["series_gap_days"].default)
"""Longest gap bridged in a series unless another is asked for, as in the price evidence."""


def number_of(row: MarketRow) -> str:
    """Return the number a row is deleted by."""
    if isinstance(row, MarketRecord):
        return row.record_id
    return row.observation_id if isinstance(row, SeriesObservation) else row.rate_id


def _rank(point: SeriesObservation) -> int:
    return DAILY.index(point.basis) if point.basis in DAILY else len(DAILY)


class MarketDesk:
    """The one door to the market book. `now` gives the present time with offset.

    Shipped rows come first and stay; the user's own are appended and may be deleted.
    """

    def __init__(
        self, book: MarketBook, now: Callable[[], datetime], shipped: MarketData | None = None
    ) -> None:
        self._book = book
        self._now = now
        self._shipped = shipped

    def _data(self) -> MarketData:
        if self._shipped is None:
            self._shipped = load_market_data()
        return self._shipped

    def _today(self) -> date:
        return self._now().date()

    def records(self) -> Sequence[MarketRecord]:
        """Return all deals and quotes, by day."""
        return sorted(
            [*self._data().records, *self._book.market_records()], key=lambda record: record.day
        )

    def record(self, record_id: str) -> MarketRecord | None:
        """Return a deal or quote by its number, None when there is none."""
        return next((found for found in self.records() if found.record_id == record_id), None)

    def series_names(self) -> Sequence[str]:
        """Return the names of all series: the shipped ones in their order, then the user's."""
        shipped = dict.fromkeys(point.series for point in self._data().observations)
        return list(shipped | dict.fromkeys(self._book.market_series()))

    def series(self, name: str) -> Sequence[SeriesObservation]:
        """Return the points of a series by day, the finest basis of a day first.

        Means of long spans and forecasts are among them; their `basis` says so.
        """
        shipped = [point for point in self._data().observations if point.series == name]
        found = [*shipped, *self._book.market_points(name)]
        return sorted(found, key=lambda point: (point.day, _rank(point), point.shipped))

    def fx(self) -> Sequence[FxRate]:
        """Return the exchange rates by currency and day; none are shipped."""
        return self._book.fx_rates()

    def _shipped_rows(self, target: Target) -> Sequence[Entry]:
        if target is Target.RECORDS:
            return self._data().records
        return self._data().observations if target is Target.SERIES else ()

    def _known(self, target: Target) -> Iterable[Entry]:
        if target is Target.RECORDS:
            return self.records()
        if target is Target.SERIES:
            return [*self._shipped_rows(target), *self._book.market_points()]
        return self.fx()

    def preview(
        self,
        path: Path,
        target: Target | str,
        *,
        sheet: str | None = None,
        name: str = "",
        columns: Mapping[str, str] | None = None,
        same: Mapping[str, str] | None = None,
        progress: Callable[[int, int], None] = lambda _done, _total: None,
    ) -> "MarketPreview":
        """Say what taking a CSV or XLSX file would do; nothing is stored.

        Args:
            path: the file.
            target: "records", "series" or "fx".
            sheet: sheet of a workbook, the first one by default.
            name: the series, where no column names it.
            columns: headings chosen by hand, by name of the column.
            same: texts that count in every line without a cell of its own, by column.
            progress: hears lines done and of how many, 0 while the file is being read; what it
                raises ends the work.

        Raises:
            CaseRefused: the file is not understood as a whole.
        """
        from app.services.import_market import preview_market  # noqa: PLC0415 - loads pandas

        chosen = Target(target)
        fixed = {**(same or {}), **({"series": name} if name else {})}
        return preview_market(
            path,
            chosen,
            self._known(chosen),
            today=self._today(),
            sheet=sheet,
            columns=columns,
            same=fixed,
            progress=progress,
        )

    def take(self, preview: "MarketPreview", *, skip_duplicates: bool = True) -> int:
        """Store the lines of a preview, all or none; return how many.

        Lines that repeat others are left out unless `skip_duplicates` is off. What was stored
        since the preview was made is looked at again.
        """
        rows = [line.entry for line in preview.new]
        if not skip_duplicates:
            rows += [line.entry for line in preview.duplicates]
        if not rows:
            return 0
        choose = partial(_still_new, rows) if skip_duplicates else None
        return len(self._book.add_market_rows(rows, now=self._now(), choose=choose))

    def _add(self, target: Target, row: Row) -> MarketRow:
        given = {name: value for name, value in row.items() if value is not None}
        table = table_of(target)
        known = [column.name for column in columns_of(table)]
        problems = [
            Problem(f"{table.path}.0.{name}", "unknown_field", given[name], {"known": known})
            for name in given
            if name not in known
        ]
        problems = problems or line_problems(table, given)
        if problems:
            raise CaseRefused(problems)
        built = BUILDERS[target](given, self._today())
        if built.entry is None:
            raise CaseRefused(list(built.problems))
        entry = built.entry

        def once(stored: Sequence[Entry]) -> Sequence[Entry]:
            self._refuse_repeated(target, entry, stored)
            return [entry]

        return self._book.add_market_rows([entry], now=self._now(), choose=once)[0]

    def _refuse_repeated(self, target: Target, entry: Entry, stored: Sequence[Entry]) -> None:
        key = key_of(entry)
        for other in [*self._shipped_rows(target), *stored]:
            if key_of(other) == key and repeats(entry, other):
                code = "market_other_figure" if differs(entry, other) else "market_repeated"
                path = f"market.{target.value}.0.day"
                facts = {"number": number_of(other)}
                raise CaseRefused([Problem(path, code, str(entry.day), facts)])

    def add_record(self, **fields: Any) -> MarketRecord:
        """Store a deal or quote; the fields are those of `market_lines.RecordLine`.

        Dates are ISO texts or dates, choices their codes.

        Raises:
            CaseRefused: a field does not fit, or the book has this deal already.
        """
        added = self._add(Target.RECORDS, _plain(fields))
        if not isinstance(added, MarketRecord):
            raise TypeError(type(added).__name__)
        return added

    def add_point(self, **fields: Any) -> SeriesObservation:
        """Store a point of a series; the fields are those of `market_lines.SeriesLine`.

        Raises:
            CaseRefused: a field does not fit, or the series has this day already.
        """
        added = self._add(Target.SERIES, _plain(fields))
        if not isinstance(added, SeriesObservation):
            raise TypeError(type(added).__name__)
        return added

    def add_fx(self, currency: str, day: date | str, yuan: float, source: str = "") -> FxRate:
        """Store an exchange rate, yuan for one unit.

        Raises:
            CaseRefused: a field does not fit, or there is a rate of this day already.
        """
        row = {"currency": currency.upper(), "day": day, "yuan": yuan, "source": source}
        added = self._add(Target.FX, _plain(row))
        if not isinstance(added, FxRate):
            raise TypeError(type(added).__name__)
        return added

    def remove(self, numbers: Iterable[str]) -> int:
        """Delete the user's own rows by their numbers, all or none; return how many.

        Raises:
            CaseRefused: a number is that of a shipped row, or of none.
        """
        wanted = list(dict.fromkeys(numbers))
        data = self._data()
        fixed = {row.record_id for row in data.records}
        fixed |= {point.observation_id for point in data.observations}
        shipped = [number for number in wanted if number in fixed]
        if shipped:
            refused = [Problem("market", "market_row_shipped", number) for number in shipped]
            raise CaseRefused(refused)
        try:
            return self._book.remove_market_rows(wanted)
        except StorageProblem as problem:
            if problem.code != "not_found":
                raise
            unknown = Problem("market", "market_row_unknown", ", ".join(wanted))
            raise CaseRefused([unknown]) from problem

    def comparables(
        self, records: Iterable[MarketRecord], language: str | None = None
    ) -> list[Row]:
        """Return the document lines of `appraisal.evidence.comparables`, in a language.

        Records without a price are left out. A second text of a deal that is chosen too, and
        values that nobody paid, come with the reason that takes them out of the centre.
        """
        return comparable_lines(list(records), language or active_language())

    def alerts(self) -> "Sequence[Alert]":
        """Return deals and daily prices outside their band, newest first."""
        from app.services.market_alerts import find_alerts  # noqa: PLC0415 - loads the core

        series = [self.series(name) for name in self.series_names()]
        return find_alerts(self.records(), series, self.fx(), self._today())

    def new_alerts(
        self, before: "Iterable[Alert]", after: "Sequence[Alert] | None" = None
    ) -> "list[Alert]":
        """Return the alerts that were not there `before`, newest first.

        An alert is the same as long as it says the same of the same price, though its band has
        moved. `after` are the present alerts where they are known already.
        """
        from app.services.market_alerts import alerts_since  # noqa: PLC0415 - loads the core

        return alerts_since(before, self.alerts() if after is None else after)

    def price_check(self, case: "Case") -> "PriceCheck":
        """Hold the price of the valuation date of a case against the deals known by then.

        Raises:
            CaseRefused: the case has no appraisal, or no price on its valuation date.
        """
        from app.services.market_check import check_price  # noqa: PLC0415 - loads the core

        return check_price(case, self.records(), self.fx())

    def _prices(self, name: str) -> list[tuple[date, float]]:
        points = self.series(name)
        if not points:
            facts = {"known": list(self.series_names())}
            raise CaseRefused([Problem("market.series", "unknown_series", name, facts)])
        return day_prices(points)

    def estimate(self, name: str, longest_gap_days: int = SERIES_GAP_DAYS) -> "SeriesEstimate":
        """Return volatility, drift, mean reversion and jumps of a series.

        By one point a day, as `series_points` chooses them; weekly averages count as prices.

        Raises:
            CaseRefused: no such series, too few prices, prices in two currencies, or a gap of
                more than `longest_gap_days`.
        """
        from app.services.market_statistics import estimate_series  # noqa: PLC0415 - loads scipy

        return estimate_series(self._prices(name), longest_gap_days)

    def correlate(self, one: str, other: str) -> "SeriesCorrelation":
        """Return how far two series move together on the days they have in common.

        By one point a day of each, as in `estimate`; each series in its own currency.

        Raises:
            CaseRefused: no such series, a series in two currencies, fewer than 5 common days,
                or a series that stands still on them.
        """
        from app.services.market_statistics import correlate_series  # noqa: PLC0415 - loads scipy

        return correlate_series(self._prices(one), self._prices(other))

    def series_points(
        self, name: str, until: date | None = None, language: str | None = None
    ) -> list[Row]:
        """Return the document lines of `appraisal.evidence.series`: one point a day.

        Means of long spans, forecasts and figures not seen in a source are left out; of several
        points of a day the user's own, then the finest, counts. At most the last 5,000.
        """
        points = [
            point
            for point in day_points(usable_points(self.series(name)))
            if until is None or point.day <= until
        ]
        return point_lines(points, language or active_language())

    def fx_lines(self, currencies: Iterable[str], days: Iterable[date] | None = None) -> list[Row]:
        """Return the document lines of `appraisal.evidence.fx` for these currencies.

        With `days`, only the last rate up to each of them; at most the last 500.
        """
        return fx_document_lines(self.fx(), set(currencies), days)


def _still_new(rows: Sequence[Entry], stored: Sequence[Entry]) -> list[Entry]:
    """Return the rows that none of the stored ones repeats."""
    known: dict[object, list[Entry]] = {}
    for entry in stored:
        known.setdefault(key_of(entry), []).append(entry)
    return [
        row for row in rows if not any(repeats(row, other) for other in known.get(key_of(row), ()))
    ]


def _plain(fields: Mapping[str, Any]) -> Row:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in fields.items()
    }
