"""The inputs of a template: look and numbers, then the texts of each language."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import (
    QColorDialog,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.finance.case.problems import Problem
from app.i18n import LANGUAGES, _, active_language, translator
from app.messages import expected_text
from app.reports.house import (
    TOKENS,
    House,
    HouseTexts,
    Negative,
    house_problems,
    numbered,
    pattern_holds,
)
from app.views.widgets.file_dialogs import ask_file
from app.views.widgets.hidden_label import hidden_label

_LOGO_HEIGHT = 44
_SWATCH = QSize(26, 26)
_SHORT = ("name", "office", "address")
_LONG = ("disclaimer", "confidentiality", "signers")


def _labels() -> Mapping[str, tuple[str, str]]:
    """Name and hint of each text."""
    return {
        "name": (_("House"), _("Stands at the head of documents; empty: the name in the case.")),
        "office": (_("Office"), _("Branch or department that issues the documents.")),
        "address": (_("Address"), _("Address, telephone or other line under the office.")),
        "disclaimer": (_("Disclaimer"), _("Stands above the signatures of every document.")),
        "confidentiality": (_("Confidentiality"), _("Stands in the head of every page.")),
        "signers": (
            _("Who signs"),
            _("One role a line; empty: prepared, reviewed and approved."),
        ),
    }


def _noted(widget: QWidget, hint: str) -> QVBoxLayout:
    """An input with its hint close under it."""
    note = QLabel(hint)
    note.setProperty("role", "hint")
    note.setWordWrap(True)
    cell = QVBoxLayout()
    cell.setSpacing(1)
    cell.addWidget(widget)
    cell.addWidget(note)
    cell.addStretch(1)
    return cell


class _TextsForm(QWidget):
    """The texts of one language."""

    changed = Signal()

    def __init__(self, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._short: dict[str, QLineEdit] = {}
        self._long: dict[str, QPlainTextEdit] = {}
        form = QFormLayout(self)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for name, (label, hint) in _labels().items():
            if name in _SHORT:
                line = self._short[name] = QLineEdit()
                line.textChanged.connect(self.changed)
                widget: QWidget = line
            else:
                text = self._long[name] = QPlainTextEdit()
                text.setTabChangesFocus(True)
                text.setFixedHeight(76)
                text.textChanged.connect(self.changed)
                widget = text
            widget.setObjectName(f"house.{language}.{name}")
            widget.setAccessibleName(label)
            widget.setToolTip(hint)
            form.addRow(label, _noted(widget, hint))

    def show_texts(self, texts: HouseTexts) -> None:
        for name, line in self._short.items():
            line.setText(getattr(texts, name))
        for name, text in self._long.items():
            value = getattr(texts, name)
            text.setPlainText("\n".join(value) if name == "signers" else value)

    def texts(self) -> HouseTexts:
        long = {name: text.toPlainText().strip() for name, text in self._long.items()}
        signers = tuple(filter(None, map(str.strip, long.pop("signers").splitlines())))
        short = {name: line.text().strip() for name, line in self._short.items()}
        return HouseTexts(**short, **long, signers=signers)


class HouseForm(QWidget):
    """All inputs of a template.

    Signals:
        changed(): something was entered.
    """

    changed = Signal()

    def __init__(self, day: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._day = day
        self._logo = b""
        self._texts = {"zh": _TextsForm("zh"), "en": _TextsForm("en")}
        tabs = QTabWidget()
        tabs.addTab(self._look(), _("Look and numbers"))
        for language, title in LANGUAGES.items():
            tabs.addTab(self._texts[language], title)
            self._texts[language].changed.connect(self._tell)
        self._problem = hidden_label("house.problem", "problem")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(tabs, 1)
        layout.addWidget(self._problem)

    def _look(self) -> QWidget:
        page = QWidget()
        form = QFormLayout(page)
        form.addRow(_("Logo"), self._logo_row())
        form.addRow(_("Colour"), self._colour_row())
        self._negative = QComboBox()
        self._negative.setObjectName("house.negative")
        for name, kind in (("−1,234.00", Negative.MINUS), ("(1,234.00)", Negative.PARENTHESES)):
            self._negative.addItem(name, kind)
        self._negative.currentIndexChanged.connect(self._tell)
        form.addRow(_("Negative figures"), self._negative)
        self._pattern = QLineEdit()
        self._pattern.setObjectName("house.number_pattern")
        self._pattern.textChanged.connect(self._tell)
        form.addRow(_("Numbers of final documents"), self._pattern)
        self._sample = QLabel()
        self._sample.setProperty("role", "hint")
        self._sample.setWordWrap(True)
        form.addRow("", self._sample)
        example = "{serial:04}"
        words = QLabel(
            _(
                "Words in braces are filled in: {words}; {example} is the serial number with at "
                "least four digits."
            ).format(words=", ".join(f"{{{word}}}" for word in TOKENS), example=example)
        )
        words.setProperty("role", "hint")
        words.setWordWrap(True)
        form.addRow("", words)
        return page

    def _logo_row(self) -> QWidget:
        self._picture = QLabel()
        self._picture.setMinimumHeight(_LOGO_HEIGHT)
        choose = QPushButton(_("Choose…"))
        choose.clicked.connect(self._ask_logo)
        remove = self._remove = QPushButton(_("Remove"))
        remove.clicked.connect(lambda: self._take_logo(b""))
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._picture, 1)
        layout.addWidget(choose)
        layout.addWidget(remove)
        choose.setAccessibleName(_("Choose a logo"))
        remove.setAccessibleName(_("Remove the logo"))
        return row

    def _colour_row(self) -> QWidget:
        self._colour = QLineEdit()
        self._colour.setObjectName("house.colour")
        self._colour.textChanged.connect(self._tell)
        self._colour.setAccessibleName(_("Colour"))
        self._colour.setMinimumWidth(92)
        choose = QPushButton(_("Choose…"))
        choose.setAccessibleName(_("Choose a colour"))
        choose.clicked.connect(self._ask_colour)
        self._swatch = QLabel()
        self._swatch.setFixedSize(_SWATCH)
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._swatch)
        layout.addWidget(self._colour, 1)
        layout.addWidget(choose)
        return row

    def _ask_colour(self) -> None:
        dialog = QColorDialog(QColor(self._colour.text()), self)
        dialog.setWindowTitle(_("Colour of the documents"))
        dialog.colorSelected.connect(lambda colour: self._colour.setText(colour.name().upper()))
        dialog.open()

    def _ask_logo(self) -> None:
        pattern = _("Pictures (*.png *.jpg *.jpeg)")
        ask_file(self, _("Choose a logo"), [pattern], self.read_logo)

    def read_logo(self, name: str) -> None:
        """Take the logo from a file."""
        try:
            self._take_logo(Path(name).read_bytes())
        except OSError:
            self.show_problems([Problem("logo", "no_picture", name)])

    def _take_logo(self, logo: bytes) -> None:
        picture = QPixmap()
        if logo and not picture.loadFromData(logo):
            self.show_problems([Problem("logo", "no_picture", "")])
            return
        self._logo = logo
        self._remove.setEnabled(bool(logo))
        if picture.isNull():
            self._picture.setText(_("none"))
        else:
            smooth = Qt.TransformationMode.SmoothTransformation
            self._picture.setPixmap(picture.scaledToHeight(_LOGO_HEIGHT, smooth))
        self._tell()

    def show_house(self, house: House) -> None:
        """Show a template."""
        self.blockSignals(True)  # one change, told once below
        self._take_logo(house.logo)
        self._colour.setText(house.colour)
        self._negative.setCurrentIndex(self._negative.findData(house.negative))
        self._pattern.setText(house.number_pattern)
        for language, form in self._texts.items():
            form.show_texts(house.texts(language))
        self.blockSignals(False)
        self._tell()

    def house(self) -> House:
        """Return what is entered, whether it holds or not."""
        return House(
            zh=self._texts["zh"].texts(),
            en=self._texts["en"].texts(),
            colour=self._colour.text().strip(),
            negative=Negative(self._negative.currentData()),
            number_pattern=self._pattern.text().strip(),
            logo=self._logo,
        )

    def _tell(self) -> None:
        pattern = self._pattern.text().strip()
        self._sample.setVisible(pattern_holds(pattern))
        if pattern_holds(pattern):
            number = numbered(pattern, kind="TS", day=self._day, serial=7, case="1A2B-3C4D-5E6F")
            self._sample.setText(_("For example: {number}").format(number=number))
        problems = house_problems(self.house())
        self._show_colour(holds=all(problem.path != "colour" for problem in problems))
        self.show_problems(problems)
        self.changed.emit()

    def _show_colour(self, *, holds: bool) -> None:
        """Show the colour entered; nothing while it is none."""
        patch = QPixmap(_SWATCH)
        patch.fill(QColor(self._colour.text().strip()) if holds else Qt.GlobalColor.transparent)
        self._swatch.setPixmap(patch)

    def show_problems(self, problems: list[Problem]) -> None:
        """Say what is wrong, field by field."""
        names = {
            "logo": _("Logo"),
            "colour": _("Colour"),
            "number_pattern": _("Numbers of final documents"),
            **{
                f"{language}.{name}": label
                for language in ("zh", "en")
                for name, (label, _hint) in _labels().items()
            },
        }
        tr = translator(active_language())
        lines = [
            _("{field}: expected {expected}.").format(
                field=names.get(problem.path, problem.path), expected=expected_text(problem, tr)
            )
            for problem in problems
        ]
        self._problem.setText("\n".join(lines))
        self._problem.setVisible(bool(lines))
