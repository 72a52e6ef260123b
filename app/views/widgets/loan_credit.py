"""The page of credit risk: default, loss, stage, expected credit loss, capital, return."""

from typing import TYPE_CHECKING

from app.i18n import N_, Translator
from app.reports.credit_facts import credit_groups, ecl_scenario_table, ecl_table
from app.reports.loan_facts import contract_rows
from app.views.widgets.fact_html import NARROW
from app.views.widgets.loan_copy import ECL, ECL_SCENARIOS, copy_link
from app.views.widgets.loan_missing import missing_html
from app.views.widgets.value_parts import PageParts

if TYPE_CHECKING:
    from app.services.workbench import Computed

_SECTION = "loan.credit"


def credit_html(computed: "Computed", tr: Translator, room: int = NARROW) -> str:
    """Return the page; without inputs of the lender it says which to enter."""
    parts, loan, terms = PageParts(tr, room), computed.results.loan, computed.file.case.loan
    if loan is None or terms is None:
        return ""
    credit = loan.credit
    if credit is None:
        return parts.heading(N_("Credit risk")) + parts.empty(
            N_(
                "Nothing about the credit risk of the borrower is entered. Enter the lender's "
                "grades or a probability of default, the recovery and the capital rules; then "
                "expected loss, IFRS 9 stage, expected credit loss, capital and RAROC stand here."
            ),
            _SECTION,
            N_("Enter the credit risk"),
        )
    groups = credit_groups(terms, credit)
    *before, (returns, earned) = groups
    written = [missing_html(credit.missing, parts)]
    written += [parts.heading(heading) + parts.facts(rows) for heading, rows in before]
    written.append(parts.heading(returns) + parts.facts((*earned, *contract_rows(loan)[:1])))
    for heading, name, table in (
        (N_("Expected credit loss by year"), ECL, ecl_table(credit)),
        (N_("Expected credit loss by scenario"), ECL_SCENARIOS, ecl_scenario_table(credit)),
    ):
        if table is not None:
            copy = f"<p>{copy_link(parts, name)}</p>"
            written.append(parts.heading(heading) + parts.fact_table(table) + copy)
    return "".join(written)
