"""What each collateral is worth, what of it is free, and what it carries."""

from app.finance.case.lending.security import COLLATERAL_CHOICES
from app.finance.case.loan import Loan
from app.finance.lending.collateral import CARBON_RIGHT, ISSUED_CREDITS, free_of
from app.finance.lending.results import CollateralResult, SecurityResult
from app.i18n import N_
from app.reports.document import Text, free
from app.reports.workbook.approach_rows import ISSUED
from app.reports.workbook.value_rows import ValueRows

_CARBON = (CARBON_RIGHT, ISSUED_CREDITS)


class Collaterals:
    """Writes the collaterals down the page of the sizing."""

    def __init__(self, rows: ValueRows, loan: Loan, security: SecurityResult, basis: str) -> None:
        self._rows, self._loan, self._security, self._basis = rows, loan, security, basis
        self._free: list[str] = []

    def write(self) -> None:
        """Write value, free part and what is carried of each."""
        self._rows.band(N_("What the collaterals carry"))
        for line in self._security.lines:
            self._line(line)

    def _label(self, line: CollateralResult, what: str) -> Text:
        kind = dict(COLLATERAL_CHOICES)[line.kind]
        number = 1 if line.position is None else line.position + 1
        return self._rows.page.book.words.each(lambda tr: f"{number} {tr(kind)}: {tr(what)}")

    def _cell(self, line: CollateralResult, name: str) -> str:
        return f"loan_collaterals_{line.position}_{name}"

    def _value(self, line: CollateralResult) -> str:
        if line.position is None:
            return self._basis
        share = self._cell(line, "pledged_share")
        if self._loan.collaterals[line.position].value_yuan is not None:
            return f"ROUND({self._cell(line, 'value_yuan')}*{share},2)"
        if line.value_yuan is None:
            return "0"
        source = self._basis if line.kind == CARBON_RIGHT else ISSUED
        return f"ROUND({source}*{share},2)"

    def _line(self, line: CollateralResult) -> None:
        rows = self._rows
        value = rows.live(
            self._label(line, N_("value")),
            self._value(line),
            line.value_yuan or 0,
            note=free(line.name),
        )
        left = f"MAX({value},0)"
        if line.position is not None:
            haircut, prior = self._cell(line, "haircut"), self._cell(line, "prior_claims_yuan")
            left = f"MAX(ROUND({value}*(1-{haircut}),2)-ROUND({prior},2),0)"
        self._free.append(
            rows.live(self._label(line, N_("after haircut and prior claims")), left, free_of(line))
        )
        rows.live(self._label(line, N_("carries")), self._carries(line), line.lendable_yuan)

    def _carries(self, line: CollateralResult, ratio: str = "") -> str:
        place = self._security.lines.index(line)
        amount = f"ROUND({self._free[place]}*{ratio or self._ratio(line)},2)"
        if line.secured_maximum_yuan is None:
            return amount
        return f"MIN({amount},ROUND({self._cell(line, 'secured_maximum_yuan')},2))"

    def _ratio(self, line: CollateralResult) -> str:
        if line.position is None:
            return "loan_pledge_ratio"
        if self._loan.collaterals[line.position].ratio_cap is not None:
            return self._cell(line, "ratio_cap")
        return "loan_pledge_ratio" if line.kind == CARBON_RIGHT else "1"

    def carried(self, ratio: str = "") -> str:
        """Return what all carry; the carbon among them at a ratio, where one is given."""
        return "+".join(
            self._carries(line, ratio if line.kind in _CARBON else "")
            for line in self._security.lines
        )
