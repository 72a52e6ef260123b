"""Exchange files: headings, units, prices by turnover, duplicates, refused lines."""

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.i18n import translator
from app.messages import notice_text
from app.reference.market_data import (
    FxRate,
    MarketRecord,
    SeriesBasis,
    SeriesObservation,
    load_market_data,
)
from app.services.case_file import CaseRefused
from app.services.import_market import MarketPreview, column_label, preview_market, refused_text
from app.services.market_cells import day_read, split_heading, unit_in
from app.services.market_lines import Target
from app.services.market_rows import Entry

TODAY = date(2026, 3, 10)
SHIPPED = load_market_data()


def read(
    folder: Path,
    text: str,
    target: Target,
    *,
    known: tuple[Entry, ...] = (),
    encoding: str = "utf-8",
    **options: Any,
) -> MarketPreview:
    path = folder / "file.csv"
    path.write_bytes(text.encode(encoding))
    return preview_market(path, target, known, today=TODAY, **options)


def series(folder: Path, text: str, **options: Any) -> list[SeriesObservation]:
    options.setdefault("same", {"series": "CEA"})
    preview = read(folder, text, Target.SERIES, **options)
    assert preview.refused == ()
    found = [line.entry for line in preview.new]
    assert all(isinstance(entry, SeriesObservation) for entry in found)
    return [entry for entry in found if isinstance(entry, SeriesObservation)]


def records(folder: Path, text: str, **options: Any) -> list[MarketRecord]:
    preview = read(folder, text, Target.RECORDS, **options)
    assert preview.refused == ()
    return [line.entry for line in preview.new if isinstance(line.entry, MarketRecord)]


def codes(preview: MarketPreview) -> list[tuple[int, str, str]]:
    return [
        (entry.line, entry.problem.path.rpartition(".")[2], entry.problem.code)
        for entry in preview.refused
    ]


BULLETIN = (
    "全国碳市场每日综合价格行情\n"
    "日期,开盘价(元/吨),最高价(元/吨),最低价(元/吨),收盘价(元/吨),涨跌幅,"
    "挂牌协议成交量(吨),挂牌协议成交额(元),大宗协议成交量(吨),大宗协议成交额(元),累计成交量(吨)\n"
    "2026-03-05,81.00,82.00,80.50,81.20,0.25%,10000,812000,40000,3160000,900000000\n"
    '2026年3月6日,81.00,83.20,80.90,83.00,2.22%,"20,000","1,640,000",-,-,900070000\n'
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_daily_bulletin_is_understood_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    first, second = series(tmp_path, BULLETIN, encoding=encoding)
    assert (first.day, first.price, first.low, first.high) == (date(2026, 3, 5), 81.2, 80.5, 82.0)
    assert first.basis is SeriesBasis.CLOSE
    assert (first.volume_t, first.total) == (50_000, 3_972_000)
    assert (second.day, second.volume_t, second.total) == (date(2026, 3, 6), 20_000, 1_640_000)


def test_what_no_column_was_taken_from_is_told(tmp_path: Path) -> None:
    preview = read(tmp_path, BULLETIN, Target.SERIES, same={"series": "CEA"})
    assert preview.unmatched == ("开盘价(元/吨)", "涨跌幅", "累计成交量(吨)")
    assert preview.columns["close"] == "收盘价(元/吨)"
    assert preview.columns["listing_volume_t"] == "挂牌协议成交量(吨)"


def test_headings_of_two_lines_are_joined(tmp_path: Path) -> None:
    text = (
        "日期,挂牌协议交易,,大宗协议交易,,收盘价\n"
        ",成交量,成交额,成交量,成交额,\n"
        "2026-03-05,100,8200,300,24000,82\n"
    )
    (point,) = series(tmp_path, text)
    assert (point.price, point.volume_t, point.total) == (82, 400, 32_200)


def test_a_workbook_with_merged_headings_and_dates_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["交易日期", "挂牌协议", None, "成交均价（元/吨）"])
    sheet.append([None, "成交量", "成交额", None])
    sheet.append([date(2026, 3, 5), 100, 8200, 82])
    sheet.merge_cells("B1:C1")
    path = tmp_path / "file.xlsx"
    book.save(path)
    preview = preview_market(path, Target.SERIES, (), today=TODAY, same={"series": "CEA"})
    (line,) = preview.new
    assert isinstance(line.entry, SeriesObservation)
    assert (line.entry.price, line.entry.basis) == (82, SeriesBasis.DAY_AVERAGE)
    assert line.entry.volume_t == 100
    assert preview.sheets == (preview.sheet,)


