"""The form of one section of a case, made from its declarations."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.finance.fields import FieldSpec
from app.i18n import N_, _
from app.services.case_file import Document
from app.services.draft import applies, inputs_of, provenance_at, value_at
from app.views.widgets.field_editors import FieldEditor, Suggest, make_editor
from app.views.widgets.provenance_button import ProvenanceButton
from app.views.widgets.rows_editor import RowsEditor

SECTION_QUESTIONS = {
    "loan": N_("This case asks for a loan"),
    "insurance": N_("This case asks for insurance"),
    "insurance.carbon_cover": N_("Insure the loss of carbon"),
    "insurance.harvest_cover": N_("Insure the loss of harvest or farming cost"),
}


class FieldRow:
    """The widgets of one input: label, editor, provenance mark, problem."""

    def __init__(self, spec: FieldSpec, editor: FieldEditor) -> None:
        self.spec = spec
        self.editor = editor
        required = spec.required or spec.field.needed is not None
        text = _(spec.field.label)
        self.label = QLabel(_("{label}\u00a0*").format(label=text) if required else text)
        self.label.setBuddy(editor.focus_widget)
        self.label.setToolTip(_(spec.field.help))
        self.label.setWordWrap(True)
        self.label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.label.setContentsMargins(0, 4, 0, 0)
        self.mark = ProvenanceButton(spec.path)
        self.problem = QLabel()
        self.problem.setProperty("role", "problem")
        self.problem.setWordWrap(True)
        self.problem.setObjectName(f"problem.{spec.path}")
        self.problem.hide()

    def set_visible(self, visible: bool) -> None:
        """Show or hide the whole row."""
        for widget in (self.label, self.editor, self.mark):
            widget.setVisible(visible)
        if not visible:
            self.problem.hide()

    def show_problem(self, text: str) -> None:
        """Show what is expected instead; nothing when the text is empty."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text) and not self.editor.isHidden())
        self.editor.set_invalid(bool(text))


class FieldForm(QScrollArea):
    """All inputs of a section, grouped as they are declared.

    Signals:
        edited(str, object): path and stored value.
        provenance_chosen(str, str, str): path, kind, source.
        section_switched(str, bool): path of an optional section, and whether it is wanted.
    """

    edited = Signal(str, object)
    provenance_chosen = Signal(str, str, str)
    section_switched = Signal(str, bool)

    def __init__(self, section: str, suggest: Suggest, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._suggest = suggest
        self.rows: dict[str, FieldRow] = {}
        self.switches: dict[str, QCheckBox] = {}
        self._groups: list[tuple[QLabel, list[str], str]] = []
        body = QWidget()
        self._layout = QVBoxLayout(body)
        self._layout.setContentsMargins(14, 6, 10, 14)
        self._layout.setSpacing(4)
        self._add_section(section)
        self._layout.addStretch(1)
        self.setWidget(body)

    def _add_section(self, section: str) -> None:
        if section in SECTION_QUESTIONS:
            switch = QCheckBox(_(SECTION_QUESTIONS[section]))
            switch.setObjectName(f"switch.{section}")
            switch.clicked.connect(lambda on, path=section: self.section_switched.emit(path, on))
            self.switches[section] = switch
            self._layout.addWidget(switch)
        specs = inputs_of(section)
        groups: dict[str, list[FieldSpec]] = {}
        for spec in specs:
            if not spec.section:
                groups.setdefault(spec.field.group, []).append(spec)
        for group, members in groups.items():
            self._add_group(group, members, section)
        for spec in specs:
            if spec.section and section:
                self._add_section(spec.path)

    def _add_group(self, group: str, members: list[FieldSpec], section: str) -> None:
        heading = QLabel(_(group))
        heading.setProperty("role", "group")
        heading.setVisible(bool(group))
        self._layout.addWidget(heading)
        self._groups.append((heading, [spec.path for spec in members], section))
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(5)
        grid.setColumnMinimumWidth(0, 150)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 5)
        for number, spec in enumerate(members):
            row = self._make_row(spec)
            line = 3 * number
            if spec.table:
                grid.addWidget(row.label, line, 0, 1, 2)
                grid.addWidget(row.mark, line, 2)
                grid.addWidget(row.editor, line + 1, 0, 1, 3)
                grid.addWidget(row.problem, line + 2, 0, 1, 3)
            else:
                grid.addWidget(row.label, line, 0)
                grid.addWidget(row.editor, line, 1)
                grid.addWidget(row.mark, line, 2, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(row.problem, line + 1, 1, 1, 2)
        self._layout.addLayout(grid)

    def _make_row(self, spec: FieldSpec) -> FieldRow:
        editor: FieldEditor
        editor = RowsEditor(spec, self._suggest) if spec.table else make_editor(spec, self._suggest)
        editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = FieldRow(spec, editor)
        editor.edited.connect(lambda value, path=spec.path: self.edited.emit(path, value))
        row.mark.chosen.connect(
            lambda kind, source, path=spec.path: self.provenance_chosen.emit(path, kind, source)
        )
        self.rows[spec.path] = row
        return row

    def show_document(self, document: Document) -> None:
        """Show a draft: values, provenance, and only the fields that apply."""
        for path, switch in self.switches.items():
            parent = path.rpartition(".")[0]
            switch.setChecked(value_at(document, path) is not None)
            switch.setVisible(not parent or value_at(document, parent) is not None)
        for path, row in self.rows.items():
            visible = applies(document, row.spec)
            row.set_visible(visible)
            if visible:
                self._show_row(row, value_at(document, path), document)
        for heading, paths, _section in self._groups:
            shown = any(not self.rows[path].editor.isHidden() for path in paths)
            heading.setVisible(shown and bool(heading.text()))

    def _show_row(self, row: FieldRow, value: Any, document: Document) -> None:
        spec = row.spec
        if value is None and spec.has_default and not spec.field.choices:
            value = spec.default if isinstance(spec.default, int | float) else value
        row.editor.show_value(value)
        kind, source = provenance_at(document, spec.path)
        if not kind and value_at(document, spec.path) is None and spec.has_default:
            kind, source = "default", _(spec.field.default_source)
        row.mark.show_provenance(kind, source)

    def show_problems(self, texts: dict[str, str]) -> None:
        """Show each problem beside its field; a problem of a line beside its table."""
        for path, row in self.rows.items():
            found = [
                text for place, text in texts.items() if place == path or _inside(place, row.spec)
            ]
            row.show_problem("\n".join(found))

    def focus_field(self, path: str) -> bool:
        """Bring a field into view and give it the focus; False when it is not here."""
        for place, row in self.rows.items():
            if place == path or path.startswith(f"{place}."):
                self.ensureWidgetVisible(row.editor)
                row.editor.focus_widget.setFocus()
                return True
        return False


def _inside(place: str, spec: FieldSpec) -> bool:
    return spec.table and place.startswith(f"{spec.path}.")
