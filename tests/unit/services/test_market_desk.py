"""The market book: shipped and own rows, adding, deleting, lines for a case."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from app.finance.case.valuation.evidence import PriceEvidence
from app.finance.fields import specs_by_path
from app.models.database import open_book
from app.reference.market_data import SeriesBasis
from app.services.case_file import CaseRefused, line_problems
from app.services.market_desk import MarketDesk, Target

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
EVIDENCE = specs_by_path(PriceEvidence)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[MarketDesk]:
    book = open_book(tmp_path / "book.db", now=NOW)
    yield MarketDesk(book, lambda: NOW)
    book.close()


def code(caught: pytest.ExceptionInfo[CaseRefused]) -> str:
    return caught.value.problems[0].code


def written(folder: Path, text: str) -> Path:
    path = folder / "file.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_new_book_shows_the_shipped_rows_by_day_and_no_exchange_rates(desk: MarketDesk) -> None:
    found = desk.records()
    assert len(found) >= 40
    assert all(record.shipped for record in found)
    assert [record.day for record in found] == sorted(record.day for record in found)
    assert list(desk.series_names())[:2] == ["CEA", "CCER"]
    assert desk.fx() == []


def test_own_deals_stand_beside_the_shipped_ones_until_deleted(desk: MarketDesk) -> None:
    before = len(desk.records())
    added = desk.add_record(
        day=date(2026, 3, 1), place="北海", ecosystem="mangrove", volume_t=100, total=9000
    )
    assert (added.price, added.price_basis, added.shipped) == (90, "computed", False)
    assert len(desk.records()) == before + 1
    assert desk.record(added.record_id) == added
    assert desk.remove([added.record_id]) == 1
    assert len(desk.records()) == before


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"day": "2026-03-01", "price": -1}, "minimum"),
        ({"day": "2026-03-11", "price": 10}, "in_future"),
        ({"day": "2026-03-01", "price": 10, "method": "gift"}, "not_a_choice"),
        ({"day": "2026-03-01"}, "price_volume_or_total"),
        ({"price": 10}, "missing"),
        ({"day": "2026-03-01", "price": 10, "colour": "blue"}, "unknown_field"),
        ({"day": "2021-06-08", "price": 66, "volume_t": 5880}, "market_repeated"),
    ],
)
def test_a_deal_that_does_not_fit_is_refused(
    desk: MarketDesk, fields: dict[str, Any], expected: str
) -> None:
    with pytest.raises(CaseRefused) as caught:
        desk.add_record(**fields)
    assert code(caught) == expected
    assert all(record.shipped for record in desk.records())


def test_a_shipped_or_unknown_row_is_not_deleted_and_nothing_else_either(
    desk: MarketDesk,
) -> None:
    own = desk.add_record(day="2026-03-01", price=90)
    for number, expected in (
        ("T001", "market_row_shipped"),
        ("S001", "market_row_shipped"),
        ("none", "market_row_unknown"),
    ):
        with pytest.raises(CaseRefused) as caught:
            desk.remove([own.record_id, number])
        assert code(caught) == expected
    assert desk.record(own.record_id) == own


def test_one_rate_a_day_and_currency(desk: MarketDesk) -> None:
    rate = desk.add_fx("usd", date(2026, 3, 6), 7.1, "notice")
    assert (rate.currency, rate.yuan) == ("USD", 7.1)
    with pytest.raises(CaseRefused) as caught:
        desk.add_fx("USD", "2026-03-06", 7.1)
    assert code(caught) == "market_repeated"
    with pytest.raises(CaseRefused) as caught:
        desk.add_fx("USD", "2026-03-06", 7.2)
    assert code(caught) == "market_other_figure"
    for currency, yuan, expected in (
        ("CNY", 1, "yuan_needs_no_rate"),
        ("US", 7, "too_short"),
        ("USD", 0, "above"),
    ):
        with pytest.raises(CaseRefused) as caught:
            desk.add_fx(currency, "2026-03-05", yuan)
        assert code(caught) == expected


def test_a_point_added_by_hand_joins_its_series(desk: MarketDesk) -> None:
    desk.add_point(series="CEA", day="2026-03-09", close=82.5, volume_t=1000)
    last = desk.series("CEA")[-1]
    assert (last.day, last.price, last.shipped) == (date(2026, 3, 9), 82.5, False)


def test_taking_a_preview_stores_its_new_lines_once(desk: MarketDesk, tmp_path: Path) -> None:
    path = written(tmp_path, "日期,收盘价\n2026-03-09,82\n2025-03-07,89.62\n")
    preview = desk.preview(path, "series", name="CEA")
    assert (len(preview.new), len(preview.duplicates)) == (1, 1)
    assert desk.take(preview) == 1
    assert desk.take(preview) == 0
    again = desk.preview(path, Target.SERIES, name="CEA")
    assert (len(again.new), len(again.duplicates)) == (0, 2)
    assert [point.price for point in desk.series("CEA") if not point.shipped] == [82]


def test_repeated_lines_are_stored_when_asked(desk: MarketDesk, tmp_path: Path) -> None:
    path = written(tmp_path, "日期,收盘价\n2025-03-07,89.62\n")
    preview = desk.preview(path, "series", name="CEA")
    assert desk.take(preview, skip_duplicates=False) == 1
    assert len([p for p in desk.series("CEA") if p.day == date(2025, 3, 7)]) == 2


def test_comparables_are_lines_that_a_case_takes(desk: MarketDesk) -> None:
    lines = desk.comparables(desk.records(), "en")
    priced = [record for record in desk.records() if record.price]
    assert len(lines) == len(priced)
    for line in lines:
        assert line_problems(EVIDENCE["comparables"], line) == []
    futian = next(line for line in lines if line["record"] == "T008")
    assert (futian["price"], futian["volume_t"], futian["purpose"]) == (485, 3875, "public_benefit")
    assert futian["source"].startswith("Hong Kong Commercial Daily")
    assert "left_out" not in futian
    sanjiang = next(line for line in lines if line["record"] == "T005")
    assert sanjiang["verified"] is False


def test_comparables_speak_the_language_asked_for(desk: MarketDesk) -> None:
    record = desk.record("T008")
    assert record is not None
    (line,) = desk.comparables([record], "zh")
    assert line["place"] == "深圳福田保护区"
    assert line["source"].startswith("香港商报")


def test_a_second_text_of_a_chosen_deal_and_a_valuation_come_left_out(desk: MarketDesk) -> None:
    lines = {line["record"]: line for line in desk.comparables(desk.records(), "en")}
    assert lines["T022"]["left_out"] == "The same deal as T021, in another text."
    assert "left_out" not in lines["T021"]
    assert lines["T067"]["left_out"] == "A value by an appraisal or a model: nobody paid it."
    second = desk.record("T022")
    assert second is not None
    (alone,) = desk.comparables([second], "en")
    assert "left_out" not in alone


def test_series_points_leave_out_means_of_long_spans_and_take_the_finest_of_a_day(
    desk: MarketDesk,
) -> None:
    lines = desk.series_points("CEA")
    for line in lines:
        assert line_problems(EVIDENCE["series"], line) == []
    prices = {line["day"]: line["price"] for line in lines}
    assert prices["2024-12-31"] == 97.49
    assert prices["2025-07-04"] == 74.40
    assert "2025-12-31" not in prices
    assert len(prices) == len(lines)
    assert [line["day"] for line in desk.series_points("CEA", until=date(2023, 12, 31))] == [
        "2022-01-21",
        "2022-03-15",
        "2023-03-20",
    ]
    assert desk.series_points("CEA expectation") == []
    assert desk.series_points("ACCU") == []
    bases = {point.basis for point in desk.series("CEA")}
    assert SeriesBasis.YEAR_AVERAGE in bases


def test_rates_become_lines_of_a_case_up_to_the_days_asked_for(desk: MarketDesk) -> None:
    for day, yuan in (("2026-01-05", 7.0), ("2026-02-05", 7.1), ("2026-03-05", 7.2)):
        desk.add_fx("USD", day, yuan, "notice")
    desk.add_fx("JPY", "2026-01-05", 0.047)
    lines = desk.fx_lines(["USD"])
    assert [line["yuan"] for line in lines] == [7.0, 7.1, 7.2]
    for line in lines:
        assert line_problems(EVIDENCE["fx"], line) == []
    used = desk.fx_lines(["USD", "JPY"], days=[date(2026, 2, 28), date(2025, 12, 31)])
    assert [(line["currency"], line["yuan"]) for line in used] == [("JPY", 0.047), ("USD", 7.1)]


def test_the_volatility_of_the_shipped_points_is_about_36_percent(desk: MarketDesk) -> None:
    """The sample figure, divisor n - 1, of nine uneven points; the estimate divides by n."""
    found = desk.estimate("CEA", longest_gap_days=400)
    assert found.observations == 8
    assert found.volatility.value * (8 / 7) ** 0.5 == pytest.approx(0.36, abs=0.005)
    assert [notice.code for notice in found.notices] == ["few_observations"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("CEA", "series_gap"), ("CCER", "series_too_short"), ("none", "unknown_series")],
)
def test_a_series_that_cannot_be_estimated_is_refused(
    desk: MarketDesk, name: str, expected: str
) -> None:
    with pytest.raises(CaseRefused) as caught:
        desk.estimate(name)
    assert code(caught) == expected


def test_a_series_in_two_currencies_is_not_estimated(desk: MarketDesk) -> None:
    desk.add_point(series="CEA", day="2026-03-09", close=11.5, currency="USD")
    with pytest.raises(CaseRefused) as caught:
        desk.estimate("CEA")
    assert code(caught) == "series_two_currencies"


def test_two_that_take_the_same_file_at_once_store_its_lines_once(
    desk: MarketDesk, tmp_path: Path
) -> None:
    path = written(tmp_path, "日期,收盘价\n2026-01-05,80\n2026-01-06,81\n")
    first = desk.preview(path, "series", name="own")
    second = desk.preview(path, "series", name="own")
    assert (desk.take(first), desk.take(second)) == (2, 0)
    assert len(desk.series("own")) == 2


@pytest.mark.parametrize(
    ("currency", "day", "expected"),
    [
        ("U5D", "2026-01-05", "currency_code"),
        ("人民币", "2026-01-05", "currency_code"),
        ("USD", "0202-01-05", "date_too_far"),
    ],
)
def test_a_rate_needs_a_currency_code_and_a_day_of_the_calendar(
    desk: MarketDesk, currency: str, day: str, expected: str
) -> None:
    with pytest.raises(CaseRefused) as caught:
        desk.add_fx(currency, day, 7.1)
    assert code(caught) == expected
    assert desk.fx() == []
