"""The prudent cash flow: the lender's discounts on price and tonnes, everything else as it is."""

import numpy as np

from app.finance.valuation.flows import discount_factors, net_flows
from app.i18n import N_
from app.reports.workbook.assumptions import Assumptions
from app.reports.workbook.axis import Axis
from app.reports.workbook.book import Book
from app.reports.workbook.flow_page import SHARES, begin_page, note
from app.reports.workbook.lines import Line, Lines
from app.reports.workbook.looks import Kind
from app.reports.workbook.loss_page import HEADS, LossPage


def write_prudent(
    book: Book, axis: Axis, known: Assumptions, flow: Lines, taxes: LossPage, *, rate: float
) -> Lines:
    """Write the page; `flow` holds the lines of the cash flow it starts from."""
    words = book.words
    page, lines = begin_page(book, "prudent", axis.count)
    note(
        page,
        N_(
            "The cash flow with the prudent discounts on price and tonnes; costs and receipts are "
            "those of the cash flow."
        ),
        axis.count,
    )
    appraisal = known.appraisal
    plan = axis.prudent(appraisal.prudent_price_discount, appraisal.prudent_tonnes_discount)
    lines.heads(HEADS, axis.indices)
    lines.live(
        Line("sold", N_("Credits sold"), "tCO2e", Kind.TONNES),
        lambda k: f"={flow.everywhere('sold', k)}*(1-prudent_tonnes_discount)",
        plan.tonnes,
    )
    lines.live(
        Line("price", N_("Price"), "yuan/t", Kind.PRICE),
        lambda k: f"={flow.everywhere('price', k)}*(1-prudent_price_discount)",
        plan.prices,
        summed=False,
    )
    kept = f"(1-{'-'.join(SHARES.values())})"
    lines.live(
        Line("kept", N_("Revenue less what follows it"), "yuan"),
        lambda k: f"={lines.at('sold', k)}*({lines.at('price', k)}*{kept}-issuance_fee_yuan_t)",
        plan.tonnes * (plan.prices * plan.kept_share - plan.fee_per_tonne),
    )
    lines.live(
        Line("costs", N_("Costs and receipts"), "yuan"),
        lambda k: (
            f"=SUM({flow.everywhere('cost_registration', k)}:"
            f"{flow.at('cost_other', k)})+{flow.everywhere('receipts', k)}"
        ),
        plan.receipts - plan.all_costs,
    )
    lines.live(
        Line("before", N_("Net before income tax"), "yuan"),
        lambda k: f"={lines.at('kept', k)}+{lines.at('costs', k)}",
        net_flows(plan.without_tax()),
    )
    taxes.block(words(N_("Prudent cash flow")), "prudent", lines, axis.losses(plan))
    net = net_flows(plan)
    taxes.tax_line("prudent", lines, net_flows(plan.without_tax()) - net)
    lines.live(
        Line("net", N_("Net cash flow"), "yuan"),
        lambda k: f"={lines.at('before', k)}+{lines.at('income_tax', k)}",
        net,
        strong=True,
    )
    lines.live(
        Line("present", N_("Present value"), "yuan"),
        lambda k: f"={lines.at('net', k)}*{flow.everywhere('factor', k)}",
        np.asarray(net * discount_factors(plan.times, rate)),
        strong=True,
    )
    return lines
