"""The page of the repayment schedule: each amount a formula of the terms of the loan."""

from dataclasses import dataclass

from app.i18n import N_
from app.messages.lending_words import LINE_KINDS
from app.reports.workbook.book import Book, cell, headed, unit_text
from app.reports.workbook.loan_course import Course
from app.reports.workbook.loan_days import DaysPage
from app.reports.workbook.looks import Kind, Look
from app.reports.workbook.repaid import Repaid
from app.reports.workbook.schedule_columns import (
    CLOSING,
    DAYS,
    DRAWN,
    DUE,
    FEE,
    FIRST,
    FROM,
    HEADS,
    INTEREST,
    KIND,
    NUMBER,
    OPENING,
    PAYMENT,
    PRINCIPAL,
    RATE,
    TO,
    drawing_name,
)

_HEADS = (
    (N_("No."), ""),
    (N_("From"), ""),
    (N_("To"), ""),
    (N_("Due"), ""),
    (N_("Days"), ""),
    (N_("Rate"), "1/yr"),
    (N_("Opening"), "yuan"),
    (N_("Drawn"), "yuan"),
    (N_("Interest"), "yuan"),
    (N_("Principal"), "yuan"),
    (N_("Fee"), "yuan"),
    (N_("Payment"), "yuan"),
    (N_("Balance"), "yuan"),
    (N_("Planned"), "yuan"),
    (N_("Kind"), ""),
)


@dataclass(frozen=True, slots=True)
class SchedulePlaces:
    """Where the columns of the schedule stand, for other pages."""

    book: Book
    last: int

    def column(self, place: int) -> str:
        """Return the address of a whole column, totals left out."""
        page = self.book.page("schedule")
        return page.span((FIRST, place), (self.last, place))

    def total(self, place: int) -> str:
        """Return the address of the sum of a column."""
        return self.book.page("schedule").at(self.last + 1, place)


