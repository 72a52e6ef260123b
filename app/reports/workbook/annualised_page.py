"""The page of the annualised rate: the flows of the loan, the rate at which they are worth 0."""

import math
from datetime import date

from app.finance.lending.effective_rate import EffectiveRate, months_between
from app.finance.valuation.price_curve import DAYS_OF_YEAR
from app.i18n import N_
from app.reports.workbook.book import Book, headed, unit_text
from app.reports.workbook.loan_course import Course
from app.reports.workbook.looks import Kind, Look
from app.reports.workbook.schedule_columns import FIRST, PAYMENT, drawing_name
from app.reports.workbook.value_rows import ValueRows

RATE_NAME = "loan_annualised_rate"
_DAY, _TIME, _AMOUNT, _WHAT = range(4)
_STEPS = 12


class AnnualisedPage:
    """Writes the flows first, then the steps to the rate."""

    def __init__(self, book: Book, course: Course, found: EffectiveRate) -> None:
        self._book, self._course, self._found = book, course, found
        self._page = book.page("annualised")
        self._flows: list[tuple[date, float, str, str]] = []

    def write(self) -> None:
        """Write the page."""
        page, words = self._page, self._book.words
        page.line(
            1,
            words(
                N_(
                    "The rate at which all that is paid is worth what was drawn less the fees. "
                    "Time counts months where every day is a whole number of months after "
                    "drawdown, else days over 365. Each step is Newton's."
                )
            ),
            Look.NOTE,
            last=_WHAT,
        )
        rows = ValueRows(page, 3)
        rows.heads()
        self._collect()
        place = 3 + 1 + _STEPS + 7
        times, amounts = self._write_flows(place)
        self._results(rows, times, amounts)

    def _collect(self) -> None:
        course, plan = self._course, self._course.schedule
        schedule = self._book.page("schedule")
        for place, (day, fen) in enumerate(plan.drawdowns):
            name = drawing_name(course, place)
            self._flows.append((day, -fen / 100, f"-ROUND({name},2)", N_("Drawn")))
        fee = "ROUND(loan_upfront_fee_yuan,2)"
        day = min(day for day, _fen in plan.drawdowns)
        self._flows.append((day, plan.upfront_fee / 100, fee, N_("Fees at drawdown")))
        count, rows = course.count, len(course.rows.starts)
        for row in range(rows + course.late_rows):
            place = row if row < rows else count + row - rows
            spare = count <= row < rows
            due = course.rows.dues[row] if spare else plan.dues[place]
            paid = 0 if spare else plan.principal[place] + plan.interest[place] + plan.fees[place]
            address = schedule.at(FIRST + row, PAYMENT)
            self._flows.append((due, paid / 100, address, N_("Payment")))

    def _time(self, day: date) -> tuple[float, str]:
        start = self._course.loan.drawdown_date
        months = months_between(start, day)
        if not self._found.dated and months is not None:
            return float(months), ""
        first = self._flows[0][0]
        years = (day - first).days / DAYS_OF_YEAR
        per_year = 1 if self._found.dated else 12
        return years * per_year, f"={(day - first).days}/{int(DAYS_OF_YEAR)}*{per_year}"

    def _write_flows(self, row: int) -> tuple[str, str]:
        page, words = self._page, self._book.words
        yuan = " ".join(dict.fromkeys(unit_text(words, "yuan").lines))
        time = " ".join(
            dict.fromkeys(unit_text(words, "yr" if self._found.dated else "month").lines)
        )
        for column, (head, unit) in enumerate(
            ((N_("Day"), ""), (N_("Time"), time), (N_("Flow"), yuan), (N_("What it is"), ""))
        ):
            page.text(row, column, headed(words(head), unit), Look.HEAD)
        first = row + 1
        for line, (day, value, formula, what) in enumerate(self._flows, start=first):
            page.value(line, _DAY, day, Kind.DATE)
            time_value, time_formula = self._time(day)
            if time_formula:
                page.formula(line, _TIME, time_formula, time_value, Kind.YEARS, look=Look.FIXED)
            else:
                page.value(line, _TIME, time_value, Kind.COUNT)
            page.formula(line, _AMOUNT, f"={formula}", value, Kind.FLOW)
            page.text(line, _WHAT, words(what), Look.NOTE)
        page.widths.fixed |= {2: 22.0}
        times = page.span((first, _TIME), (line, _TIME))
        return times, page.span((first, _AMOUNT), (line, _AMOUNT))

    def _results(self, rows: ValueRows, times: str, amounts: str) -> None:
        found, dated = self._found, self._found.dated
        per = "1/yr" if dated else "1/month"
        rate = self._course.schedule.rates[0]
        guess = rate if dated else rate / 12
        start = self._page.book.page("schedule").at(FIRST, 5)
        address = rows.live(
            N_("Rate of the contract, to begin with"),
            start if dated else f"{start}/12",
            guess,
            kind=Kind.PERCENT,
            unit=per,
        )
        held = [self._time(day)[0] for day, *_rest in self._flows]
        paid = [value for _day, value, *_rest in self._flows]
        for number in range(1, _STEPS + 1):
            worth = f"SUMPRODUCT({amounts},(1+{address})^(-{times}))"
            slope = f"SUMPRODUCT({amounts}*{times},(1+{address})^(-{times}-1))"
            guess += _worth(paid, held, guess) / _slope(paid, held, guess)
            address = rows.live(
                self._book.words(N_("Step {number}"), number=number),
                f"{address}+{worth}/{slope}",
                guess,
                kind=Kind.PERCENT,
                unit=per,
            )
        yearly = address if dated else f"(1+{address})^12-1"
        monthly = f"(1+{address})^(1/12)-1" if dated else address
        rows.live(
            N_("Annualised rate, fees included (compound)"),
            yearly,
            found.annual_compound,
            kind=Kind.PERCENT,
            unit="1/yr",
            name=RATE_NAME,
            strong=True,
        )
        rows.live(
            N_("Annualised rate, fees included (simple)"),
            f"12*({monthly})",
            found.annual_simple,
            kind=Kind.PERCENT,
            unit="1/yr",
            name="loan_annualised_rate_simple",
        )
        rows.live(
            N_("Worth of all flows at this rate, to be 0"),
            f"ROUND(SUMPRODUCT({amounts},(1+{address})^(-{times})),2)",
            0,
        )
        rows.still(
            N_("Annualised rate, compound, by the program"),
            found.annual_compound,
            kind=Kind.PERCENT,
            unit="1/yr",
        )


def _worth(paid: list[float], times: list[float], rate: float) -> float:
    return math.fsum(amount * (1 + rate) ** -time for amount, time in zip(paid, times, strict=True))


def _slope(paid: list[float], times: list[float], rate: float) -> float:
    return math.fsum(
        amount * time * (1 + rate) ** (-time - 1) for amount, time in zip(paid, times, strict=True)
    )
