"""The pages of the loss: its distribution; heads, perils and terms."""

from typing import TYPE_CHECKING

from app.i18n import N_, Translator
from app.reports.insurance_facts import TERM_ORDER, condition_rows, policy_rows
from app.reports.insurance_risk_facts import distribution_rows
from app.views.widgets.fact_html import NARROW, Links
from app.views.widgets.insurance_copy import (
    CHECKS,
    EXCEEDANCE,
    HEADS,
    MODEL,
    PERILS,
    QUANTILES,
    STAGES,
    TABLES,
    TERMS,
    VALUES,
)
from app.views.widgets.insurance_parts import HAZARD, TEMPLATE, PolicyPage, policy_page

if TYPE_CHECKING:
    from app.services.workbench import Computed

_NAMES = ("insurer", "insured", "first_beneficiary", "exclusions", "subjectivities")
"""Texts of the policy that paper and slip expect."""


def loss_html(computed: "Computed", tr: Translator, room: int = NARROW) -> str:
    """Return the page, "" without a distribution; `room` is how many signs stand beside."""
    page = policy_page(computed, tr, room)
    if page is None or page.found.distribution is None:
        return ""
    parts = page.parts
    runs = parts.field(N_("Change the simulated years and the seed"), "insurance.simulated_years")
    return (
        page.rows(N_("Loss of a policy year"), distribution_rows(page.found))
        + page.named(N_("Exceedance by return period"), EXCEEDANCE)
        + page.named(N_("Value at risk and tail value at risk"), QUANTILES)
        + page.named(N_("The same by other ways"), CHECKS)
        + parts.ways(runs)
    )


def _line_links(table: str, count: int) -> Links:
    """Return the links from the first column of a table to the lines of an input."""
    return {(line, 0): f"insurance.{table}.{line}" for line in range(count)}


def _heads(page: PolicyPage) -> str:
    if not page.found.heads:
        return page.parts.heading(N_("Heads of cover")) + page.parts.empty(
            N_(
                "No head of cover is entered. A head says what is insured: carbon value, "
                "restoration or farming cost, harvest, each with its sum and its terms."
            ),
            "insurance.heads",
            N_("Enter heads of cover"),
        )
    links = _line_links("heads", len(page.policy.heads))
    return (
        page.named(N_("Heads of cover"), HEADS, links=links)
        + page.named(N_("Sum insured by policy year"), VALUES)
        + page.named(N_("Growth stages"), STAGES)
    )


def _sources(page: PolicyPage) -> Links:
    """Return the links of perils without a source to the place where it is entered."""
    table = TABLES[MODEL](page.case, page.found)
    last = 0 if table is None else len(table.heads) - 1
    return {
        (place, last): f"insurance.perils.{place}.source"
        for place, line in enumerate(page.policy.perils)
        if not line.source
    }


def _perils(page: PolicyPage) -> str:
    parts = page.parts
    if not page.policy.heads or (page.found.events is not None and not page.policy.perils):
        return ""
    if not page.policy.perils:
        return parts.heading(N_("Perils and losses")) + parts.empty(
            N_(
                "No peril is entered. A peril says how often an event comes and how much of the "
                "value on risk it destroys."
            ),
            "insurance.perils",
            N_("Enter perils"),
        )
    return (
        page.named(N_("Perils and losses"), PERILS)
        + page.named(N_("Model and parameters"), MODEL, links=_sources(page))
        + parts.ways(page.deed(HAZARD), page.deed(TEMPLATE))
    )


def _terms(page: PolicyPage) -> str:
    if not page.policy.heads:
        return ""
    links = _line_links("heads", len(page.policy.heads))
    return page.named(N_("Terms in order"), TERMS, links=links) + page.parts.small(
        page.parts.tr(TERM_ORDER)
    )


def perils_html(computed: "Computed", tr: Translator, room: int = NARROW) -> str:
    """Return heads, perils, terms and policy, "" without insurance."""
    page = policy_page(computed, tr, room)
    if page is None:
        return ""
    return (
        _heads(page)
        + _perils(page)
        + _terms(page)
        + page.rows(N_("Policy"), (*policy_rows(page.policy), *condition_rows(page.policy)))
        + page.missing("insurance", *_NAMES)
    )
