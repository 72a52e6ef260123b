"""Enters a deal or quote, a price of a series, or an exchange rate into the market book."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from app.finance.case.problems import Problem
from app.i18n import _
from app.services.case_file import CaseRefused
from app.services.draft import table_columns
from app.services.market_lines import Target, table_of
from app.views.dialogs.line_dialog import LineDialog

if TYPE_CHECKING:
    from app.reference.market_data import SeriesObservation
    from app.services.market_desk import MarketDesk

CURRENCIES = ("CNY", "USD", "EUR", "HKD", "JPY", "AUD", "TWD")
LEFT_OUT = (
    "units",
    "close",
    "listing_volume_t",
    "block_volume_t",
    "listing_total",
    "block_total",
)
"""Columns of files only: of a price typed here the plain one counts, for all ways of trading."""
DEAL_SIZE, POINT_SIZE, RATE_SIZE = (820, 640), (480, 460), (460, 330)


class MarketLineDialog(LineDialog):
    """One line of the market book."""

    def __init__(
        self,
        target: Target,
        add: Callable[[dict[str, Any]], str],
        parent: QWidget | None = None,
        *,
        pairs: int = 2,
        series: Iterable[str] = (),
    ) -> None:
        columns = table_columns(table_of(target))
        super().__init__(
            [column for column in columns if column.name not in LEFT_OUT],
            add,
            parent,
            name="market.line",
            pairs=pairs,
            suggestions={"currencies": CURRENCIES, "series": tuple(series)},
        )


def _added_rate(desk: "MarketDesk", row: dict[str, Any]) -> str:
    missing = [name for name in ("currency", "day", "yuan") if row.get(name) is None]
    if missing:
        raise CaseRefused([Problem(f"market.fx.0.{name}", "missing", None) for name in missing])
    return desk.add_fx(**row).rate_id


class DealDialog(MarketLineDialog):
    """A deal or quote."""

    def __init__(self, desk: "MarketDesk", parent: QWidget | None = None) -> None:
        super().__init__(Target.RECORDS, lambda row: desk.add_record(**row).record_id, parent)
        self.setWindowTitle(_("A deal or quote for the market book"))
        self.resize(*DEAL_SIZE)


class PointDialog(MarketLineDialog):
    """A price of a series; `series` is the one that is filled in.

    `point` is what is in the book once it was added.
    """

    def __init__(
        self, desk: "MarketDesk", parent: QWidget | None = None, *, series: str = ""
    ) -> None:
        self.point: SeriesObservation | None = None

        def add(row: dict[str, Any]) -> str:
            self.point = desk.add_point(**row)
            return self.point.observation_id

        super().__init__(Target.SERIES, add, parent, pairs=1, series=desk.series_names())
        self.setWindowTitle(_("A price for a series of the market book"))
        self.resize(*POINT_SIZE)
        if series:
            self.fill({"series": series})


class RateDialog(MarketLineDialog):
    """An exchange rate."""

    def __init__(self, desk: "MarketDesk", parent: QWidget | None = None) -> None:
        super().__init__(Target.FX, lambda row: _added_rate(desk, row), parent, pairs=1)
        self.setWindowTitle(_("An exchange rate for the market book"))
        self.resize(*RATE_SIZE)
