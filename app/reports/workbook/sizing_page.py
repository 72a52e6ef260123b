"""The page of the sizing: what the collaterals carry, each bound, the smallest of them."""

from collections.abc import Callable
from decimal import Decimal

from app.finance.case.lending.sizing_inputs import ValuationBasis
from app.finance.case.loan import Loan
from app.finance.lending.results import Bound, LoanResult
from app.finance.valuation.results import ValueResult
from app.i18n import N_
from app.messages.lending_words import BOUND_REASONS
from app.reports.workbook.approach_rows import CONCLUDED
from app.reports.workbook.book import Book, cell
from app.reports.workbook.collateral_rows import Collaterals
from app.reports.workbook.loan_course import Course
from app.reports.workbook.looks import Kind, Look
from app.reports.workbook.price_risk_rows import PriceRisk
from app.reports.workbook.schedule_columns import drawing_name
from app.reports.workbook.streams import Streams
from app.reports.workbook.value_page import GROSS, LIQUIDATION, NET, ONE_YEAR, PRUDENT
from app.reports.workbook.value_rows import AMOUNT, LABEL, NOTE, UNIT, ValueRows

BASIS = {
    ValuationBasis.GROSS: GROSS,
    ValuationBasis.NET: NET,
    ValuationBasis.PRUDENT: PRUDENT,
    ValuationBasis.LIQUIDATION: LIQUIDATION,
    ValuationBasis.CONCLUDED: CONCLUDED,
}
SUPPORTED = "loan_supported"
_STILL_RATIOS = {
    "llcr": "loan_min_llcr",
    "plcr": "loan_min_plcr",
    "stressed_dscr": "loan_stressed_dscr",
}
"""Bounds whose ratio the program finds: the input that divides what the loan would be at 1."""


