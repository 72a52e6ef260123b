"""The page of the green class: item, decision, step of the rate, indicators."""

from typing import TYPE_CHECKING

from app.i18n import N_, Translator
from app.reports.green_facts import green_rows, kpi_table
from app.views.widgets.fact_html import NARROW
from app.views.widgets.loan_missing import missing_html
from app.views.widgets.value_parts import PageParts

if TYPE_CHECKING:
    from app.services.workbench import Computed

_SECTION = "loan.green"


def green_html(computed: "Computed", tr: Translator, room: int = NARROW) -> str:
    """Return the page; for a loan that is not classified it says what to enter."""
    parts, loan = PageParts(tr, room), computed.results.loan
    if loan is None:
        return ""
    heading = parts.heading(N_("Green classification"))
    if loan.green is None:
        return heading + parts.empty(
            N_(
                "The loan is not classified. Enter the edition of the catalogue, the item with "
                "its evidence, and who decided and checked it; indicators may change the rate."
            ),
            _SECTION,
            N_("Classify the loan"),
        )
    table = kpi_table(loan.green)
    indicators = parts.heading(N_("Indicators of the loan")) + parts.fact_table(table)
    return "".join(
        (
            heading,
            missing_html(loan.green.missing, parts),
            parts.facts(green_rows(computed.file.case, loan.green)),
            indicators if table is not None else "",
        )
    )
