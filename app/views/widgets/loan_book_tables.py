"""The tables of the book of loans: each loan at each price, its totals, and what is left out."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from app.formats import money, number, percent
from app.i18n import N_, _, active_language, translator
from app.messages.loan_book_words import BOOK_STATES
from app.services.loan_book import LeftOut, MovedBook
from app.services.loan_book_facts import (
    LoanRow,
    change_text,
    left_out_text,
    loan_table,
    states_of,
)
from app.views.widgets.copied import tab_separated
from app.views.widgets.loan_table import FactModel
from app.views.widgets.record_table import Column, RecordTable

GROUNDS = {"enforcement": "#F3C6BF", "margin_call": "#FBDFC4", "warning": "#FFF4D2"}
"""Colours behind the states that ask for something; the word always stands with them."""

_WORDS = {**BOOK_STATES, "above": N_("above")}
"""Words of the states beside a coverage."""

_LINE_OF_CALL = 1
_ROW_HEIGHT, _TOTAL_WIDTH = 25, 160
_NAMES, _LENDER = (178, 420), 150

Seen = tuple[float, str]
"""Coverage, infinite where nothing is owed, and the state: what a cell shows and is sorted by."""


def _seen(place: int) -> Callable[[LoanRow], Seen]:
    def value(row: LoanRow) -> Seen:
        one = row[1][place]
        return (inf if one.coverage is None else one.coverage), one.state

    return value


def _seen_text(seen: Seen) -> str:
    coverage, state = seen
    word = _(_WORDS[state])
    if coverage == inf:
        return word
    return _("{coverage} · {state}").format(coverage=percent(coverage), state=word)


def _price_tip(place: int) -> Callable[[LoanRow], str]:
    def tip(row: LoanRow) -> str:
        loan, one = row[0], row[1][place]
        text = _("{state}\nValue of the security {value} yuan, loan over value {ratio}")
        return text.format(
            state=_seen_text(_seen(place)(row)),
            value=money(one.value_yuan),
            ratio=percent(one.loan_to_value) if loan.owed_yuan else "–",
        )

    return tip


def _lines_tip(row: LoanRow) -> str:
    warning, call, enforcement = (number(price) for price in row[0].line_prices)
    text = _(
        "Price now {now}, warning at {warning}, margin call at {call}, enforcement at "
        "{enforcement} yuan/t"
    )
    return text.format(
        now=number(row[0].price_yuan_t), warning=warning, call=call, enforcement=enforcement
    )


def _owed_tip(row: LoanRow) -> str:
    known = row[0].known_until
    if known is None:
        return _("Not watched: every payment is taken as made when it was due")
    text = _("Receipts are known until {day}; later payments are taken as made when they were due")
    return text.format(day=known.isoformat())


def _change(share: float) -> str:
    return f"+{percent(share, 1)}" if share > 0 else percent(share, 1)


def _price_column(title: str, place: int) -> Column:
    return Column(
        title,
        _seen(place),
        _seen_text,
        width=172,
        tip=_price_tip(place),
        ground=lambda row: GROUNDS.get(row[1][place].state, ""),
    )


def _columns(found: MovedBook) -> tuple[Column, ...]:
    tr = translator(active_language())
    return (
        Column(_("Case"), lambda row: row[0].name, width=_NAMES[0]),
        Column(_("Borrower"), lambda row: row[0].borrower or None, width=104),
        Column(
            _("Owed (yuan)"),
            lambda row: row[0].owed_yuan,
            money,
            numeric=True,
            width=118,
            tip=_owed_tip,
        ),
        *(
            _price_column(change_text(change, tr), place)
            for place, change in enumerate(found.changes)
        ),
        Column(
            _("To the call"),
            lambda row: row[0].line_changes()[_LINE_OF_CALL],
            _change,
            numeric=True,
            width=70,
            tip=_lines_tip,
        ),
        Column(_("Lender"), lambda row: row[0].lender or None, width=_LENDER),
    )


class LoanBookTable(RecordTable):
    """The loans beside each other at every price; copied with all figures of each."""

    def __init__(self, found: MovedBook, parent: QWidget | None = None) -> None:
        super().__init__(_columns(found), _("Loans"), parent)
        self.setObjectName("reference")
        self._found = found

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Give the names of the cases what is left of the width."""
        super().resizeEvent(event)
        last = self.records.columnCount() - 1
        taken = sum(self.columnWidth(place) for place in range(1, last)) + _LENDER
        room = self.viewport().width() - taken
        self.setColumnWidth(0, min(max(room, _NAMES[0]), _NAMES[1]))

    def show_book(self, found: MovedBook, rows: list[LoanRow]) -> None:
        """Show other loans at the same prices."""
        self._found = found
        self.records.set_records(rows)

    def selected_text(self) -> str:
        """Return the selected loans, or all that are shown, for a spreadsheet."""
        records = self.records
        shown = [records.record(row) for row in range(records.rowCount())]
        model = FactModel()
        table = loan_table(self._found, self.selected() or shown, translator(active_language()))
        model.show_table(table)
        rows, columns = range(model.rowCount()), range(model.columnCount())
        return tab_separated(model.lines(rows, columns))


