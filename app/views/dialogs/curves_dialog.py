"""Chooses a published damage curve for the table of damages."""

from collections.abc import Callable, Iterator
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from app.formats import percent, plain
from app.i18n import _, active_language
from app.reference.damage import CURVE_STATUS_LABELS, DamageCurve, load_damage_curves
from app.views.theme import page_css
from app.views.widgets.record_table import Column, RecordTable
from app.views.widgets.window_size import fit_screen

SIZE = (1080, 560)


def _said(curve: DamageCurve, name: str) -> str:
    return curve.text(name, active_language())


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Damage curve"), lambda one: _said(one, "title"), width=330),
        Column(_("For"), lambda one: _said(one, "asset"), width=100),
        Column(_("How sure"), lambda one: _(CURVE_STATUS_LABELS[one.status]), width=130),
    )


class CurvesDialog(QDialog):
    """The shipped curves, the chosen one with its points and source.

    `take` gets the name of the curve.
    """

    def __init__(self, take: Callable[[str], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("curves")
        self.setWindowTitle(_("Take a published damage curve"))
        self._take = take
        self.table = RecordTable(_columns(), _("Damage curves"))
        self.table.setObjectName("curves.list")
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.records.set_records(load_damage_curves())
        self.table.selection_changed.connect(self._show_chosen)
        self.table.opened.connect(lambda _one: self._give())
        self.page = QTextBrowser()
        self.page.setObjectName("curves.page")
        self.page.setAccessibleName(_("The chosen curve"))
        self.page.document().setDefaultStyleSheet(page_css())
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.table)
        splitter.addWidget(self.page)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setSizes([620, 440])
        hint = QLabel(
            _(
                "The points are copied into the draft under the name of the curve, with their "
                "source; points of that name give way, others stay. A peril or an event set uses "
                "the curve by its name."
            )
        )
        hint.setProperty("role", "hint")
        hint.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.take = buttons.addButton(_("Take"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.take.setObjectName("curves.take")
        self.take.setProperty("primary", True)
        self.take.setDefault(True)
        buttons.accepted.connect(self._give)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(splitter, 1)
        layout.addWidget(hint)
        layout.addWidget(buttons)
        fit_screen(self, SIZE)
        self.table.selectRow(0)

    def chosen(self) -> DamageCurve | None:
        """Return the curve that is chosen."""
        found = self.table.selected()
        return found[0] if found else None

    def _show_chosen(self) -> None:
        chosen = self.chosen()
        self.take.setEnabled(chosen is not None)
        self.page.setHtml("" if chosen is None else "".join(_page(chosen)))

    def _give(self) -> None:
        chosen = self.chosen()
        if chosen is not None:
            self.accept()
            self._take(chosen.curve_id)


def _page(curve: DamageCurve) -> Iterator[str]:
    """Yield name, intensity, note, source and points of a curve."""
    yield f"<h2>{escape(_said(curve, 'title'))}</h2>"
    facts = (
        (_("Name"), curve.curve_id),
        (_("Intensity"), _said(curve, "intensity")),
        (_("How sure"), _(CURVE_STATUS_LABELS[curve.status])),
        (_("Source"), _said(curve, "source")),
    )
    rows = "".join(
        f'<tr><td class="label">{escape(label)}</td><td>{escape(text)}</td></tr>'
        for label, text in facts
    )
    yield f'<table cellspacing="0">{rows}</table><p>{escape(_said(curve, "note"))}</p>'
    points = "".join(
        f'<tr><td align="right">{plain(at)}</td><td align="right">{percent(damage)}</td></tr>'
        for at, damage in curve.points
    )
    heads = (_("Intensity ({unit})").format(unit=curve.intensity_unit), _("Damage"))
    head = "".join(f'<th align="right">{escape(text)}</th>' for text in heads)
    yield f'<table class="tight" cellspacing="0"><tr>{head}</tr>{points}</table>'
