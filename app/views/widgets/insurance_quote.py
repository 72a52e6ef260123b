"""The page of the quote: premium and rate, warnings, build-up, who pays, what it is held against.

Options side by side have a page of their own.
"""

from typing import TYPE_CHECKING

from app.finance.insurance.results import InsuranceResult
from app.formats import unit
from app.i18n import N_, Translator
from app.reports.insurance_compare_facts import asked_rows, placed_classes, placed_rows
from app.reports.insurance_facts import NOT_AN_OFFER
from app.reports.insurance_premium_facts import premium_rows
from app.views.widgets.fact_html import NARROW
from app.views.widgets.insurance_copy import (
    BUILD_UP,
    COINSURERS,
    HEAD_PREMIUM,
    OPTIONS,
    PARTS_OF_POLICY,
    PLACED,
    SUBSIDIES,
)
from app.views.widgets.insurance_parts import CLAIM, TEMPLATE, PolicyPage, policy_page
from app.views.widgets.notice_html import first_notices
from app.views.widgets.value_parts import PageParts

if TYPE_CHECKING:
    from app.services.workbench import Computed

_ABSENT: tuple[tuple[str, str], ...] = (
    ("heads", N_("Enter heads of cover: what is insured for how much, on what terms")),
    ("perils", N_("Enter perils: how often, and how much of the value they destroy")),
    ("index", N_("Enter an index cover: paid by a measured index, not by a survey")),
    ("events", N_("Enter common events: storms that hit several sites at once")),
    ("delivery", N_("Enter deliveries: sales that fail, credits that are reversed")),
    ("experience", N_("Enter the own history: burning cost, credibility against the class")),
    ("asked_premium_yuan", N_("Enter the premium asked, to hold it against the technical one")),
    ("options", N_("Enter options: the same policy on other terms, side by side")),
    ("subsidies", N_("Enter the subsidy: who pays what of the premium")),
    ("coinsurers", N_("Enter co-insurers and their shares")),
)
"""What a quote may lack: input of the insurance, and what to do."""

_OF_HEADS = ("perils", "events", "experience")
"""Inputs that need a head of cover."""


def premium_hero(found: InsuranceResult, parts: PageParts) -> str:
    """Return premium and rate in large figures, beside each other."""
    cells = []
    for row in premium_rows(found):
        if row.strong:
            name = unit(row.unit, parts.tr)
            label = parts.say(row.label)
            if name:
                label = parts.say(N_("{label} ({unit})"), label=parts.tr(row.label), unit=name)
            figure = parts.figure(row.said(parts.tr), row.step)
            cells.append(
                f'<td class="card"><span class="small">{label}</span><br/>'
                f'<span class="hero">{figure}</span></td>'
            )
    return f'<table width="100%" cellspacing="4"><tr>{"".join(cells)}</tr></table>'


def premium_html(found: InsuranceResult, parts: PageParts) -> str:
    """Return premium and rate, then what they rest on."""
    rest = [row for row in premium_rows(found) if not row.strong]
    return premium_hero(found, parts) + parts.facts(rest)


def _compared(page: PolicyPage) -> str:
    """The premium asked, and the rates placed for the like."""
    found = page.found
    rows = (*asked_rows(found), *placed_rows(found))
    if not rows:
        return ""
    reason = page.missing("insurance", "asked_reason") if found.asked is not None else ""
    return page.rows(N_("Premium asked and placed"), rows) + reason


def _placed(page: PolicyPage) -> str:
    """The published covers of the like, and where they were looked for."""
    placed, parts = page.found.placed, page.parts
    table = page.named(N_("Published covers of the like"), PLACED)
    if placed is None or not table:
        return ""
    message = N_("Classes looked through: {classes}.")
    classes = placed_classes(placed).said(parts.tr)
    return table + parts.small(parts.tr(message).format(classes=classes))


def _absent(page: PolicyPage) -> str:
    """What could be entered besides, each a link to its place in the form."""
    parts = page.parts
    links = [
        f"<br/>{parts.field(text, f'insurance.{name}')}"
        for name, text in _ABSENT
        if not getattr(page.policy, name) and (page.policy.heads or name not in _OF_HEADS)
    ]
    if page.policy.settlement is None:
        links.append(f"<br/>{page.deed(CLAIM)}")
    if not links:
        return ""
    intro = parts.say(N_("Not in this quote yet:"))
    return f'<p><span class="small">{intro}</span>{"".join(links)}</p>'


def quote_html(computed: "Computed", tr: Translator, room: int = NARROW) -> str:
    """Return the page, "" without insurance; `room` is how many signs stand beside each other."""
    page = policy_page(computed, tr, room)
    if page is None:
        return ""
    parts, notices = page.parts, computed.results.notices
    options = parts.link("page:compared", N_("Options side by side")) if page.found.options else ""
    return (
        premium_hero(page.found, parts)
        + first_notices(notices, "insurance", parts)
        + parts.facts(row for row in premium_rows(page.found) if not row.strong)
        + page.named(N_("Premium build-up"), BUILD_UP)
        + page.named(N_("Premium by part"), PARTS_OF_POLICY)
        + page.named(N_("Premium by head"), HEAD_PREMIUM)
        + (parts.ways(options) if options else "")
        + page.named(N_("Who pays the premium"), SUBSIDIES)
        + page.named(N_("Co-insurers"), COINSURERS)
        + _compared(page)
        + _absent(page)
        + parts.ways(page.deed(TEMPLATE))
        + parts.small(tr(NOT_AN_OFFER))
        + _placed(page)
    )


def options_html(computed: "Computed", tr: Translator, room: int = NARROW) -> str:
    """Return the page of the options, a column each, "" where there are none."""
    page = policy_page(computed, tr, room)
    if page is None or not page.found.options:
        return ""
    parts = page.parts
    return (
        parts.heading(N_("Options side by side"))
        + page.table(OPTIONS, turned=True)
        + parts.ways(parts.field(N_("Change the options"), "insurance.options"))
    )
