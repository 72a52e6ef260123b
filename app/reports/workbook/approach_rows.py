"""Issued credits, market and cost approach and the conclusion, live below the levels."""

from app.finance.case.appraisal import Appraisal
from app.finance.case.valuation.approaches import MarketQuantity, TypeOfValue
from app.finance.valuation.results import ValueResult
from app.i18n import N_
from app.messages.valuation_words import APPROACH, TYPE_OF_VALUE
from app.reports.apart_facts import APART
from app.reports.workbook.assumptions import PRICE_TODAY
from app.reports.workbook.looks import Kind
from app.reports.workbook.streams import Streams
from app.reports.workbook.value_page import LIQUIDATION, NET, PRUDENT, SALE_FACTOR
from app.reports.workbook.value_rows import ValueRows

ISSUED, MARKET, COST, CONCLUDED = (
    "issued_value",
    "market_value",
    "cost_value",
    "concluded_value",
)


def write_approaches(
    rows: ValueRows, appraisal: Appraisal, values: ValueResult, streams: Streams
) -> None:
    """Write what the case has beside the income approach; nothing where it has nothing."""
    tonnes = _issued(rows, appraisal, values)
    if values.market_yuan is not None or values.cost_yuan is not None:
        rows.band(N_("Market and cost approach"))
    _market(rows, appraisal, values, streams, issued=tonnes)
    if values.cost_yuan is not None:
        parts = ("development_yuan", "certification_yuan", "capital_yuan", "profit_yuan")
        anew = "+".join(f"cost_approach_{part}" for part in parts)
        rows.live(
            APPROACH["cost"],
            f"ROUND(({anew})*(1-cost_approach_obsolescence),2)",
            values.cost_yuan,
            name=COST,
            checked=True,
        )
    _conclusion(rows, values)


def _issued(rows: ValueRows, appraisal: Appraisal, values: ValueResult) -> str:
    units, found = appraisal.issued, values.issued
    if units is None or found is None:
        return ""
    rows.band(N_("Issued and unsold credits"))
    tonnes = "issued_tonnes"
    if units.tonnes is None:
        tonnes = rows.still(
            N_("Issued and unsold"), found.tonnes_tco2e, kind=Kind.TONNES, unit="tCO2e"
        )
    price = PRICE_TODAY if units.price_yuan_t is None else "issued_price_yuan_t"
    rows.live(
        N_("Value of issued and unsold credits"),
        f"ROUND({tonnes}*{price}*(1-issued_liquidity_discount),2)",
        found.value_yuan,
        note=APART,
        name=ISSUED,
        checked=True,
    )
    return tonnes


def _market(
    rows: ValueRows,
    appraisal: Appraisal,
    values: ValueResult,
    streams: Streams,
    *,
    issued: str,
) -> None:
    approach = appraisal.market_approach
    if approach is None or values.market_yuan is None:
        return
    tonnes = {
        MarketQuantity.HORIZON: streams.sold.formula,
        MarketQuantity.ONE_YEAR: streams.one_year.formula,
        MarketQuantity.ISSUED: issued,
    }[approach.quantity]
    price, evidence = PRICE_TODAY, values.evidence
    if approach.price_yuan_t is not None:
        price = "market_approach_price_yuan_t"
    elif evidence is not None:
        found = evidence.conclusion_yuan_t
        price = rows.still(
            N_("Price of the market approach, from the evidence"),
            (evidence.weighted_yuan_t if found is None else found) or 0.0,
            kind=Kind.PRICE,
            unit="yuan/t",
            note=N_("computed by the program; it does not move"),
        )
    rows.live(
        APPROACH["market"],
        f"ROUND({tonnes}*{price}*(1-market_approach_discount),2)",
        values.market_yuan,
        name=MARKET,
        checked=True,
    )


_PRUDENT_SHARE = "(1-prudent_price_discount)*(1-prudent_tonnes_discount)"
_LEFT = {
    TypeOfValue.PLEDGE: {"market": _PRUDENT_SHARE},
    TypeOfValue.LIQUIDATION: {"market": f"{_PRUDENT_SHARE}*{SALE_FACTOR}", "cost": SALE_FACTOR},
}
"""What is left of the other approaches at the level of a type of value."""

_ENTERING = {TypeOfValue.PLEDGE: PRUDENT, TypeOfValue.LIQUIDATION: LIQUIDATION}


def _conclusion(rows: ValueRows, values: ValueResult) -> None:
    concluded = values.conclusion
    if concluded is None:
        return
    kind = TypeOfValue(concluded.type_of_value)
    rows.band(N_("Conclusion"))
    terms = []
    cells = {"income": _ENTERING.get(kind, NET), "market": MARKET, "cost": COST}
    for approach in concluded.approaches:
        left = _LEFT.get(kind, {}).get(approach.code, "1")
        address = rows.live(
            APPROACH[approach.code],
            f"ROUND({cells[approach.code]}*{left},2)",
            approach.value_yuan,
            note=TYPE_OF_VALUE[concluded.type_of_value],
        )
        terms.append(f"conclusion_weight_{approach.code}*{address}")
    rows.live(
        N_("Concluded value"),
        f"ROUND({'+'.join(terms)},2)",
        concluded.value_yuan,
        name=CONCLUDED,
        strong=True,
        checked=True,
    )
