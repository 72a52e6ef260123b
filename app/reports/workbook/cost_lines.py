"""The costs of the cash flow as lines of formulas, and where dated amounts fall."""

import numpy as np

from app.finance.case.valuation.flows import FlowKind
from app.finance.valuation.schedule import RECEIPTS, year_of
from app.i18n import N_
from app.messages.valuation_words import COST_LABELS
from app.reports.document import free
from app.reports.workbook.assumptions import COST_FACTOR, Assumptions
from app.reports.workbook.axis import Axis
from app.reports.workbook.lines import Line, Lines
from app.reports.workbook.looks import Kind

_AT_START = {"registration": "initial_cost_yuan", "validation": "validation_cost_yuan"}
_YEARLY = {
    "monitoring": "monitoring_cost_yuan_yr",
    "operation": "operating_cost_yuan_yr",
    "insurance": "insurance_cost_yuan_yr",
}
Placed = dict[tuple[str, int], list[str]]
"""Addresses of dated amounts by line and column."""


def cost_lines(lines: Lines, axis: Axis, known: Assumptions) -> None:
    """Write what follows the years, then each cost and what is received."""
    words, schedule = lines.page.book.words, axis.schedule
    lines.band(N_("Costs"))
    share = words(N_("Part of a year that is paid for"))
    lines.given(Line("share", share, "", Kind.YEARS), schedule.year_share)
    index = schedule.indices
    lines.live(
        Line("growth", N_("Costs over those of the first year"), free("×"), Kind.FACTOR),
        lambda k: f"=(1+cost_growth)^MAX({lines.at('index', k)}-1,0)",
        (1 + known.appraisal.cost_growth) ** np.maximum(index - 1, 0.0),
        summed=False,
    )
    baselines = words(N_("Baseline reassessments"))
    if axis.dated:
        lines.given(Line("due", baselines, "", Kind.COUNT), schedule.baselines)
    else:
        lines.live(
            Line("due", baselines, "", Kind.COUNT),
            lambda k: (
                f"=IF(AND({lines.at('index', k)}>0,"
                f"MOD({lines.at('index', k)},baseline_interval_years)=0),1,0)"
            ),
            schedule.baselines,
            summed=False,
        )
    placed = _placed(axis, known)
    for code, label in COST_LABELS.items():
        lines.live(
            Line(f"cost_{code}", label, "yuan"),
            lambda k, code=code: _cost(lines, axis, code, k, placed),  # type: ignore[misc]
            0.0 - axis.cost(code),
        )
    lines.live(
        Line("receipts", N_("Grants and subsidies"), "yuan"),
        lambda k: "=" + ("+".join(placed[("receipts", k)]) or "0"),
        axis.plan.receipts,
    )


def _cost(lines: Lines, axis: Axis, code: str, k: int, placed: Placed) -> str:
    """The formula of a cost in a column."""
    grown = f"{lines.at('growth', k)}*{COST_FACTOR}"
    yearly = f"{lines.at('share', k)}*{grown}"
    if code in _AT_START:
        return f"=-{_AT_START[code]}*{COST_FACTOR}" if axis.indices[k] == 0 else "=0"
    if code in _YEARLY:
        return f"=-{_YEARLY[code]}*{yearly}"
    if code == "verification":
        return f"=-verification_cost_yuan*{lines.at('verified', k)}*{grown}"
    if code == "baseline":
        return f"=-baseline_cost_yuan*{lines.at('due', k)}*{grown}"
    if code == "maintenance":
        in_time = f"{lines.at('index', k)}<=maintenance_years"
        return f"=IF({in_time},-maintenance_cost_yuan_yr*{yearly},0)"
    amounts = placed[(code, k)]
    return f"=-({'+'.join(amounts)})*{COST_FACTOR}" if amounts else "=0"


def _placed(axis: Axis, known: Assumptions) -> Placed:
    """Return the addresses of the dated amounts by line and column, as the core places them."""
    found: Placed = {
        (code, k): [] for code in ("investment", "other", "receipts") for k in range(axis.count)
    }
    appraisal = known.appraisal
    start = appraisal.valuation_date
    for line, address in zip(appraisal.flows, known.flows, strict=True):
        at_start = line.day == start and not axis.dated
        if not (at_start or start <= line.day <= axis.horizon.last_day):
            continue
        if axis.dated:
            column = axis.plan.days.index(line.day)
        else:
            column = axis.indices.index(0 if at_start else year_of(start, line.day))
        code = "investment" if line.kind is FlowKind.INVESTMENT else "other"
        found["receipts" if line.kind in RECEIPTS else code, column].append(address)
    return found
