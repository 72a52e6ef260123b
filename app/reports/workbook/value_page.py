"""The page of values: the levels and the way from one to the next, live."""

from app.finance.case.appraisal import Appraisal
from app.finance.valuation.levels import forced_sale_factor
from app.finance.valuation.results import ValueResult
from app.i18n import N_
from app.messages.valuation_words import BRIDGE_LABELS, LEVEL_LABELS
from app.reports.value_facts import LEVEL_NOTES
from app.reports.workbook.assumptions import PERPETUAL_GROWTH, PRICE_TODAY, RATE
from app.reports.workbook.book import Book
from app.reports.workbook.looks import Kind, Look
from app.reports.workbook.streams import Last, Part, Streams
from app.reports.workbook.value_rows import NOTE, ValueRows

GROSS, NET, PRUDENT = "gross_value", "net_value", "prudent_value"
LIQUIDATION, ONE_YEAR = "liquidation_value", "one_year_value"
SALE_FACTOR = "forced_sale_factor"
"""Names of the cells of the levels, and of what a forced sale leaves of them."""


def write_values(
    book: Book, appraisal: Appraisal, values: ValueResult, streams: Streams
) -> ValueRows:
    """Write levels and waterfall; return the rows, for the other approaches below."""
    words = book.words
    page = book.page("values")
    page.line(
        1,
        words(N_("Every figure here is a formula of the assumptions and the cash flow.")),
        Look.NOTE,
        last=NOTE,
    )
    rows = ValueRows(page, 3)
    rows.heads()
    page.freeze(4, 1)
    _levels(rows, values, streams, appraisal)
    _waterfall(rows, values, streams, appraisal)
    return rows


def _beyond(values: ValueResult, last: Last) -> str:
    """The formula of a perpetuity after the last column; an error where it has no value."""
    if not values.plan.tail:
        return "0"
    multiple = f"(1+{PERPETUAL_GROWTH})/({RATE}-{PERPETUAL_GROWTH})"
    lasts = f"AND({RATE}>{PERPETUAL_GROWTH},{last.untaxed}=0)"
    return f"IF({lasts},{multiple}*{last.net}*{last.factor},NA())"


def _levels(rows: ValueRows, values: ValueResult, streams: Streams, appraisal: Appraisal) -> None:
    rows.band(N_("Levels of value"))
    present = f"{streams.present.formula}+{_beyond(values, streams.last)}"
    prudent = f"{streams.prudent.formula}+{_beyond(values, streams.prudent_last)}"
    least = f"MIN({GROSS},{PRUDENT})"
    written = (
        ("gross", GROSS, f"{streams.sold.formula}*{PRICE_TODAY}", values.gross_yuan),
        ("net", NET, present, values.net_yuan),
        ("prudent", PRUDENT, prudent, values.prudent_yuan),
        (
            "liquidation",
            LIQUIDATION,
            f"IF({least}<=0,0,{least}*{SALE_FACTOR})",
            values.liquidation_yuan,
        ),
        (
            "one_year",
            ONE_YEAR,
            f"{streams.one_year.formula}*{PRICE_TODAY}",
            values.one_year_yuan,
        ),
    )
    labels = {**LEVEL_LABELS, "one_year": N_("One year's carbon")}
    for code, name, formula, value in written:
        rows.live(
            labels[code],
            f"ROUND({formula},2)",
            value,
            note=LEVEL_NOTES[code],
            name=name,
            strong=code != "one_year",
            checked=True,
        )
    _beside_levels(rows, values, streams, appraisal)


def _beside_levels(
    rows: ValueRows, values: ValueResult, streams: Streams, appraisal: Appraisal
) -> None:
    sold = streams.sold.formula
    rows.live(
        N_("Credits within the horizon"),
        sold,
        streams.sold.value,
        kind=Kind.TONNES,
        unit="tCO2e",
        name="credits_in_horizon",
    )
    rows.live(
        N_("Net value per tonne"),
        f"IF({sold}=0,0,{NET}/{sold})",
        values.value_per_tonne_yuan_t or 0.0,
        unit="yuan/t",
        name="net_value_per_tonne",
    )
    rows.live(
        N_("What a forced sale leaves"),
        f"(1-liquidation_discount)*(1-disposal_cost_share)*(1+{RATE})^-(months_to_sell/12)",
        forced_sale_factor(appraisal, values.rate.rate),
        kind=Kind.PERCENT,
        unit="",
        note=N_("discount, cost of disposal and the time it takes to sell"),
        name=SALE_FACTOR,
    )
    if values.plan.tail:
        rows.live(
            N_("Years beyond the horizon"),
            _beyond(values, streams.last),
            values.beyond_horizon_yuan,
        )


def _waterfall(
    rows: ValueRows, values: ValueResult, streams: Streams, appraisal: Appraisal
) -> None:
    """From level to level: each line is what the next level has less or more."""
    rows.band(N_("From gross to liquidation value"))
    gross, net = float(values.gross_yuan), float(values.net_yuan)
    rows.live(BRIDGE_LABELS["gross"], GROSS, gross, strong=True)
    path = Part(
        BRIDGE_LABELS["price_path"],
        f"{streams.revenue.formula}-{GROSS}",
        streams.revenue.value - gross,
    )
    time = Part(
        BRIDGE_LABELS["time_value"],
        f"{streams.present.formula}-{streams.net.formula}",
        streams.present.value - streams.net.value,
    )
    for part in (path, *streams.deductions, time):
        rows.part(part)
    if values.plan.tail:
        beyond = _beyond(values, streams.last)
        rows.part(Part(BRIDGE_LABELS["perpetuity"], beyond, values.beyond_horizon_yuan))
    rows.live(BRIDGE_LABELS["net"], NET, net, strong=True)
    prudent = float(values.prudent_yuan)
    rows.part(Part(N_("Prudent discounts"), f"{PRUDENT}-{NET}", prudent - net))
    rows.live(BRIDGE_LABELS["prudent"], PRUDENT, prudent, strong=True)
    _to_liquidation(rows, values, appraisal)
    rows.live(BRIDGE_LABELS["liquidation"], LIQUIDATION, values.liquidation_yuan, strong=True)


def _to_liquidation(rows: ValueRows, values: ValueResult, appraisal: Appraisal) -> None:
    gross, prudent = float(values.gross_yuan), float(values.prudent_yuan)
    base, left = min(gross, prudent), float(values.liquidation_yuan)
    least = f"MIN({GROSS},{PRUDENT})"
    buyer = f"MAX({least},0)"
    bought = max(base, 0.0)
    discounted = bought * (1 - appraisal.liquidation_discount)
    sold = discounted * (1 - appraisal.disposal_cost_share)
    kept = f"{buyer}*(1-liquidation_discount)"
    for code, formula, value in (
        ("over_gross", f"{least}-{PRUDENT}", base - prudent),
        ("no_buyer", f"{buyer}-{least}", bought - base),
        ("forced_sale", f"-{buyer}*liquidation_discount", discounted - bought),
        ("disposal", f"-{kept}*disposal_cost_share", sold - discounted),
        ("time_to_sell", f"{LIQUIDATION}-{kept}*(1-disposal_cost_share)", left - sold),
    ):
        rows.part(Part(BRIDGE_LABELS[code], formula, value))
