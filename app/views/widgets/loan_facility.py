"""The page of the facility: warnings, sizing, what would have to change, collaterals."""

from html import escape
from typing import TYPE_CHECKING

from app.finance.case.case import Case
from app.finance.case.valuation.price_inputs import PriceBasis
from app.finance.lending.results import Bound, LoanResult, Remedy
from app.i18n import N_, Translator
from app.reports.loan_facts import amount_rows, ratio_rows, remedy_cell, sizing_table
from app.reports.security_facts import collateral_table, security_rows
from app.views.widgets.fact_html import NARROW
from app.views.widgets.loan_copy import COLLATERALS, SIZING, copy_link
from app.views.widgets.notice_html import first_notices
from app.views.widgets.value_parts import PageParts

if TYPE_CHECKING:
    from app.services.workbench import Computed

BOUND_INPUTS = {
    "pledge_ratio": "loan.pledge_ratio",
    "var": "loan.market_risk",
    "option": "loan.market_risk",
    "dscr": "loan.min_dscr",
    "llcr": "loan.min_llcr",
    "plcr": "loan.min_plcr",
    "stressed_dscr": "loan.stressed_dscr",
    "ltv_path": "loan.path_ratio",
    "purpose": "loan.purpose_need_yuan",
    "single_customer": "loan.single_customer_cap_yuan",
    "life_income": "loan.life_income_share",
}
"""The input that each bound hangs on."""

_LACKED = {"no_risk_free_rate": "loan.market_risk.risk_free_rate"}
"""The input that a bound without amount lacks, by code of its reason."""

_OF_THE_BOUND = ("ratio", "cap")
"""Remedies that are a change of the input the bound hangs on."""

_REMEDY_INPUTS = {
    "value": "loan.valuation_basis",
    "cash": "loan.other_cash",
    "security": "loan.collaterals",
    "volatility": "loan.market_risk.volatility",
}
_PRICES = {PriceBasis.STATED: "appraisal.price_yuan_t", PriceBasis.EVIDENCE: "appraisal.evidence"}
_NOTE = 2
"""Column of the table of the sizing that says why a bound has no amount."""


def lacked_input(bound: Bound) -> str:
    """Return the path of the input that a bound without amount waits for, "" when for none."""
    if bound.reason == "not_entered":
        return BOUND_INPUTS[bound.code]
    return _LACKED.get(bound.reason, "")


def remedy_input(case: Case, bound: Bound, code: str) -> str:
    """Return the path of the input that a remedy of a bound would change."""
    if code in _OF_THE_BOUND:
        return BOUND_INPUTS[bound.code]
    if code == "price":
        basis = PriceBasis.STATED if case.appraisal is None else case.appraisal.price_basis
        return _PRICES[basis]
    return _REMEDY_INPUTS[code]


class FacilityPage:
    """Writes the page of one computed case in one language."""

    def __init__(self, computed: "Computed", loan: LoanResult, parts: PageParts) -> None:
        self._computed, self._loan, self._parts = computed, loan, parts

    def html(self) -> str:
        """Return warnings, sizing, what would have to change, collaterals and ratios."""
        warnings = first_notices(self._computed.results.notices, "loan", self._parts)
        return f"{warnings}{self._sizing()}{self._remedies()}{self._security()}"

    def _sizing(self) -> str:
        parts, loan = self._parts, self._loan
        links = {
            (place, _NOTE): path
            for place, bound in enumerate(loan.bounds)
            if (path := lacked_input(bound))
        }
        return (
            parts.heading(N_("Sizing"))
            + parts.facts(amount_rows(loan))
            + parts.fact_table(sizing_table(loan), links=links, tight=True)
            + parts.ways(copy_link(parts, SIZING))
        )

    def _remedies(self) -> str:
        """For each bound below the amount asked, the binding one first, what would lift it."""
        parts = self._parts
        bounds = sorted(self._loan.bounds, key=lambda bound: not bound.binding)
        rows = [
            [f"<b>{parts.say(bound.label)}</b>" if bound.binding else parts.say(bound.label),
             "<br/>".join(self._remedy(bound, remedy) for remedy in bound.remedies)]
            for bound in bounds
            if bound.remedies
        ]  # fmt: skip
        if not rows:
            return ""
        heads = (N_("Bound"), N_("What would have to change for the amount asked"))
        heading = parts.heading(N_("What would have to change"))
        return heading + parts.table([*map(parts.say, heads)], rows, texts=2, first=34)

    def _remedy(self, bound: Bound, remedy: Remedy) -> str:
        text = escape(remedy_cell(remedy, bound.code).said(self._parts.tr))
        if remedy.value is None:
            return text
        path = remedy_input(self._computed.file.case, bound, remedy.code)
        return f'<a class="more" href="field:{path}">{text}</a>'

    def _security(self) -> str:
        parts, loan = self._parts, self._loan
        return (
            parts.heading(N_("Collaterals"))
            + parts.fact_table(collateral_table(loan.security))
            + parts.facts(security_rows(loan.security))
            + parts.ways(
                copy_link(parts, COLLATERALS),
                parts.field(N_("Change the collaterals"), "loan.collaterals"),
            )
            + parts.heading(N_("Loan over value"))
            + parts.facts(ratio_rows(loan))
        )


def facility_html(computed: "Computed", tr: Translator, room: int = NARROW) -> str:
    """Return the page, "" without a loan; `room` is how many signs stand beside each other."""
    loan = computed.results.loan
    return "" if loan is None else FacilityPage(computed, loan, PageParts(tr, room)).html()
