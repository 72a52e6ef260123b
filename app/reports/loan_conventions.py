"""The conventions of the figures of a loan: only those that hold for its case."""

from collections.abc import Iterator

from app.finance.case.lending.days import BusinessDays, DayCount, PaymentDays, UnknownYears
from app.finance.case.lending.monitoring import Monitoring
from app.finance.case.lending.pricing import RateKind
from app.finance.case.lending.security import Allocation
from app.finance.case.loan import Loan
from app.finance.engine import Results
from app.finance.lending.results import LoanResult
from app.formats import percent, plain
from app.i18n import N_
from app.messages.lending_words import CASE_VALUES
from app.reports.document import Text, Words

Row = tuple[str, Text]

_DAY_COUNTS = {
    DayCount.MONTHS: N_(
        "Interest = balance × yearly rate × whole months / 12; of a broken period each day left "
        "over is 1/360 of a year (银发〔2005〕129号). The first day counts, the last does not."
    ),
    DayCount.ACT_360: N_(
        "Interest = balance × yearly rate × days / 360. The first day of a period counts, the last "
        "does not."
    ),
    DayCount.ACT_365F: N_(
        "Interest = balance × yearly rate × days / 365. The first day of a period counts, the last "
        "does not."
    ),
    DayCount.THIRTY_360: N_(
        "Interest = balance × yearly rate × days / 360, a month of 30 days (30/360, ISDA 2006 "
        "4.16(f)). The first day of a period counts, the last does not."
    ),
    DayCount.THIRTY_E_360: N_(
        "Interest = balance × yearly rate × days / 360, a month of 30 days (30E/360, ISDA 2006 "
        "4.16(g)). The first day of a period counts, the last does not."
    ),
    DayCount.ACT_ACT: N_(
        "Interest = balance × yearly rate × days / 365, in leap years days / 366 (ACT/ACT, ISDA "
        "2006 4.16(b)). The first day of a period counts, the last does not."
    ),
}
_PERIODS = {
    PaymentDays.ANNIVERSARY: N_(
        "Periods run from the day of drawdown; a month without that day takes its last one."
    ),
    PaymentDays.SETTLEMENT: N_(
        "Interest is settled on day {day} of the month and paid on the next day, where it is "
        "quarterly in March, June, September and December; the last period ends at maturity."
    ),
    PaymentDays.FIRST_DATE: N_(
        "Periods run from the first payment day; the period before it may be shorter or longer."
    ),
}
_ALLOCATION = {
    Allocation.BY_RANK: N_(
        "A collateral carries ratio × (value × (1 − haircut) − prior claims), its secured maximum "
        "at most. The loan is laid on them in the order of their ranks; the rest is unsecured."
    ),
    Allocation.PRO_RATA: N_(
        "A collateral carries ratio × (value × (1 − haircut) − prior claims), its secured maximum "
        "at most. The loan is laid on them in proportion to that; the rest is unsecured."
    ),
}


def schedule_conventions(words: Words, terms: Loan, loan: LoanResult) -> Iterator[Row]:
    """Days, periods, working days, floating rate, rounding, annualised rate."""
    yield N_("Day count of the loan"), words(_DAY_COUNTS[terms.day_count])
    yield N_("Periods of the loan"), words(_PERIODS[terms.payment_days], day=terms.settlement_day)
    if terms.month_end:
        yield (
            N_("End of the month"),
            words(N_("A loan that begins on the last day of a month keeps to the last days.")),
        )
    yield from _business_days(words, terms)
    yield from _floating(words, terms)
    yield (
        N_("Rounding of the loan"),
        words(
            N_(
                "Interest and payment of each line are rounded half-up to the fen; the last "
                "principal is the balance that is left."
            )
        ),
    )
    yield N_("Annualised rate"), _annualised(words, loan)


def loan_conventions(words: Words, terms: Loan, results: Results) -> Iterator[Row]:
    """Those of the schedule; security, sizing, path, cover, stress, breach."""
    loan = results.loan
    if loan is None:
        return
    yield from schedule_conventions(words, terms, loan)
    yield N_("Security"), words(_ALLOCATION[terms.allocation])
    yield (
        N_("Sizing"),
        words(
            N_(
                "The loan allowed is the smallest of the bounds; one that is not entered does not "
                "bind. What would have to change is found with all else the same."
            )
        ),
    )
    yield from _path(words, loan)
    yield from _cover(words, loan)
    yield from _stress(words, loan)
    if terms.monitoring is not None:
        yield from _watched(words, terms.monitoring)


