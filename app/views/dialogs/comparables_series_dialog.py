"""Takes a price series or exchange rates of the market book into a case."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.formats import plain
from app.i18n import _
from app.messages import spec_at
from app.reference.market_data import FxRate
from app.services.documents import Document, value_at
from app.views.dialogs.comparables_frame import SMALL_SIZE, EvidenceDialog
from app.views.widgets import market_choice as choice
from app.views.widgets.market_ticks import TickTable
from app.views.widgets.market_words import series_label
from app.views.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from app.services.market_desk import MarketDesk


class SeriesDialog(EvidenceDialog):
    """One series of the book; its observations up to the valuation date are taken."""

    def __init__(
        self, desk: "MarketDesk", document: Document, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, document, parent)
        self.setWindowTitle(_("Price series from the market book"))
        self.resize(*SMALL_SIZE)
        hint = self.text("evidence.hint", "hint")
        hint.setText(
            "{}\n{}".format(
                _("The series replaces the one in the case, and prices are adjusted by it."),
                self.day_said(),
            )
        )
        self.names = RecordTable((Column(_("Series"), series_label, width=240),), _("Price series"))
        self.names.setObjectName("reference")
        self.names.setSelectionMode(RecordTable.SelectionMode.SingleSelection)
        self.names.records.set_records(list(desk.series_names()))
        self.names.opened.connect(lambda _name: self.take.click())
        self.count = self.text("evidence.count")
        self.problem = self.text("evidence.problem", "problem")
        self.body.addWidget(hint)
        self.body.addWidget(self.names, 1)
        self.body.addWidget(self.count)
        self.body.addWidget(self.problem)
        self.add_foot(_("Take to the case"))
        self._begin()

    def _begin(self) -> None:
        names = list(self.desk.series_names())
        held = str(value_at(self.document, choice.SERIES_NAME) or "")
        self.names.selectRow(names.index(held) if held in names else 0)
        self.names.selection_changed.connect(self._show_state)
        self._show_state()

    def choose(self, name: str) -> None:
        """Choose a series."""
        self.names.selectRow(list(self.desk.series_names()).index(name))

    def name(self) -> str:
        """Return the name of the chosen series."""
        return str(next(iter(self.names.selected()), ""))

    def _lines(self) -> list[choice.Line]:
        """Return the newest observations that the table holds."""
        if not self.name():
            return []
        spec = spec_at(choice.SERIES)
        most = spec.field.max_length if spec is not None else None
        lines = sorted(
            (dict(line) for line in self.desk.series_points(self.name(), until=self.until)),
            key=lambda line: str(line["day"]),
        )
        return lines[-most:] if most else lines

    def _show_state(self) -> None:
        lines = self._lines()
        self.take.setEnabled(bool(lines))
        self.problem.hide()
        if not self.names.records.rowCount():
            self.count.setText(_("The market book holds no price series: import one there."))
            return
        if not lines:
            self.count.setText(_("This series has no price up to the valuation date."))
            return
        first, last = str(lines[0]["day"]), str(lines[-1]["day"])
        self.count.setText(
            _("Observations: {count}, from {first} to {last}.").format(
                count=len(lines), first=first, last=last
            )
        )
        outside = self._outside(first, last)
        self.problem.setText(outside)
        self.problem.setVisible(bool(outside))

    def _outside(self, first: str, last: str) -> str:
        """Say which dates the adjustment will ask for and the series does not reach."""
        if self.until is not None and last < self.until.isoformat():
            return _(
                "The last price is of {last}, before the valuation date {day}: the adjustment "
                "needs a price of that date."
            ).format(last=last, day=self.until)
        days = [str(line.get("day")) for line in choice.lines_at(self.document, choice.COMPARABLES)]
        early = sorted(day for day in days if day < first)
        if early:
            return _(
                "Comparables older than the first price, {first}: {count}. They cannot be adjusted."
            ).format(first=first, count=len(early))
        return ""

    def changed_document(self) -> Document:
        """Return the draft that is adjusted by the chosen series."""
        return choice.with_series(self.document, self.name(), self._lines())


class RatesDialog(EvidenceDialog):
    """Exchange rates of the currencies that are ticked."""

    def __init__(
        self, desk: "MarketDesk", document: Document, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, document, parent)
        self.setWindowTitle(_("Exchange rates from the market book"))
        self.resize(*SMALL_SIZE)
        self._records = [line for line in desk.fx() if self.until is None or line.day <= self.until]
        hint = self.text("evidence.hint", "hint")
        hint.setText(
            "{}\n{}".format(
                _("Ticked are the currencies of the comparables in the case."), self.day_said()
            )
        )
        self.table = TickTable(
            (
                Column(_("Currency"), lambda line: line.currency, width=120),
                Column(_("Date"), lambda line: line.day, str, width=120),
                Column(_("Yuan for one unit"), lambda line: float(line.yuan), plain, True, 150),
                Column(_("Source"), lambda line: line.source or None, width=240),
            ),
            _("Exchange rates"),
            lambda line: str(line.rate_id),
        )
        self.ticks = self.table.ticks
        self.ticks.ticks_changed.connect(self._show_state)
        self.count = self.text("evidence.count")
        self.body.addWidget(hint)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.count)
        self.add_foot(_("Take to the case"))
        self.table.records.set_records(
            sorted(self._records, key=lambda line: (line.currency, line.day))
        )
        wanted = choice.foreign_in(choice.lines_at(document, choice.COMPARABLES))
        self.ticks.tick(
            [line.rate_id for line in self._records if line.currency in wanted], wanted=True
        )
        self._show_state()

    def _chosen(self) -> list[FxRate]:
        return [line for line in self._records if line.rate_id in self.ticks.ticked]

    def _show_state(self) -> None:
        chosen = self._chosen()
        if not self._records:
            self.count.setText(_("The market book holds no rates: add or import them there."))
        else:
            self.count.setText(_("Lines ticked: {count}.").format(count=len(chosen)))
        self.take.setEnabled(bool(chosen))

    def changed_document(self) -> Document:
        """Return the draft with the ticked rates beside its own."""
        days = {(line.currency, str(line.day)) for line in self._chosen()}
        codes = sorted({code for code, _day in days})
        lines = [
            dict(line)
            for line in self.desk.fx_lines(codes)
            if (line["currency"], str(line["day"])) in days
        ]
        return choice.with_rates(self.document, lines)
