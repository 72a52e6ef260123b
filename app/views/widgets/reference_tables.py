"""Columns of the reference tables, and one such table with its filter and its remark."""

import textwrap
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QLabel, QStackedWidget, QVBoxLayout, QWidget

from app.finance.case.case import Case
from app.finance.fields import choice_label
from app.finance.sink.eligibility import SINK_KIND_LABELS, Answer, SinkKind
from app.finance.sink.evidence import ANY
from app.formats import dates, number, percent
from app.i18n import N_, _, active_language, translator
from app.reference.loans import PUBLISHED_KIND_LABELS
from app.services.reference_texts import (
    ANSWER_CELLS,
    ANSWER_ORDER,
    equation_source,
    market_name,
    market_tip,
    part_name,
    species_name,
    written_out,
)
from app.views.widgets.record_table import Column, RecordTable

SINK_WIDTH = 92
LEAST = 190
STRETCHED = 260
"""Columns of this width and more, and those of the sinks, share what the window leaves."""
_GROUPS = {"bivalve": N_("shellfish"), "macroalgae": N_("macroalgae")}
_SHARES = (
    (N_("Dry over wet mass"), "dry_to_wet"),
    (N_("Soft tissue, share of dry mass"), "soft_mass_share"),
    (N_("Shell, share of dry mass"), "shell_mass_share"),
    (N_("Carbon in soft tissue"), "carbon_soft"),
    (N_("Carbon in shell"), "carbon_shell"),
)


class ReferenceTable(QWidget):
    """A table of reference data that fits the window: its wide columns share what is left.

    Cells have room for `lines` lines of text; `remark` stands below the table. `wide` are the
    places of the columns of long texts.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        name: str,
        rows: Sequence[Any],
        *,
        lines: int = 1,
        remark: str = "",
    ) -> None:
        super().__init__()
        self.table = RecordTable(columns, name)
        self.table.setObjectName("reference")
        self.table.setSelectionMode(RecordTable.SelectionMode.SingleSelection)
        if lines > 1:
            self.table.setWordWrap(True)
            height = self.table.fontMetrics().lineSpacing() * lines + 8
            self.table.verticalHeader().setDefaultSectionSize(height)
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        self.wide = [at for at, column in enumerate(columns) if column.width >= STRETCHED]
        self._sinks = [at for at, column in enumerate(columns) if column.width == SINK_WIDTH]
        for at, column in enumerate(columns):
            self.table.setColumnWidth(at, column.width)
        self._set_stretched(stretched=True)
        self.table.records.set_records(rows)
        empty = QLabel(_("No line holds all of these words."))
        empty.setProperty("role", "empty")
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack, 1)
        if remark:
            label = QLabel(remark)
            label.setProperty("role", "hint")
            label.setWordWrap(True)
            label.setContentsMargins(8, 2, 8, 6)
            layout.addWidget(label)

    def _set_stretched(self, *, stretched: bool) -> None:
        """Let the wide columns share what is left, or be as narrow as can be read."""
        header = self.table.horizontalHeader()
        modes = QHeaderView.ResizeMode
        for at in (*self.wide, *self._sinks):
            header.setSectionResizeMode(at, modes.Stretch if stretched else modes.Interactive)
        if not stretched:
            for at in self.wide:
                self.table.setColumnWidth(at, LEAST)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Scroll sideways rather than press the wide columns flat."""
        super().resizeEvent(event)
        if not self.wide or self._sinks:
            return
        header = self.table.horizontalHeader()
        others = (at for at in range(header.count()) if at not in self.wide)
        bar = self.table.verticalScrollBar().sizeHint().width()
        left = self.width() - bar - sum(header.sectionSize(at) for at in others)
        self._set_stretched(stretched=left >= LEAST * len(self.wide))

    def set_filter(self, words: str) -> None:
        """Keep the lines that hold every word."""
        self.table.records.set_filter(words)
        self._stack.setCurrentIndex(0 if self.table.records.rowCount() else 1)


def _named(row: Any, english: str = "key") -> str:
    return str(row.name_zh if active_language() == "zh" else getattr(row, english))


def _basis(row: Any) -> str:
    return str(row.basis_zh if active_language() == "zh" else row.basis)


def _carrier(row: Any) -> str:
    if row.ecosystem == ANY:
        return _("any")
    return _(choice_label(Case, "project.ecosystem", row.ecosystem))


def _activity(row: Any) -> str:
    return _(choice_label(Case, "project.activity", row.activity)) if row.activity else _("any")


def _answer(sink: SinkKind) -> Callable[[Any], int]:
    return lambda market: ANSWER_ORDER.index(Answer(market.accepts[sink]))


def _tip(sink: SinkKind) -> Callable[[Any], str]:
    return lambda market: market_tip(market, sink, translator(active_language()))


