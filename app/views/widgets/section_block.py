"""The inputs of one section of a case; they are made when they are first shown."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.finance.case.case import Case
from app.finance.fields import FieldSpec, specs_by_path
from app.i18n import N_, _
from app.services.documents import (
    Document,
    applies,
    is_asked,
    is_offered,
)
from app.services.draft import inputs_of
from app.views.widgets.field_row import FieldRow, FormEvents, Offers
from app.views.widgets.input_group import InputGroup
from app.views.widgets.insurance_parts import CLAIM, DEEDS, HAZARD, HISTORY, TEMPLATE

SECTION_QUESTIONS = {
    "appraisal": N_("This case values the income right"),
    "loan": N_("This case asks for a loan"),
    "insurance": N_("This case asks for insurance"),
    "appraisal.evidence": N_("Comparable deals are evidence of the price"),
    "appraisal.issued": N_("Value issued and unsold credits apart"),
    "appraisal.market_approach": N_("Value by the market approach too"),
    "appraisal.cost_approach": N_("Value by the cost approach too"),
    "appraisal.conclusion": N_("Conclude on one value"),
    "appraisal.simulation": N_("Simulate how far the value ranges"),
    "loan.extension": N_("The loan is extended"),
    "loan.market_risk": N_("Bound the ratio by the price risk"),
    "loan.credit": N_("Find credit risk and return"),
    "loan.registration": N_("Keep the record of the registration"),
    "loan.monitoring": N_("Follow the life of the loan"),
    "loan.green": N_("Classify the loan as green"),
    "insurance.index": N_("Pay by a measured index, not by a survey"),
    "insurance.events": N_("Common events hit several sites at once"),
    "insurance.delivery": N_("Insure sales that fail and credits that are reversed"),
    "insurance.experience": N_("Use own history and class"),
    "insurance.settlement": N_("Settle claims"),
}


class Elsewhere(NamedTuple):
    """A button of a section: what it asks for, its text and its tip."""

    target: str
    text: str
    tip: str


ELSEWHERE = {
    "appraisal.simulation": (
        Elsewhere(
            "appraisal.simulation",
            N_("Estimate from a price series…"),
            N_("Goes to the price series of the market book; their estimates can be taken here."),
        ),
    ),
    "insurance": (
        Elsewhere(
            TEMPLATE,
            DEEDS[TEMPLATE],
            N_("Published covers: what each states is entered, what it leaves open is listed."),
        ),
        Elsewhere(
            HAZARD,
            DEEDS[HAZARD],
            N_("Number and wind of storms, station series and red tides become perils or history."),
        ),
    ),
    "insurance.settlement": (
        Elsewhere(CLAIM, DEEDS[CLAIM], N_("One line of the claims, with what is expected of it.")),
    ),
    "insurance.experience": (
        Elsewhere(
            HISTORY,
            DEEDS[HISTORY],
            N_("Settled claims of policy years that are over become lines of the losses."),
        ),
    ),
}
"""Sections whose inputs can be taken from elsewhere, with their buttons."""

ALWAYS_ELSEWHERE = ("insurance",)
"""Those whose buttons are there while the section is still switched off."""
SPACING = 4
LOOSE_ABOVE = 12
"""Pixels that keep inputs without a heading off the section before them."""
INDENT = 14


class SectionBlock(QWidget):
    """A section with its groups and the sections inside it.

    A section a person chooses has a check box; one that follows from a choice has a heading.
    `rows` and `blocks` are the form's own registers; each block enters what it makes.
    """

    def __init__(
        self,
        section: str,
        offers: Offers,
        events: FormEvents,
        rows: dict[str, FieldRow],
        blocks: dict[str, "SectionBlock"],
    ) -> None:
        super().__init__()
        self.section = section
        self._spec = specs_by_path(Case).get(section)
        self.events = events
        self._offers, self._rows, self._blocks = offers, rows, blocks
        self._parts: list[InputGroup | SectionBlock] = []
        self._built = False
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACING)
        self.switch: QCheckBox | None = None
        self._problem = QLabel()
        self._content = QWidget()
        self._add_head()
        self._inside = QVBoxLayout(self._content)
        self._inside.setContentsMargins(INDENT if self._is_nested() else 0, 0, 0, 0)
        self._inside.setSpacing(SPACING)
        self._elsewhere: list[QPushButton] = []
        place = self._layout if section in ALWAYS_ELSEWHERE else self._inside
        if section in ELSEWHERE:
            place.addLayout(self._elsewhere_row())
        self._layout.addWidget(self._content)
        self._visible: bool | None = None
        self._open: bool | None = None
        blocks[section] = self

    def _elsewhere_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for target, text, tip in ELSEWHERE[self.section]:
            button = QPushButton(_(text))
            button.setObjectName(f"{target}.import")
            button.setProperty("compact", True)
            button.setToolTip(_(tip))
            button.clicked.connect(
                lambda _on=False, wanted=target: self.events.import_wanted.emit(wanted)
            )
            row.addWidget(button)
            self._elsewhere.append(button)
        row.addStretch(1)
        return row

    def _is_nested(self) -> bool:
        """Whether a person switches it on inside another section, so that its end must show."""
        return "." in self.section and self.switch is not None

    def _add_head(self) -> None:
        spec = self._spec
        if spec is None:
            return
        if is_asked(spec):
            self.switch = QCheckBox(_(SECTION_QUESTIONS.get(self.section, spec.field.label)))
            self.switch.setObjectName(f"switch.{self.section}")
            self.switch.setToolTip(_(spec.field.help))
            self.switch.setProperty("role", "section" if "." in self.section else "")
            self.switch.clicked.connect(
                lambda on: self.events.section_switched.emit(self.section, on)
            )
            self._layout.addWidget(self.switch)
        elif "." in self.section:
            heading = QLabel(_(spec.field.label))
            heading.setObjectName(f"heading.{self.section}")
            heading.setProperty("role", "section")
            heading.setIndent(0)
            self._layout.addWidget(heading)
        if spec.field.help and "." in self.section:
            hint = QLabel(_(spec.field.help))
            hint.setProperty("role", "hint")
            hint.setIndent(0)
            hint.setWordWrap(True)
            self._layout.addWidget(hint)
        self._problem.setObjectName(f"problem.{self.section}")
        self._problem.setProperty("role", "problem")
        self._problem.setWordWrap(True)
        self._problem.hide()
        self._layout.addWidget(self._problem)

    def _build(self) -> None:
        """Make the groups in their order, each section inside behind the group it belongs to."""
        self._built = True
        specs = inputs_of(self.section)
        groups: dict[str, list[FieldSpec]] = {}
        sections: dict[str, list[FieldSpec]] = {}
        for spec in specs:
            if not spec.section:
                groups.setdefault(spec.field.group, []).append(spec)
        for spec in specs:
            if spec.section and self.section:
                home = _home_group(spec, specs)
                sections.setdefault(home if home in groups else "", []).append(spec)
        last = sections.pop("", [])
        loose = groups.pop("", []) if _title_comes_first(groups) else []
        for title, members in groups.items():
            self._add_group(title, members)
            self._add_sections(sections.get(title, []))
        self._add_in_order([spec for spec in specs if spec in (*last, *loose)])

    def _add_group(self, title: str, members: list[FieldSpec]) -> None:
        group = InputGroup(title, members, self)
        group.place(self._inside, 0 if title or not self._parts else LOOSE_ABOVE)
        self._parts.append(group)

    def _add_in_order(self, specs: list[FieldSpec]) -> None:
        """Add sections and inputs that stand under no heading as they are declared."""
        for are_sections, run in groupby(specs, key=lambda spec: spec.section):
            if are_sections:
                self._add_sections(list(run))
            else:
                self._add_group("", list(run))

    def _add_sections(self, specs: list[FieldSpec]) -> None:
        for spec in specs:
            block = SectionBlock(spec.path, self._offers, self.events, self._rows, self._blocks)
            self._inside.addWidget(block)
            self._parts.append(block)

    def make_row(self, spec: FieldSpec, grid: QGridLayout, number: int) -> FieldRow:
        """Make the widgets of an input and enter them in the register of the form."""
        row = FieldRow(spec, self._offers, self.events, grid, number)
        self._rows[spec.path] = row
        return row

    def showing(self, document: Document) -> Iterator[None]:
        """Show a draft, a group with each step: the section when its choice is made, and what
        applies of it.
        """
        spec = self._spec
        self._set_visible(spec is None or is_offered(document, spec))
        if not self._visible:
            return
        opened = spec is None or applies(document, spec)
        if self.switch is not None:
            self.switch.setChecked(opened)
        if opened != self._open:
            self._open = opened
            self._content.setVisible(opened)
        if not opened:
            return
        if not self._built:
            self._build()
        for part in self._parts:
            if isinstance(part, SectionBlock):
                yield from part.showing(document)
            else:
                part.show_document(document)
                yield

    def _set_visible(self, visible: bool) -> None:
        if visible != self._visible:
            self._visible = visible
            self.setVisible(visible)

    def show_problem(self, text: str) -> None:
        """Show what is expected of the section as a whole."""
        if self._problem.text() != text:
            self._problem.setText(text)
            self._problem.setVisible(bool(text))

    def tab_stops(self) -> Iterator[QWidget]:
        """Give the widgets the tabulator key stops at, from top to bottom."""
        if self.switch is not None:
            yield self.switch
        yield from self._elsewhere
        for part in self._parts:
            yield from part.tab_stops()

    def reveal(self, path: str) -> None:
        """Show an input that is folded away."""
        for part in self._parts:
            part.reveal(path)


def _title_comes_first(groups: dict[str, list[FieldSpec]]) -> bool:
    """Whether inputs without a heading come after those under one."""
    return next(iter(groups), "") != ""


def _home_group(section: FieldSpec, siblings: tuple[FieldSpec, ...]) -> str:
    """Return the group a section stands behind: its own, or that of the choice it hangs on."""
    condition = section.field.needed or section.field.offered
    if section.field.group or condition is None:
        return section.field.group
    return next((spec.field.group for spec in siblings if spec.path == condition[0]), "")