def test_without_a_price_turnover_over_volume_is_taken(tmp_path: Path) -> None:
    (point,) = series(tmp_path, "日期,成交量(万吨),成交额(亿元)\n2025-12-31,884.41,6.26\n")
    assert point.basis is SeriesBasis.TURNOVER
    assert point.price == pytest.approx(70.78, abs=0.005)
    assert point.volume_t == pytest.approx(8_844_100)


def test_a_unit_above_the_headings_counts(tmp_path: Path) -> None:
    (point,) = series(tmp_path, "单位：万吨、万元\n日期,成交量,成交额\n2026-03-05,5,400\n")
    assert (point.volume_t, point.total, point.price) == (50_000, 4_000_000, 80)


def test_the_close_counts_before_the_average(tmp_path: Path) -> None:
    (point,) = series(tmp_path, "日期,成交均价,收盘价\n2026-03-05,80,81\n")
    assert (point.price, point.basis) == (81, SeriesBasis.CLOSE)
    (point,) = series(
        tmp_path, "日期,成交均价,收盘价\n2026-03-05,80,81\n", columns={"price": "成交均价"}
    )
    assert point.price == 80


def test_english_headings_and_a_currency_in_the_heading_are_understood(tmp_path: Path) -> None:
    text = "Date,Instrument,Close (USD/t),Volume (t)\n2026-03-05,ARR,21.3,1000\n"
    (point,) = series(tmp_path, text, same={})
    assert (point.series, point.price, point.currency) == ("ARR", 21.3, "USD")


def test_two_currencies_in_the_headings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseRefused) as caught:
        series(tmp_path, "Date,Close (USD/t),Turnover (CNY)\n2026-03-05,21.3,1000\n")
    assert caught.value.problems[0].code == "two_currencies_in_headings"


def test_a_price_by_the_kilogram_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseRefused) as caught:
        series(tmp_path, "日期,收盘价(元/千克)\n2026-03-05,0.08\n")
    assert caught.value.problems[0].code == "unknown_unit"


@pytest.mark.parametrize(
    ("line", "column", "code"),
    [
        ("2026-03-05,0,0,0,0", "close", "zero_price"),
        ("2026-03-05,,,,", "price", "no_price_no_turnover"),
        ("2026-03-05,85,84,80,10", "close", "outside_range"),
        ("2026-03-05,85,80,90,10", "close", "outside_range"),
        ("2026-03-11,80,81,79,10", "day", "in_future"),
        ("2026-02-30,80,81,79,10", "day", "not_a_date"),
        ("2026-03-05,8o,81,79,10", "close", "not_a_number"),
        ("2026-03-05,-80,81,79,10", "close", "minimum"),
    ],
)
def test_what_cannot_be_is_refused_by_line_and_column(
    tmp_path: Path, line: str, column: str, code: str
) -> None:
    text = f"日期,收盘价,最高价,最低价,成交量\n2026-03-04,80,81,79,10\n{line}\n"
    preview = read(tmp_path, text, Target.SERIES, same={"series": "CEA"})
    assert codes(preview) == [(3, column, code)]
    assert len(preview.new) == 1
    said = refused_text(preview.refused[0], translator("en"))
    assert said.column == column_label(f"market.series.0.{column}", translator("en"))
    assert said.expected


def test_a_series_needs_a_name(tmp_path: Path) -> None:
    preview = read(tmp_path, "日期,收盘价\n2026-03-05,80\n", Target.SERIES)
    assert codes(preview) == [(2, "series", "series_needs_name")]


