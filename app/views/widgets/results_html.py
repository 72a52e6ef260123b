"""The live results as HTML: figures link to their working, notices to their field."""

import re
from html import escape
from typing import TYPE_CHECKING

from app.finance.explain import Step
from app.formats import money, percent, quantity
from app.i18n import N_, Translator
from app.reports.value_facts import NEGATIVE_NET, LevelRow, first_rows, level_rows
from app.views.widgets.carbon_html import CarbonHtml
from app.views.widgets.insurance_quote import premium_html
from app.views.widgets.notice_html import notices_html
from app.views.widgets.value_pages import missing_html
from app.views.widgets.value_parts import PageParts

if TYPE_CHECKING:
    from app.finance.engine import Results
    from app.services.workbench import Computed

_RAISED = re.compile(r"\^(\([^()]*\)|\w+)")
_LOWERED = re.compile(r"(?<=\w)_(\w+)")
EMPTY = "<td>&nbsp;</td>"
"""A place without text; Qt drops the margin of what follows a table that ends in an empty one."""


class ResultsPage:
    """Writes the results of one computed case in one language.

    `drawing` says that a range which is not there yet is on its way.
    """

    def __init__(self, computed: "Computed", tr: Translator, *, drawing: bool = True) -> None:
        self._drawing = drawing
        self._computed = computed
        self._results: Results = computed.results
        self._tr = tr

    def html(self, *, stale: bool) -> str:
        """Return the whole page; `stale` says that the input has changed since.

        The premium of a case without a loan stands before all else, as on its sheet.
        """
        quoted_only = self._results.loan is None
        parts = [
            self._stale() if stale else "",
            self._rate(),
            self._insurance() if quoted_only else "",
            self._values(),
            self._notices(),
            self._sizing(),
            self._repayment(),
            self._carbon(),
            "" if quoted_only else self._insurance(),
        ]
        return f"<html><body>{''.join(parts)}</body></html>"

    def framed(self, body: str, *, stale: bool) -> str:
        """Return a page of its own; `stale` says that the input has changed since."""
        return f"<html><body>{self._stale() if stale else ''}{body}</body></html>"

    def _stale(self) -> str:
        text = self._tr(N_("These are the results of the last complete input."))
        return f'<table width="100%"><tr><td class="stale">{escape(text)}</td></tr></table>'

    def _heading(self, message: str) -> str:
        return f"<h3>{escape(self._tr(message))}</h3>"

    def _figure(self, text: str, step: str) -> str:
        return f'<a href="step:{step}">{escape(text)}</a>' if step else escape(text)

    def _row(self, label: str, text: str, step: str = "", note: str = "") -> str:
        shown = self._figure(text, step)
        tail = f'<td class="small">{escape(note)}</td>' if note else EMPTY
        name = escape(self._tr(label))
        return f'<tr><td class="label">{name}</td><td align="right">{shown}</td>{tail}</tr>'

    def _rate(self) -> str:
        loan = self._results.loan
        if loan is None:
            return ""
        compound = self._figure(percent(loan.effective.annual_compound), "loan.annual_rate")
        simple = self._tr(N_("Annualised rate, fees included (simple)"))
        label = self._tr(N_("Annualised rate, fees included (compound)"))
        return (
            f'<p><span class="small">{escape(label)}</span><br/>'
            f'<span class="hero">{compound}</span>&nbsp;&nbsp; <span class="small">'
            f"{escape(simple)} {percent(loan.effective.annual_simple)}</span>{self._counts()}</p>"
        )

    def _counts(self) -> str:
        """How many red flags and warnings follow further down."""
        flags = len(self._results.red_flags)
        others = len(self._results.notices) - flags
        text = self._tr(N_("Red flags: {flags} · warnings: {others}"))
        style = "flag" if flags else "small"
        shown = escape(text.format(flags=flags, others=others))
        return f'&nbsp;&nbsp;&nbsp; <span class="{style}">{shown}</span>'

    def _notices(self) -> str:
        return notices_html(self._results.notices, self._tr)

    def _card(self, row: LevelRow) -> str:
        mark = f" · {escape(self._tr(N_('sized on this value')))}" if row.chosen else ""
        ratio = ""
        if row.ratio is not None:
            shown = self._figure(row.ratio, row.ratio_step)
            name = escape(self._tr(row.ratio_label))
            ratio = f'<br/><span class="small">{name}</span> <b>{shown}</b>'
        parts = PageParts(self._tr)
        amount = parts.figure(money(row.amount_yuan), row.step, negative=row.negative)
        return (
            f'<td class="{"chosen" if row.chosen else "card"}" width="50%">'
            f'<span class="small">{escape(self._tr(row.label))}{mark}</span><br/>'
            f'<span class="figure">{amount}</span>'
            f' <span class="small">{escape(self._tr(N_("yuan")))}</span>'
            f"{ratio}</td>"
        )

    def _values(self) -> str:
        found = self._results.values
        if found is None:
            return ""
        cards = [self._card(row) for row in level_rows(self._computed.file.case, self._results)]
        pairs = "".join(f"<tr>{a}{b}</tr>" for a, b in zip(cards[::2], cards[1::2], strict=True))
        parts = PageParts(self._tr)
        return (
            self._heading(N_("Value of the income right"))
            + (parts.note(NEGATIVE_NET) if found.net_yuan < 0 else "")
            + f'<table width="100%" cellspacing="4">{pairs}</table>'
            + parts.facts(first_rows(self._results))
            + missing_html(self._computed, self._tr)
        )

    def _sizing(self) -> str:
        loan = self._results.loan
        if loan is None:
            return ""
        rows = ""
        for bound in loan.bounds:
            note = self._tr(N_("binding")) if bound.binding else ""
            style = ' class="binding"' if bound.binding else ""
            row = self._row(bound.label, money(bound.amount_yuan), "", note)
            rows += row.replace("<tr>", f"<tr{style}>", 1)
        rows += self._row(
            N_("Amount the bounds allow"), money(loan.supported_yuan), "loan.supported"
        )
        rows += self._row(N_("Amount asked"), money(loan.amount_yuan))
        rows += self._row(N_("Asked beyond the bounds"), money(loan.uncovered_yuan))
        return self._heading(N_("Sizing (yuan)")) + f"<table>{rows}</table>"

    def _carbon(self) -> str:
        return CarbonHtml(self._computed, self._tr, drawing=self._drawing).html()

    def _insurance(self) -> str:
        """Premium and rate, and the way to the pages of the insurance."""
        found = self._results.insurance
        if found is None:
            return ""
        parts = PageParts(self._tr)
        quote = parts.link("page:quote", N_("The whole quote"))
        return self._heading(N_("Insurance")) + premium_html(found, parts) + parts.ways(quote)

    def _repayment(self) -> str:
        """What the schedule comes to; its lines have a page of their own."""
        loan = self._results.loan
        if loan is None:
            return ""
        rows = self._row(N_("Number of payments"), str(len(loan.schedule)))
        rows += self._row(N_("First payment"), money(loan.first_payment_yuan), "loan.first_payment")
        rows += self._row(N_("Last payment"), money(loan.last_payment_yuan))
        rows += self._row(
            N_("Interest in all"), money(loan.total_interest_yuan), "loan.total_interest"
        )
        return self._heading(N_("Repayment (yuan)")) + f"<table>{rows}</table>"


def formula_html(text: str) -> str:
    """Return a formula with raised exponents and lowered indexes, as it is printed."""
    raised = _RAISED.sub(lambda found: f"<sup>{found[1].strip('()')}</sup>", escape(text))
    return _LOWERED.sub(r"<sub>\1</sub>", raised)


def working_html(step: Step, tr: Translator) -> str:
    """Return one step: formula, values put in, result, note and source."""
    rows = "".join(
        f"<tr><td>{formula_html(term.symbol)}</td><td class='label'>{escape(tr(term.label))}</td>"
        f"<td align='right'>{escape(quantity(term.value, term.unit, tr))}</td></tr>"
        for term in step.terms
    )
    result = quantity(step.value, step.unit, tr)
    note = f"<p>{escape(tr(step.note))}</p>" if step.note else ""
    source = tr(N_("Source: {source}")).format(source=tr(step.source))
    return (
        f"<html><body><h3>{escape(tr(step.label))}</h3><p>{formula_html(step.formula)}</p>"
        f"<table>{rows}</table><p class='figure'>= {escape(result)}</p>{note}"
        f"<p class='small'>{escape(source)}</p></body></html>"
    )
