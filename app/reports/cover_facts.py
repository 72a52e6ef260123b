"""What window, paper and command line say of cover by cash, and of loan over remaining value."""

from app.finance.lending.results import CoverResult, LoanYear, PathPoint, PathResult
from app.formats import money, number, percent
from app.i18n import N_
from app.messages.lending_words import CASE_VALUES, PATH_REASONS
from app.reports.fact_tables import (
    EMPTY_CELL,
    FactCell,
    FactHead,
    FactTable,
    day,
    figure,
    share,
    words,
    yuan,
)
from app.reports.value_facts import FactRow

LINE_LABELS = (N_("Warning line"), N_("Margin-call line"), N_("Enforcement line"))
"""Lines of coverage, in their order."""

PRICE_LABELS = (N_("Warning at"), N_("Margin call at"), N_("Enforcement at"))
"""Carbon price at which coverage falls to each line, in the same order."""

_COVER_HEADS = (
    FactHead(N_("Loan year"), numeric=False),
    FactHead(N_("Year ends on"), numeric=False),
    FactHead(N_("Principal"), "yuan"),
    FactHead(N_("Interest"), "yuan"),
    FactHead(N_("Cash of the right"), "yuan"),
    FactHead(N_("Other cash"), "yuan"),
    FactHead(N_("DSCR")),
)


def times(amount: float | None) -> str:
    """Return a multiple, a dash for none."""
    return "–" if amount is None else f"{number(amount)}×"


def cover_rows(cover: CoverResult) -> tuple[FactRow, ...]:
    """Return the lowest and mean DSCR, LLCR, PLCR and when the cash first falls short."""
    rows = [
        FactRow(
            N_("Lowest DSCR"),
            times(cover.min_dscr),
            note=N_("cash over principal and interest of a year"),
            strong=True,
        ),
        FactRow(N_("Mean DSCR"), times(cover.average_dscr)),
        FactRow(
            N_("LLCR"),
            times(cover.llcr),
            note=N_("present value of the cash to maturity over the loan"),
        ),
        FactRow(
            N_("PLCR"),
            times(cover.plcr),
            note=N_("present value of the cash to the end of the right over the loan"),
        ),
    ]
    if cover.shortfall_on is None:
        rows.append(FactRow(N_("Cash first falls short"), words=N_("in no year of the loan")))
    else:
        when = cover.shortfall_on.isoformat()
        rows.append(
            FactRow(N_("Cash first falls short"), when, note=N_("in the year that ends then"))
        )
    return tuple(rows)


def _year(year: LoanYear) -> tuple[FactCell, ...]:
    return (
        FactCell(str(year.index)),
        day(year.last_day),
        yuan(year.principal_yuan),
        yuan(year.interest_yuan),
        yuan(year.cash_right_yuan),
        yuan(year.cash_other_yuan),
        FactCell(times(year.dscr)),
    )


def cover_table(cover: CoverResult) -> FactTable:
    """Return debt service and cash of each year of the loan; years that fall short are marked."""
    years = cover.years
    totals = (
        words(N_("Total")), EMPTY_CELL,
        yuan(sum(year.principal_yuan for year in years)),
        yuan(sum(year.interest_yuan for year in years)),
        yuan(sum(year.cash_right_yuan for year in years)),
        yuan(sum(year.cash_other_yuan for year in years)),
        EMPTY_CELL,
    )  # fmt: skip
    return FactTable(
        _COVER_HEADS,
        tuple(_year(year) for year in years),
        totals,
        marked=tuple(
            place for place, year in enumerate(years) if year.dscr is not None and year.dscr < 1
        ),
    )


def path_rows(path: PathResult) -> tuple[FactRow, ...]:
    """Return the level followed, the highest loan over remaining value, the lowest coverage."""
    rows = [FactRow(N_("Value followed"), words=CASE_VALUES[path.basis])]
    if path.reason:
        return (*rows, FactRow(N_("Path"), words=PATH_REASONS[path.reason]))
    highest = N_("Highest loan over remaining value")
    if path.uncovered_from is not None:
        rows.append(
            FactRow(
                highest,
                words=N_("no bound: nothing covers the balance from {day} on"),
                facts={"day": path.uncovered_from.isoformat()},
                strong=True,
            )
        )
    else:
        when = "–" if path.max_on is None else path.max_on.isoformat()
        rows.append(
            FactRow(
                highest,
                percent(path.max_loan_to_value),
                note=N_("on {day}"),
                facts={"day": when},
                strong=True,
            )
        )
    rows.append(FactRow(N_("Lowest coverage"), percent(path.min_coverage)))
    rows += [
        FactRow(label, percent(line), note=N_("value over balance"))
        for label, line in zip(LINE_LABELS, path.lines, strict=False)
    ]
    return tuple(rows)


def _point(point: PathPoint, *, watched: bool) -> tuple[FactCell, ...]:
    prices = tuple(figure(price) for price in point.trigger_prices) if watched else ()
    when = point.day.isoformat()
    return (
        words(N_("{day} before the payment"), day=when) if point.before_payment else FactCell(when),
        yuan(point.balance_yuan),
        FactCell(money(point.right_yuan)),
        FactCell(money(point.other_yuan)),
        share(point.loan_to_value),
        share(point.coverage),
        share(point.right_coverage),
        *prices,
    )


def path_table(path: PathResult) -> FactTable | None:
    """Return balance against what is left of right and collaterals; None without a path.

    A loan that is watched has the carbon price of each line as well.
    """
    if not path.points:
        return None
    watched = bool(path.lines)
    heads = (
        FactHead(N_("Day"), numeric=False),
        FactHead(N_("Balance"), "yuan"),
        FactHead(N_("Remaining right"), "yuan"),
        FactHead(N_("Other collaterals"), "yuan"),
        FactHead(N_("Loan over remaining value")),
        FactHead(N_("Coverage")),
        FactHead(N_("Coverage by the right alone")),
        *(FactHead(label, "yuan/t") for label in (PRICE_LABELS if watched else ())),
    )
    return FactTable(
        heads,
        tuple(_point(point, watched=watched) for point in path.points),
        marked=tuple(place for place, point in enumerate(path.points) if point.day == path.max_on),
    )
