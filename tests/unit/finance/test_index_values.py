"""From readings of stations to index values of events within the season."""

from dataclasses import replace
from datetime import date

import pytest

from app.finance.case.cover.index_inputs import IndexCover, StationRule
from app.finance.case.cover.index_tables import Counting, Direction, TriggerLine
from app.finance.case.index_terms import season_end_in, season_start_in, season_year
from app.finance.insurance.index_events import index_events, season_values
from app.finance.insurance.index_values import counted_spells
from tests.unit.finance.index_covers import bands, cover, linear, reading, trigger

HEAT = ("2024-07-30", "2024-07-31", "2024-08-01", "2024-08-02", "2024-08-04")


def found(index: IndexCover) -> list[tuple[int, dict[str, float]]]:
    counted = [counted_spells(index, one) for one in index.triggers]
    return [(event.season, dict(event.values)) for event in index_events(index, counted)]


def best(index: IndexCover, line: TriggerLine | None = None) -> dict[int, float]:
    line = line or index.triggers[0]
    return season_values(line, counted_spells(index, line))


def test_a_season_counts_from_its_first_to_its_last_day() -> None:
    index = cover()
    assert season_year(index, date(1990, 4, 1)) == season_year(index, date(1990, 12, 31)) == 1990
    assert season_year(index, date(1990, 3, 31)) is None
    assert season_year(index, date(1991, 1, 1)) is None


def test_a_season_over_the_new_year_belongs_to_the_year_it_starts_in() -> None:
    index = cover(season_start=date(2025, 11, 15), season_end=date(2026, 3, 31))
    assert season_year(index, date(2009, 11, 15)) == season_year(index, date(2010, 3, 31)) == 2009
    assert season_year(index, date(2010, 4, 1)) is None
    assert season_start_in(index, 2009) == date(2009, 11, 15)
    assert season_end_in(index, 2009) == date(2010, 3, 31)


def test_a_season_of_the_29th_of_february_is_moved_in_common_years() -> None:
    index = cover(season_start=date(2024, 2, 29), season_end=date(2024, 10, 1))
    assert season_year(index, date(2023, 2, 28)) is None
    assert season_year(index, date(2023, 3, 1)) == 2023
    assert season_start_in(index, 2023) == date(2023, 3, 1)
    until = cover(season_start=date(2023, 5, 1), season_end=date(2024, 2, 29))
    assert season_end_in(until, 2022) == date(2023, 2, 28)


def test_readings_outside_the_season_do_not_count() -> None:
    index = cover(readings=(reading("2024-03-31", 14), reading("2024-04-01", 11)))
    assert found(index) == [(2024, {"wind": 11})]


def test_days_in_a_row_are_one_event_and_a_day_between_makes_two() -> None:
    row = cover(readings=(reading("2024-08-01", 11), reading("2024-08-02", 13)))
    assert found(row) == [(2024, {"wind": 13})]
    apart = cover(readings=(reading("2024-08-01", 11), reading("2024-08-03", 13)))
    assert found(apart) == [(2024, {"wind": 11}), (2024, {"wind": 13})]


def test_a_day_short_of_the_trigger_parts_two_events() -> None:
    days = (reading("2024-08-01", 11), reading("2024-08-02", 9), reading("2024-08-03", 12))
    assert found(cover(readings=days)) == [(2024, {"wind": 11}), (2024, {"wind": 12})]


def test_readings_with_one_name_are_one_event_whatever_their_days() -> None:
    days = (
        reading("2024-07-25", 10, event="Gaemi"),
        reading("2024-07-28", 12, event="Gaemi"),
        reading("2024-07-29", 11, event="other"),
    )
    assert found(cover(readings=days)) == [(2024, {"wind": 12}), (2024, {"wind": 11})]


@pytest.mark.parametrize(
    ("rule", "value"),
    [(StationRule.HIGHEST, 14), (StationRule.MEAN, 12), (StationRule.FIRST, 10)],
)
@pytest.mark.parametrize("event", ["", "Gaemi"])
def test_several_stations_are_taken_together_by_the_rule(
    rule: StationRule, value: float, event: str
) -> None:
    days = tuple(
        reading("2024-07-25", one, station, event) for station, one in (("A", 10), ("B", 14))
    )
    assert found(cover(readings=days, stations=rule)) == [(2024, {"wind": value})]


