"""Exchange files as they come: serial days, months, other currencies, three lines of headings."""

from datetime import date
from pathlib import Path

import pytest

from app.reference.market_data import FxRate, MarketRecord, SeriesBasis, load_market_data
from app.services.import_market import MarketPreview, preview_market
from app.services.market_cells import currency_in, day_read
from app.services.market_lines import Target

TODAY = date(2026, 3, 10)


def read(folder: Path, text: str, target: Target = Target.SERIES) -> MarketPreview:
    path = folder / "file.csv"
    path.write_text(text, encoding="utf-8")
    same = {"series": "CEA"} if target is Target.SERIES else None
    known = load_market_data().records if target is Target.RECORDS else ()
    return preview_market(path, target, known, today=TODAY, same=same)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("45665", ("2025-01-08", "day")),
        ("45665.625", ("2025-01-08", "day")),
        ("４５６６５", ("2025-01-08", "day")),
        ("2025-01-10T15:00", ("2025-01-10", "day")),
        ("12345", None),
        ("97", None),
        ("02/03/2025", None),
    ],
)
def test_days_are_read_as_spreadsheets_and_programs_write_them(
    text: str, expected: tuple[str, str] | None
) -> None:
    assert day_read(text) == expected


def test_the_price_of_a_month_in_a_series_is_no_price_of_a_day(tmp_path: Path) -> None:
    preview = read(tmp_path, "日期,收盘价\n2025-01-02,97\n2025年5月,92\n2024,84\n")
    found = [line.entry for line in preview.new]
    assert [getattr(entry, "basis", None) for entry in found] == [
        SeriesBasis.CLOSE,
        SeriesBasis.PERIOD_AVERAGE,
        SeriesBasis.YEAR_AVERAGE,
    ]
    (remark,) = preview.remarks
    assert (remark.code, remark.facts["lines"]) == ("market_span_of_days", "3, 4")


def test_a_rate_of_a_month_is_refused(tmp_path: Path) -> None:
    preview = read(tmp_path, "日期,币种,汇率\n2025年5月,USD,7.2\n2025-05-06,USD,7.2\n", Target.FX)
    assert [(entry.line, entry.problem.code) for entry in preview.refused] == [(2, "not_a_date")]
    assert [type(line.entry) for line in preview.new] == [FxRate]


def test_a_price_in_dollars_is_not_taken_for_yuan(tmp_path: Path) -> None:
    preview = read(tmp_path, "日期,收盘价\n2025-01-02,$12\n2025-01-03,97元\n2025-01-06,¥96\n")
    assert [getattr(line.entry, "currency", "") for line in preview.new] == ["USD", "CNY", "CNY"]


def test_a_cell_in_another_currency_than_its_line_is_refused(tmp_path: Path) -> None:
    preview = read(tmp_path, "日期,币种,收盘价\n2025-01-02,CNY,$12\n2025-01-03,USD,$12\n")
    assert [(e.line, e.problem.code) for e in preview.refused] == [(2, "not_a_number")]
    assert len(preview.new) == 1


@pytest.mark.parametrize(
    ("text", "expected"), [("97", ""), ("97元", "CNY"), ("$97", "USD"), ("1.2万", ""), ("x", "")]
)
def test_the_currency_of_a_cell_is_what_it_names(text: str, expected: str) -> None:
    assert currency_in(text, "price") == expected


def test_a_deal_of_the_book_is_known_by_a_shorter_name_of_its_place(tmp_path: Path) -> None:
    head = "日期,地点,成交量,单价\n"
    preview = read(tmp_path, head + "2023-02-28,Ningbo,2340.1,106\n", Target.RECORDS)
    (double,) = preview.duplicates
    assert isinstance(double.repeats, MarketRecord)
    assert double.repeats.record_id == "T006"
    other = read(tmp_path, head + "2023-02-28,Beihai,2340.1,106\n", Target.RECORDS)
    assert other.duplicates == ()


def test_headings_in_three_lines_are_joined(tmp_path: Path) -> None:
    text = (
        "全国碳市场每日成交数据,,,,,,\n"
        "日期,综合行情,,挂牌协议,,大宗协议,\n"
        ",收盘价,成交,成交,,成交,\n"
        ",(元/吨),量(吨),量(吨),额(元),量(吨),额(元)\n"
        "2025-01-02,97,300,100,9700,200,19000\n"
    )
    preview = read(tmp_path, text)
    assert preview.columns == {
        "day": "日期",
        "close": "综合行情收盘价(元/吨)",
        "volume_t": "综合行情成交量(吨)",
        "listing_volume_t": "挂牌协议成交量(吨)",
        "listing_total": "挂牌协议成交额(元)",
        "block_volume_t": "大宗协议成交量(吨)",
        "block_total": "大宗协议成交额(元)",
    }
    assert (len(preview.new), preview.refused) == (1, ())


def test_signs_that_a_terminal_obeys_are_no_text(tmp_path: Path) -> None:
    preview = read(tmp_path, "日期,收盘价,来源\n2025-01-02,97\x00,a\x1b[31mb\n")
    (line,) = preview.new
    assert getattr(line.entry, "source", "") == "a [31mb"
