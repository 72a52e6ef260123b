"""The published loans: figures as reported, what is computed from them, sources by name."""

import pytest

from app.reference.loans import (
    PUBLISHED_KIND_LABELS,
    PublishedKind,
    PublishedLoan,
    load_published_loans,
)
from app.reference.market_data import Verified

LOANS = {loan.loan_id: loan for loan in load_published_loans()}


@pytest.mark.parametrize(
    ("number", "amount"),
    [
        ("L001", 13_000_000),
        ("L002", 18_000_000),
        ("L003", 20_000_000),
        ("L004", 500_000),
        ("L005", 150_000),
        ("L009", 20_000_000),
        ("L021", 3_000_000),
    ],
)
def test_amounts_are_those_of_the_reports(number: str, amount: float) -> None:
    assert LOANS[number].amount_yuan == amount


def test_dongtai_lends_sixteen_times_one_year_of_carbon() -> None:
    dongtai = LOANS["L009"]
    assert dongtai.tonnes is not None
    assert dongtai.price_yuan_t is not None
    value = dongtai.tonnes * dongtai.price_yuan_t
    assert value == pytest.approx(1_250_414)
    assert (dongtai.amount_yuan or 0) / value == pytest.approx(15.995, abs=0.001)


def test_the_only_rate_that_was_disclosed_is_that_of_the_kelp_loan() -> None:
    assert {n: loan.annual_rate for n, loan in LOANS.items() if loan.annual_rate} == {
        "L006": 0.0385
    }


def test_a_ratio_to_expected_income_follows_for_one_loan() -> None:
    wuning = LOANS["L021"]
    assert (wuning.amount_yuan or 0) / 20_000_000 == pytest.approx(0.15)
    assert "15.0%" in wuning.valuation
    assert "15.0%" in wuning.valuation_zh


def test_nothing_recalled_or_rejected_is_shipped() -> None:
    assert {"L020", "L031"}.isdisjoint(LOANS)
    assert {loan.verified for loan in LOANS.values()} == {Verified.YES, Verified.PARTIAL}


@pytest.mark.parametrize("loan", LOANS.values(), ids=LOANS)
def test_each_line_names_its_source_and_stands_in_both_languages(loan: PublishedLoan) -> None:
    assert loan.source
    for name in ("day_text", "lender", "place", "collateral", "valuation", "note", "source"):
        assert bool(loan.text(name, "en")) == bool(loan.text(name, "zh")), name
        assert "http" not in loan.text(name, "en")
        assert "www" not in loan.text(name, "en")


def test_a_day_of_a_month_or_year_is_its_last() -> None:
    assert str(LOANS["L007"].day) == "2022-12-31"
    assert LOANS["L008"].day is None


def test_every_kind_has_its_words() -> None:
    assert set(PUBLISHED_KIND_LABELS) == set(PublishedKind)
    assert {loan.kind for loan in LOANS.values()} == set(PublishedKind)