def test_repeated_days_are_found_in_book_and_file(tmp_path: Path) -> None:
    text = "日期,收盘价\n2025-03-07,89.62\n2026-03-04,80\n2026-03-04,80\n2024-12-31,95\n"
    preview = read(
        tmp_path, text, Target.SERIES, known=SHIPPED.observations, same={"series": "CEA"}
    )
    assert [line.line for line in preview.new] == [3]
    first, second, third = preview.duplicates
    assert isinstance(first.repeats, SeriesObservation)
    assert (first.line, first.repeats.observation_id, first.differs) == (2, "S007", False)
    assert (second.line, second.repeats_line, second.differs) == (4, 3, False)
    assert (third.line, third.differs) == (5, True)
    (remark,) = preview.remarks
    assert remark.code == "market_repeat_differs"
    assert remark.facts == {"count": 1, "lines": "5"}


def test_the_mean_of_a_year_is_not_repeated_by_the_last_close_of_it(tmp_path: Path) -> None:
    mean = tuple(p for p in SHIPPED.observations if p.basis is SeriesBasis.YEAR_AVERAGE)
    text = "日期,收盘价\n2024-12-31,97.49\n"
    preview = read(tmp_path, text, Target.SERIES, known=mean, same={"series": "CEA"})
    assert len(preview.new) == 1


def test_a_gap_in_a_series_is_told_with_its_days(tmp_path: Path) -> None:
    text = "日期,收盘价\n2026-03-05,80\n2026-01-05,80\n2026-01-06,80\n"
    preview = read(tmp_path, text, Target.SERIES, same={"series": "CEA"})
    (remark,) = preview.remarks
    assert notice_text(remark, translator("en")) == (
        "CEA has no price for 58 days, from 2026-01-06 to 2026-03-05."
    )


def test_deals_are_read_with_their_tags(tmp_path: Path) -> None:
    text = (
        "成交日期,项目名称,地区,蓝碳类型,交易机构,交易方式,用途,成交量(吨),成交单价(元/吨),"
        "成交金额(万元),备注\n"
        "2026-01,红树林一号,广西北海,红树林,北部湾产权交易所,单向竞价,碳中和,500,120,6,首单\n"
        "2026-02-03,贝藻二号,福建连江,贝藻类,海峡资源环境交易中心,挂牌协议,司法,300,,2.4,\n"
    )
    first, second = records(tmp_path, text)
    assert (first.day, first.day_text, first.day_precision) == (
        date(2026, 1, 31),
        "2026-01",
        "month",
    )
    assert (first.ecosystem, first.method, first.purpose) == ("mangrove", "auction", "voluntary")
    assert (first.volume_t, first.price, first.total) == (500, 120, 60_000)
    assert (first.place, first.market, first.note) == ("广西北海", "北部湾产权交易所", "首单")
    assert (second.ecosystem, second.method, second.purpose) == ("mixed", "listing", "judicial")
    assert (second.price, second.price_basis) == (80, "computed")


def test_a_deal_repeats_another_of_its_day_place_volume_and_price(tmp_path: Path) -> None:
    text = (
        "日期,地点,成交量,单价\n2023-09-26,深圳福田保护区,3875,485\n2023-09-26,上海,3875,485\n"
        "2023-09-26,深圳福田保护区,3875,486\n"
    )
    preview = read(tmp_path, text, Target.RECORDS, known=SHIPPED.records)
    (double,) = preview.duplicates
    assert isinstance(double.repeats, MarketRecord)
    assert (double.line, double.repeats.record_id) == (2, "T008")
    assert [line.line for line in preview.new] == [3, 4]


def test_a_total_that_is_not_price_times_volume_is_told(tmp_path: Path) -> None:
    text = "日期,成交量,单价,总价\n2026-01-05,100,80,9000\n2026-01-06,100,80,8010\n"
    preview = read(tmp_path, text, Target.RECORDS)
    (remark,) = preview.remarks
    assert (remark.code, remark.facts["lines"]) == ("market_total_differs", "2")
    assert len(preview.new) == 2


def test_a_deal_without_figures_is_refused(tmp_path: Path) -> None:
    preview = read(tmp_path, "日期,地点,单价\n2026-01-05,北海,\n", Target.RECORDS)
    assert codes(preview) == [(2, "price", "price_volume_or_total")]


