"""The library of published covers: search, what each states and leaves open, use of one."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from app.finance.case.cover.perils import PERIL_CHOICES, Peril
from app.i18n import _, active_language, translator
from app.services.insurance_templates import Template, load_templates
from app.views.theme import page_css
from app.views.widgets.place_names import place_name
from app.views.widgets.record_table import Column, RecordTable
from app.views.widgets.template_html import TemplateHtml
from app.views.widgets.window_size import fit_screen

SIZE = (1200, 740)
LIST_WIDTH = 560
_PERILS = dict(PERIL_CHOICES)

Replaced = Callable[[str], tuple[str, ...]]
"""Gives for the key of a template the paths of what it would replace in the draft."""


def _said(template: Template, name: str) -> str:
    return template.text(name, active_language())


def _perils(template: Template) -> str:
    return _(", ").join(_(_PERILS[peril.value]) for peril in template.perils) or "–"


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Cover"), lambda one: _said(one, "name"), width=300),
        Column(_("Perils"), _perils, width=120),
        Column(_("Place"), lambda one: _said(one, "place") or None, width=110),
    )


class TemplatesDialog(QDialog):
    """Published covers on the left, the chosen one on the right, its use below.

    `use` takes the key of a template; `replaced` tells what that would replace, so that it is
    asked first. `use_text` names the button.
    """

    def __init__(
        self,
        use: Callable[[str], None],
        replaced: Replaced,
        parent: QWidget | None = None,
        *,
        use_text: str,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("templates")
        self.setWindowTitle(_("Templates of published covers"))
        self._use, self._replaced = use, replaced
        self._templates = load_templates()
        self.table = RecordTable(_columns(), _("Templates"))
        self.table.setObjectName("templates.list")
        self.table.setMinimumWidth(300)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.selection_changed.connect(self._show_chosen)
        self.table.opened.connect(lambda _one: self._ask_use())
        self._none = QLabel(_("No template holds these words. Clear the search or the choices."))
        self._none.setObjectName("templates.none")
        self._none.setProperty("role", "empty")
        self._none.setWordWrap(True)
        self.page = QTextBrowser()
        self.page.setObjectName("templates.page")
        self.page.setAccessibleName(_("The chosen template"))
        self.page.document().setDefaultStyleSheet(page_css())
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        column.addWidget(self._none)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(left)
        splitter.addWidget(self.page)
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 3)
        splitter.setSizes([LIST_WIDTH, SIZE[0] - LIST_WIDTH])
        layout = QVBoxLayout(self)
        layout.addLayout(self._make_head())
        layout.addWidget(splitter, 1)
        layout.addLayout(self._make_foot(use_text))
        fit_screen(self, SIZE)
        self._show_found()
        self._search.setFocus()

    def _make_head(self) -> QHBoxLayout:
        self._search = QLineEdit()
        self._search.setObjectName("templates.search")
        self._search.setPlaceholderText(_("Search by any word"))
        self._search.setAccessibleName(_("Search by any word"))
        self._search.setClearButtonEnabled(True)
        self._search.setMinimumWidth(240)
        self._search.textChanged.connect(lambda _text: self._show_found())
        codes = [code for code, _label in PERIL_CHOICES if self._covers(code)]
        self._peril = self._box("templates.peril", _("All perils"))
        for code in codes:
            self._peril.addItem(_(_PERILS[code]), code)
        self._place = self._box("templates.place", _("All places"))
        for place in sorted({_said(one, "place") for one in self._templates if one.place}):
            self._place.addItem(place, place)
        head = QHBoxLayout()
        head.addWidget(self._search, 1)
        for text, box in ((_("&Peril"), self._peril), (_("P&lace"), self._place)):
            label = QLabel(text)
            label.setBuddy(box)
            head.addWidget(label)
            head.addWidget(box)
        return head

    def _box(self, name: str, every: str) -> QComboBox:
        box = QComboBox()
        box.setObjectName(name)
        box.addItem(every, "")
        box.currentIndexChanged.connect(lambda _index: self._show_found())
        return box

    def _make_foot(self, use_text: str) -> QHBoxLayout:
        hint = QLabel(
            _(
                "A template enters what its source states and nothing else; each figure is marked "
                "as disclosed with that source. What is left open must be entered before there "
                "is a premium."
            )
        )
        hint.setProperty("role", "hint")
        hint.setWordWrap(True)
        self.use = QPushButton(use_text)
        self.use.setObjectName("templates.use")
        self.use.setProperty("primary", True)
        self.use.setDefault(True)
        self.use.clicked.connect(self._ask_use)
        close = QPushButton(_("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(hint, 1)
        foot.addWidget(self.use)
        foot.addWidget(close)
        return foot

    def _covers(self, code: str) -> bool:
        return any(Peril(code) in one.perils for one in self._templates)

    def _wanted(self, template: Template) -> bool:
        """Whether a template meets the choices and holds all words of the search, in any language.

        The search reads notes and source as well as what the list shows.
        """
        peril, place = self._peril.currentData(), self._place.currentData()
        if peril and Peril(peril) not in template.perils:
            return False
        if place and place not in _said(template, "place"):
            return False
        texts = ("name", "place", "source", "notes")
        said = [template.text(name, code) for name in texts for code in ("en", "zh")]
        held = "\n".join([*said, template.key, _perils(template)]).casefold()
        return all(word in held for word in self._search.text().casefold().split())

    def _show_found(self) -> None:
        chosen = self.chosen()
        found = [one for one in self._templates if self._wanted(one)]
        self.table.records.set_records(found)
        self._none.setVisible(not found)
        if found:
            self.table.selectRow(found.index(chosen) if chosen in found else 0)
        else:
            self._show_chosen()

    def chosen(self) -> Template | None:
        """Return the template that is chosen."""
        found = self.table.selected()
        return found[0] if found else None

    def _show_chosen(self) -> None:
        chosen = self.chosen()
        self.use.setEnabled(chosen is not None)
        tr = translator(active_language())
        self.page.setHtml("" if chosen is None else TemplateHtml(chosen, tr).html())

    def _ask_use(self) -> None:
        """Use the chosen template; ask first when something entered would give way."""
        chosen = self.chosen()
        if chosen is None:
            return
        lost = self._replaced(chosen.key)
        if not lost:
            self._take(chosen.key)
            return
        box = QMessageBox(self)
        box.setObjectName("templates.replace")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(_("Replace what is entered?"))
        names = "\n".join(f"• {place_name(path)}" for path in lost)
        text = _("The template replaces what is entered in:\n{names}\n\nUndo brings it back.")
        box.setText(text.format(names=names))
        yes = box.addButton(_("Replace"), QMessageBox.ButtonRole.AcceptRole)
        yes.setObjectName("templates.replace.yes")
        box.addButton(QMessageBox.StandardButton.Cancel)
        yes.clicked.connect(lambda: self._take(chosen.key))
        box.open()

    def _take(self, key: str) -> None:
        self.accept()
        self._use(key)
