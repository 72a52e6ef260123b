"""One event on the book as a finding: the summary in words, the tables."""

from collections.abc import Sequence
from html import escape

from app.finance.insurance.accumulation import CaseHit
from app.finance.insurance.accumulation_results import Accumulation, NotRead
from app.i18n import N_, Translator
from app.messages import problem_text
from app.reports import accumulation_facts as facts
from app.reports.fact_tables import FactTable
from app.views.widgets.hazard_findings import Finding
from app.views.widgets.value_parts import PageParts

POLICIES, LOANS, ALL_CASES = N_("Policies hit"), N_("Loans hit"), N_("All cases")


def hits_of(found: Accumulation, title: str) -> Sequence[CaseHit]:
    """Return the cases of a table by its title, line by line; () for another table."""
    lines = {
        POLICIES: facts.policy_hits,
        LOANS: facts.loan_hits,
        ALL_CASES: facts.shown_hits,
    }
    return lines[title](found) if title in lines else ()


def event_finding(found: Accumulation, tr: Translator, room: int) -> Finding:
    """Return the summary and the tables there is something in."""
    parts = PageParts(tr, room)
    html = (
        parts.heading(N_("Insurers and lenders"))
        + parts.facts(facts.total_rows(found))
        + parts.heading(N_("The event"))
        + parts.facts(facts.event_rows(found))
        + _not_read(found.not_read, parts)
    )
    tables: list[tuple[str, FactTable]] = [
        (POLICIES, facts.policies_table(found)),
        (LOANS, facts.loans_table(found)),
        (ALL_CASES, facts.cases_table(found)),
        (N_("Costliest storms"), facts.storms_table(found)),
        (N_("Probable maximum loss"), facts.pml_table(found)),
        (N_("Without coordinates"), facts.unplaced_table(found)),
        (N_("Not in force"), facts.not_in_force_table(found)),
    ]
    return Finding("", html, tuple((title, table) for title, table in tables if table.rows))


def _not_read(cases: Sequence[NotRead], parts: PageParts) -> str:
    """List the cases that cannot be computed, with what is refused."""
    if not cases:
        return ""
    tr = parts.tr
    items = "".join(
        f"<li><b>{escape(one.name)}</b>: "
        f"{escape(tr(N_('; ')).join(problem_text(problem, tr) for problem in one.problems))}</li>"
        for one in cases
    )
    return parts.heading(N_("Not computed, in no figure above")) + f"<ul>{items}</ul>"
