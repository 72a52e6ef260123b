"""Tables of the pages of the loan on their way into a spreadsheet: what a link copies."""

from collections.abc import Callable

from app.finance.lending.results import LoanResult
from app.i18n import N_
from app.reports.cover_facts import cover_table, path_table
from app.reports.credit_facts import ecl_scenario_table, ecl_table
from app.reports.fact_tables import FactTable
from app.reports.loan_facts import sizing_table
from app.reports.security_facts import collateral_table
from app.reports.stress_facts import heat_tables, stress_table
from app.views.widgets.loan_table import spreadsheet_text
from app.views.widgets.value_parts import PageParts

SIZING, COLLATERALS, COVER, PATH, STRESS = "sizing", "collaterals", "cover", "path", "stress"
ECL, ECL_SCENARIOS = "ecl", "ecl_scenarios"
HEAT = ("heat_coverage", "heat_dscr")
"""Heat tables in the order of `heat_tables`."""


def _heat(loan: LoanResult, name: str) -> FactTable | None:
    heat = loan.stress.heat
    return None if heat is None else heat_tables(heat)[HEAT.index(name)][1]


_TABLES: dict[str, Callable[[LoanResult], FactTable | None]] = {
    SIZING: sizing_table,
    COLLATERALS: lambda loan: collateral_table(loan.security),
    COVER: lambda loan: cover_table(loan.cover),
    PATH: lambda loan: path_table(loan.path),
    STRESS: lambda loan: stress_table(loan.stress),
    ECL: lambda loan: None if loan.credit is None else ecl_table(loan.credit),
    ECL_SCENARIOS: lambda loan: None if loan.credit is None else ecl_scenario_table(loan.credit),
    HEAT[0]: lambda loan: _heat(loan, HEAT[0]),
    HEAT[1]: lambda loan: _heat(loan, HEAT[1]),
}


def copy_link(parts: PageParts, name: str) -> str:
    """Return the link that copies a table."""
    text = parts.say(N_("Copy the table"))
    return f'<a class="more small" href="copy:{name}">{text}</a>'


def copied(loan: LoanResult, name: str) -> str:
    """Return a table as lines with tabulators, heads first, its sums last."""
    return spreadsheet_text(_TABLES[name](loan))
