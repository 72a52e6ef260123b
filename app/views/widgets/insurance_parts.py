"""What all pages of the insurance are written with: tables that can be copied, what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.finance.case.case import Case
from app.finance.case.insurance import Insurance
from app.finance.insurance.results import InsuranceResult
from app.i18n import N_, Translator
from app.reports.value_facts import FactRow
from app.views.widgets.fact_html import Links
from app.views.widgets.insurance_copy import TABLES
from app.views.widgets.loan_copy import copy_link
from app.views.widgets.loan_missing import missing_html
from app.views.widgets.value_parts import PageParts

if TYPE_CHECKING:
    from app.services.workbench import Computed

CLAIM, TEMPLATE, HAZARD, HISTORY = "claim", "template", "hazard", "history"
DEEDS = {
    CLAIM: N_("Record a claim…"),
    TEMPLATE: N_("Use a template…"),
    HAZARD: N_("Storms near the sites…"),
    HISTORY: N_("Claims into the history"),
}
"""What a page may want done with the insurance, by the target of its "do:" link."""


@dataclass(frozen=True, slots=True)
class PolicyPage:
    """One computed policy, and the parts its pages are written with."""

    computed: "Computed"
    policy: Insurance
    found: InsuranceResult
    parts: PageParts

    @property
    def case(self) -> Case:
        """The case of the policy."""
        return self.computed.file.case

    def table(self, name: str, *, links: Links | None = None, turned: bool = False) -> str:
        """Return a table with the link that copies it, "" where the case has nothing for it."""
        table = TABLES[name](self.case, self.found)
        if table is None or not table.rows:
            return ""
        return self.parts.fact_table(table, links=links, turned=turned) + self.parts.ways(
            copy_link(self.parts, name)
        )

    def named(self, title: str, name: str, *, links: Links | None = None) -> str:
        """Return a table under its heading, "" where the case has nothing for it."""
        written = self.table(name, links=links)
        return self.parts.heading(title) + written if written else ""

    def rows(self, title: str, rows: Iterable[FactRow]) -> str:
        """Return figures under a heading, "" for none."""
        kept = tuple(rows)
        return self.parts.heading(title) + self.parts.facts(kept) if kept else ""

    def deed(self, target: str) -> str:
        """Return the link to something to be done."""
        return self.parts.link(f"do:{target}", DEEDS[target])

    def missing(self, section: str, *names: str) -> str:
        """Return those inputs of a section that are empty, each as a link; "" when none is."""
        part = self.policy if section == "insurance" else getattr(self.policy, section)
        path = section if section == "insurance" else f"insurance.{section}"
        empty = [f"{path}.{name}" for name in names if getattr(part, name) in (None, "", ())]
        return missing_html(empty, self.parts)


def policy_page(computed: "Computed", tr: Translator, room: int) -> PolicyPage | None:
    """Return the parts of a page, None for a case without insurance."""
    policy, found = computed.file.case.insurance, computed.results.insurance
    if policy is None or found is None:
        return None
    return PolicyPage(computed, policy, found, PageParts(tr, room))
