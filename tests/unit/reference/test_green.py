"""The catalogues of green finance: what is shipped of them, and the user's own in their place."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from app.i18n import set_language
from app.paths import resources
from app.reference.green import (
    CATALOGUE_FILE,
    COLUMNS,
    CatalogueRefused,
    load_catalogue,
    parse_catalogue,
    read_indicators,
)
from app.reference.tables import load_reference
from app.views.widgets.suggestions import Suggestions

FOLDER = resources() / "reference"
ROW = {
    "edition": "Own",
    "edition_zh": "自有目录",
    "issued_on": "2027-01-01",
    "in_force_from": "2027-06-01",
    "level": "3",
    "code": "5.1.1",
    "item": "Restoration",
    "item_zh": "修复",
    "status": "verified",
    "source": "the text",
}


def table(*rows: dict[str, str], without: str = "") -> str:
    """Write a catalogue as a spreadsheet does."""
    stream = io.StringIO()
    columns = [column for column in COLUMNS if column != without]
    writer = csv.DictWriter(stream, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def test_no_code_is_shipped_that_was_not_read() -> None:
    catalogue = load_catalogue(FOLDER, Path("/nowhere"))
    assert not catalogue.own
    assert catalogue.refused is None
    assert [item for item in catalogue.items if item.code] == []
    verified = {(item.edition_zh, item.item_zh) for item in catalogue.items if item.verified}
    assert verified == {
        ("绿色金融支持项目目录（2025年版）", "生态保护修复和利用"),
        ("绿色金融支持项目目录（2025年版）", "绿色服务"),
    }


def test_the_edition_of_2025_is_in_force_from_october() -> None:
    catalogue = load_catalogue(FOLDER, Path("/nowhere"))
    for name in (
        "绿色金融支持项目目录（2025年版）",
        "Green Finance Endorsed Project Catalogue, 2025 edition",
    ):
        assert catalogue.in_force_from(name) == date(2025, 10, 1)
    assert catalogue.in_force_from("绿色债券支持项目目录（2021年版）") == date(2021, 7, 1)


def test_an_own_catalogue_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / CATALOGUE_FILE).write_text(table(ROW), encoding="utf-8")
    catalogue = load_catalogue(FOLDER, tmp_path)
    assert (catalogue.own, catalogue.refused) == (True, None)
    assert [item.code for item in catalogue.items] == ["5.1.1"]
    assert catalogue.is_verified("自有目录", "5.1.1")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_an_own_catalogue_is_read_as_spreadsheets_save_it(encoding: str) -> None:
    found = parse_catalogue(table(ROW).encode(encoding), "own.csv")
    assert (found[0].edition_zh, found[0].in_force_from) == ("自有目录", date(2027, 6, 1))


@pytest.mark.parametrize(
    ("change", "column", "given"),
    [
        ({"in_force_from": "1 June 2027"}, "in_force_from", "1 June 2027"),
        ({"issued_on": "2027-02-30"}, "issued_on", "2027-02-30"),
        ({"level": "5"}, "level", "5"),
        ({"status": "checked"}, "status", "checked"),
        ({"source": ""}, "source", ""),
        ({"edition": "", "edition_zh": " "}, "edition", ""),
        ({"item": "", "item_zh": ""}, "item", ""),
        ({}, "code", "5.1.1"),
    ],
)
def test_a_malformed_catalogue_is_refused_by_line_and_column(
    change: dict[str, str], column: str, given: str, tmp_path: Path
) -> None:
    first = {**ROW, "item": "a text\nof two lines"}
    (tmp_path / CATALOGUE_FILE).write_text(table(first, {**ROW, **change}), encoding="utf-8")
    catalogue = load_catalogue(FOLDER, tmp_path)
    assert not catalogue.own
    assert catalogue.items == load_catalogue(FOLDER, Path("/nowhere")).items
    assert catalogue.refused is not None
    fault = catalogue.refused
    assert (fault.line, fault.column, fault.given) == (4, column, given)
    assert fault.file == str(tmp_path / CATALOGUE_FILE)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("", 1, "edition"),
        (table(ROW, without="status"), 1, "status"),
        (table(), 2, "item"),
        (table(ROW) + '"open', 3, ""),
    ],
)
def test_a_catalogue_without_columns_or_items_is_refused(text: str, line: int, column: str) -> None:
    with pytest.raises(CatalogueRefused) as refused:
        parse_catalogue(text.encode(), "own.csv")
    assert (refused.value.fault.line, refused.value.fault.column) == (line, column)


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(CatalogueRefused):
        parse_catalogue(b"\xff\xff\xff\xff", "own.csv")


def test_a_folder_in_the_place_of_the_file_leaves_the_shipped_catalogue(tmp_path: Path) -> None:
    (tmp_path / CATALOGUE_FILE).mkdir()
    catalogue = load_catalogue(FOLDER, tmp_path)
    assert catalogue.refused is not None
    assert catalogue.items


def test_documents_tell_by_the_data_version_that_an_own_catalogue_counted(own_home: Path) -> None:
    shipped = load_reference().data_version
    own_home.mkdir()
    (own_home / CATALOGUE_FILE).write_text(table(ROW), encoding="utf-8")
    load_reference.cache_clear()
    try:
        reference = load_reference()
    finally:
        load_reference.cache_clear()
    assert reference.tables.green.own
    assert reference.data_version.startswith(f"{shipped}+")
    assert len(reference.data_version) <= 40


def test_indicators_have_names_in_both_languages_and_a_unit() -> None:
    rows = read_indicators(FOLDER)
    assert len({row.key for row in rows}) == len(rows)
    assert all(row.name and row.name_zh and row.unit for row in rows)


def offered(topic: str, edition: str = "") -> dict[str, str]:
    draft = {"loan": {"green": {"edition": edition}}}
    return Suggestions(load_reference(), lambda: draft).names(topic)


def test_the_form_offers_items_of_the_edition_entered_and_says_which_were_not_read() -> None:
    items = offered("green_items", "绿色债券支持项目目录（2021年版）")
    assert items["Carbon-sink forest (not verified)"] == "碳汇林"
    assert len(items) == 3
    everywhere = offered("green_items", "another edition")
    assert everywhere["Ecological protection, restoration and use"] == "生态保护修复和利用"


def test_the_form_offers_editions_and_indicators_in_the_language_of_the_screen() -> None:
    assert "Green Bond Endorsed Projects Catalogue, 2021 edition" in offered("green_editions")
    assert offered("green_kpis")["Area restored (ha)"] == "Area restored"
    set_language("zh")
    assert "绿色金融支持项目目录（2025年版）" in offered("green_editions")
    assert "修复面积" in offered("green_kpis").values()
