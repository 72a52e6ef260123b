"""Pages of what else a policy rests on: common events, own history, deliveries, claims."""

from typing import TYPE_CHECKING

from app.i18n import N_, Translator
from app.reports.insurance_claim_facts import settlement_rows
from app.reports.insurance_delivery_facts import delivery_rows
from app.reports.insurance_event_facts import (
    LEFT_OUT,
    event_rows,
    events_left_out,
    left_out_facts,
)
from app.reports.insurance_history_facts import credibility_rows, experience_rows
from app.views.widgets.fact_html import NARROW
from app.views.widgets.insurance_copy import (
    CLAIMS,
    CORRELATION,
    DELIVERIES,
    EVENT_EXCEEDANCE,
    EVENTS,
    EXPERIENCE,
    MEMBERS,
    SITES,
)
from app.views.widgets.insurance_parts import CLAIM, HAZARD, HISTORY, policy_page

if TYPE_CHECKING:
    from app.services.workbench import Computed


def sites_html(computed: "Computed", tr: Translator, room: int = NARROW) -> str:
    """Return sites and events, "" without an event set."""
    page = policy_page(computed, tr, room)
    if page is None or page.found.events is None:
        return ""
    parts, found = page.parts, page.found.events
    left_out = ""
    if events_left_out(found):
        left_out = parts.small(tr(LEFT_OUT).format(**left_out_facts(found)))
    return (
        page.rows(N_("Common events of several sites"), event_rows(page.case, found))
        + page.missing("events", "source")
        + page.named(N_("Loss by site"), SITES)
        + page.named(N_("Dearest events"), EVENTS)
        + left_out
        + page.named(N_("Exceedance by return period"), EVENT_EXCEEDANCE)
        + page.named(N_("Correlation of the sites"), CORRELATION)
        + parts.ways(
            parts.field(N_("Change the event set"), "insurance.events.event_lines"),
            page.deed(HAZARD),
        )
    )


def history_html(computed: "Computed", tr: Translator, room: int = NARROW) -> str:
    """Return burning cost and credibility, "" without an own history."""
    page = policy_page(computed, tr, room)
    if page is None or page.found.experience is None:
        return ""
    parts, found = page.parts, page.found.experience
    rows = credibility_rows(found.credibility)
    credibility = page.rows(N_("Credibility"), rows)
    if not rows:
        credibility = parts.heading(N_("Credibility")) + parts.empty(
            N_(
                "The own history stands alone. With the rate of the class and its variances, or "
                "lines of its members, credibility says how much the own history counts."
            ),
            "insurance.experience.estimator",
            N_("Enter the class"),
        )
    return (
        page.rows(N_("Own history and class"), experience_rows(page.case, found))
        + page.missing("experience", "source")
        + page.named(N_("Own history on today's terms"), EXPERIENCE)
        + credibility
        + page.named(N_("Members of the class"), MEMBERS)
        + parts.ways(parts.field(N_("Change the history"), "insurance.experience.losses"))
    )


def deliveries_html(computed: "Computed", tr: Translator, room: int = NARROW) -> str:
    """Return sales that fail and credits that are reversed, "" without such a cover."""
    page = policy_page(computed, tr, room)
    if page is None or page.found.delivery is None:
        return ""
    parts = page.parts
    return (
        page.rows(N_("Failure of sales, reversal"), delivery_rows(page.case, page.found))
        + page.missing("delivery", "counterparty", "grade")
        + page.named(N_("Deliveries by policy year"), DELIVERIES)
        + parts.ways(parts.field(N_("Change the deliveries"), "insurance.delivery.deliveries"))
    )


def claims_html(computed: "Computed", tr: Translator, room: int = NARROW) -> str:
    """Return the claims through the terms in their order, "" without any."""
    page = policy_page(computed, tr, room)
    if page is None or page.found.settlement is None:
        return ""
    parts = page.parts
    return (
        page.rows(N_("Claims"), settlement_rows(page.case, page.found.settlement))
        + page.missing("settlement", "claim_no", "payee_account")
        + page.named(N_("Claims through the terms"), CLAIMS)
        + parts.ways(
            page.deed(CLAIM),
            page.deed(HISTORY),
            parts.field(N_("Change the claims"), "insurance.settlement.claims"),
        )
    )
