"""The editors of text and choices; what is typed is never lost, even if it is refused."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.finance.fields import FieldSpec
from app.i18n import N_, _

Suggest = Callable[[str], Mapping[str, str]]
"""Names of a reference list, each with the text it stands for in the case."""

LONGEST_NOTE_IN_A_FORM = 64
NO_LIMIT = 16_777_215
LIST_PADDING, WIDEST_LIST = 30, 640
SHORTEST_CHOICE = 12


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


class CalmCombo(QComboBox):
    """A choice that a turn of the wheel scrolls past instead of changing it.

    The box may be narrower than its longest text; the open list is not.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def let_shrink(self, letters: int) -> None:
        """Ask for the width of a few letters only."""
        self.setMinimumContentsLength(letters)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def showPopup(self) -> None:  # noqa: N802 - Qt's name
        """Open the list as wide as its longest text, within limits."""
        texts = (self.itemText(number) for number in range(self.count()))
        width = max((self.fontMetrics().horizontalAdvance(text) for text in texts), default=0)
        self.view().setMinimumWidth(min(width + LIST_PADDING, WIDEST_LIST))
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the wheel to the form."""
        event.ignore()


def _is_undo(event: Any) -> bool:
    return bool(
        event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
    )


class _NameCompleter(QCompleter):
    """Offers names and enters what they stand for."""

    def __init__(self, names: Mapping[str, str], line: QLineEdit) -> None:
        super().__init__(list(names), line)
        self._names = names
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setMaxVisibleItems(12)

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:  # noqa: N802
        """Return what is entered for a name that was picked."""
        name = super().pathFromIndex(index)
        return self._names.get(name, name)


def completer_of(names: Mapping[str, str], line: QLineEdit) -> QCompleter:
    """Offer names while a line is typed, wherever in a name the typed text stands."""
    completer = _NameCompleter(names, line)
    line.setCompleter(completer)
    return completer


class FieldEditor(QWidget):
    """Base of the editors: `edited` carries the stored value; `show_value` puts one in.

    `keystrokes` says that it tells every keystroke, so that they may become one step of undo.

    Signals:
        edited(object): the value to store; None when the field is empty.
    """

    edited = Signal(object)
    keystrokes = False

    @property
    def wide(self) -> bool:
        """Whether the editor wants the whole width of the form."""
        return False

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(4)
        self.row = QHBoxLayout()
        self.row.setSpacing(6)
        self.lines.addLayout(self.row)
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

    def show_default(self, value: Any) -> None:
        """Say what counts while the field is empty."""

    def problem_lines(self, problems: Mapping[str, str]) -> list[str]:
        """Return what to say of problems, given by path."""
        return list(problems.values())

    def focus_place(self, _path: str) -> None:
        """Take the focus, at the place of a problem in it."""
        self.focus_widget.setFocus()

    def set_invalid(self, invalid: bool, reason: str = "") -> None:
        """Mark the field as refused and say why to a screen reader, or mark it as good."""
        widget = self.focus_widget
        if widget.property("invalid") != invalid:
            widget.setProperty("invalid", invalid)
            widget.style().unpolish(widget)
            widget.style().polish(widget)
        widget.setAccessibleDescription(reason or _(self.spec.field.help))


class TextEditor(FieldEditor):
    """A line of text, with suggestions when the declaration names a list."""

    keystrokes = True

    def __init__(
        self,
        spec: FieldSpec,
        suggestions: Mapping[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(spec, parent)
        self._line = PlainLine()
        if suggestions:
            self.offer(suggestions)
        self._line.textEdited.connect(self._chosen)
        self._install(self._line)

    def offer(self, names: Mapping[str, str]) -> None:
        """Offer names while the line is typed, each with what it stands for."""
        completer_of(names, self._line).activated.connect(self._chosen)

    def _chosen(self, text: str) -> None:
        self.edited.emit(text or None)

    def show_value(self, value: Any) -> None:
        """Show a text."""
        text = "" if value is None else str(value)
        if self._line.text() != text:
            self._line.setText(text)
            self._line.setCursorPosition(0)

    def show_default(self, value: Any) -> None:
        """Show the default in grey while nothing is typed."""
        self._line.setPlaceholderText(str(value))


class NotesEditor(FieldEditor):
    """Several lines of text."""

    keystrokes = True

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self._text = PlainText()
        self._text.setTabChangesFocus(True)
        self._text.setMaximumHeight(NO_LIMIT if self.wide else LONGEST_NOTE_IN_A_FORM)
        self._text.textChanged.connect(self._changed)
        self._install(self._text)
        self._showing = False

    @property
    def wide(self) -> bool:
        """A text that is the whole of its form takes all the room."""
        return "." not in self.spec.path

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


class SwitchEditor(FieldEditor):
    """A box to tick for yes; the default counts while nobody has touched it."""

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self._box = QCheckBox()
        self._box.clicked.connect(lambda on: self._ticked(bool(on)))
        self._install(self._box)

    def _ticked(self, on: bool) -> None:
        self._say(on)
        self.edited.emit(on)

    def _say(self, on: bool) -> None:
        self._box.setText(_("yes") if on else _("no"))

    def show_value(self, value: Any) -> None:
        """Show a switch; the default when nothing is entered."""
        if value is None and self.spec.has_default:
            value = self.spec.default
        self._box.setChecked(value is True)
        self._say(value is True)


class ChoiceEditor(FieldEditor):
    """One of a few named values; empty until one is chosen, or until what stands for none."""

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self._box = CalmCombo()
        self._box.let_shrink(SHORTEST_CHOICE)
        if not spec.has_default:
            self._box.addItem(_(spec.field.default_source or N_("choose…")), None)
        for value, label in spec.field.choices:
            self._box.addItem(_(label), value)
        self._box.activated.connect(lambda _index: self.edited.emit(self._box.currentData()))
        self._install(self._box)

    def show_value(self, value: Any) -> None:
        """Show the chosen value; the default when nothing is entered."""
        if value is None and self.spec.has_default:
            value = str(self.spec.default)
        self._box.setCurrentIndex(max(self._box.findData(value), 0))
