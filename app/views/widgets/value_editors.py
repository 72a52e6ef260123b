"""The editors of numbers and dates: they show at once how a typed text was understood."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtWidgets import (
    QCalendarWidget,
    QComboBox,
    QLabel,
    QMenu,
    QToolButton,
    QWidget,
    QWidgetAction,
)

from app.finance.fields import FieldSpec
from app.formats import unit
from app.i18n import _, active_language, translator
from app.services.typed_values import shown_number, stored_date, stored_number
from app.views.theme import icon
from app.views.widgets.field_editors import (
    CalmCombo,
    ChoiceEditor,
    FieldEditor,
    NotesEditor,
    PlainLine,
    Suggest,
    SwitchEditor,
    TextEditor,
)

NARROWEST_NUMBER, WIDEST_NUMBER = 120, 170
DATE_WIDTH = 130
LONGEST_NUMBER = 60


class NumberEditor(FieldEditor):
    """A number with its unit beside it, or a choice of units.

    Leaving the field rewrites the text as it was understood ("2000万" as "20,000,000").
    """

    keystrokes = True

    def __init__(
        self,
        spec: FieldSpec,
        suggestions: Mapping[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(spec, parent)
        self._line = PlainLine()
        self._line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._line.setMinimumWidth(NARROWEST_NUMBER)
        self._line.setMaximumWidth(WIDEST_NUMBER)
        self._line.setMaxLength(LONGEST_NUMBER)
        self._line.textEdited.connect(lambda _text: self._tell())
        self._line.editingFinished.connect(self._show_understood)
        self._install(self._line, 100)
        self._value: Any = None
        self._default: Any = None
        self._units = ((spec.field.unit, 1.0), *spec.field.other_units)
        self._choice: QComboBox | None = None
        if len(self._units) > 1:
            self._choice = self._unit_box()
            self.row.addWidget(self._choice)
        else:
            self.row.addWidget(self._unit_label())
        self.row.addStretch(1)
        if suggestions:
            self.lines.addWidget(self._reference_box(suggestions))

    def _unit_label(self) -> QLabel:
        name = unit(self.spec.field.unit, translator(active_language()))
        label = QLabel(f"% {name}".strip() if self.spec.field.percent else name)
        label.setProperty("role", "unit")
        return label

    def _unit_box(self) -> QComboBox:
        tr = translator(active_language())
        box = CalmCombo()
        box.setObjectName(f"{self.spec.path}.unit")
        box.setAccessibleName(_("Unit"))
        box.setToolTip(_("Unit in which the number is typed and shown"))
        box.addItems([unit(code, tr) for code, _factor in self._units])
        box.currentIndexChanged.connect(lambda _index: self._show_understood())
        return box

    def _reference_box(self, suggestions: Mapping[str, str]) -> QComboBox:
        box = CalmCombo()
        box.setObjectName(f"{self.spec.path}.reference")
        box.setAccessibleName(_("Published figures"))
        box.let_shrink(12)
        box.addItem(_("published figures…"))
        box.addItems(list(suggestions))
        for number, text in enumerate(suggestions, start=1):
            box.setItemData(number, text, Qt.ItemDataRole.ToolTipRole)

        def take(text: str) -> None:
            chosen = text in suggestions
            box.setCurrentIndex(0)
            if chosen:
                self.edited.emit(suggestions[text])

        box.textActivated.connect(take)
        return box

    @property
    def _factor(self) -> float:
        return self._units[0 if self._choice is None else self._choice.currentIndex()][1]

    def _tell(self) -> None:
        self._value = stored_number(self._line.text(), self.spec, self._factor)
        self.edited.emit(self._value)

    def _show_understood(self) -> None:
        text = shown_number(self._value, self.spec, self._factor)
        if self._line.text() != text:
            self._line.setText(text)
        if self._default is not None:
            self.show_default(self._default)

    def show_value(self, value: Any) -> None:
        """Show a number in the chosen unit; keep the text when it already means that number."""
        self._value = value
        if stored_number(self._line.text(), self.spec, self._factor) != value:
            self._show_understood()

    def show_default(self, value: Any) -> None:
        """Show in grey, in the chosen unit, the number that counts while nothing is typed."""
        self._default = value
        self._line.setPlaceholderText(shown_number(value, self.spec, self._factor))

    def choose_unit(self, index: int) -> None:
        """Show the number in another of the field's units."""
        if self._choice is not None:
            self._choice.setCurrentIndex(index)


class DateEditor(FieldEditor):
    """A date, typed in one of the usual ways or picked; may be empty."""

    keystrokes = True

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self._value: Any = None
        self._line = PlainLine()
        self._line.setPlaceholderText(_("YYYY-MM-DD"))
        self._line.setFixedWidth(DATE_WIDTH)
        self._line.textEdited.connect(self._typed)
        self._line.editingFinished.connect(self._show_understood)
        self._install(self._line, 0)
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
        chinese = active_language() == "zh"
        calendar.setLocale(QLocale("zh_CN" if chinese else "en_GB"))
        shown = QDate.fromString(str(self._value or ""), Qt.DateFormat.ISODate)
        if shown.isValid():
            calendar.setSelectedDate(shown)
        calendar.clicked.connect(self._picked)
        action = QWidgetAction(self._menu)
        action.setDefaultWidget(calendar)
        self._menu.addAction(action)

    def _typed(self, text: str) -> None:
        self._value = stored_date(text)
        self.edited.emit(self._value)

    def _picked(self, day: QDate) -> None:
        self._menu.hide()
        self._line.setText(day.toString(Qt.DateFormat.ISODate))
        self._typed(self._line.text())

    def _show_understood(self) -> None:
        text = "" if self._value is None else str(self._value)
        if self._line.text() != text:
            self._line.setText(text)

    def show_value(self, value: Any) -> None:
        """Show a date; keep the text when it already means that date."""
        self._value = value
        if stored_date(self._line.text()) != value:
            self._show_understood()


def make_editor(spec: FieldSpec, suggest: Suggest) -> FieldEditor:
    """Return the editor for a declaration; tables and sections have their own."""
    if spec.kind in (int, float, Decimal):
        return NumberEditor(spec, suggest(spec.field.suggestions))
    if spec.kind is date:
        return DateEditor(spec)
    if spec.kind is bool:
        return SwitchEditor(spec)
    if issubclass(spec.kind, StrEnum):
        return ChoiceEditor(spec)
    if spec.field.multiline:
        return NotesEditor(spec)
    return TextEditor(spec, suggest(spec.field.suggestions))
