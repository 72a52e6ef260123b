"""The conventions of the figures, in one place of the sheet: those that hold for its case."""

from collections.abc import Iterator

from app.finance.case.appraisal import Appraisal
from app.finance.case.case import CaseFile
from app.finance.case.valuation.cost_tool import IncomeMethod
from app.finance.case.valuation.curve import CurveKind
from app.finance.case.valuation.price_inputs import GrowthStart
from app.finance.case.valuation.rate_inputs import Timing
from app.finance.engine import Results
from app.i18n import N_
from app.reports.document import Block, Column, Grid, Heading, Text, Words
from app.reports.entries import cell
from app.reports.loan_conventions import loan_conventions

_TIMES = {
    Timing.MID_YEAR: N_(
        "Year k covers the 12 months from the (k − 1)th anniversary of the valuation date; its "
        "cash flow is discounted over k − 0.5 years. What is paid at the start is row 0, not "
        "discounted. Part years at the end of a right are not valued."
    ),
    Timing.END_YEAR: N_(
        "Year k covers the 12 months from the (k − 1)th anniversary of the valuation date; its "
        "cash flow is discounted over k years. What is paid at the start is row 0, not "
        "discounted. Part years at the end of a right are not valued."
    ),
    Timing.EXACT_DATES: N_(
        "Each cash flow falls on its day and is discounted over days / 365 (ACT/365) from the "
        "valuation date. A part year at the end of a right is valued by its days."
    ),
}
_TOOL_TIMES = N_(
    "Years of the Blue Carbon Cost Tool: −4 to −1, then 1 onwards, no year 0. Year −4 holds the "
    "valuation date and is not discounted; each later year is discounted one year more."
)
_GROWTH = {
    GrowthStart.YEAR_2: N_(
        "The first growth step is in year 2: year k sells at P₀ (1 + g)^(k − 1)."
    ),
    GrowthStart.YEAR_1: N_("The first growth step is in year 1: year k sells at P₀ (1 + g)^k."),
}
_CURVES = {
    CurveKind.FLAT: N_("The price stays that of the valuation date."),
    CurveKind.TABLE: N_(
        "The cash flow sells at the prices by calendar year, straight between the years entered, "
        "constant beyond the last. Gross value and one year's carbon use the carbon price of the "
        "valuation date."
    ),
    CurveKind.CARRY: N_(
        "The cash flow sells at the spot price carried forward to the time of its discounting."
    ),
    CurveKind.FORWARD: N_(
        "The cash flow sells at the forward quotes, straight in time between them from the spot "
        "price, constant beyond the last."
    ),
}
_TOOL_CURVE = N_("In year k of the tool a credit sells at its price × (1 + price growth)^k.")


def conventions(words: Words, file: CaseFile, results: Results) -> Iterator[Block]:
    """Valuation date, time, day count, rounding, sign, price path, buffer, levels, indicators."""
    appraisal = file.case.appraisal
    if appraisal is None or results.values is None:
        return
    yield Heading(words(N_("Annex: conventions")))
    rows = tuple(
        (cell(words(label), strong=True), cell(said))
        for label, said in _rows(words, file, appraisal, results)
    )
    heads = (Column(words(N_("Matter")), 0.18), Column(words(N_("Convention")), 0.82))
    yield Grid(heads, rows)


def times_and_prices(words: Words, appraisal: Appraisal) -> tuple[Text, Text]:
    """When the cash flow falls and is discounted, and how the price goes on."""
    tool = appraisal.income_method is IncomeMethod.COST_TOOL
    times = _TOOL_TIMES if tool else _TIMES[appraisal.timing]
    return words(times), words(_price_path(appraisal))


def _price_path(appraisal: Appraisal) -> str:
    if appraisal.income_method is IncomeMethod.COST_TOOL:
        return _TOOL_CURVE
    if appraisal.price_curve is CurveKind.GROWTH:
        return _GROWTH[appraisal.growth_start]
    return _CURVES[appraisal.price_curve]


def _rows(
    words: Words, file: CaseFile, appraisal: Appraisal, results: Results
) -> Iterator[tuple[str, Text]]:
    day = appraisal.valuation_date
    times, prices = times_and_prices(words, appraisal)
    yield (
        N_("Valuation date"),
        words(N_("{day}; every value is in yuan of that day."), day=day.isoformat()),
    )
    yield N_("Time of the cash flow"), times
    yield N_("Price path"), prices
    yield (
        N_("Sign"),
        words(
            N_(
                "Receipts are positive, costs are taken off. A value below zero stays below zero "
                "and is printed with the sign −; a ratio over it is a dash."
            )
        ),
    )
    yield (
        N_("Rounding"),
        words(
            N_(
                "Figures are computed unrounded. Values and payments are rounded half-up to the "
                "fen, the rest to the places printed; so sums of printed figures may differ in "
                "the last place."
            )
        ),
    )
    yield (
        N_("Buffer"),
        words(
            N_(
                "Credits held back for uncertainty, leakage and the buffer are never sold and "
                "never released: they are in no value of this document, the gross value included."
            )
        ),
    )
    yield (
        N_("Levels of value"),
        words(
            N_(
                "Gross: credits within the horizon × price of the valuation date. Net: present "
                "value of all receipts, shares, costs and taxes. Prudent: the net value with the "
                "discounts on price and tonnes, costs unchanged. Liquidation: the lower of gross "
                "and prudent value, less forced-sale discount and cost of disposal, discounted "
                "over the time to sell; zero when nothing is left. Issued credits and options are "
                "in none of them."
            )
        ),
    )
    yield (
        N_("Indicators"),
        words(
            N_(
                "Break-even price: the price of the valuation date at which the net value is "
                "zero, the whole price path moving with it. Rate of return: every real rate above "
                "−100% is searched; where there is none or several, that is said. Payback: from "
                "when the running sum stays at zero or above, straight within a year."
            )
        ),
    )
    if results.value_range is not None:
        yield (
            N_("Percentiles"),
            words(
                N_(
                    "P5 is the value that 5% of the scenarios stay below, P95 the one that 95% "
                    "stay below."
                )
            ),
        )
    if file.case.loan is not None:
        yield from loan_conventions(words, file.case.loan, results)