def _business_days(words: Words, terms: Loan) -> Iterator[Row]:
    if terms.business_days is BusinessDays.UNADJUSTED:
        return
    days = N_(
        "A payment that falls on a holiday is moved by the calendar of the State Council with its "
        "working days, and by the days entered; years without one are refused."
    )
    if terms.unknown_years is UnknownYears.WEEKENDS:
        days = N_(
            "A payment that falls on a holiday is moved by the calendar of the State Council with "
            "its working days, and by the days entered; years without one go by weekends."
        )
    yield N_("Working days"), words(days)


def _floating(words: Words, terms: Loan) -> Iterator[Row]:
    if terms.rate_kind is RateKind.FLOATING:
        yield (
            N_("Floating rate"),
            words(
                N_(
                    "The last LPR published before the day of drawdown or of repricing, plus the "
                    "margin; after the last LPR entered it stays. A period is cut where the rate "
                    "changes."
                )
            ),
        )


def _annualised(words: Words, loan: LoanResult) -> Text:
    if loan.effective.dated:
        return words(
            N_(
                "Internal rate of return of all that is paid, fees included, on what is drawn, by "
                "days / 365 (中国人民银行公告〔2021〕第3号); simple = 12 × its rate of a month."
            )
        )
    return words(
        N_(
            "From the internal rate of return i of a month of all that is paid, fees included, on "
            "what is drawn (中国人民银行公告〔2021〕第3号): compound (1 + i)^12 − 1, simple 12 × i."
        )
    )


def _path(words: Words, loan: LoanResult) -> Iterator[Row]:
    if not loan.path.points:
        return
    message = N_(
        "Balance at the end of each day of payment or drawing over what is left of the right on "
        "that day at the level of {level} and of the other collaterals, each after haircut and "
        "prior claims and at most its secured maximum. Interest that has run is not in the balance."
    )
    level = CASE_VALUES[loan.path.basis]
    said = words.each(lambda tr: tr(message).format(level=tr(level)))
    yield N_("Loan over remaining value"), said


def _cover(words: Words, loan: LoanResult) -> Iterator[Row]:
    if loan.cover.years:
        yield (
            N_("DSCR, LLCR, PLCR"),
            words(
                N_(
                    "DSCR: cash of a loan year over its principal and interest; loan years end on "
                    "the anniversaries of the drawdown, prepayments are not due. LLCR and PLCR: "
                    "present value at the rate of the loan of the cash to the last payment, and to "
                    "the end of the right, over what is drawn."
                )
            ),
        )


def _stress(words: Words, loan: LoanResult) -> Iterator[Row]:
    if loan.stress.cases:
        yield (
            N_("Stress"),
            words(
                N_(
                    "S1 to S8 are a proposal of the house. Prices and tonnes of all years move in "
                    "proportion; amount, days and schedule of the loan stay, but S7 moves the rate "
                    "of a floating loan from the next repricing on."
                )
            ),
        )


def _watched(words: Words, watched: Monitoring) -> Iterator[Row]:
    lines = N_(
        "Value of the income right alone over all that is owed, held against {warning}, {margin} "
        "and {enforcement}; the lines are those of the contract, not of a rule."
    )
    if watched.count_all:
        lines = N_(
            "Value of all collaterals over all that is owed, held against {warning}, {margin} and "
            "{enforcement}; the lines are those of the contract, not of a rule."
        )
    yield (
        N_("Lines of coverage"),
        words(
            lines,
            warning=percent(watched.warning_line, 0),
            margin=percent(watched.margin_line, 0),
            enforcement=percent(watched.enforcement_line, 0),
        ),
    )
    yield (
        N_("Order of receipts"),
        words(
            N_(
                "Costs and fees, penalty and compound interest, interest, principal, the oldest "
                "bill first (民法典 561)."
            )
        ),
    )
    if watched.overdue_multiple is not None:
        yield (
            N_("Overdue interest"),
            words(
                N_(
                    "Overdue principal bears {multiple} times the rate of the loan from its due "
                    "day until the day before it is paid; unpaid interest is compounded at that "
                    "rate (银发〔2003〕251号)."
                ),
                multiple=plain(watched.overdue_multiple),
            ),
        )
    if watched.diverted_multiple is not None:
        yield (
            N_("Diverted use"),
            words(
                N_(
                    "Principal used for something else bears {multiple} times the rate of the "
                    "loan; where it is overdue as well the higher rate counts once "
                    "(银发〔2003〕251号)."
                ),
                multiple=plain(watched.diverted_multiple),
            ),
        )
