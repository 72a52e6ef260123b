"""The page of the cover: cash of each loan year, and the path over what is left of the right."""

from dataclasses import replace
from typing import TYPE_CHECKING

from app.finance.lending.results import LoanResult, PathResult
from app.i18n import N_, Translator
from app.reports.cover_facts import cover_rows, cover_table, path_rows, path_table
from app.views.widgets.fact_html import NARROW
from app.views.widgets.loan_copy import COVER, PATH, copy_link
from app.views.widgets.value_parts import PageParts

if TYPE_CHECKING:
    from app.services.workbench import Computed

MOST_DAYS = 20
"""Days of the path shown here; a longer one is thinned, the copy holds all of it."""


def thinned(path: PathResult, most: int = MOST_DAYS) -> PathResult:
    """Leave days out evenly where there are more than `most`.

    The first, the last and that of the highest loan over value stay.
    """
    count = len(path.points)
    if count <= most:
        return path
    highest = [place for place, point in enumerate(path.points) if point.day == path.max_on]
    kept = {*range(0, count, -(-count // most)), count - 1, *highest}
    return replace(path, points=tuple(path.points[place] for place in sorted(kept)))


def _cash(loan: LoanResult, parts: PageParts) -> str:
    ways = [copy_link(parts, COVER)]
    if loan.cover.required_dscr is None:
        ways.append(parts.field(N_("Enter the DSCR asked for"), "loan.min_dscr"))
    ways.append(parts.field(N_("Enter other cash of the borrower"), "loan.other_cash"))
    return (
        parts.heading(N_("Cover by cash"))
        + parts.facts(cover_rows(loan.cover))
        + parts.fact_table(cover_table(loan.cover), tight=True)
        + parts.ways(*ways)
    )


def _path(loan: LoanResult, parts: PageParts) -> str:
    heading = parts.heading(N_("Loan over remaining value")) + parts.facts(path_rows(loan.path))
    shown = thinned(loan.path)
    table = path_table(shown)
    if table is None:
        return heading
    watched = ""
    if not loan.path.lines:
        text = N_("With lines of coverage the price that triggers each is shown as well.")
        watched = parts.empty(text, "loan.monitoring", N_("Follow the life of the loan"))
    told, count = "", len(loan.path.points)
    if len(shown.points) < count:
        text = N_("Days shown: {shown} of {count}; the copy holds all of them.")
        told = parts.small(parts.tr(text).format(shown=str(len(shown.points)), count=str(count)))
    return (
        heading
        + watched
        + told
        + parts.fact_table(table, tight=True)
        + parts.ways(copy_link(parts, PATH))
    )


def cover_html(computed: "Computed", tr: Translator, room: int = NARROW) -> str:
    """Return the page, "" without a loan; `room` is how many signs stand beside each other."""
    loan = computed.results.loan
    if loan is None:
        return ""
    parts = PageParts(tr, room)
    return _cash(loan, parts) + _path(loan, parts)
