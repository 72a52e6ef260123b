"""The template of the documents: what is entered at the left, how it prints at the right."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.formats import sentence
from app.i18n import _, active_language, translator
from app.messages import expected_text
from app.messages.system_words import file_problem_text
from app.reports.house import House, house_document, house_problems, read_house
from app.reports.kinds import KIND_NAMES, DocumentKind
from app.services.case_file import CaseRefused
from app.services.files import write_atomically
from app.services.house_sample import SAMPLES, sample_pdf, to_json
from app.views.jobs import Jobs
from app.views.widgets.file_dialogs import ask_file, ask_place
from app.views.widgets.hidden_label import hidden_label
from app.views.widgets.house_form import HouseForm
from app.views.widgets.language_box import language_box
from app.views.widgets.pdf_pages import PdfPages
from app.views.widgets.window_size import fit_screen

SIZE = (1240, 800)
_WAIT = 500
"""Milliseconds of rest after which the sample is drawn anew."""


class HouseDialog(QDialog):
    """Edits the template of the book; `save` keeps it as the one of every later document."""

    def __init__(
        self,
        house: House,
        save: Callable[[House], object],
        jobs: Jobs,
        day: date,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("house")
        self.setWindowTitle(_("Template of the documents"))
        self._save_house, self._jobs, self._day = save, jobs, day
        self._round = 0
        self.form = HouseForm(day)
        self.view = PdfPages()
        self._told = hidden_label("house.told", "problem")
        self._busy = QLabel()
        self._busy.setProperty("role", "hint")
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.form)
        splitter.addWidget(self._sample_side())
        splitter.setSizes([480, SIZE[0] - 480])
        layout = QVBoxLayout(self)
        layout.addWidget(splitter, 1)
        layout.addWidget(self._told)
        layout.addLayout(self._foot())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT)
        self._timer.timeout.connect(self.draw_sample)
        self.form.changed.connect(self._changed)
        fit_screen(self, SIZE)
        self.form.show_house(house)
        self._held = self.form.house()

    def _sample_side(self) -> QWidget:
        self._kind, self._language = QComboBox(), language_box()
        self._kind.setAccessibleName(_("Document of the sample"))
        self._language.setAccessibleName(_("Language of the sample"))
        for kind in SAMPLES:
            self._kind.addItem(sentence(_(KIND_NAMES[kind])), kind)
        bar = QHBoxLayout()
        for box in (self._kind, self._language):
            box.currentIndexChanged.connect(lambda _place: self._timer.start())
            bar.addWidget(box)
        bar.addWidget(self._busy)
        bar.addStretch(1)
        side = QWidget()
        layout = QVBoxLayout(side)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(bar)
        layout.addWidget(self.view, 1)
        return side

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        for text, slot in (
            (_("Read from a file…"), self._ask_read),
            (_("Write to a file…"), self._ask_write),
            (_("Default template"), lambda: self.form.show_house(House())),
        ):
            button = QPushButton(text)
            button.setAutoDefault(False)
            button.clicked.connect(slot)
            foot.addWidget(button)
        foot.addStretch(1)
        self.keep = QPushButton(_("Save template"))
        self.keep.setProperty("primary", True)
        self.keep.clicked.connect(self._keep)
        cancel = QPushButton(_("Cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        foot.addWidget(self.keep)
        foot.addWidget(cancel)
        return foot

    def _changed(self) -> None:
        self.keep.setEnabled(not house_problems(self.form.house()))
        self._timer.start()

    def draw_sample(self) -> None:
        """Draw the sample with what is entered; what is wrong leaves the one before."""
        house = self.form.house()
        if house_problems(house):
            return
        self._round += 1
        this = self._round
        self._busy.setText(_("The sample is being drawn…"))
        kind = DocumentKind(self._kind.currentData())
        language = self._language.currentData()

        def done(data: bytes) -> None:
            if this == self._round:
                self._busy.clear()
                self._tell("")
                place = self.view.verticalScrollBar().value()
                self.view.load(data)
                self.view.verticalScrollBar().setValue(place)

        def failed(error: Exception) -> None:
            if not isinstance(error, CaseRefused):
                raise error
            self._busy.clear()
            self._tell_refused(error)

        self._jobs.run(
            lambda: sample_pdf(house, kind, language, self._day),
            owner=self,
            done=done,
            failed=failed,
        )

    def _tell(self, text: str) -> None:
        self._told.setText(text)
        self._told.setVisible(bool(text))

    def _tell_refused(self, refused: CaseRefused) -> None:
        tr = translator(active_language())
        self._tell("\n".join(expected_text(problem, tr) for problem in refused.problems))

    def _keep(self) -> None:
        try:
            self._save_house(self.form.house())
        except CaseRefused as refused:
            self._tell_refused(refused)
            return
        self.accept()

    def reject(self) -> None:
        """Close; ask first when something was entered."""
        if self.form.house() == self._held:
            super().reject()
            return
        box = QMessageBox(self)
        box.setObjectName("unsaved")
        box.setWindowTitle(_("Unsaved changes"))
        box.setText(_("The template was changed and is not saved. Discard the changes?"))
        buttons = QMessageBox.StandardButton
        box.setStandardButtons(buttons.Discard | buttons.Cancel)
        box.setDefaultButton(buttons.Cancel)
        box.finished.connect(
            lambda code: self.done(QDialog.DialogCode.Rejected) if code == buttons.Discard else None
        )
        box.open()

    def _ask_read(self) -> None:
        ask_file(self, _("Read a template"), [_("Templates (*.json)")], self.read)

    def read(self, name: str) -> None:
        """Take the template from a file; the logo stays."""
        try:
            document: Any = json.loads(Path(name).read_text(encoding="utf-8"))
        except OSError as error:
            self._tell(file_problem_text(error, translator(active_language())))
            return
        except ValueError:
            document = None
        if not isinstance(document, dict):
            self._tell(_("{file} is no template: a JSON object is expected.").format(file=name))
            return
        house, problems = read_house(document, self.form.house().logo)
        if problems:
            self.form.show_problems(problems)
            return
        self._tell("")
        self.form.show_house(house)

    def _ask_write(self) -> None:
        pattern = _("Templates (*.json)")
        ask_place(self, _("Write the template"), [pattern], self.write, suffix="json")

    def write(self, name: str) -> None:
        """Write the template to a file, without the logo."""
        try:
            write_atomically(Path(name), to_json(house_document(self.form.house())).encode())
        except OSError as error:
            self._tell(file_problem_text(error, translator(active_language())))
