"""One editor for each kind of input; what is typed is never lost, even if it is refused."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QDate, QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QCalendarWidget,
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QToolButton,
    QWidget,
    QWidgetAction,
)

from app.finance.fields import FieldSpec
from app.formats import unit
from app.i18n import _, active_language, translator
from app.services.draft import shown_number, stored_number
from app.views.theme import icon


class PlainLine(QLineEdit):
    """A line that leaves undo and redo to the page, so that one stack serves the whole case."""

    def event(self, event: QEvent) -> bool:
        """Do not claim the keys of undo and redo."""
        if event.type() == QEvent.Type.ShortcutOverride and _is_undo(event):
            event.ignore()
            return False
        return super().event(event)


class PlainText(QPlainTextEdit):
    """Several lines; undo and redo belong to the page."""

    def event(self, event: QEvent) -> bool:
        """Do not claim the keys of undo and redo."""
        if event.type() == QEvent.Type.ShortcutOverride and _is_undo(event):
            event.ignore()
            return False
        return super().event(event)


def _is_undo(event: Any) -> bool:
    return bool(
        event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
    )


class FieldEditor(QWidget):
    """Base of the editors: `edited` carries the stored value; `show_value` puts one in.

    Signals:
        edited(object): the value to store; None when the field is empty.
    """

    edited = Signal(object)

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(6)
        self.focus_widget: QWidget = self

    def _install(self, widget: QWidget, stretch: int = 1) -> None:
        widget.setObjectName(self.spec.path)
        widget.setAccessibleName(_(self.spec.field.label))
        widget.setToolTip(_(self.spec.field.help))
        self.row.addWidget(widget, stretch)
        self.focus_widget = widget
        self.setFocusProxy(widget)

    def show_value(self, value: Any) -> None:
        """Show a stored value without telling that it was edited."""
        raise NotImplementedError

    def set_invalid(self, invalid: bool) -> None:
        """Mark the field as refused, or as good."""
        widget = self.focus_widget
        if widget.property("invalid") != invalid:
            widget.setProperty("invalid", invalid)
            widget.style().unpolish(widget)
            widget.style().polish(widget)


class TextEditor(FieldEditor):
    """A line of text, with suggestions when the declaration names a list."""

    def __init__(
        self, spec: FieldSpec, suggestions: list[str] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(spec, parent)
        self._line = PlainLine()
        if suggestions:
            completer = QCompleter(suggestions, self._line)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.activated.connect(self._chosen)
            self._line.setCompleter(completer)
        self._line.textEdited.connect(self._chosen)
        self._install(self._line)

    def _chosen(self, text: str) -> None:
        self.edited.emit(text or None)

    def show_value(self, value: Any) -> None:
        """Show a text."""
        text = "" if value is None else str(value)
        if self._line.text() != text:
            self._line.setText(text)
            self._line.setCursorPosition(0)


class NotesEditor(FieldEditor):
    """Several lines of text."""

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self._text = PlainText()
        self._text.setTabChangesFocus(True)
        self._text.setMaximumHeight(64 if spec.path != "notes" else 16_777_215)
        self._text.textChanged.connect(self._changed)
        self._install(self._text)
        self._showing = False

    def _changed(self) -> None:
        if not self._showing:
            self.edited.emit(self._text.toPlainText() or None)

    def show_value(self, value: Any) -> None:
        """Show a text of several lines."""
        text = "" if value is None else str(value)
        if self._text.toPlainText() != text:
            self._showing = True
            self._text.setPlainText(text)
            self._showing = False


class NumberEditor(FieldEditor):
    """A number with its unit beside it, or a choice of units."""

    def __init__(
        self, spec: FieldSpec, suggestions: list[str] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(spec, parent)
        self._line = PlainLine()
        self._line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._line.setMaximumWidth(190)
        self._line.textEdited.connect(lambda _text: self._tell())
        self._install(self._line)
        self._value: Any = None
        self._units = ((spec.field.unit, 1.0), *spec.field.other_units)
        tr = translator(active_language())
        self._choice: QComboBox | None = None
        if len(self._units) > 1:
            self._choice = QComboBox()
            self._choice.setAccessibleName(_("Unit"))
            self._choice.addItems([unit(code, tr) for code, _factor in self._units])
            self._choice.currentIndexChanged.connect(self._unit_chosen)
            self.row.addWidget(self._choice)
        else:
            text = f"% {unit(spec.field.unit, tr)}" if spec.field.percent else None
            label = QLabel(text or unit(spec.field.unit, tr))
            label.setProperty("role", "unit")
            self.row.addWidget(label)
        if suggestions:
            self.row.addWidget(self._reference_box(suggestions))
        self.row.addStretch(1)

    def _unit_chosen(self, _index: int) -> None:
        self._line.setText(shown_number(self._value, self.spec, self._factor))

    def _reference_box(self, suggestions: list[str]) -> QComboBox:
        box = QComboBox()
        box.setObjectName(f"{self.spec.path}.reference")
        box.setAccessibleName(_("Published figures"))
        box.setMinimumContentsLength(12)
        box.addItem(_("published figures…"))
        box.addItems(suggestions)
        box.textActivated.connect(self._take_reference)
        return box

    def _take_reference(self, text: str) -> None:
        if text != _("published figures…"):
            self.edited.emit(text)

    @property
    def _factor(self) -> float:
        return self._units[0 if self._choice is None else self._choice.currentIndex()][1]

    def _tell(self) -> None:
        self._value = stored_number(self._line.text(), self.spec, self._factor)
        self.edited.emit(self._value)

    def show_value(self, value: Any) -> None:
        """Show a number in the chosen unit; keep the text when it already means that number."""
        self._value = value
        if stored_number(self._line.text(), self.spec, self._factor) != value or value is None:
            self._line.setText(shown_number(value, self.spec, self._factor))

    def choose_unit(self, index: int) -> None:
        """Show the number in another of the field's units."""
        if self._choice is not None:
            self._choice.setCurrentIndex(index)