def test_the_first_station_that_has_a_reading_stands_in_for_the_one_before() -> None:
    days = (reading("2024-07-20", 8, "A"), reading("2024-07-25", 12, "B"))
    assert found(cover(readings=days, stations=StationRule.FIRST)) == [(2024, {"wind": 12})]


def test_two_days_of_rain_add_up_and_overlapping_windows_are_one_event() -> None:
    rain = trigger(counting=Counting.WINDOW_SUM, window_days=2)
    days = (
        reading("2024-08-01", 33.3),
        reading("2024-08-02", 66.7),
        reading("2024-08-03", 40.0),
        reading("2024-08-20", 99.0),
    )
    index = cover(triggers=(rain,), bands=bands({100: 0.2, 150: 0.5}), readings=days)
    assert found(index) == [(2024, {"wind": 106.7})]
    assert best(index) == {2024: 106.7}


def test_tenths_that_add_up_to_the_trigger_reach_it() -> None:
    rain = trigger(counting=Counting.WINDOW_SUM, window_days=3)
    days = tuple(reading(f"2024-08-0{day}", mm) for day, mm in ((1, 33.4), (2, 33.3), (3, 33.3)))
    index = cover(triggers=(rain,), bands=bands({100: 0.2}), readings=days)
    assert sum((33.4, 33.3, 33.3)) < 100
    assert found(index) == [(2024, {"wind": 100.0})]


def test_little_sun_needs_a_reading_on_each_day_of_the_window() -> None:
    sun = trigger(counting=Counting.WINDOW_SUM, window_days=3, direction=Direction.BELOW)
    days = (reading("2024-08-01", 1), reading("2024-08-02", 2), reading("2024-08-04", 0))
    index = cover(triggers=(sun,), bands=bands({9: 0.2, 4: 0.5}), readings=days)
    assert found(index) == []
    whole = replace(index, readings=(*days, reading("2024-08-03", 1)))
    assert found(whole) == [(2024, {"wind": 3})]


def test_the_heat_clause_of_fujian_counts_the_days_of_a_run_of_three() -> None:
    heat = trigger(counting=Counting.RUN_DAYS, threshold=35, window_days=3)
    days = tuple(reading(day, value) for day, value in zip(HEAT, (35, 36, 35, 37, 38), strict=True))
    index = cover(triggers=(heat,), bands=bands({3: 0.1, 4: 0.2}), readings=days)
    assert found(index) == [(2024, {"wind": 4})]
    assert found(replace(index, readings=(*days[:2], reading("2024-08-01", 34.9)))) == []


def test_cold_days_are_counted_below_the_threshold_and_more_of_them_pay_more() -> None:
    cold = trigger(counting=Counting.DAYS, threshold=10, direction=Direction.BELOW)
    days = tuple(reading(day, value) for day, value in zip(HEAT, (10, 9, 11, 8, 12), strict=True))
    index = cover(triggers=(cold,), bands=bands({3: 0.3}), readings=days)
    assert found(index) == [(2024, {"wind": 3})]


def test_effective_heat_adds_up_over_the_season() -> None:
    heat = linear(3, 10, counting=Counting.EXCESS_SUM, threshold=35)
    days = tuple(
        reading(day, value) for day, value in zip(HEAT, (35.5, 36, 34, 37, 35), strict=True)
    )
    index = cover(triggers=(heat,), bands=(), readings=days)
    assert found(index) == [(2024, {"wind": 3.5})]


def test_triggers_that_touch_are_one_event() -> None:
    gust = trigger(name="gust")
    rain = trigger(name="rain", counting=Counting.WINDOW_SUM, window_days=1)
    index = cover(
        triggers=(gust, rain),
        bands=(*bands({20.8: 0.5}, "gust"), *bands({50: 0.3}, "rain")),
        readings=(
            reading("2018-07-10", 22, of="gust"),
            reading("2018-07-11", 80, of="rain"),
            reading("2018-07-20", 60, of="rain"),
        ),
    )
    assert found(index) == [(2018, {"gust": 22, "rain": 80}), (2018, {"rain": 60})]


def test_the_index_value_of_a_season_is_the_most_paying_one() -> None:
    days = (reading("2024-08-01", 8), reading("2024-09-01", 6), reading("2023-05-01", 9))
    assert best(cover(readings=days)) == {2024: 8, 2023: 9}
    cold = trigger(direction=Direction.BELOW)
    assert best(cover(triggers=(cold,), readings=days), cold) == {2024: 6, 2023: 9}
