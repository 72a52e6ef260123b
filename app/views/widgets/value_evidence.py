"""The page of the price evidence: conclusion, spread, second opinion, every comparable."""

from html import escape

from app.finance.case.appraisal import Appraisal
from app.finance.case.valuation.cost_tool import IncomeMethod
from app.finance.case.valuation.price_inputs import PriceBasis
from app.finance.valuation.results import EvidenceResult
from app.formats import number, percent, sentence
from app.i18n import N_, Translator
from app.reports.evidence_facts import (
    FACTOR_HEADS,
    UPPER_BOUND,
    ComparableRow,
    comparable_rows,
    concluded_price_rows,
    effect_rows,
    model_rows,
    spread_rows,
    used_factors,
)
from app.views.widgets.value_parts import PageParts

_PATH = "appraisal.evidence.comparables"
_SHOWN_EFFECTS = 8


class EvidencePage:
    """Writes the price evidence in one language."""

    def __init__(self, appraisal: Appraisal, evidence: EvidenceResult, tr: Translator) -> None:
        self._appraisal, self._evidence, self._tr = appraisal, evidence, tr
        self._parts = PageParts(tr)
        self._rows = comparable_rows(appraisal, evidence)

    def html(self) -> str:
        """Return the page, the conclusion first."""
        parts = self._parts
        return "".join(
            (
                parts.heading(N_("Concluded price")),
                parts.facts(concluded_price_rows(self._evidence)),
                self._use(),
                self._upper_bound(),
                self._counting(),
                self._left_out(),
                parts.heading(N_("Spread of the prices that count")),
                parts.facts(spread_rows(self._evidence)),
                self._model(),
            )
        )

    def _use(self) -> str:
        """Say which price the value rests on; offer the concluded one where it is another."""
        by_tool = self._appraisal.income_method is IncomeMethod.COST_TOOL
        if self._evidence.conclusion_yuan_t is None or by_tool:
            return ""
        if self._appraisal.price_basis is PriceBasis.EVIDENCE:
            return self._parts.small(self._tr(N_("The value rests on this price.")))
        stated = number(self._appraisal.price_yuan_t)
        said = self._parts.say(N_("The value rests on a stated {price} yuan/t."), price=stated)
        action = self._parts.say(N_("Take the concluded price"))
        return f'<p>{said} <a class="more" href="take:price">{action}</a></p>'

    def _upper_bound(self) -> str:
        if self._evidence.upper_bound_yuan_t is None:
            return ""
        return self._parts.small(self._tr(UPPER_BOUND))

    def _what(self, row: ComparableRow) -> str:
        """Number, place and tags of a comparable, leading to its line in the form."""
        name = row.place or self._tr(N_("place not stated"))
        tags = self._tr(N_(", ")).join(self._tr(tag) for tag in (row.ecosystem, row.method))
        link = f"field:{_PATH}.{row.number - 1}.day"
        return (
            f'{row.number} <a href="{link}">{escape(sentence(name))}</a><br/>'
            f'<span class="small">{row.day.isoformat()} · {escape(tags)}</span>'
        )

    def _original(self, row: ComparableRow) -> str:
        if row.currency == "CNY":
            return row.price
        return f'{row.price_yuan_t}<br/><span class="small">{row.price} {row.currency}</span>'

    def _counting(self) -> str:
        parts, factors = self._parts, used_factors(self._evidence)
        rows = [
            [
                self._what(row),
                self._original(row),
                *(row.factors[list(FACTOR_HEADS).index(name)] for name in factors),
                parts.figure(row.adjusted_yuan_t, row.step),
                row.weight,
            ]
            for row in self._rows
            if row.counts
        ]
        if not rows:
            return ""
        heads = [
            parts.say(N_("Comparable")),
            parts.say(N_("Price")),
            *(parts.say(FACTOR_HEADS[name]) for name in factors),
            parts.say(N_("Adjusted")),
            parts.say(N_("Weight share")),
        ]
        table = parts.table(heads, rows, tight=True, first=34)
        return parts.heading(N_("Comparables that count (yuan/t)")) + table

    def _left_out(self) -> str:
        parts = self._parts
        rows = [
            [
                self._what(row),
                f'<span class="small">{escape(row.why(self._tr))}</span>',
                self._original(row),
                parts.figure(row.adjusted_yuan_t, row.step),
            ]
            for row in self._rows
            if not row.counts
        ]
        if not rows:
            return ""
        heads = (
            N_("Comparable"),
            N_("Why it does not count"),
            N_("Price"),
            N_("Adjusted"),
        )
        table = parts.table(list(map(parts.say, heads)), rows, texts=2, tight=True)
        return parts.heading(N_("Comparables left out (yuan/t)")) + table

    def _model(self) -> str:
        parts = self._parts
        rows = model_rows(self._evidence)
        if not rows:
            return ""
        effects = [
            [escape(row.name(self._tr)), percent(row.change, 1)]
            for row in effect_rows(self._evidence)[:_SHOWN_EFFECTS]
        ]
        heads = [parts.say(N_("Group")), parts.say(N_("Against the mean of all"))]
        return (
            parts.heading(N_("Second opinion"))
            + parts.facts(rows)
            + (parts.table(heads, effects) if effects else "")
        )