@dataclass(frozen=True)
class _TotalRow:
    label: str
    cells: tuple[str, ...]
    state: str = ""


def _total_rows(found: MovedBook) -> list[_TotalRow]:
    places = range(len(found.changes))

    def counted(state: str | None) -> tuple[str, ...]:
        totals = [found.total(place, state) for place in places]
        return tuple(
            _("{loans} · {owed}").format(loans=f"{one.loans:,}", owed=money(one.owed_yuan))
            for one in totals
        )

    every = [found.total(place) for place in places]
    return [
        *(_TotalRow(_(BOOK_STATES[state]), counted(state), state) for state in states_of(found)),
        _TotalRow(_("all loans"), counted(None)),
        _TotalRow(
            _("value of their security (yuan)"), tuple(money(one.value_yuan) for one in every)
        ),
        _TotalRow(
            _("owed beyond the security (yuan)"),
            tuple(money(one.beyond_value_yuan) for one in every),
        ),
    ]


def _total_column(title: str, place: int) -> Column:
    return Column(title, lambda row: row.cells[place], numeric=True, width=_TOTAL_WIDTH)


class TotalsTable(RecordTable):
    """Number and debt of the loans in each state, at every price."""

    def __init__(self, found: MovedBook, parent: QWidget | None = None) -> None:
        tr = translator(active_language())
        columns = (
            Column(
                _("State: loans · owed (yuan)"),
                lambda row: row.label,
                width=230,
                ground=lambda row: GROUNDS.get(row.state, ""),
            ),
            *(
                _total_column(change_text(change, tr), place)
                for place, change in enumerate(found.changes)
            ),
        )
        super().__init__(columns, _("Loans by state"), parent)
        self.setObjectName("reference")
        self.setSortingEnabled(False)
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(_TOTAL_WIDTH)
        for place in range(1, len(columns)):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)

    def show_book(self, found: MovedBook) -> None:
        """Show the totals of another book at the same prices."""
        self.records.set_records(_total_rows(found))
        self._fit()

    def _fit(self) -> None:
        """Be as high as the rows, and the bar below them where not all prices fit."""
        header, bar = self.horizontalHeader(), self.horizontalScrollBar()
        rows = _ROW_HEIGHT * self.records.rowCount() + 2 * self.frameWidth()
        below = bar.sizeHint().height() if header.length() > self.viewport().width() else 0
        self.setFixedHeight(header.sizeHint().height() + rows + below)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Make room for the bar, or take it back."""
        super().resizeEvent(event)
        self._fit()


def left_out_columns() -> tuple[Column, ...]:
    """Return the columns of the loans that cannot be computed."""

    def reason(one: LeftOut) -> Any:
        return left_out_text(one, translator(active_language()))

    return (
        Column(_("Not computed"), lambda one: one.name, width=300),
        Column(_("Reason"), reason, width=600),
    )
