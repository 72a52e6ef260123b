"""The page of credits: by calendar year, less what is sold, retired or valued apart."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.finance.sink.credits import CarbonResult
from app.finance.sink.pools import Numbers
from app.i18n import N_
from app.reports.workbook.book import Book, Page, cell, headed, unit_text
from app.reports.workbook.lines import FIRST, Line, Lines
from app.reports.workbook.looks import Kind, Look

YEAR, REMOVALS, CREDITS, GONE, LEFT, ORIGINAL, CHANGED = range(7)
HEADS = 3


@dataclass(slots=True)
class CreditPlaces:
    """Where the credits that are still to come stand, by calendar year, and how many they are."""

    page: Page
    rows: dict[int, int] = field(default_factory=dict)
    left: dict[int, float] = field(default_factory=dict)

    def at(self, year: int) -> str:
        """Return the address of a year's credits still to come; 0 outside the plan."""
        row = self.rows.get(year)
        return "0" if row is None else self.page.at(row, LEFT)

    def watch(self, lines: Lines, code: str, values: Numbers) -> None:
        """Keep beside a line of inputs what the case has, and count what a reader changes."""
        lines.given(
            Line(f"{code}.case", N_("The same in the case"), "tCO2e", Kind.TONNES),
            values,
        )
        lines.live(
            Line(f"{code}.changed", N_("Changed"), "", Kind.MARK),
            lambda k: f"=IF({lines.at(code, k)}={lines.at(f'{code}.case', k)},0,1)",
            [0.0] * lines.count,
        )
        row = lines.rows[f"{code}.changed"]
        lines.page.book.changed.append(
            lines.page.span((row, FIRST), (row, FIRST + lines.count - 1))
        )


def write_credits(
    book: Book,
    carbon: CarbonResult,
    *,
    future: CarbonResult,
    years: Sequence[int] = (),
    live: bool = False,
) -> CreditPlaces:
    """Write the page: all years of the account and those valued.

    `future` is the account without what is valued apart; `live` says that the cash flow takes
    its credits from here, so that they may be changed.
    """
    words = book.words
    page = book.page("credits")
    page.line(
        1,
        words(
            N_(
                "Removals and credits are computed by the program from the account of the project; "
                "here they are figures, not formulas."
            )
        ),
        Look.NOTE,
        last=CHANGED,
    )
    tonnes = " ".join(dict.fromkeys(unit_text(words, "tCO2e").lines))
    heads = (
        N_("Calendar year"),
        N_("Removals"),
        N_("Credits of the right"),
        N_("Sold, retired or valued apart"),
        N_("Credits still to come"),
        N_("Value in the case"),
        N_("Changed"),
    )
    for column, head in enumerate(heads if live else heads[:ORIGINAL]):
        unit = tonnes if REMOVALS <= column <= ORIGINAL else ""
        page.text(HEADS, column, headed(words(head), unit), Look.HEAD)
    page.freeze(HEADS + 1, 1)
    places = CreditPlaces(page)
    _rows(places, carbon, future, years, live=live)
    return places


def _rows(
    places: CreditPlaces,
    carbon: CarbonResult,
    future: CarbonResult,
    valued: Sequence[int],
    *,
    live: bool,
) -> None:
    page = places.page
    gone = {row.vintage: row.sold_tco2 + row.retired_tco2 for row in future.ledger}
    held = {row.year: row for row in carbon.years}
    years = sorted({*held, *valued})
    row = HEADS
    for row, year in enumerate(years, start=HEADS + 1):
        known = held.get(year)
        credited = 0.0 if known is None else known.credits_tco2
        taken = gone.get(year, 0.0)
        page.value(row, YEAR, year, Kind.YEAR)
        page.value(row, REMOVALS, 0.0 if known is None else known.removals_tco2, Kind.TONNES)
        page.value(row, CREDITS, credited, Kind.TONNES, Look.INPUT if live else Look.FIXED)
        page.value(row, GONE, taken, Kind.TONNES)
        left = f"=MAX({cell(row, CREDITS)}-{cell(row, GONE)},0)"
        if not taken:
            left = f"={cell(row, CREDITS)}"
        page.formula(row, LEFT, left, future.unsold_in(year), Kind.TONNES)
        if live:
            page.value(row, ORIGINAL, credited, Kind.TONNES)
            watched = f"=IF({cell(row, CREDITS)}={cell(row, ORIGINAL)},0,1)"
            page.formula(row, CHANGED, watched, 0, Kind.MARK)
        places.rows[year] = row
        places.left[year] = future.unsold_in(year)
    if live:
        page.book.changed.append(page.span((HEADS + 1, CHANGED), (row, CHANGED)))
