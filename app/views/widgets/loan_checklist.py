"""The page of the conditions: what is met, what is not and why, and whether a print is final."""

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from app.finance.lending.checklist import CONDITIONS
from app.finance.lending.life_results import ChecklistItem
from app.finance.notices import Notice, Severity
from app.i18n import N_, Translator
from app.messages import notice_source, notice_text
from app.messages.lending_words import CHECK_STATES
from app.messages.loan_notices import CHECKLIST
from app.reports.due_facts import check_fact, check_state
from app.views.widgets.loan_missing import field_link
from app.views.widgets.value_parts import PageParts

if TYPE_CHECKING:
    from app.services.workbench import Computed

CLAUSES = "clauses"
"""Target of the "do:" link to the usual clauses."""

_SIGNS = {"met": ("known", "✓"), "not_asked": ("small", "–"), "warning": ("warn", "×")}
_RED = ("flag", "×")
"""Style and sign of a condition by its state; a cross in red keeps a print from being final."""

_ORDER = ("red_flag", "warning", "met", "not_asked")


class ChecklistPage:
    """Writes the conditions of one computed loan in one language."""

    def __init__(self, computed: "Computed", tr: Translator) -> None:
        self._computed, self._tr, self._parts = computed, tr, PageParts(tr)

    def html(self) -> str:
        """Return the page, what is not met first; "" without a loan."""
        loan, notices = self._computed.results.loan, self._computed.results.notices
        if loan is None:
            return ""
        ordered = sorted(loan.checklist, key=lambda item: _ORDER.index(check_state(item)))
        rows = "".join(self._condition(item) for item in ordered)
        unmet = (item.code for item in loan.checklist if item.ok is False)
        told = {code for condition in unmet for code in CONDITIONS[condition][1]}
        others = [
            notice
            for notice in notices
            if notice.severity is Severity.RED_FLAG and notice.code not in told
        ]
        return (
            self._parts.heading(N_("Checklist before signing"))
            + self._verdict(len(self._computed.results.red_flags), loan.checklist)
            + f'<table width="99%" cellspacing="0">{rows}</table>'
            + self._others(others)
            + self._clauses()
        )

    def _clauses(self) -> str:
        """The way to the clauses of the term sheet, which no rule checks."""
        agreement = (
            self._computed.file.case.loan.agreement if self._computed.file.case.loan else None
        )
        held = 0
        if agreement is not None:
            held = sum(
                map(len, (agreement.covenants, agreement.conditions, agreement.default_events))
            )
        text = self._parts.say(
            N_("Own undertakings, conditions and events of default in the term sheet: {count}"),
            count=str(held),
        )
        link = self._parts.link(f"do:{CLAUSES}", N_("Usual clauses…"))
        return f"<p>{text} {link}</p>"

    def _verdict(self, flags: int, items: Iterable[ChecklistItem]) -> str:
        warned = sum(1 for item in items if item.ok is False and not item.stops)
        if flags:
            text = self._parts.say(
                N_(
                    "Open red items: {count}. No print can be marked final while one is open, and "
                    "the case cannot be approved."
                ),
                count=str(flags),
            )
            style = "flags"
        else:
            text = self._parts.say(N_("No red item is open: a print can be marked final."))
            style = "card"
        more = self._parts.say(N_("Conditions not met that only warn: {count}"), count=str(warned))
        tail = f'<br/><span class="small">{more}</span>' if warned else ""
        return f'<table width="99%"><tr><td class="{style}"><b>{text}</b>{tail}</td></tr></table>'

    def _condition(self, item: ChecklistItem) -> str:
        state = check_state(item)
        style, sign = _SIGNS.get(state, _RED)
        name = field_link(item.path, self._tr(CHECKLIST[item.code]))
        fact = check_fact(item).said(self._tr)
        said = escape(self._tr(CHECK_STATES[state]))
        if state in ("met", "not_asked"):
            beside = escape(fact) if state == "met" and fact else said
            shown = f'<span class="small">{beside}</span>'
        else:
            shown = f'<span class="{style}">{said}</span>{self._reasons(item)}'
        return (
            f'<tr><td class="line" width="4%"><span class="{style}">{sign}</span></td>'
            f'<td class="line" width="40%">{name}</td><td class="line">{shown}</td></tr>'
        )

    def _reasons(self, item: ChecklistItem) -> str:
        """What was found against a condition, each with the way to the input to mend."""
        codes = CONDITIONS[item.code][1]
        found = (notice for notice in self._computed.results.notices if notice.code in codes)
        return "".join(f"<br/>{self._reason(notice)}" for notice in found)

    def _reason(self, notice: Notice) -> str:
        text = notice_text(notice, self._tr)
        shown = field_link(notice.path, text) if notice.path else escape(text)
        source = escape(notice_source(notice, self._tr))
        return f'{shown} <span class="small">{source}</span>'

    def _others(self, notices: Iterable[Notice]) -> str:
        """The red flags of the case that stand under none of the conditions."""
        lines = "".join(
            f'<tr><td class="line" width="4%"><span class="flag">×</span></td>'
            f'<td class="line">{self._reason(notice)}</td></tr>'
            for notice in notices
        )
        if not lines:
            return ""
        heading = self._parts.heading(N_("Other red flags of the case"))
        return f'{heading}<table width="99%" cellspacing="0">{lines}</table>'
