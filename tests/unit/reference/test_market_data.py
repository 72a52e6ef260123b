"""The shipped deals and series points: figures as published, marks, sources by name."""

from collections import Counter
from datetime import date
from math import exp, log
from statistics import median

import pytest

from app.reference.market_data import (
    MarketRecord,
    PriceBasis,
    SeriesBasis,
    SeriesObservation,
    Verified,
    load_market_data,
)

DATA = load_market_data()
RECORDS = {record.record_id: record for record in DATA.records}
MARKET_DEALS = ("T001", "T003", "T004", "T005", "T006", "T007", "T008", "T013")


@pytest.mark.parametrize(
    ("number", "volume", "price", "total"),
    [
        ("T001", 5_880, 66, 388_080),
        ("T006", 2_340.1, 106, 248_050.60),
        ("T007", 220, 110, 24_200),
        ("T008", 3_875, 485, 1_879_375),
        ("T014", 10_000, 58.83, 588_300),
        ("T030", 250_000, 27.80, 6_950_000),
        ("T031", 50_000, 29.72, 1_486_000),
        ("T067", 12_504.14, 100, 1_250_414),
    ],
)
def test_totals_are_volume_times_price(
    number: str, volume: float, price: float, total: float
) -> None:
    record = RECORDS[number]
    assert (record.volume_t, record.price, record.total) == (volume, price, total)
    assert volume * price == pytest.approx(total, abs=0.5)


def test_the_eight_market_deals_weigh_84_5_yuan_and_76_8_without_the_forward_right() -> None:
    def weighed(numbers: tuple[str, ...]) -> float:
        found = [RECORDS[number] for number in numbers]
        tonnes = sum(record.volume_t or 0 for record in found)
        return sum((record.price or 0) * (record.volume_t or 0) for record in found) / tonnes

    assert sum(RECORDS[n].volume_t or 0 for n in MARKET_DEALS) == pytest.approx(84_755, abs=1)
    assert weighed(MARKET_DEALS) == pytest.approx(84.5, abs=0.05)
    assert weighed(MARKET_DEALS[:-1]) == pytest.approx(76.8, abs=0.05)


def test_the_mangrove_deals_have_median_100_and_geometric_mean_126() -> None:
    numbers = ("T001", "T005", "T007", "T008", "T013")
    prices = [RECORDS[number].price or 0 for number in numbers]
    assert median(prices) == 100
    assert exp(sum(map(log, prices)) / 5) == pytest.approx(126, abs=0.5)


@pytest.mark.parametrize(("number", "uplift"), [("T006", 3.53), ("T008", 2.65)])
def test_auctions_keep_their_starting_price(number: str, uplift: float) -> None:
    record = RECORDS[number]
    assert record.price is not None
    assert record.start_price is not None
    assert record.price / record.start_price == pytest.approx(uplift, abs=0.005)


def test_prices_that_are_no_stated_figure_are_marked() -> None:
    assert RECORDS["T003"].price_basis is PriceBasis.COMPUTED
    assert RECORDS["T004"].price_basis is PriceBasis.FLOOR
    assert RECORDS["T013"].price_basis is PriceBasis.FLOOR
    assert RECORDS["T023"].price_basis is PriceBasis.MIDPOINT
    assert RECORDS["T068"].price_basis is PriceBasis.MODEL
    without = [record for record in DATA.records if record.price is None]
    assert {record.price_basis for record in without} == {PriceBasis.NOT_DISCLOSED}


def test_court_public_benefit_and_forward_deals_can_be_told_apart() -> None:
    assert (RECORDS["T017"].method, RECORDS["T017"].purpose) == ("court", "judicial")
    assert RECORDS["T008"].purpose == "public_benefit"
    assert RECORDS["T013"].delivery == "forward"
    assert RECORDS["T022"].repeats == "T021"


def test_a_day_of_which_the_month_is_known_is_its_last() -> None:
    assert RECORDS["T011"].day == date(2024, 1, 31)
    assert (RECORDS["T011"].day_precision, RECORDS["T011"].day_text) == ("month", "2024-01")
    assert RECORDS["T038"].day == date(2022, 3, 31)


def test_every_row_has_a_source_by_name_in_both_languages() -> None:
    rows: list[MarketRecord | SeriesObservation] = [*DATA.records, *DATA.observations]
    for row in rows:
        assert row.source, row
        assert row.source_zh, row
        assert row.said("source", "zh") == row.source_zh
        if row.verified is Verified.RECALLED:
            assert row.source.startswith("No publication seen")


def test_places_and_notes_are_said_in_both_languages() -> None:
    for record in DATA.records:
        assert record.place
        assert record.place_zh
        assert bool(record.note) == bool(record.note_zh)
    assert RECORDS["T001"].said("place", "zh") == "广东湛江"
    assert RECORDS["T001"].said("place", "en") == "Zhanjiang, Guangdong"


def test_numbers_are_unique() -> None:
    assert max(Counter(record.record_id for record in DATA.records).values()) == 1
    assert max(Counter(point.observation_id for point in DATA.observations).values()) == 1


def test_means_of_years_and_forecasts_are_no_daily_prices() -> None:
    found = {(p.series, p.day.isoformat(), p.basis): p.price for p in DATA.observations}
    assert found[("CEA", "2024-12-31", SeriesBasis.CLOSE)] == 97.49
    assert found[("CEA", "2024-12-31", SeriesBasis.YEAR_AVERAGE)] == 95.84
    assert found[("CCER", "2025-03-06", SeriesBasis.PERIOD_AVERAGE)] == 63.51
    assert found[("CEA expectation", "2025-12-31", SeriesBasis.EXPECTATION)] == 98.17


def test_prices_by_turnover_are_turnover_over_volume() -> None:
    by_turnover = [
        point
        for point in DATA.observations
        if point.total and point.volume_t and point.basis is not SeriesBasis.CLOSE
    ]
    assert len(by_turnover) >= 10
    for point in by_turnover:
        assert point.total is not None
        assert point.volume_t is not None
        assert point.total / point.volume_t == pytest.approx(point.price, rel=2e-3), point


def test_lows_and_highs_hold_their_price() -> None:
    for point in DATA.observations:
        assert point.low is None or point.low <= point.price
        assert point.high is None or point.price <= point.high