class ChoiceEditor(FieldEditor):
    """One of a few named values; empty until one is chosen."""

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self._box = QComboBox()
        self._box.addItem(_("choose…"), None)
        for value, label in spec.field.choices:
            self._box.addItem(_(label), value)
        self._box.activated.connect(lambda _index: self.edited.emit(self._box.currentData()))
        self._install(self._box)

    def show_value(self, value: Any) -> None:
        """Show the chosen value; the default when nothing is entered."""
        if value is None and self.spec.has_default:
            value = str(self.spec.default)
        self._box.setCurrentIndex(max(self._box.findData(value), 0))


class DateEditor(FieldEditor):
    """A date as YYYY-MM-DD, typed or picked; may be empty."""

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self._line = PlainLine()
        self._line.setPlaceholderText(_("YYYY-MM-DD"))
        self._line.setMaximumWidth(130)
        self._line.textEdited.connect(lambda text: self.edited.emit(text.strip() or None))
        self._install(self._line)
        button = QToolButton()
        button.setIcon(icon("calendar"))
        button.setToolTip(_("Pick a date"))
        button.setAccessibleName(_("Pick a date"))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(button)
        self._menu.aboutToShow.connect(self._fill_menu)
        button.setMenu(self._menu)
        self.row.addWidget(button)
        self.row.addStretch(1)

    def _fill_menu(self) -> None:
        self._menu.clear()
        calendar = QCalendarWidget(self._menu)
        shown = QDate.fromString(self._line.text(), Qt.DateFormat.ISODate)
        if shown.isValid():
            calendar.setSelectedDate(shown)
        calendar.clicked.connect(self._picked)
        action = QWidgetAction(self._menu)
        action.setDefaultWidget(calendar)
        self._menu.addAction(action)

    def _picked(self, day: QDate) -> None:
        text = day.toString(Qt.DateFormat.ISODate)
        self._menu.hide()
        self._line.setText(text)
        self.edited.emit(text)

    def show_value(self, value: Any) -> None:
        """Show a date text."""
        text = "" if value is None else str(value)
        if self._line.text().strip() != text:
            self._line.setText(text)


Suggest = Callable[[str], list[str]]


def make_editor(spec: FieldSpec, suggest: Suggest) -> FieldEditor:
    """Return the editor for a declaration; tables and sections have their own."""
    if spec.kind in (int, float, Decimal):
        return NumberEditor(spec, suggest(spec.field.suggestions))
    if spec.kind is date:
        return DateEditor(spec)
    if issubclass(spec.kind, StrEnum):
        return ChoiceEditor(spec)
    if spec.field.multiline:
        return NotesEditor(spec)
    return TextEditor(spec, suggest(spec.field.suggestions))
