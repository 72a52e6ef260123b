"""What screen and paper say of the value of the right: levels, indicators, rate, conclusion.

The rest of the value is in `evidence_facts` (price), `cash_facts` (years), `risk_facts` (range,
scenarios, sensitivity) and `apart_facts` (issued credits, options, Blue Carbon Cost Tool).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate

from app.finance.case.case import Case
from app.finance.engine import Results
from app.finance.fields import choice_label
from app.finance.lending.loan import loan_to_value
from app.finance.lending.results import LoanResult
from app.finance.valuation.results import Roots, ValueResult
from app.formats import money, number, percent
from app.i18n import N_, Translator
from app.messages.valuation_words import (
    APPROACH,
    BRIDGE_LABELS,
    LEVEL_LABELS,
    ROOT_REASONS,
    TYPE_OF_VALUE,
)

NEGATIVE_NET = N_(
    "The net value is negative: the right costs more than it earns. It is no security, whatever "
    "its gross value; a loan would rest on the borrower alone."
)
"""What a net value below zero means for the lender."""

LEVEL_NOTES = {
    "gross": N_(
        "credits × price of the day, as banks print it; no costs, no time: not to be lent on"
    ),
    "net": N_("present value after costs and taxes"),
    "prudent": N_("net value with less of price and tonnes"),
    "liquidation": N_("proceeds of a forced sale, discounted"),
    "one_year": N_("first year's credits × price of the day"),
}
"""What each level is, in a few words, by its code."""

_LIMITED_BY = {
    "horizon_years": N_("limited by the horizon asked for"),
    "sea_area_right_end": N_("limited by the end of the sea-area use right"),
    "crediting_end": N_("limited by the end of the crediting period"),
    "contract_end": N_("limited by the end of the sale contract"),
}
_LIMITED_BY_TITLE = N_("limited by the end of an owner's title")
_LOAN_OVER = {
    "gross": N_("Loan over gross value"),
    "net": N_("Loan over net value"),
    "prudent": N_("Loan over prudent value"),
    "liquidation": N_("Loan over liquidation value"),
    "one_year": N_("Loan over one year's carbon"),
}
LEVELS = tuple(LEVEL_LABELS)
"""Codes of the levels of value, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class FactRow:
    """One line: message id of its label, a figure or words, unit code, key of its working.

    `text` is the same in every language. Where it is "", `words` is a message id that stands in
    its place, with `facts` for its placeholders, themselves figures or message ids. `note` is a
    message id of what stands beside. `chinese` takes the place of the words in Chinese: a shipped
    name that has its own.
    """

    label: str
    text: str = ""
    unit: str = ""
    step: str = ""
    words: str = ""
    note: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    strong: bool = False
    chinese: str = ""

    def said(self, tr: Translator) -> str:
        """Return figure or words in a language."""
        if self.chinese and tr.language == "zh":
            return self.chinese
        return self.text or self._filled(self.words, tr)

    def note_said(self, tr: Translator) -> str:
        """Return what stands beside in a language; "" when there is nothing."""
        return self._filled(self.note, tr)

    def _filled(self, message: str, tr: Translator) -> str:
        return tr(message).format(**{name: tr(fact) for name, fact in self.facts.items()})


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One level of value with the loan over it; `ratio` is None without a loan.

    `chosen` says that the loan was sized on it.
    """

    code: str
    label: str
    amount_yuan: Decimal
    step: str
    ratio: str | None
    ratio_label: str
    ratio_step: str
    chosen: bool

    @property
    def negative(self) -> bool:
        """Whether the value is below zero."""
        return self.amount_yuan < 0


def _ratio(loan: LoanResult, code: str, amount: Decimal) -> tuple[float | None, str]:
    """The loan over a value, and the key of its working, "" where it has none."""
    known = {
        "gross": loan.loan_to_gross,
        "net": loan.loan_to_net,
        "liquidation": loan.loan_to_liquidation,
        "one_year": loan.loan_to_one_year,
    }
    if code in known:
        return known[code], f"loan.to_{code}"
    key = next((step.key for step in loan.working if step.key == f"loan.to_{code}"), "")
    return loan_to_value(loan.amount_yuan, amount), key


def level_rows(case: Case, results: Results) -> tuple[LevelRow, ...]:
    """Return gross, net, prudent and liquidation value, yuan, each with the loan over it."""
    values, loan = results.values, results.loan
    if values is None:
        return ()
    basis = case.loan.valuation_basis.value if case.loan is not None else ""
    rows = []
    for code in LEVELS:
        amount = values.by_basis(code)
        share, step = (None, "") if loan is None else _ratio(loan, code, amount)
        rows.append(
            LevelRow(
                code,
                LEVEL_LABELS[code],
                amount,
                f"value.{code}",
                None if loan is None else percent(share),
                _LOAN_OVER[code],
                step,
                code == basis,
            )
        )
    return tuple(rows)


def root_rows(label: str, roots: Roots, *, step: str = "") -> tuple[FactRow, ...]:
    """Return the rate of return: the one there is, or why not, all roots, the modified rate."""
    if roots.rate is not None:
        return (FactRow(label, percent(roots.rate), "1/yr", step),)
    rows = [FactRow(label, words=ROOT_REASONS.get(roots.reason, ""), step=step)]
    if roots.rates:
        every = " · ".join(percent(rate) for rate in roots.rates)
        rows.append(FactRow(N_("Rates that make the value zero"), every, step=step))
    if roots.modified is not None:
        modified = percent(roots.modified)
        rows.append(FactRow(N_("Modified rate of return"), modified, "1/yr", step))
    return tuple(rows)


def _years(label: str, years: float | None, amounts: Iterable[float]) -> FactRow:
    """A payback: the years, or whether nothing was ever paid or it never comes back."""
    if years is not None:
        return FactRow(label, number(years), "yr")
    if all(total >= 0 for total in accumulate(amounts)):
        return FactRow(label, words=N_("nothing has to be paid back"))
    return FactRow(label, words=N_("not within the horizon"))


def horizon_row(values: ValueResult) -> FactRow:
    """Return the years valued and what limits them."""
    return FactRow(
        N_("Years valued"),
        str(values.horizon_years),
        "yr",
        "value.horizon" if values.tool is None else "",
        note=_LIMITED_BY.get(values.horizon_limited_by, _LIMITED_BY_TITLE),
    )


def _one_year_rows(results: Results, values: ValueResult) -> tuple[FactRow, ...]:
    amount = money(values.one_year_yuan)
    row = FactRow(N_("One year's carbon"), amount, "yuan", "value.one_year")
    if results.loan is None:
        return (row,)
    share = percent(results.loan.loan_to_one_year)
    return row, FactRow(_LOAN_OVER["one_year"], share, "", "loan.to_one_year")


def _price_rows(values: ValueResult) -> tuple[FactRow, ...]:
    price, even = number(values.price_yuan_t), number(values.break_even_price_yuan_t)
    return (
        FactRow(N_("Carbon price"), price, "yuan/t", price_step(values)),
        FactRow(N_("Break-even price"), even, "yuan/t", "value.break_even"),
    )


def first_rows(results: Results) -> tuple[FactRow, ...]:
    """Return what stands below the levels at first sight: conclusion, one year, price, return."""
    values = results.values
    if values is None:
        return ()
    return (
        *conclusion_rows(values)[:1],
        *_one_year_rows(results, values),
        *_price_rows(values),
        *root_rows(N_("Internal rate of return"), values.irr, step="value.irr")[:1],
        horizon_row(values),
    )


def indicator_rows(results: Results) -> tuple[FactRow, ...]:
    """Return price, break-even, returns, paybacks, cost and value a tonne, elasticity, horizon."""
    values = results.values
    if values is None:
        return ()
    levelised = number(values.levelised_cost_yuan_t)
    return (
        *_price_rows(values),
        *_one_year_rows(results, values),
        *root_rows(N_("Internal rate of return"), values.irr, step="value.irr"),
        _years(N_("Payback"), values.payback_years, (row.net_yuan for row in values.cash_flow)),
        _years(
            N_("Discounted payback"),
            values.discounted_payback_years,
            (row.present_value_yuan for row in values.cash_flow),
        ),
        FactRow(N_("Levelised cost per tonne"), levelised, "yuan/t", "value.levelised"),
        FactRow(N_("Cost per credit"), number(values.cost_per_credit_yuan_t), "yuan/t"),
        FactRow(N_("Net value per tonne"), number(values.value_per_tonne_yuan_t), "yuan/t"),
        _price_rise_row(values),
        FactRow(N_("Credits within the horizon"), number(values.credits_in_horizon_tco2e), "tCO2e"),
        horizon_row(values),
    )


def _price_rise_row(values: ValueResult) -> FactRow:
    """Return what 1 % more of the price does: percent of a positive value, else yuan.

    Percent of a value below zero would have the wrong sign.
    """
    label = N_("Net value when the price rises by 1%")
    elasticity = values.price_elasticity
    if elasticity is None:
        return FactRow(label, "–")
    if values.net_yuan > 0:
        return FactRow(label, f"{elasticity:+,.2f}%".replace("-", "−"))
    change = elasticity * float(values.net_yuan) / 100
    return FactRow(label, f"{change:+,.2f}".replace("-", "−"), "yuan")


def price_step(values: ValueResult) -> str:
    """Return the key of the working of the price; "" when it is entered."""
    evidence = values.evidence
    taken = evidence is not None and evidence.conclusion_yuan_t == values.price_yuan_t
    return "value.evidence" if taken else ""


def rate_rows(values: ValueResult) -> tuple[FactRow, ...]:
    """Return the discount rate, how it came about, its terms, and the rate before conversion."""
    rate = values.rate
    keys = {step.key for step in rate.working}
    basis = choice_label(Case, "appraisal.rate_basis", rate.basis)
    terms = choice_label(Case, "appraisal.rate_terms", rate.terms)
    rows = [
        FactRow(
            N_("Discount rate"),
            percent(rate.rate),
            "1/yr",
            "value.rate" if "value.rate" in keys else "",
        ),
        FactRow(N_("Discount rate from"), words=basis),
        FactRow(N_("Discount rate is"), words=terms),
    ]
    if rate.converted:
        key = "value.rate.before" if "value.rate.before" in keys else ""
        before = percent(rate.before_conversion)
        rows.append(FactRow(N_("Rate before conversion"), before, "1/yr", key))
    return tuple(rows)


def bridge_rows(values: ValueResult) -> tuple[FactRow, ...]:
    """Return the bars of the waterfall, yuan; the levels are `strong` and have a working."""
    return tuple(
        FactRow(
            BRIDGE_LABELS[bar.code],
            money(bar.amount_yuan),
            "yuan",
            f"value.{bar.code}" if bar.total else "",
            strong=bar.total,
        )
        for bar in values.bridge
    )


def approach_rows(values: ValueResult) -> tuple[FactRow, ...]:
    """Return the value by each approach, yuan; `note` names its weight in the conclusion.

    What was brought down to the level of the type of value has its working in the conclusion.
    """
    concluded = values.conclusion
    weights = {} if concluded is None else {a.code: a.weight for a in concluded.approaches}
    amounts = {
        "income": values.net_yuan,
        "market": values.market_yuan,
        "cost": values.cost_yuan,
    }
    if concluded is not None:
        amounts.update({a.code: a.value_yuan for a in concluded.approaches})
    steps = {"income": "value.net", "market": "value.market", "cost": "value.cost"}
    income = next((c for c in LEVELS[1:] if values.by_basis(c) == amounts["income"]), "net")
    steps["income"] = f"value.{income}"
    for code, before in (("market", values.market_yuan), ("cost", values.cost_yuan)):
        if amounts[code] != before:
            steps[code] = "value.conclusion"
    return tuple(
        FactRow(
            APPROACH[code],
            money(amount),
            "yuan",
            steps[code],
            note=N_("weight {weight}") if code in weights else "",
            facts={"weight": percent(weights.get(code))},
        )
        for code, amount in amounts.items()
        if amount is not None
    )


def conclusion_rows(values: ValueResult) -> tuple[FactRow, ...]:
    """Return type, amount and validity of the concluded value; the reasons are free text."""
    concluded = values.conclusion
    if concluded is None:
        return ()
    amount = money(concluded.value_yuan)
    return (
        FactRow(N_("Concluded value"), amount, "yuan", "value.conclusion", strong=True),
        FactRow(N_("Type of value"), words=TYPE_OF_VALUE[concluded.type_of_value]),
        FactRow(N_("Valid until"), concluded.valid_until.isoformat()),
    )