class SizingPage:
    """Writes the page from the collaterals down."""

    def __init__(
        self,
        book: Book,
        course: Course,
        found: LoanResult,
        values: ValueResult,
        streams: Streams,
    ) -> None:
        self._book, self._course, self._found = book, course, found
        self._values, self._streams = values, streams
        self._loan: Loan = course.loan
        self._rows = ValueRows(book.page("sizing"), 3)

    def write(self, dscr: str) -> None:
        """Write the page; `dscr` is the address of the DSCR of the years."""
        page, rows = self._book.page("sizing"), self._rows
        page.line(
            1,
            self._book.words(
                N_("Each bound is an upper limit of the loan by itself; the smallest decides.")
            ),
            Look.NOTE,
            last=NOTE,
        )
        rows.heads()
        page.freeze(4, 1)
        rows.band(N_("Loan"))
        drawn = "+".join(
            f"ROUND({drawing_name(self._course, place)},2)"
            for place in range(len(self._course.rows.drawings))
        )
        drawn_yuan = sum(fen for _day, fen in self._course.rows.drawings) / 100
        self._asked = rows.live(
            N_("Amount asked"), "ROUND(loan_amount_yuan,2)", self._found.amount_yuan
        )
        self._drawn = rows.live(N_("Amount drawn"), drawn, drawn_yuan)
        basis = BASIS[self._loan.valuation_basis]
        if basis == CONCLUDED and self._values.conclusion is None:
            basis = NET
        rows.live(N_("Value the loan is sized on"), basis, self._found.basis_value_yuan)
        carried = Collaterals(rows, self._loan, self._found.security, basis)
        carried.write()
        risk = PriceRisk(rows, self._course, carried)
        risk.write(self._bound("var"), self._bound("option"))
        self._bounds(carried, risk, dscr)
        self._ratios()

    def _bound(self, code: str) -> Bound:
        return next(bound for bound in self._found.bounds if bound.code == code)

    def _bounds(self, carried: Collaterals, risk: PriceRisk, dscr: str) -> None:
        rows = self._rows
        rows.band(N_("Bounds of the loan"))
        first = rows.row
        made: dict[str, Callable[[Bound], str]] = {
            "pledge_ratio": lambda _bound: carried.carried(),
            "var": lambda _bound: carried.carried(risk.var),
            "option": lambda _bound: carried.carried(risk.option),
            "dscr": lambda _bound: f"ROUND({self._drawn}*MIN({dscr})/loan_min_dscr,2)",
            "ltv_path": self._path,
            "purpose": lambda _bound: "ROUND(loan_purpose_need_yuan,2)",
            "single_customer": lambda _bound: "ROUND(loan_single_customer_cap_yuan,2)",
            "life_income": lambda _bound: (
                f"ROUND(loan_life_income_share*{self._streams.revenue.formula},2)"
            ),
        }
        for bound in self._found.bounds:
            if bound.amount_yuan is None:
                self._without(bound)
                continue
            formula = made.get(bound.code, self._by_ratio)(bound)
            note = BOUND_REASONS.get(bound.reason, "") if bound.reason else ""
            if bound.code in (*_STILL_RATIOS, "ltv_path"):
                note = note or N_("the ratio is that of the program; it does not move")
            rows.live(
                bound.label,
                f"MAX({formula},0)",
                bound.amount_yuan,
                note=note,
                name=f"loan_bound_{bound.code}",
                checked=True,
            )
        self._supported(first, rows.row - 1)

    def _without(self, bound: Bound) -> None:
        """A bound that does not bind has no amount, and says why."""
        page, words, rows = self._book.page("sizing"), self._book.words, self._rows
        page.text(rows.row, LABEL, words(bound.label))
        page.text(rows.row, AMOUNT, "–", Look.TEXT)
        page.text(rows.row, UNIT, "")
        page.text(rows.row, NOTE, words(BOUND_REASONS[bound.reason]), Look.NOTE)
        rows.row += 1

    def _by_ratio(self, bound: Bound) -> str:
        """Drawn x ratio / ratio asked for; drawn x ratio is the same for every amount."""
        drawn = sum(fen for _day, fen in self._course.rows.drawings) / 100
        ratio = max(bound.detail or 0.0, 0.0)
        return f"ROUND({drawn * ratio!r}/{_STILL_RATIOS[bound.code]},2)"

    def _path(self, bound: Bound) -> str:
        if bound.reason or not bound.detail:
            return "0"
        drawn = sum(fen for _day, fen in self._course.rows.drawings) / 100
        return f"ROUND({drawn / bound.detail!r}*loan_path_ratio,2)"

    def _supported(self, first: int, last: int) -> None:
        rows, found, page = self._rows, self._found, self._book.page("sizing")
        amounts = f"{cell(first, AMOUNT)}:{cell(last, AMOUNT)}"
        labels = f"{cell(first, LABEL)}:{cell(last, LABEL)}"
        rows.band(N_("What the bounds allow"))
        rows.live(
            N_("Amount the bounds allow"),
            f"MIN({amounts})",
            found.supported_yuan,
            name=SUPPORTED,
            strong=True,
            checked=True,
        )
        binding = next(bound for bound in found.bounds if bound.binding)
        page.text(rows.row, LABEL, self._book.words(N_("Binding bound")), Look.STRONG)
        page.formula(
            rows.row,
            AMOUNT,
            f"=INDEX({labels},MATCH({SUPPORTED},{amounts},0))",
            "\n".join(self._book.words(binding.label).lines),
            None,
            look=Look.TOTAL,
        )
        rows.row += 1
        rows.live(
            N_("Asked beyond the bounds"),
            f"MAX({self._asked}-{SUPPORTED},0)",
            found.uncovered_yuan,
        )

    def _ratios(self) -> None:
        rows, found, values = self._rows, self._found, self._values
        rows.band(N_("Loan over value"))
        for label, name, ratio, value in (
            (N_("Loan over one year's carbon"), ONE_YEAR, found.loan_to_one_year,
             values.one_year_yuan),
            (N_("Loan over gross value"), GROSS, found.loan_to_gross, values.gross_yuan),
            (N_("Loan over net value"), NET, found.loan_to_net, values.net_yuan),
            (N_("Loan over liquidation value"), LIQUIDATION, found.loan_to_liquidation,
             values.liquidation_yuan),
        ):  # fmt: skip
            self._ratio(label, name, ratio, value)

    def _ratio(self, label: str, name: str, ratio: float | None, value: Decimal) -> None:
        page, rows = self._book.page("sizing"), self._rows
        formula = f'IF({name}>0,{self._asked}/{name},"–")'
        if ratio is not None:
            rows.live(label, formula, ratio, kind=Kind.PERCENT, unit="")
            return
        page.text(rows.row, LABEL, self._book.words(label))
        page.formula(rows.row, AMOUNT, f"={formula}", "–", Kind.PERCENT)
        note = self._book.words(N_("The value is not positive, so there is no ratio."))
        page.text(rows.row, NOTE, note, Look.NOTE)
        rows.row += 1
