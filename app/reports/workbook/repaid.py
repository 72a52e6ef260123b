"""Principal of each line of the schedule: what was planned, and what of it is repaid."""

import re

from app.finance.case.lending.terms import Repayment
from app.finance.lending.schedule_plan import BY_SERVICE, REST
from app.finance.lending.schedule_run import MadePlan
from app.i18n import N_
from app.reports.workbook.book import Book, cell
from app.reports.workbook.level_page import LevelPage, Start, floors_interest
from app.reports.workbook.loan_course import (
    Course,
    InForce,
    may_be_planned_anew,
    paying_periods,
    scales,
)
from app.reports.workbook.loan_days import DaysPage, ratio_text
from app.reports.workbook.looks import Kind, Look, Style
from app.reports.workbook.schedule_columns import (
    CLOSING,
    DRAWN,
    FIRST,
    INTEREST,
    OPENING,
    PLANNED,
    PRINCIPAL,
    RATE,
    drawing_name,
)

_INSTALMENTS = (Repayment.EQUAL_INSTALMENT, Repayment.BALLOON)
_PARTS = (Repayment.EQUAL_PRINCIPAL, Repayment.SEASONAL)


class Repaid:
    """Writes the columns `PLANNED` and `PRINCIPAL` of the schedule."""

    def __init__(
        self, book: Book, course: Course, days: DaysPage, levels: LevelPage | None
    ) -> None:
        self._course, self._days, self._levels = course, days, levels
        self._page = book.page("schedule")
        self._force = InForce(course.plans[0], 0, course.plans[0].at.last)
        self._planned = 0.0
        self._level = ""
        self._scales: list[int] = []

    def write(self, row: int) -> None:
        """Write both columns of a row, and say from which plan on they are."""
        course = self._course
        plan = course.plans.get(row)
        if plan is not None:
            self._force = _in_force(plan)
            self._scales = []
            self._planned = _level_of(course, plan) / 100
            self._level = ""
        self._plan(row, anew=plan is not None)
        principal = course.principal[row] / 100
        formula = f"={self._principal(row)}"
        self._page.formula(FIRST + row, PRINCIPAL, formula, principal, Kind.FLOW)
        if scales(course, row, self._force.plan.way):
            self._scales.append(row)

    def _at(self, row: int, column: int) -> str:
        return cell(FIRST + row, column)

    def _owed(self, row: int) -> str:
        return f"({self._at(row, OPENING)}+{self._at(row, DRAWN)})"

    def _principal(self, row: int) -> str:
        course, owed = self._course, self._owed(row)
        position = course.rows.prepaid.get(row)
        if position is not None:
            return f"MIN({owed},ROUND(loan_prepayments_{position}_amount_yuan,2))"
        if row == course.matures:
            extension = course.loan.extension
            if extension is None or extension.amount_yuan is None:
                return "0"
            return f"{owed}-MIN({owed},ROUND(loan_extension_amount_yuan,2))"
        return self._of_plan(row, owed)

    def _of_plan(self, row: int, owed: str) -> str:
        """Principal by the plan in force: never more than is owed, the last payment all of it."""
        period, planned = self._course.rows.period[row], self._at(row, PLANNED)
        if period >= self._force.last:
            return owed
        if not self._course.rows.pays[period]:
            return "0"
        if self._force.plan.way in BY_SERVICE:
            return f"MIN({owed},MAX({planned}-{self._at(row, INTEREST)},0))"
        return f"MIN({owed},{planned})"

    def _plan(self, row: int, *, anew: bool) -> None:
        """Write what is planned for a row: a payment, or a part of principal."""
        way, course = self._force.plan.way, self._course
        period = course.rows.period[row]
        if way in (*_INSTALMENTS, *_PARTS):
            if anew:
                self._write_level(row, self._new(row), self._planned)
            else:
                self._carried(row)
        elif way is not Repayment.BULLET and row != course.matures:
            repays = period < self._force.last and course.rows.pays[period]
            if repays and row not in course.rows.prepaid:
                self._of_period(row, period)

    def _carried(self, row: int) -> None:
        """The level of the row before, unless a change of the rate plans it anew."""
        before = self._at(row - 1, PLANNED)
        if may_be_planned_anew(self._course, row, self._force.plan.way):
            moved = f"{self._at(row, RATE)}={self._at(row - 1, RATE)}"
            self._write_level(row, f"IF({moved},{before},{self._new(row)})", self._planned)
        else:
            self._write_level(row, before, self._planned)

    def _write_level(self, row: int, formula: str, value: float) -> None:
        page, line = self._page, FIRST + row
        if "MMULT" not in formula:
            page.formula(line, PLANNED, f"={formula}", value, Kind.FLOW)
            return
        style = page.book.style(Style(Look.LIVE, Kind.FLOW))
        page.sheet.write_array_formula(
            line, PLANNED, line, PLANNED, f"{{={formula}}}", style, value
        )
        page.widths.hold_figure(PLANNED, value, Kind.FLOW)

    def _new(self, row: int) -> str:
        """The level of a plan made at a row, from what is owed there."""
        first = self._course.rows.period[row]
        paying = paying_periods(self._course.rows, first, max(self._force.plan.at.last, first))
        if len(paying) < 2:
            return "0"
        if self._force.plan.way in _PARTS:
            return f"ROUND({self._owed(row)}/{len(paying)},2)"
        return self._instalment(row, paying[0], paying[-1])

    def _instalment(self, row: int, first: int, last: int) -> str:
        """The payment of a plan in instalments; see `schedule_plan` for the formula."""
        course, rows = self._course, self._course.rows
        owed, rate = self._owed(row), self._at(row, RATE)
        left, with_interest = self._left(row), f"{owed}+{self._interest(row)}"
        if first != rows.period[row]:
            with_interest = f"{owed}*(1+{rate}*{self._days.part(first)})"
        plan = course.plans.get(row)
        if plan is not None and self._levels is not None and floors_interest(course, plan):
            starts = self._everywhere(row, owed), self._everywhere(row, self._interest(row))
            start = Start(*starts, self._everywhere(row, left), self._page.at(FIRST + row, RATE))
            return f"ROUND({self._levels.block(plan, start)},2)"
        return f"ROUND({self._closed(with_interest, left, rate, first + 1, last)},2)"

    def _closed(self, owed: str, left: str, rate: str, first: int, last: int) -> str:
        """A = (B + I - left x D) / W, in equal periods by the closed form."""
        fractions = self._course.rows.fractions[first : last + 1]
        count = len(fractions)
        if len(set(fractions)) == 1:
            each = f"({rate}*{ratio_text((fractions[0], self._course.rows.year))})"
            rest = "" if left == "0" else f"-{left}*(1+{each})^-{count}"
            level = f"MAX({owed}{rest},0)*{each}/(1+{each})/(1-(1+{each})^-{count + 1})"
            plain = f"({owed}{'' if left == '0' else f'-{left}'})/{count + 1}"
            return f"IF({rate}=0,{plain},{level})"
        parts = self._days.parts(first, last)
        grown = f"1+{rate}*{parts}"
        later = f"--(ROW({parts})>=TRANSPOSE(ROW({parts})))"
        worth = f"1+SUM(EXP(-MMULT({later},LN({grown}))))"
        rest = "" if left == "0" else f"-{left}/PRODUCT({grown})"
        return f"MAX({owed}{rest},0)/({worth})"

    def _left(self, row: int) -> str:
        if self._force.plan.way is not Repayment.BALLOON:
            return "0"
        course = self._course
        drawn = [
            f"ROUND({drawing_name(course, place)},2)"
            for before in range(row + 1)
            for place in course.drawn_in(before)
        ]
        share = f"ROUND(loan_balloon_share*({'+'.join(drawn)}),2)"
        return f"MIN({share},{self._owed(row)})"

    def _interest(self, row: int) -> str:
        """Interest of the next payment, not rounded, as if nothing were prepaid."""
        course, days = self._course, self._days
        period = course.rows.period[row]
        if row in course.rows.prepaid and course.begins_period(row):
            return f"{self._owed(row)}*{self._at(row, RATE)}*{days.part(period)}"
        together = course.rows_to_payment(row)
        factors = "+".join(days.factor(one) for one in together)
        terms = [f"{self._at(row, OPENING)}*({factors})"]
        for one in together:
            for place in course.drawn_in(one):
                if one or course.rows.drawings[place][0] != course.rows.starts[0]:
                    name = drawing_name(course, place)
                    terms.append(f"ROUND({name},2)*{days.factor(one, place)}")
        return "+".join(terms)

    def _of_period(self, row: int, period: int) -> None:
        """Fixed parts of principal by number or table, or payments in proportion to the cash."""
        course, loan, way = self._course, self._course.loan, self._force.plan.way
        plan = self._force.plan
        target = plan.targets[period - plan.at.first]
        if way is Repayment.SCULPTED:
            self._sculpted(row, period, target / 100)
            return
        if way is Repayment.STEP:
            share = ""
            for place, line in sorted(
                enumerate(loan.steps), key=lambda found: found[1].first_payment
            ):
                if line.first_payment - 1 <= period:
                    share = f"loan_steps_{place}_principal_share"
            drawn = "+".join(
                f"ROUND({drawing_name(course, place)},2)"
                for place in range(len(course.rows.drawings))
            )
            formula = f"ROUND({share}*({drawn}),2)" if share else "0"
        else:
            formula = self._of_table(period)
        value = float(target) / 100
        for before in self._scales:
            after = self._still_to_repay(before)
            formula = f"ROUND({formula}*({after})/({after}+{self._at(before, PRINCIPAL)}),2)"
            left = course.closing[before] + sum(course.rows.drawn[before + 1 :])
            value = round(value * left / (left + course.principal[before]), 2)
        self._page.formula(FIRST + row, PLANNED, f"={formula}", value, Kind.FLOW)

    def _still_to_repay(self, row: int) -> str:
        course = self._course
        later = [
            f"ROUND({drawing_name(course, place)},2)"
            for after in range(row + 1, len(course.rows.starts))
            for place in course.drawn_in(after)
        ]
        return "+".join((self._at(row, CLOSING), *later))

    def _of_table(self, period: int) -> str:
        """The line of the loan's own table: its n-th day in the n-th period that repays."""
        loan, plan = self._course.loan, self._force.plan
        paying = paying_periods(self._course.rows, plan.at.first, plan.at.last)
        by_day: dict[object, list[int]] = {}
        for place in sorted(
            range(len(loan.principal_table)), key=lambda n: loan.principal_table[n].day
        ):
            by_day.setdefault(loan.principal_table[place].day, []).append(place)
        lines = [*by_day.values()]
        number = paying.index(period)
        if number >= len(lines):
            return "0"
        names = [f"loan_principal_table_{place}_principal_yuan" for place in lines[number]]
        return f"ROUND({'+'.join(names)},2)"

    def _sculpted(self, row: int, period: int, value: float) -> None:
        """A payment in proportion to the cash: over the DSCR asked for, or by the level found."""
        levels = self._levels
        if levels is None:
            raise ValueError("a sculpted loan has a page of its cash")
        if self._course.loan.target_dscr is not None:
            formula = f"ROUND({levels.flow(period)}/loan_target_dscr,2)"
        else:
            if not self._level:
                start = self._force.row
                plan = self._force.plan
                owed = self._everywhere(start, self._owed(start))
                interest = self._everywhere(start, self._interest(start))
                rate = self._page.at(FIRST + start, RATE)
                self._level = levels.block(plan, Start(owed, interest, "0", rate))
            formula = f"ROUND({self._level}*{levels.flow(period)},2)"
        self._page.formula(FIRST + row, PLANNED, f"={formula}", value, Kind.FLOW)

    def _everywhere(self, row: int, formula: str) -> str:
        """Return a formula of this page's cells as other pages write it."""
        for column in (OPENING, DRAWN, INTEREST, RATE):
            own = self._at(row, column)
            there = self._page.at(FIRST + row, column)
            formula = re.sub(rf"(?<![$\w]){own}(?!\d)", there.replace("\\", r"\\"), formula)
        return formula


def _in_force(plan: MadePlan) -> InForce:
    last = plan.at.first + list(plan.targets).index(REST)
    return InForce(plan, plan.row, last)


def _level_of(course: Course, plan: MadePlan) -> float:
    """Return the payment or part of principal of a plan, fen; 0 where its only payment is all."""
    for period in paying_periods(course.rows, plan.at.first, plan.at.last):
        target = plan.targets[period - plan.at.first]
        if target != REST:
            return float(target)
    return 0.0


STILL = N_("Days of payment, number of payments and parts of a year of the loan.")
"""What of a schedule does not move."""
