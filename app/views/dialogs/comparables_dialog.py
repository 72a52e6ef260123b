"""Takes deals of the market book into a case as comparables."""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QWidget,
)

from app.i18n import _
from app.reference.market_data import MarketRecord
from app.services.documents import Document, value_at
from app.views.dialogs.comparables_frame import EvidenceDialog
from app.views.dialogs.comparables_series_dialog import RatesDialog, SeriesDialog
from app.views.widgets import market_choice as choice
from app.views.widgets.market_deals import PLACE, SOURCE, share_width
from app.views.widgets.market_filters import DealFilter
from app.views.widgets.market_ticks import TickTable
from app.views.widgets.market_words import (
    counts_in_centre,
    deal_columns,
    is_upper_bound,
    price_ranges,
)

if TYPE_CHECKING:
    from app.services.market_desk import MarketDesk

SIZE = (1060, 640)


class ComparablesDialog(EvidenceDialog):
    """Deals and quotes by tags; ticked ones become comparables of the case."""

    def __init__(
        self, desk: "MarketDesk", document: Document, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, document, parent)
        self.setWindowTitle(_("Comparables from the market book"))
        self.resize(*SIZE)
        self._records = choice.ready(desk.records(), self.until)
        hint = self.text("evidence.hint", "hint")
        hint.setText(
            "{}\n{}".format(
                _(
                    "Court and public-benefit prices are not ticked: taken along, they stand as "
                    "an upper bound only."
                ),
                self.day_said(),
            )
        )
        self.filter = DealFilter()
        self.filter.changed.connect(self._arrange)
        self.table = TickTable(
            deal_columns(), _("Deals and quotes"), lambda record: str(record.record_id)
        )
        share_width(self.table, PLACE, SOURCE)
        self.ticks = self.table.ticks
        self.ticks.ticks_changed.connect(self._show_state)
        self.count = self.text("evidence.count")
        self.problem = self.text("evidence.problem", "problem")
        self.rates = QCheckBox()
        self.rates.setObjectName("evidence.rates")
        self.rates.setChecked(True)
        self.body.addWidget(hint)
        self.body.addWidget(self.filter)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(self._make_line())
        self.body.addWidget(self.rates)
        self.body.addWidget(self.problem)
        self.add_foot(_("Take to the case"))
        self._begin()

    def _make_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.addWidget(self.count, 1)
        for name, text, wanted in (
            ("evidence.all", _("Tick all shown"), True),
            ("evidence.none", _("Untick all shown"), False),
        ):
            button = QPushButton(text)
            button.setObjectName(name)
            button.setProperty("compact", True)
            button.setAutoDefault(False)
            button.clicked.connect(
                lambda _checked=False, want=wanted: self.ticks.tick(
                    self.table.shown_ids(), wanted=want
                )
            )
            line.addWidget(button)
        return line

    def _begin(self) -> None:
        """Show the project's ecosystem; tick what the case holds, else what is proposed."""
        self.filter.offer(self._records)
        ecosystem = str(value_at(self.document, "project.ecosystem") or "")
        self.filter.tag("ecosystem").choose([ecosystem] if ecosystem else [])
        held = choice.held_ids(self.document)
        known = {record.record_id for record in self._records}
        self.ticks.tick((held & known) or self._proposed(ecosystem), wanted=True)
        self._sort()
        self._arrange()

    def _proposed(self, ecosystem: str) -> set[str]:
        """Return what can stand in the centre, without prices that no rate turns into yuan."""
        found = choice.proposed(self._records, ecosystem)
        abroad = choice.abroad([r for r in self._records if r.record_id in found])
        days = [record.day for record in abroad]
        rates = self.desk.fx_lines(choice.foreign(abroad), days) if abroad else []
        return found - {r.record_id for r in abroad if choice.without_rate([r], rates)}

    def _sort(self) -> None:
        """Put what is ticked first, the newest deals before the older ones."""
        self._records.sort(key=lambda record: record.day, reverse=True)
        self._records.sort(key=lambda record: record.record_id not in self.ticks.ticked)

    def show_ticked(self, record_ids: set[str]) -> None:
        """Tick these records besides what the case holds, and no others; show all of them."""
        held = choice.held_ids(self.document)
        self.ticks.tick(set(self.ticks.ticked), wanted=False)
        self.ticks.tick(held | record_ids, wanted=True)
        self._sort()
        self.filter.show_all()

    def _arrange(self) -> None:
        self.table.records.set_records(self.filter.passing(self._records))
        self._show_state()

    def chosen(self) -> list[MarketRecord]:
        """Return the ticked records, shown or not."""
        return [record for record in self._records if record.record_id in self.ticks.ticked]

    def _rate_lines(self) -> list[choice.Line]:
        abroad = choice.abroad(self.chosen())
        if not abroad:
            return []
        return self.desk.fx_lines(choice.foreign(abroad), [record.day for record in abroad])

    def _show_state(self) -> None:
        chosen = self.chosen()
        hidden = len(chosen) - sum(
            1 for record_id in self.table.shown_ids() if record_id in self.ticks.ticked
        )
        self.count.setText("\n".join(self._said(chosen, hidden)))
        self._show_rates(choice.abroad(chosen))
        self.take.setEnabled(bool(chosen) or bool(choice.held_ids(self.document)))

    def _said(self, chosen: list[MarketRecord], hidden: int) -> list[str]:
        bound = [record for record in chosen if is_upper_bound(record)]
        centre = [record for record in chosen if counts_in_centre(record)]
        said = [_("n = {count} ticked: {ranges}.").format(count=len(chosen),
                                                          ranges=price_ranges(chosen))]  # fmt: skip
        if bound:
            said.append(
                _("{count} of them stand as an upper bound: {ranges}.").format(
                    count=len(bound), ranges=price_ranges(bound)
                )
            )
        if chosen and len(centre) < choice.FEWEST:
            said.append(
                _("Fewer than {fewest} for the centre: range and number, no mean.").format(
                    fewest=choice.FEWEST
                )
            )
        if hidden:
            said.append(_("Ticked but filtered out of sight: {count}.").format(count=hidden))
        return said

    def _show_rates(self, abroad: list[MarketRecord]) -> None:
        lines = self._rate_lines()
        found = {str(line["currency"]) for line in lines}
        missing = choice.without_rate(
            abroad, [*lines, *choice.lines_at(self.document, choice.RATES)]
        )
        self.rates.setVisible(bool(lines))
        self.rates.setText(
            _("Take the exchange rates they need: {currencies} ({count} lines)").format(
                currencies=_(", ").join(sorted(found)), count=len(lines)
            )
        )
        self.problem.setVisible(bool(missing))
        self.problem.setText(
            _(
                "The market book has no exchange rate for {currencies} up to the date of the deal: "
                "add it there, or the case is refused."
            ).format(currencies=_(", ").join(missing))
        )

    def changed_document(self) -> Document:
        """Return the draft with the ticked comparables and the rates they need."""
        held = choice.held_ids(self.document)
        new = [record for record in self.chosen() if record.record_id not in held]
        rates = self._rate_lines() if self.rates.isChecked() else []
        lines = list(self.desk.comparables(new)) if new else []
        unticked = {record.record_id for record in self._records} - self.ticks.ticked
        return choice.with_comparables(self.document, unticked, lines, rates)


def open_evidence(
    path: str,
    desk: "MarketDesk",
    document: Document,
    parent: QWidget,
    *,
    taken: Callable[[Document], None],
    from_file: Callable[[], None],
    ticked: Collection[str] = (),
) -> EvidenceDialog:
    """Open the dialog of a table of the price evidence.

    `taken` gets the draft with the chosen lines; `from_file` is called when a file is wanted
    instead; `ticked` are numbers of records to tick besides those the draft holds.
    """
    dialog: EvidenceDialog
    if path == choice.COMPARABLES:
        deals = ComparablesDialog(desk, document, parent)
        if ticked:
            deals.show_ticked(set(ticked))
        dialog = deals
    elif path == choice.RATES:
        dialog = RatesDialog(desk, document, parent)
    else:
        dialog = SeriesDialog(desk, document, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.taken.connect(taken)
    dialog.file_wanted.connect(from_file)
    dialog.open()
    return dialog