def wrapped(message: str, letters: int) -> str:
    """Return a heading in lines of so many letters, half as many of the broad Chinese ones."""
    text = _(message)
    if active_language() != "zh":
        return "\n".join(textwrap.wrap(text, letters))
    name, bracket, unit = text.partition("（")
    lines = -(-len(name) // (letters // 2))
    parts = textwrap.wrap(name, -(-len(name) // lines))
    if bracket and (lines > 1 or len(text) > letters // 2):
        return "\n".join((*parts, bracket + unit))
    return "\n".join(parts) + bracket + unit


def _rate(
    title: str, value: Callable[[Any], float | None], digits: int, width: int = 160
) -> Column:
    return Column(title, value, lambda figure: number(figure, digits), True, width)


def _as_of(market: Any) -> str | None:
    return None if market.as_of in ("", "-") else dates(market.as_of, translator(active_language()))


def market_columns() -> tuple[Column, ...]:
    """Columns of the markets: one for each kind of sink they tell apart."""
    answers = tuple(
        Column(
            wrapped(SINK_KIND_LABELS[sink], 11),
            _answer(sink),
            lambda place: _(ANSWER_CELLS[ANSWER_ORDER[place]]),
            width=SINK_WIDTH,
            tip=_tip(sink),
        )
        for sink in SinkKind
    )
    name = Column(
        _("Market"), lambda row: market_name(row, translator(active_language())), width=224
    )
    return (name, *answers, Column(_("As of"), _as_of, width=104))


def species_columns() -> tuple[Column, ...]:
    """Columns of the carbon in harvested species."""
    return (
        Column(_("Species"), _named, width=132),
        Column(_("Kind"), lambda row: row.group, lambda group: _(_GROUPS[group]), width=90),
        *(
            Column(wrapped(title, 15), attrgetter(key), percent, True, 118)
            for title, key in _SHARES
        ),
        Column(_("Source"), lambda row: row.source, width=300),
    )


def equation_columns() -> tuple[Column, ...]:
    """Columns of the equations of tree biomass."""
    tr = translator(active_language())
    return (
        Column(_("Species"), lambda row: species_name(row, tr), width=176),
        Column(_("Part"), lambda row: part_name(row, tr), width=98),
        Column(_("Equation"), written_out, width=238),
        Column(
            wrapped(N_("Wood density (g/cm³)"), 12),
            lambda row: row.density,
            lambda value: number(value, 3),
            True,
            104,
        ),
        Column(_("Caution"), lambda row: tr(row.caution), width=260),
        Column(_("Source"), lambda row: equation_source(row, tr), width=260),
    )


def rate_columns() -> tuple[Column, ...]:
    """Columns of the published removal rates."""
    return (
        Column(_("Sink carrier"), _carrier, width=110),
        Column(_("Figure"), lambda row: _named(row, "name"), width=200),
        _rate(_("Rate (tCO₂e/ha/yr)"), lambda row: row.tco2e_ha_yr, 3),
        Column(_("Note"), lambda row: _(row.note) if row.note else "", width=330),
        Column(_("Source"), lambda row: row.source, width=280),
    )


def band_columns() -> tuple[Column, ...]:
    """Columns of the ranges of rates seen."""
    return (
        Column(_("Sink carrier"), _carrier, width=110),
        Column(_("Activity"), _activity, width=130),
        _rate(_("Low end"), lambda row: row.low, 2, 100),
        _rate(_("High end"), lambda row: row.high, 2, 100),
        Column(_("What the ends stand on"), _basis, width=330),
        Column(_("Source"), lambda row: row.source, width=280),
    )


def comparison_columns() -> tuple[Column, ...]:
    """Columns of the named projects that rates are held against."""
    return (
        Column(_("Project"), lambda row: _named(row, "name"), width=200),
        Column(_("Sink carrier"), _carrier, width=100),
        Column(_("Activity"), _activity, width=110),
        _rate(_("Rate (tCO₂e/ha/yr)"), lambda row: row.tco2e_ha_yr, 2),
        Column(_("What it stands on"), _basis, width=260),
        Column(_("Source"), lambda row: row.source, width=260),
    )


def told(name: str) -> Callable[[Any], str]:
    """Return the reader of a text that a published line has in both languages."""
    return lambda loan: str(loan.text(name, active_language()))


def joined(*names: str) -> Callable[[Any], str]:
    """Return the texts of a published line that are not empty, each on a line of its own."""
    return lambda loan: "\n".join(filter(None, (told(name)(loan) for name in names)))


def dated_text(loan: Any) -> tuple[str, str]:
    """Return what a published line is sorted by, the undated ones last, and its date as told."""
    return "~" if loan.day is None else loan.day.isoformat(), told("day_text")(loan)


def loan_columns() -> tuple[Column, ...]:
    """Columns of the published loans, and of the rules behind them."""
    return (
        Column(_("Date"), dated_text, lambda dated: dated[1], width=90),
        Column(_("Lender, borrower"), joined("lender", "borrower", "place"), width=172),
        Column(_("Kind"), lambda loan: loan.kind, lambda k: _(PUBLISHED_KIND_LABELS[k]), width=84),
        Column(_("Collateral"), joined("collateral", "other_security"), width=172),
        _rate(wrapped(N_("Amount (yuan)"), 8), lambda loan: loan.amount_yuan, 0, 108),
        _rate(_("Tonnes"), lambda loan: loan.tonnes, 2, 90),
        Column(
            wrapped(N_("Interest rate"), 8), lambda loan: loan.annual_rate, percent, True, width=76
        ),
        Column(_("Valuation, ratio, notes"), joined("valuation", "note"), width=330),
        Column(_("Source"), told("source"), width=150),
    )
