"""Station series and bulletins of red tides: reading, extremes, what is refused."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from app.finance.case.cover.index_tables import Measure
from app.finance.case.problems import Problem
from app.services.case_file import CaseRefused
from app.services.hazard_red_tides import read_red_tides
from app.services.hazard_station_report import analyse_file, analyse_red_tides, analyse_station
from app.services.hazard_stations import read_stations
from tests.hazard_files import HAZARD_FILES

STATION = HAZARD_FILES / "station_gb18030.csv"
TIDES = HAZARD_FILES / "red_tides.csv"


def refusal(path: Path) -> Problem:
    with pytest.raises(CaseRefused) as refused:
        read_stations(path)
    (problem,) = refused.value.problems
    return problem


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "station.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_chinese_file_is_read_with_its_units_and_its_ways_to_miss_a_value() -> None:
    found = read_stations(STATION)
    assert found.stations == ("58847", "58848")
    wind = found.readings[Measure.WIND_SPEED]
    assert wind[[0, 2]] == pytest.approx([12.5, 8.0])
    assert np.isnan(wind[1])
    assert found.readings[Measure.RAIN][:2].tolist() == [0, 12.5]
    assert np.isnan(found.readings[Measure.RAIN][2])
    assert [str(day) for day in found.days] == ["2020-07-01", "2020-07-02", "2020-07-01"]
    assert found.unmatched == ("备注",)
    days, values = found.series("58847", Measure.GUST)
    assert (len(days), values.tolist()) == (1, [20.1])


def test_english_headings_and_days_in_three_columns_are_read(tmp_path: Path) -> None:
    text = "Year;Month;Day;Gust (km/h);Sea temperature (°C)\n2021;7;3;72;28.4\n"
    found = read_stations(written(tmp_path, text))
    assert str(found.days[0]) == "2021-07-03"
    assert found.readings[Measure.GUST][0] == pytest.approx(20.0)
    assert found.stations == ("",)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("date,wind\n2020-01-01,x\n", "hazard_not_number", "2"),
        ("date,wind\n2020-01-01,3\n2020-13-01,4\n", "hazard_not_day", "3"),
        ("date,wind\n2020-01-01,3\n\n2020-01-02,500\n", "hazard_out_of_range", "4"),
        ("date,wind\n2020-01-01,3\n2020-01-01,4\n", "hazard_day_twice", "3"),
    ],
)
def test_a_bad_cell_is_named_by_its_line(tmp_path: Path, text: str, code: str, line: str) -> None:
    problem = refusal(written(tmp_path, text))
    assert (problem.code, problem.facts["line"]) == (code, line)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a,b\n1,2\n", "no_column_matched"),
        ("date,station\n2020-01-01,x\n", "hazard_no_column"),
        ("wind,station\n3,x\n", "hazard_no_column"),
        ("date,wind (furlong)\n2020-01-01,3\n", "unknown_unit"),
        ("date,wind\n", "empty_table"),
        ("PK\x03\x04", "hazard_not_text"),
    ],
)
def test_a_file_that_is_no_series_is_refused(tmp_path: Path, text: str, code: str) -> None:
    assert refusal(written(tmp_path, text)).code == code


def daily(tmp_path: Path, years: int, measure: str = "gust") -> Path:
    days = pd.date_range("1990-01-01", f"{1989 + years}-12-31")
    rng = np.random.default_rng(6)
    frame = pd.DataFrame({"date": days.strftime("%Y-%m-%d"), "station": "S"})
    frame[measure] = rng.gumbel(10.0, 2.0, len(days)).round(1).clip(0.0)
    frame = frame[frame["date"].str[:4] != "1993"]
    path = tmp_path / "daily.csv"
    frame.to_csv(path, index=False)
    return path


def test_extremes_of_whole_years_are_fitted_and_years_with_gaps_told(tmp_path: Path) -> None:
    file = read_stations(daily(tmp_path, 14))
    found = analyse_station(file, "S", Measure.GUST, 22.0)
    assert len(found.years) == 13
    assert found.years_left_out == (1993,)
    assert found.gev is not None
    assert found.extremes[0] == max(
        value
        for day, value in zip(*file.series("S", Measure.GUST), strict=True)
        if str(day) < "1991"
    )
    assert [one.years for one in found.levels] == [2, 5, 10, 20, 50, 100]
    assert found.study is not None
    assert len(found.study.years) == 13


def test_days_close_together_are_one_event_with_its_highest_reading(tmp_path: Path) -> None:
    days = pd.date_range("2000-01-01", "2000-12-31").strftime("%Y-%m-%d")
    winds = np.full(len(days), 5.0)
    winds[[10, 11, 13, 30]] = [20.0, 25.0, 22.0, 21.0]
    path = tmp_path / "x.csv"
    pd.DataFrame({"date": days, "wind": winds}).to_csv(path, index=False)
    found = analyse_station(read_stations(path), "", Measure.WIND_SPEED, 18.0)
    assert found.study is not None
    assert found.study.counts == (2,)
    assert found.study.maxima == (25.0,)
    assert found.gev is None
    assert found.gev_refused is not None
    assert found.gev_refused.code == "hazard_few_maxima"


def test_of_a_lowest_temperature_the_lowest_of_the_year_is_the_extreme(tmp_path: Path) -> None:
    found = analyse_station(
        read_stations(daily(tmp_path, 12, "tmin")), "S", Measure.AIR_TEMPERATURE_MIN
    )
    assert found.levels[-1].level < found.levels[0].level < 10.0
    assert found.levels[0].low <= found.levels[0].level <= found.levels[0].high
    assert max(found.extremes) < 10.0


def test_an_unknown_station_or_measure_is_refused() -> None:
    file = read_stations(STATION)
    for station, measure, code in (
        ("x", "gust", "hazard_unknown_station"),
        ("58847", "x", "hazard_no_readings"),
        ("58847", "wave_height", "hazard_no_readings"),
    ):
        with pytest.raises(CaseRefused) as refused:
            analyse_file(file, station, measure)
        assert refused.value.problems[0].code == code
    assert len(analyse_file(file)) == 9


def test_bulletins_of_red_tides_are_read_in_the_order_of_their_days() -> None:
    found = read_red_tides(TIDES).tides
    assert [tide.place for tide in found] == ["Lianjiang", "Xiapu", "Pingtan"]
    assert (found[0].area_km2, found[0].toxic, found[0].last) == (120.0, False, date(2019, 5, 14))
    assert (found[2].area_km2, found[2].toxic) == (None, None)


def test_years_without_a_bulletin_are_years_without_a_red_tide() -> None:
    found = analyse_red_tides(read_red_tides(TIDES), first_year=2018)
    assert found.study.years == (2018, 2019, 2020, 2021)
    assert found.study.counts == (0, 2, 0, 1)
    assert (found.tides, found.toxic, found.without_area) == (3, 1, 1)
    assert found.mean_days == pytest.approx(3.0)
    large = analyse_red_tides(read_red_tides(TIDES), 100.0)
    assert sum(large.study.counts) == 1


def test_a_red_tide_that_ends_before_it_begins_is_refused(tmp_path: Path) -> None:
    text = "发现时间,消失时间,面积(公顷),是否有毒\n2020-05-02,2020-05-01,300,有毒\n"
    path = tmp_path / "x.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CaseRefused) as refused:
        read_red_tides(path)
    assert refused.value.problems[0].code == "hazard_ends_before"
    path.write_text(text.replace("05-01", "05-03"), encoding="utf-8")
    (tide,) = read_red_tides(path).tides
    assert (tide.area_km2, tide.toxic) == (3.0, True)
