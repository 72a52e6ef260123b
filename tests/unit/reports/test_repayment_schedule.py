"""The repayment schedule as a paper of its own: every payment, its chart, who signs it."""

from decimal import Decimal
from functools import cache

import pytest
from matplotlib.text import Text

from app.formats import money
from app.i18n import translator
from app.reports import loan_charts
from app.reports.chinese_numerals import capital_amount
from app.reports.document import Document, Grid, Hero, Signatures
from app.reports.loan_schedule_chart import payments_drawn
from app.reports.pdf import draw
from tests.chart_checks import assert_same_page, assert_unclipped
from tests.pdf_text import page_texts
from tests.sheets import DRAFT
from tests.unit.reports.loan_documents import loan_document, repayment_schedule, sheet_of
from tests.unit.reports.read_document import facts, part, rows, told

BOTH = (translator("zh"), translator("en"))
WIDTH = 6.8


@cache
def plain() -> Document:
    return repayment_schedule(
        loan_document("registration", lender="Example Bank", borrower="Example Marsh Company")
    )


def schedule_rows(found: Document) -> list[list[str]]:
    (grid,) = (block for block in part(found, "Schedule of payments") if isinstance(block, Grid))
    return rows(grid)


def test_the_annualised_rate_is_the_first_figure_of_the_schedule() -> None:
    first = next(block for block in plain().blocks if not hasattr(block, "facts"))
    assert isinstance(first, Hero)
    assert first.value.leading == "3.91%"


def test_every_payment_is_printed_and_the_payments_sum_to_the_last_line() -> None:
    *lines, totals = schedule_rows(plain())
    loan = sheet_of(loan_document("registration")).results.loan
    assert loan is not None
    assert [line[1] for line in lines] == [one.due.isoformat() for one in loan.schedule]
    assert sum(Decimal(line[-2].replace(",", "")) for line in lines) == loan.total_payment_yuan
    assert totals[-2] == money(loan.total_payment_yuan)
    assert lines[-1][-1] == "0.00"


def test_the_last_line_says_that_it_takes_the_rest() -> None:
    assert "its principal is 75,000.00 yuan" in told(part(plain(), "Schedule of payments"))


def test_what_is_promised_stands_in_figures_and_in_capitals() -> None:
    found = facts(plain())
    assert found["Amount of the loan"].value.leading == "300,000.00"
    assert found["Amount in capitals"].value.leading == "人民币叁拾万元整"
    total = found["Principal and interest"].value.leading.replace(",", "")
    spelt = found["Principal and interest in capitals"].value.leading
    assert spelt == f"人民币{capital_amount(Decimal(total))}"


def test_borrower_and_lender_sign_and_seal_it() -> None:
    (found,) = (block for block in plain().blocks if isinstance(block, Signatures))
    assert [one.name for one in found.signatures] == ["Example Marsh Company", "Example Bank"]
    assert found.seal.leading == "Seal"


def test_only_a_floating_loan_says_where_its_later_rates_come_from() -> None:
    floating = repayment_schedule(loan_document("floating"))
    assert "the LPR published up to 2025-12-22" in told(part(floating, "Schedule of payments"))
    assert "LPR" not in told(part(plain(), "Schedule of payments"))


def test_the_rules_of_counting_are_those_of_the_loan() -> None:
    (grid,) = (block for block in part(plain(), "How it is counted") if isinstance(block, Grid))
    named = {line[0] for line in rows(grid)}
    assert {"Day count of the loan", "Rounding of the loan", "Annualised rate"} <= named
    assert not named & {"Sizing", "Stress", "Lines of coverage"}


def test_a_schedule_of_360_payments_repeats_its_heads_on_every_page() -> None:
    document = loan_document("equal-instalment", term_months=360)
    data = draw(repayment_schedule(document), issued_on=DRAFT.issued_on)
    texts = page_texts(data)
    of_payments = [text for text in texts if "2040-" in text or "2050-" in text]
    assert len(of_payments) >= 2
    assert all("Opening" in text for text in of_payments)
    assert "2055-07-01" in "".join(texts)


@pytest.mark.parametrize(
    ("months", "scale", "bars"),
    [(12, "Due in", 12), (40, "Due in", 40), (108, "Payments by quarter", 37),
     (360, "Payments by year", 31)],
)  # fmt: skip
def test_many_payments_are_summed_up_and_none_is_lost(months: int, scale: str, bars: int) -> None:
    document = loan_document("equal-instalment", term_months=months)
    loan = sheet_of(document).results.loan
    assert loan is not None
    said, paid = payments_drawn(loan.schedule)
    assert (said, len(paid)) == (scale, bars)
    assert sum(one.interest for one in paid) == loan.total_interest_yuan
    assert sum(one.principal for one in paid) == loan.amount_yuan
    assert paid[-1].balance == 0


@pytest.mark.parametrize("name", ["bullet-quarterly", "tranches", "sculpted", "equal-instalment"])
def test_the_chart_of_the_schedule_is_whole_and_always_the_same(name: str) -> None:
    results = sheet_of(loan_document(name)).results
    height = loan_charts.schedule_height(results, BOTH, WIDTH)
    first, second = (
        loan_charts.schedule_figure(results, BOTH, width_inch=WIDTH, height_inch=height)
        for _time in range(2)
    )
    assert_unclipped(first)
    assert_same_page(first, second)


def test_the_chart_names_its_series_in_both_languages_and_fees_only_where_there_are_any() -> None:
    def words_of(name: str) -> set[str]:
        results = sheet_of(loan_document(name)).results
        figure = loan_charts.schedule_figure(results, BOTH, width_inch=WIDTH, height_inch=2.0)
        return {text.get_text() for text in figure.findobj(Text)}

    assert {"本金  Principal", "利息  Interest"} <= words_of("equal-instalment")
    assert not any("Fee" in word for word in words_of("equal-instalment"))
    assert any("Fee" in word for word in words_of("tranches"))


def test_the_chart_narrow_as_a_small_window_keeps_its_words_inside() -> None:
    results = sheet_of(loan_document("equal-instalment", term_months=360)).results
    height = loan_charts.schedule_height(results, BOTH, 4.0)
    figure = loan_charts.schedule_figure(results, BOTH, width_inch=4.0, height_inch=height)
    assert_unclipped(figure)