def test_exchange_rates_for_a_hundred_units_become_those_for_one(tmp_path: Path) -> None:
    text = "日期,货币名称,外币单位,中间价\n2026-03-06,美元,100,710.5\n2026-03-06,JPY,100,4.75\n"
    preview = read(tmp_path, text, Target.FX)
    assert [line.entry for line in preview.new] == [
        FxRate("", "USD", date(2026, 3, 6), 7.105),
        FxRate("", "JPY", date(2026, 3, 6), 0.0475),
    ]


def test_yuan_have_no_rate(tmp_path: Path) -> None:
    preview = read(tmp_path, "日期,币种,汇率\n2026-03-06,人民币,1\n", Target.FX)
    assert codes(preview) == [(2, "currency", "yuan_needs_no_rate")]


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        ("colour,shape\nblue,round\n", {}, "no_column_matched"),
        ("日期,收盘价\n", {}, "empty_table"),
        ("日期,收盘价\n2026-01-05,1\n", {"columns": {"colour": "收盘价"}}, "not_a_column"),
        ("日期,收盘价\n2026-01-05,1\n", {"columns": {"price": "结算价"}}, "not_a_heading"),
        ("日期,收盘价\n2026-01-05,1\n", {"same": {"colour": "blue"}}, "not_a_column"),
    ],
)
def test_a_file_that_is_not_understood_is_refused_as_a_whole(
    tmp_path: Path, text: str, options: dict[str, Any], code: str
) -> None:
    with pytest.raises(CaseRefused) as caught:
        read(tmp_path, text, Target.SERIES, **options)
    assert caught.value.problems[0].code == code


def test_files_longer_than_a_case_table_are_read(tmp_path: Path) -> None:
    lines = [f"{day},{80 + day % 7},S{day % 3}" for day in range(6_000)]
    start = date(2000, 1, 1).toordinal()
    dated = [
        f"{date.fromordinal(start + int(line.split(',')[0])).isoformat()},{line.partition(',')[2]}"
        for line in lines
    ]
    preview = read(tmp_path, "日期,收盘价,品种\n" + "\n".join(dated) + "\n", Target.SERIES)
    assert (len(preview.new), preview.refused) == (6_000, ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-05", ("2026-03-05", "day")),
        ("2026/3/5", ("2026-03-05", "day")),
        ("20260305", ("2026-03-05", "day")),
        ("2026年3月5日", ("2026-03-05", "day")),
        ("2026-03-05 15:00:00", ("2026-03-05", "day")),
        ("2024年2月", ("2024-02-29", "month")),
        ("2023-02", ("2023-02-28", "month")),
        ("2023年", ("2023-12-31", "year")),
        ("2026-13", None),
        ("2026-02-29", None),
        ("spring", None),
    ],
)
def test_days_months_and_years_are_read(text: str, expected: tuple[str, str] | None) -> None:
    assert day_read(text) == expected


@pytest.mark.parametrize(
    ("text", "column", "factor", "currency"),
    [
        ("吨", "volume_t", 1, ""),
        ("万吨", "volume_t", 10_000, ""),
        ("tCO2e", "volume_t", 1, ""),
        ("吨二氧化碳当量", "volume_t", 1, ""),
        ("kg", "volume_t", 0.001, ""),
        ("元/吨", "price", 1, "CNY"),
        ("USD/tCO2e", "price", 1, "USD"),
        ("亿元", "total", 100_000_000, "CNY"),
        ("万美元", "total", 10_000, "USD"),
    ],
)
def test_units_of_exchange_files_are_read(
    text: str, column: str, factor: float, currency: str
) -> None:
    unit = unit_in(text, column)
    assert unit is not None
    assert (float(unit.factor), unit.currency) == (factor, currency)


@pytest.mark.parametrize(
    ("heading", "name", "unit"),
    [
        ("成交量（万吨）", "成交量", "万吨"),
        ("成交额/万元", "成交额", "万元"),
        ("Price [CNY/t]", "Price", "CNY/t"),
        ("挂牌/大宗", "挂牌/大宗", ""),
    ],
)
def test_headings_are_split_into_name_and_unit(heading: str, name: str, unit: str) -> None:
    assert split_heading(heading) == (name, unit)
