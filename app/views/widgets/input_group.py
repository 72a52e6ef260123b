"""The inputs under one heading of a section, some of them folded away."""

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.finance.fields import FieldSpec
from app.i18n import N_, _
from app.services.documents import ABSENT, Document, is_chosen, value_at
from app.views.widgets.field_row import FieldRow

if TYPE_CHECKING:
    from app.views.widgets.section_block import SectionBlock

FOLDED_GROUPS = {
    ("appraisal", "Costs"): N_("More costs, taxes and receipts ({count})"),
    ("appraisal.simulation", "Run"): N_("Number of scenarios, sampling and seed ({count})"),
}
"""Groups whose inputs stay folded while they hold nothing of their own, with the way to them."""

FOLDED_IF_EMPTY = {
    ("loan", "Loan terms"): N_("Maturity as a day, grace ({count})"),
    ("loan", "Drawdowns, fees and changes"): N_("Tranches, prepayments, later fees ({count})"),
    ("loan", "Days and counting"): N_("Payment days, counting of days, holidays ({count})"),
    ("loan", "Sizing"): N_("More bounds ({count})"),
    ("loan.market_risk", ""): N_("More on the price risk ({count})"),
    ("loan", "Cash for debt service"): N_("More cover ratios and their stress ({count})"),
    ("loan", "Security and registration"): N_("Allocation, buffers, other security ({count})"),
    ("loan.credit", "IFRS 9 stage"): N_("Days past due, default, scenarios ({count})"),
    ("loan.credit", "Capital"): N_("More on capital ({count})"),
    ("loan.monitoring", "Lines of coverage"): N_("Lines of coverage, cure period ({count})"),
    ("loan.monitoring", "Overdue and diverted use"): N_("Overdue and diverted use ({count})"),
    ("loan.monitoring", "Enforcement and release"): N_("Disposal and release ({count})"),
    ("loan.registration", "Secured party"): N_("Secured party ({count})"),
    ("loan.registration", "Pledgor"): N_("Pledgor ({count})"),
    ("loan.registration", "History"): N_("Attachments, renaming ({count})"),
    ("loan.agreement", "Roles and dates"): N_("Pledgor, guarantor, address ({count})"),
    ("loan.agreement", "Costs, law and enforcement"): N_("Disposal, costs, law, court ({count})"),
    ("loan.memo", "Borrower and group"): N_("Group, exposure, accounts, repayment ({count})"),
    ("loan.memo", "Views"): N_("Rights, law, environment, monitoring ({count})"),
    ("loan.memo", "Meeting and vote"): N_("Number, votes needed, members ({count})"),
    ("insurance", "Policy"): N_("Number, validity, co-insurers ({count})"),
    ("insurance", "Sites insured"): N_("Sites insured ({count})"),
    ("insurance", "Limits of the policy"): N_("Limits of the policy ({count})"),
    ("insurance", "Heads of cover"): N_("Growth stages, quantity by policy year ({count})"),
    ("insurance", "Perils and losses"): N_("Tables of damages and damage curves ({count})"),
    ("insurance", "Premium and subsidy"): N_("Coefficient, minimum, subsidy, asked ({count})"),
    ("insurance", "Options side by side"): N_("Options to compare ({count})"),
    ("insurance", "Conditions of the policy"): N_("Exclusions, subjectivities ({count})"),
    ("insurance.index", "Triggers and payout"): N_("Several events, limits ({count})"),
    ("insurance.index", "Fitted model"): N_("Parameters of the fitted model ({count})"),
    ("insurance.index", "Basis risk"): N_("Losses to hold the index against ({count})"),
    ("insurance.events", "Event set"): N_("Damage curve, spread, source ({count})"),
    ("insurance.experience", "Own history"): N_("Years, head, source of the history ({count})"),
    ("insurance.delivery", "Failure of a sale"): N_("Shortfall, shock, reversal ({count})"),
}
"""The same, of which those are folded as well that are optional and empty."""

