"""The market page: what each market takes, and the shipped coefficients, with their sources."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSplitter,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from app.i18n import _, active_language, translator
from app.reference.damage import load_damage_curves
from app.reference.insurance import load_payouts, load_published_covers
from app.reference.loans import load_published_loans
from app.reference.storms import load_storm_places
from app.services.storm_facts import remark as storm_remark
from app.views.theme import page_css
from app.views.widgets import insurance_tables, reference_tables
from app.views.widgets.market_html import market_html
from app.views.widgets.reference_tables import ReferenceTable

if TYPE_CHECKING:
    from app.reference.tables import Reference


class MarketPage(QWidget):
    """Reference tables, one on each tab, with one filter over all of them."""

    def __init__(self, reference: "Reference", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        head = self._make_head(reference)
        self.tabs = QTabWidget()
        self.tables: list[ReferenceTable] = []
        self._add_markets(reference)
        self._add_figures(reference)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.addLayout(head)
        layout.addWidget(self.tabs, 1)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self._focus_filter)
        self.markets.table.selectRow(0)

    def _make_head(self, reference: "Reference") -> QHBoxLayout:
        title = QLabel(_("Market and reference data"))
        title.setProperty("role", "title")
        edition = QLabel(_("Edition {edition}").format(edition=reference.data_version))
        edition.setProperty("role", "hint")
        self.filter = QLineEdit()
        self.filter.setObjectName("filter")
        self.filter.setPlaceholderText(_("Filter by any word"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setFixedWidth(280)
        self.filter.textChanged.connect(self._set_filter)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addWidget(edition)
        head.addStretch(1)
        head.addWidget(self.filter)
        return head

    def _add_markets(self, reference: "Reference") -> None:
        name = _("Market eligibility")
        self.markets = ReferenceTable(reference_tables.market_columns(), name, reference.markets)
        self.markets.table.selection_changed.connect(self._show_market)
        self.markets.table.records.modelReset.connect(lambda: self.markets.table.selectRow(0))
        self.details = QTextBrowser()
        self.details.setObjectName("details")
        self.details.setAccessibleName(_("Market"))
        self.details.document().setDefaultStyleSheet(page_css())
        self.details.document().setDocumentMargin(10)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self.markets)
        splitter.addWidget(self.details)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setSizes([360, 270])
        splitter.setChildrenCollapsible(False)
        self.tables.append(self.markets)
        self.tabs.addTab(splitter, name)

    def _add_figures(self, reference: "Reference") -> None:
        figures = reference.tables
        legend = _(
            "m: dry mass in kg · D: stem diameter in cm · H: height in m · ρ: wood density in g/cm³"
        )
        per_hectare = _(
            "Mean rates in tCO₂e a hectare and year. A project outside its range gets a warning."
        )
        for name, columns, rows, lines, remark in (
            (
                _("Carbon in harvest"),
                reference_tables.species_columns(),
                reference.species_list(),
                2,
                "",
            ),
            (
                _("Tree equations"),
                reference_tables.equation_columns(),
                figures.allometry,
                3,
                legend,
            ),
            (_("Removal rates"), reference_tables.rate_columns(), reference.rates, 2, ""),
            (
                _("Ranges of rates"),
                reference_tables.band_columns(),
                figures.bands,
                4,
                per_hectare,
            ),
            (
                _("Projects to compare"),
                reference_tables.comparison_columns(),
                figures.comparisons,
                3,
                "",
            ),
            (
                _("Published loans"),
                reference_tables.loan_columns(),
                load_published_loans(),
                6,
                _("As reported; empty cells were not disclosed. No official pledge ratio exists."),
            ),
            (
                _("Covers placed"),
                insurance_tables.cover_columns(),
                load_published_covers(),
                6,
                _("As reported; empty cells were not published. Amounts in yuan unless marked."),
            ),
            (_("Payouts"), insurance_tables.payout_columns(), load_payouts(), 3, ""),
            (
                _("Damage curves"),
                insurance_tables.curve_columns(),
                load_damage_curves(),
                7,
                _("Intensity: damage as a share of the value on risk; straight in between."),
            ),
            (
                _("Storms"),
                insurance_tables.storm_columns(),
                load_storm_places(),
                2,
                storm_remark(translator(active_language())),
            ),
        ):
            table = ReferenceTable(columns, name, rows, lines=lines, remark=remark)
            self.tables.append(table)
            self.tabs.addTab(table, name)

    def _show_market(self) -> None:
        chosen = self.markets.table.selected()
        if chosen:
            self.details.setHtml(market_html(chosen[0], translator(active_language())))

    def _set_filter(self, words: str) -> None:
        for table in self.tables:
            table.set_filter(words)
        if not self.markets.table.records.rowCount():
            self.details.clear()

    def _focus_filter(self) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()
