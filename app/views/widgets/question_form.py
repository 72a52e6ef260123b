"""Questions of several kinds, one kind in sight, and the button that computes the answer."""

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QScrollArea, QStackedWidget, QWidget

from app.finance.case.problems import Problem
from app.finance.fields import FieldSpec
from app.i18n import _
from app.services.case_file import CaseRefused, read_line
from app.services.hazard_questions import question_table
from app.views.widgets.elided_label import ElidedLabel
from app.views.widgets.file_dialogs import ask_file, ask_folder, every_file
from app.views.widgets.line_fields import LineFields

BAR = 14
"""Pixels of a scroll bar."""


class QuestionForm(QWidget):
    """Fields of each kind of question, the file that is looked into, and what was refused.

    Signals:
        asked(): compute with what is entered.
    """

    asked = Signal()

    def __init__(
        self,
        name: str,
        declared: Mapping[Any, type],
        columns: Mapping[Any, Iterable[FieldSpec]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self._declared = name, declared
        self.questions: dict[StrEnum, LineFields] = {}
        self._stack = QStackedWidget()
        for kind, fields in columns.items():
            self.questions[kind] = LineFields(fields, pairs=1)
            self._stack.addWidget(_scrolled(self.questions[kind]))
        self._file = ElidedLabel()
        self._file.setObjectName(f"{name}.file")
        self._choose = QPushButton(_("Choose a &file…"))
        self._choose.setObjectName(f"{name}.choose")
        self._choose.setAutoDefault(False)
        self._compute = QPushButton(_("Compute"))
        self._compute.setObjectName(f"{name}.compute")
        self._compute.setProperty("primary", True)
        self._compute.setDefault(True)
        self._compute.clicked.connect(self.asked)

    @property
    @abstractmethod
    def kind(self) -> StrEnum:
        """Return the kind of question in sight."""

    @abstractmethod
    def take_file(self, path: Path) -> None:
        """Look into a file, or a folder where one can be asked for."""

    @abstractmethod
    def _place_of(self, problem: Problem) -> str:
        """Return the field beside which it is said what is expected."""

    def _ask_file(self, title: str, pattern: str, *, folder: bool = False) -> None:
        def take(name: str) -> None:
            self.take_file(Path(name))

        if folder:
            ask_folder(self, title, take)
        else:
            ask_file(self, title, [pattern, every_file()], take)

    def answer(self) -> Any:
        """Return the question as it is entered.

        Raises:
            CaseRefused: what is wrong stands beside its field already.
        """
        fields = self.questions[self.kind]
        try:
            fields.clear_problems()
            return read_line(question_table(self._declared[self.kind]), fields.row())
        except CaseRefused as refused:
            fields.show_refused(refused)
            raise

    def show_refused(self, refused: CaseRefused) -> list[str]:
        """Say beside a field what is expected of it; return what belongs to none."""
        placed = [replace(problem, path=self._place_of(problem)) for problem in refused.problems]
        return self.questions[self.kind].show_refused(CaseRefused(placed))


def _scrolled(fields: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(fields)
    area.setMinimumWidth(fields.minimumSizeHint().width() + BAR)
    return area