NEVER_FOLDED = (
    "appraisal.verification_interval_years",
    "loan.term_months",
    "loan.payment_frequency",
    "loan.interest_payment",
    "loan.upfront_fee_yuan",
    "loan.min_dscr",
    "loan.other_cash",
    "loan.collaterals",
    "loan.specified_account",
    "loan.account_bank",
    "loan.registration_no",
    "loan.registration_end",
    "loan.query_certificate_no",
    "loan.market_risk.risk_free_rate",
    "loan.credit.approach",
    "loan.credit.risk_weight",
    "loan.credit.capital_ratio",
    "loan.registration.history",
    "loan.agreement.branch",
    "loan.agreement.reference_no",
    "loan.agreement.valid_until",
    "loan.agreement.available_until",
    "loan.memo.borrower",
    "loan.memo.market",
    "loan.memo.meeting_day",
    "insurance.heads",
    "insurance.perils",
    "insurance.insurer",
    "insurance.insured",
    "insurance.first_beneficiary",
    "insurance.index.triggers",
    "insurance.index.bands",
    "insurance.index.events_paid",
    "insurance.events.event_lines",
    "insurance.experience.losses",
    "insurance.delivery.deliveries",
    "insurance.delivery.counterparty",
    "insurance.delivery.failure_per_year",
)
LABEL_WIDTH = 150


class InputGroup:
    """Inputs under one heading; what has a default and no value of its own may be folded away."""

    def __init__(self, title: str, members: list[FieldSpec], block: "SectionBlock") -> None:
        self._members = members
        self._block = block
        self._rows: list[FieldRow | None] = [None] * len(members)
        self._heading = QLabel(_(title))
        self._heading.setProperty("role", "group")
        self._heading.setIndent(0)
        self._heading.hide()
        self._titled = bool(title)
        self._shown = False
        place = (block.section, title)
        self._empty_too = place in FOLDED_IF_EMPTY
        self._fold_text = FOLDED_GROUPS.get(place, "") or FOLDED_IF_EMPTY.get(place, "")
        self._fold = self._make_fold() if self._fold_text else None
        self._unfolded = False
        self._revealed: set[str] = set()
        self._document: Document = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 5)

    def _make_fold(self) -> QPushButton:
        button = QPushButton()
        button.setObjectName(f"fold.{self._members[0].path}")
        button.setProperty("role", "fold")
        button.clicked.connect(self._turn_fold)
        return button

    def place(self, layout: QVBoxLayout, above: int = 0) -> None:
        """Put the group into a layout, with so many pixels above it."""
        self._grid.setContentsMargins(0, above, 0, 0)
        layout.addWidget(self._heading)
        layout.addLayout(self._grid)
        if self._fold is not None:
            layout.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignLeft)

    def _turn_fold(self) -> None:
        self._unfolded = not self._unfolded
        self._revealed.clear()
        self.show_document(self._document)
        self._block.events.unfolded.emit()

    def reveal(self, path: str) -> None:
        """Show an input that is folded away."""
        if self._fold is None:
            return
        wanted = [spec.path for spec in self._members if f"{path}.".startswith(f"{spec.path}.")]
        if wanted and wanted[0] not in self._revealed:
            self._revealed.update(wanted)
            self.show_document(self._document)

    def _is_folded(self, document: Document, spec: FieldSpec) -> bool:
        """Whether an input is folded away; one that held something stays in view."""
        if self._fold is None or spec.required or spec.path in NEVER_FOLDED:
            return False
        if self._empty_too:
            if spec.field.needed is not None:
                return False
        elif not spec.table and not spec.has_default:
            return False
        if not _is_default(value_at(document, spec.path), spec):
            self._revealed.add(spec.path)
        return not self._unfolded and spec.path not in self._revealed

    def show_document(self, document: Document) -> None:
        """Show the inputs whose choice is made; the block is known to apply."""
        self._document = document
        any_shown, folded = False, 0
        for number, spec in enumerate(self._members):
            shown = is_chosen(document, spec)
            any_shown = any_shown or shown
            if shown and self._is_folded(document, spec):
                folded += 1
                shown = False
            row = self._rows[number]
            if row is None and shown:
                row = self._rows[number] = self._block.make_row(spec, self._grid, number)
            if row is not None:
                row.set_visible(shown)
                if shown:
                    row.show_document(document)
        if self._fold is not None:
            more = _(self._fold_text).format(count=folded)
            self._fold.setText(_("Fold what is at its default") if self._unfolded else more)
            self._fold.setVisible(any_shown and (self._unfolded or folded > 0))
        if any_shown != self._shown:
            self._shown = any_shown
            self._heading.setVisible(any_shown and self._titled)

    def tab_stops(self) -> Iterator[QWidget]:
        for row in self._rows:
            if row is not None:
                yield from row.tab_stops()
        if self._fold is not None:
            yield self._fold


def _is_default(value: Any, spec: FieldSpec) -> bool:
    """Whether a draft holds nothing of its own for an input."""
    if spec.table:
        return not value
    default = spec.default.value if isinstance(spec.default, StrEnum) else spec.default
    return value is ABSENT or value in (None, default)
