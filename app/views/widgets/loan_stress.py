"""The page of the stress: the set and the own stresses, coverage and DSCR by price and tonnes."""

from typing import TYPE_CHECKING

from app.i18n import N_, Translator
from app.messages.lending_words import STRESS_NOTE
from app.reports.stress_facts import heat_tables, stress_table
from app.views.widgets.fact_html import NARROW
from app.views.widgets.loan_copy import HEAT, STRESS, copy_link
from app.views.widgets.value_parts import PageParts

if TYPE_CHECKING:
    from app.services.workbench import Computed

_SHADED = N_(
    "Shaded: cash falls short of the debt in some year, or nothing covers the loan from some day "
    "on."
)


def stress_html(computed: "Computed", tr: Translator, room: int = NARROW) -> str:
    """Return the page, "" without a loan; `room` is how many signs stand beside each other."""
    loan = computed.results.loan
    if loan is None:
        return ""
    parts = PageParts(tr, room)
    table = stress_table(loan.stress)
    heats = heat_tables(loan.stress.heat) if loan.stress.heat is not None else ()
    return (
        parts.heading(N_("Stress"))
        + parts.fact_table(table)
        + (parts.small(tr(_SHADED)) if table is not None and table.marked else "")
        + parts.small(tr(STRESS_NOTE))
        + parts.ways(
            copy_link(parts, STRESS), parts.field(N_("Enter own stresses"), "loan.stresses")
        )
        + "".join(
            parts.heading(name)
            + parts.fact_table(table, tight=True)
            + parts.ways(copy_link(parts, code))
            for code, (name, table) in zip(HEAT, heats, strict=False)
        )
    )