class SchedulePage:
    """Writes the page line by line."""

    def __init__(self, book: Book, course: Course, days: DaysPage, repaid: Repaid) -> None:
        self._book, self._course, self._days, self._repaid = book, course, days, repaid
        self._page = book.page("schedule")

    def write(self) -> SchedulePlaces:
        """Write heads, lines and totals; say where they stand."""
        self._begin()
        course = self._course
        rows = len(course.rows.starts)
        for row in range(rows):
            self._row(row)
        for place in range(course.late_rows):
            self._late(rows + place, course.count + place)
        last = FIRST + rows + course.late_rows - 1
        self._totals(last)
        return SchedulePlaces(self._book, last)

    def _begin(self) -> None:
        page, words = self._page, self._book.words
        page.line(
            1,
            words(
                N_(
                    "Interest = balance × rate × part of a year, to the fen; parts of a year are "
                    "on the page of interest days. Planned is the payment of loans in "
                    "instalments, else the principal that falls due; the last payment takes what "
                    "is left."
                )
            ),
            Look.NOTE,
            last=KIND,
        )
        for column, (head, unit) in enumerate(_HEADS):
            said = " ".join(dict.fromkeys(unit_text(words, unit).lines)) if unit else ""
            page.text(HEADS, column, headed(words(head), said), Look.HEAD)
        page.freeze(FIRST, 1)

    def at(self, row: int, column: int) -> str:
        """Return the address of a cell of a line, for formulas of this page."""
        return cell(FIRST + row, column)

    def _row(self, row: int) -> None:
        page, course, line = self._page, self._course, FIRST + row
        rows = course.rows
        if row >= course.count:
            page.fold(line, hidden=True)
        page.value(line, NUMBER, row + 1, Kind.COUNT)
        page.value(line, FROM, rows.starts[row], Kind.DATE)
        page.value(line, TO, rows.ends[row], Kind.DATE)
        page.value(line, DUE, rows.dues[row], Kind.DATE)
        page.value(line, DAYS, (rows.ends[row] - rows.starts[row]).days, Kind.COUNT)
        rate = float(rows.rates[row])
        page.formula(line, RATE, f"={self._days.rate(row)}", rate, Kind.PERCENT)
        self._balance(row)
        page.formula(
            line, INTEREST, f"=ROUND({self.interest(row)},2)", course.interest[row] / 100, Kind.FLOW
        )
        self._repaid.write(row)
        self._fee(row, line)
        payment = course.principal[row] + course.interest[row] + self.fee_of(row)
        self._closing(line, payment / 100, course.closing[row] / 100)
        kind = rows.kinds[row]
        if kind != "payment":
            page.text(line, KIND, self._book.words(LINE_KINDS[kind]), Look.TEXT)

    def _balance(self, row: int) -> None:
        page, course, line = self._page, self._course, FIRST + row
        drawn = [drawing_name(course, place) for place in course.drawn_in(row)]
        if row == 0:
            at_once = [
                name
                for name, place in zip(drawn, course.drawn_in(row), strict=True)
                if course.rows.drawings[place][0] == course.rows.starts[0]
            ]
            drawn = drawn[len(at_once) :]
            opening = "+".join(f"ROUND({name},2)" for name in at_once)
        else:
            opening = cell(line - 1, CLOSING)
        later = sum(
            fen
            for day, fen in (course.rows.drawings[place] for place in course.drawn_in(row))
            if row or day != course.rows.starts[0]
        )
        before = course.closing[row] + course.principal[row] - later
        page.formula(line, OPENING, f"={opening}", before / 100, Kind.FLOW)
        sums = "+".join(f"ROUND({name},2)" for name in drawn) or "0"
        page.formula(line, DRAWN, f"={sums}", later / 100, Kind.FLOW)

    def interest(self, row: int) -> str:
        """Return the interest of a row before rounding."""
        course = self._course
        terms = [f"{self.at(row, OPENING)}*{self._days.factor(row)}"]
        for place in course.drawn_in(row):
            if row == 0 and course.rows.drawings[place][0] == course.rows.starts[0]:
                continue
            name = drawing_name(course, place)
            terms.append(f"ROUND({name},2)*{self._days.factor(row, place)}")
        return "+".join(terms)

    def fee_of(self, row: int) -> int:
        """Return the fees of a row, fen."""
        return int(self._course.schedule.fees[row]) if row < self._course.count else 0

    def _fee(self, row: int, line: int) -> None:
        course, terms = self._course, []
        position = course.rows.prepaid.get(row)
        if position is not None:
            share = f"loan_prepayments_{position}_fee_share"
            terms.append(f"ROUND({cell(line, PRINCIPAL)}*{share},2)")
        self._fees(line, row, terms, self.fee_of(row) / 100)

    def _fees(self, line: int, row: int, terms: list[str], value: float) -> None:
        for place, of in enumerate(self._course.later_fees):
            if of == row:
                terms.append(f"ROUND(loan_fees_{place}_amount_yuan,2)")
        self._page.formula(line, FEE, f"={'+'.join(terms) or '0'}", value, Kind.FLOW)

    def _closing(self, line: int, payment: float, closing: float) -> None:
        page = self._page
        paid = f"={cell(line, INTEREST)}+{cell(line, PRINCIPAL)}+{cell(line, FEE)}"
        page.formula(line, PAYMENT, paid, payment, Kind.FLOW, look=Look.TOTAL)
        left = f"{cell(line, OPENING)}+{cell(line, DRAWN)}-{cell(line, PRINCIPAL)}"
        page.formula(line, CLOSING, f"=ROUND({left},2)", closing, Kind.FLOW)

    def _late(self, row: int, known: int) -> None:
        """A fee that falls due after the loan is repaid: a line with nothing else."""
        page, plan, line = self._page, self._course.schedule, FIRST + row
        page.value(line, NUMBER, row + 1, Kind.COUNT)
        page.value(line, FROM, plan.starts[known], Kind.DATE)
        page.value(line, TO, plan.ends[known], Kind.DATE)
        page.value(line, DUE, plan.dues[known], Kind.DATE)
        page.value(line, DAYS, 0, Kind.COUNT)
        before = cell(line - 1, CLOSING)
        page.formula(line, OPENING, f"={before}", 0, Kind.FLOW)
        for column in (DRAWN, INTEREST, PRINCIPAL):
            page.formula(line, column, "=0", 0, Kind.FLOW)
        self._fees(line, row, [], plan.fees[known] / 100)
        self._closing(line, plan.fees[known] / 100, 0)

    def _totals(self, last: int) -> None:
        page, plan, line = self._page, self._course.schedule, last + 1
        page.text(line, NUMBER, self._book.words(N_("Total")), Look.STRONG)
        drawn = sum(row.drawn_yuan for row in plan.lines)
        principal, interest = plan.total_principal_yuan, plan.total_interest_yuan
        fees = sum(row.fee_yuan for row in plan.lines)
        for column, value in (
            (DRAWN, drawn),
            (INTEREST, interest),
            (PRINCIPAL, principal),
            (FEE, fees),
            (PAYMENT, principal + interest + fees),
        ):
            span = f"{cell(FIRST, column)}:{cell(last, column)}"
            page.formula(line, column, f"=SUM({span})", value, Kind.FLOW, look=Look.TOTAL)
        for label, column, value in (
            (N_("Interest in all"), INTEREST, interest),
            (N_("Principal in all"), PRINCIPAL, principal),
            (N_("Payments in all"), PAYMENT, principal + interest + fees),
        ):
            self._book.check(label, page.at(line, column), value)
