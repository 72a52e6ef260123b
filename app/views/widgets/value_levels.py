"""The pages of the value itself: reconciliation, approaches, indicators; options; cost tool."""

from html import escape

from app.finance.engine import Results
from app.finance.valuation.results import ValueResult
from app.formats import unit
from app.i18n import N_, Translator
from app.reports.apart_facts import (
    APART,
    NEVER_LENT_ON,
    issued_rows,
    option_name,
    option_rows,
    tool_cost_rows,
    tool_rows,
    tool_unit,
)
from app.reports.value_facts import (
    NEGATIVE_NET,
    approach_rows,
    bridge_rows,
    conclusion_rows,
    indicator_rows,
    rate_rows,
)
from app.views.widgets.value_parts import PageParts


class LevelPages:
    """Writes the pages of one computed case in one language."""

    def __init__(self, results: Results, values: ValueResult, tr: Translator) -> None:
        self._results, self._values, self._tr = results, values, tr
        self._parts = PageParts(tr)

    def valuation(self) -> str:
        """Return the way from gross to liquidation value, the conclusion and all indicators."""
        parts, values = self._parts, self._values
        return "".join(
            (
                parts.heading(N_("From gross to liquidation value")),
                parts.note(NEGATIVE_NET) if values.net_yuan < 0 else "",
                parts.facts(bridge_rows(values), steps=True),
                self._approaches(),
                self._issued(),
                parts.heading(N_("Indicators")),
                parts.facts(indicator_rows(self._results)),
                parts.heading(N_("Discount rate")),
                parts.facts(rate_rows(values)),
                self._rate_parts(),
            )
        )

    def _approaches(self) -> str:
        parts, values = self._parts, self._values
        concluded = values.conclusion
        if concluded is None and values.market_yuan is None and values.cost_yuan is None:
            return ""
        reasons = ""
        if concluded is not None and concluded.reasons:
            text = self._tr(N_("Reasons for the weights: {reasons}"))
            reasons = parts.small(text.format(reasons=concluded.reasons))
        return (
            parts.heading(N_("Approaches and conclusion"))
            + parts.facts((*approach_rows(values), *conclusion_rows(values)))
            + reasons
        )

    def _issued(self) -> str:
        rows = issued_rows(self._values)
        if not rows:
            return ""
        parts = self._parts
        heading = parts.heading(N_("Issued and unsold credits"))
        return heading + parts.facts(rows) + parts.small(self._tr(APART))

    def _rate_parts(self) -> str:
        """The parts a rate is built up from, each as entered."""
        step = next((s for s in self._values.rate.working if s.key == "value.rate"), None)
        return "" if step is None else self._parts.small(self._tr(step.source))

    def options(self) -> str:
        """Return each option with its value, and the sentence that it is never lent on."""
        parts = self._parts
        body = "".join(
            f"<h3>{escape(option_name(option, at, self._tr))}</h3>"
            + parts.facts(option_rows(option, at))
            for at, option in enumerate(self._values.options)
        )
        return parts.note(NEVER_LENT_ON) + body

    def tool(self) -> str:
        """Return the figures of the cost tool, in its own currency."""
        tool = self._values.tool
        if tool is None:
            return ""
        parts = self._parts
        text = self._tr(N_("Amounts in {currency}; {yuan} yuan for one unit."))
        said = text.format(currency=unit(tool_unit(tool), self._tr), yuan=f"{tool.yuan_per_unit:g}")
        return (
            parts.heading(N_("Blue Carbon Cost Tool"))
            + parts.small(said)
            + parts.facts(tool_rows(tool))
            + parts.heading(N_("Costs by kind, present value"))
            + parts.facts(tool_cost_rows(tool))
        )
