"""The price of a case against the deals of the market book."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import pytest

from app.finance.case.case import Case, CaseFile
from app.i18n import translator
from app.models.database import open_book
from app.reference.market_data import MarketData
from app.services import case_file
from app.services.case_file import CaseRefused
from app.services.market_check import check_text
from app.services.market_desk import MarketDesk

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
PRICES = (80.0, 90.0, 95.0, 110.0, 130.0)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[MarketDesk]:
    """A market book without shipped rows."""
    book = open_book(tmp_path / "book.db", now=NOW)
    yield MarketDesk(book, lambda: NOW, MarketData((), ()))
    book.close()


@pytest.fixture
def case(document: dict[str, Any]) -> Case:
    """A case valued on 2025-03-31 at 100 yuan/t."""
    return case_file.validate(case_file.migrate(document)).case


def priced(case: Case, price: float) -> Case:
    assert case.appraisal is not None
    return replace(case, appraisal=replace(case.appraisal, price_yuan_t=price))


def with_deals(desk: MarketDesk, ecosystem: str, *prices: float, **tags: Any) -> None:
    for number, price in enumerate(prices, start=1):
        row = {"day": date(2025, 1, number), "place": f"P{number}", "ecosystem": ecosystem}
        desk.add_record(**row, price=price, **tags)


def test_the_band_is_that_of_the_log_prices_of_the_same_ecosystem(
    desk: MarketDesk, case: Case
) -> None:
    own = case.project.ecosystem.value
    with_deals(desk, own, *PRICES)
    with_deals(desk, "phytoplankton", *(1000 + price for price in PRICES))
    logs = np.log(PRICES)
    # 3.5 on either side: Iglewicz and Hoaglin (1993); 1.206 for five: Croux and Rousseeuw (1992)
    reach = 3.5 * 1.4826 * 1.206 * median(abs(logs - median(logs)))
    found = desk.price_check(case)
    assert (found.verdict, found.count, found.of_class) == ("inside", 5, "ecosystem_purpose")
    assert (found.day, found.price_yuan_t) == (date(2025, 3, 31), 100)
    low, high = np.exp(median(logs) - reach), np.exp(median(logs) + reach)
    assert (found.low, found.high) == pytest.approx((low, high), rel=1e-4)
    said = check_text(found, translator("en"))
    assert said == (
        "The price of 2025-03-31, 100.00 yuan/t, lies inside the band of 5 deals of the same "
        f"ecosystem and purpose known by then, {low:.2f} to {high:.2f} yuan/t."
    )


@pytest.mark.parametrize(("price", "verdict"), [(4000, "above"), (0.5, "below"), (0, "below")])
def test_a_price_outside_says_on_which_side(
    desk: MarketDesk, case: Case, price: float, verdict: str
) -> None:
    with_deals(desk, case.project.ecosystem.value, *PRICES)
    found = desk.price_check(priced(case, price))
    assert found.verdict == verdict
    said = check_text(found, translator("en"))
    assert f"lies outside: {verdict} the band of 5 deals" in said


def test_deals_after_the_valuation_date_are_not_known_and_those_of_the_day_are(
    desk: MarketDesk, case: Case
) -> None:
    own = case.project.ecosystem.value
    with_deals(desk, own, *PRICES[:4])
    desk.add_record(day="2025-04-01", place="later", ecosystem=own, price=100.0)
    few = desk.price_check(case)
    assert (few.verdict, few.count, few.low, few.of_class) == ("too_few", 4, None, "")
    assert "it takes 5 deals, and the number known by then is 4." in check_text(
        few, translator("en")
    )
    desk.add_record(day="2025-03-31", place="same day", ecosystem=own, price=100.0)
    assert (desk.price_check(case).verdict, desk.price_check(case).count) == ("inside", 5)


def test_court_purchases_are_no_deals_of_the_class_of_a_case(desk: MarketDesk, case: Case) -> None:
    own = case.project.ecosystem.value
    with_deals(desk, own, *PRICES)
    with_deals(desk, own, *(900 + price for price in PRICES), method="court", purpose="judicial")
    found = desk.price_check(case)
    assert (found.count, found.of_class) == (5, "ecosystem_purpose")


def test_the_price_that_the_evidence_concludes_is_checked(desk: MarketDesk, case: Case) -> None:
    assert case.appraisal is not None
    with_deals(desk, case.project.ecosystem.value, *PRICES)
    document = {
        "comparables": [
            {"day": f"2025-02-0{number}", "price": price, "place": f"Q{number}"}
            for number, price in enumerate((70, 71, 72, 73, 74), start=1)
        ]
    }
    path = "appraisal.evidence"
    drafted = case_file.migrate(_with(case_document(case), path, document))
    found = desk.price_check(case_file.validate(drafted).case)
    assert found.price_yuan_t == pytest.approx(72)


def case_document(case: Case) -> dict[str, Any]:
    return dict(case_file.to_document(CaseFile(case)))


def _with(document: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    first, _, last = path.partition(".")
    section = {**document[first], last: value, "price_basis": "evidence"}
    return {**document, first: section}


def test_a_case_without_price_or_appraisal_is_refused(desk: MarketDesk, case: Case) -> None:
    with pytest.raises(CaseRefused) as caught:
        desk.price_check(replace(case, appraisal=None))
    assert [(p.path, p.code) for p in caught.value.problems] == [("appraisal", "missing")]
