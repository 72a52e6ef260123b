"""Which column of a table a heading of a spreadsheet names, and in which unit it is."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date

from app.finance.fields import FieldSpec, fields_of
from app.i18n import LANGUAGES, translator
from app.services.heading_words import MARKET_HEADINGS
from app.services.typed_values import stored_number

Matches = tuple[str | None, ...]
"""The column each heading stands for, in the order of the headings; None for none."""

YEAR = "first_year=last_year"
"""Stands for both years of a line, where a table has a line for each year."""

_YEARS = ("first_year", "last_year")
_YEAR_WORDS = ("year", "年", "年份", "年度", "calendaryear")
_YEAR_HEADING = re.compile(r"((?:19|20|21|22)\d\d)(?:\.0)?年?度?(.*)")
_UNIT_IN_BRACKETS = re.compile(r"(.+?)\s*[(\[【]([^()\[\]【】]*)[)\]】]")
_ALSO = {
    "Species": ("species name", "物种", "种类", "养殖品种", "树种"),
    "Site": ("site name", "名称", "站位", "站点", "地块", "样地", "海区"),
    "Harvest a year": ("harvest", "yield", "产量", "年产量", "收获量"),
    "Year planted": ("year", "年份", "年度"),
    "Area": ("面积",),
    "Area planted": ("area", "面积"),
    "Latitude": ("lat", "纬度"),
    "Longitude": ("lon", "lng", "经度"),
    "Mean": ("average", "均值", "平均值"),
    "Number of samples": ("n", "样本数", "样品数"),
    "Standard deviation": ("sd", "标准差", "标准偏差"),
    "Due on": ("repayment date", "payment date", "还款日", "还款日期"),
    "Available until": ("last day", "最晚提款日", "提款期限"),
    "Received from": ("source", "来源", "资金来源"),
    "Collateral": ("kind", "type of collateral", "押品类型", "押品种类"),
    "Description": ("name", "名称", "押品名称"),
    "Value of the collateral": ("value", "价值", "押品估值", "评估价值"),
    "Is a": ("type", "类型", "休假或上班"),
    **MARKET_HEADINGS,
}
"""Further headings, by the label of the column they stand for."""
_DATE_WORDS = ("date", "day", "日期")
"""Headings of the one day that every line of a table has."""
_UNITS_ALSO = {"公斤": "kg", "千克": "kg", "吨": "t", "万吨": "10k t"}
_PERCENT_SIGNS = ("%", "percent", "百分比")
_FRACTIONS = ("share", "fraction", "比例", "小数")
_SHORTEST_PART = 2


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().strip("*:").strip()


def heading_key(text: str) -> str:
    """Return a heading without case, width, spaces and joining signs."""
    return re.sub(r"[\s_\-]+", "", _folded(text)).casefold()


def columns_of(table: FieldSpec) -> tuple[FieldSpec, ...]:
    """Return the columns of a table that a cell can fill."""
    return tuple(
        spec
        for spec in fields_of(table.kind)
        if not spec.table and not spec.section and "." not in spec.path
    )


def year_fields(table: FieldSpec) -> tuple[str, ...]:
    """Return the columns that hold the year of a line: first and last, or one; or none."""
    names = {column.name for column in columns_of(table)}
    if names.issuperset(_YEARS):
        return _YEARS
    return ("year",) if "year" in names else ()


def yearly_column(table: FieldSpec) -> str | None:
    """Return the column whose values stand under headings that are years; None for none."""
    if not year_fields(table):
        return None
    amounts = (c.name for c in columns_of(table) if c.kind is float and c.required)
    return next(amounts, None)


def year_of(heading: str, table: FieldSpec) -> int | None:
    """Return the calendar year for whose amount a heading stands; None for another heading.

    Such headings are "2023", "2023年" and "2023年产量(吨)".
    """
    name = yearly_column(table)
    column = next((c for c in columns_of(table) if c.name == name), None)
    if column is None or not _fits(heading, column):
        return None
    found = _YEAR_HEADING.fullmatch(_bare(heading, column))
    names = {"", *(heading_key(known) for known in _names(column, table))}
    return int(found.group(1)) if found and found.group(2) in names else None


def unit_of(heading: str, column: FieldSpec) -> tuple[str, str]:
    """Split "产量(kg)" or "产量/kg" into name and unit; the unit is "" when none is named."""
    text = _folded(heading)
    found = _UNIT_IN_BRACKETS.fullmatch(text)
    if found:
        return found.group(1), found.group(2).strip()
    name, _, unit = text.partition("/")
    if unit and unit_factor(unit, column) is not None:
        return name, unit.strip()
    return text, ""


def unit_factor(unit: str, column: FieldSpec) -> float | None:
    """Return what a number in this unit is multiplied by to be stored; None when not known.

    Tonnes are understood as tonnes a year where a column holds tonnes a year.
    """
    name = _folded(unit)
    if column.field.percent:
        folded = name.casefold()
        return 0.01 if folded in _PERCENT_SIGNS else 1.0 if folded in _FRACTIONS else None
    if not name or name[0] in "0123456789.,":
        return None
    name = _UNITS_ALSO.get(name, name)
    for written in (name, f"{name}/yr", re.sub(r"/(yr|a|年)$", "", name)):
        number = stored_number(f"1 {written}", column)
        if isinstance(number, int | float):
            return float(number)
    return None


def _names(column: FieldSpec, table: FieldSpec) -> Iterator[str]:
    yield from (column.name, f"{table.path}.{column.name}")
    for language in LANGUAGES:
        yield translator(language)(column.field.label)
    yield from _ALSO.get(column.field.label, ())
    days = [other.name for other in columns_of(table) if other.kind is date and other.required]
    if days == [column.name]:
        yield from _DATE_WORDS


def _fits(heading: str, column: FieldSpec) -> bool:
    """Whether the unit in a heading, if there is one, is a unit of the column."""
    _, unit = unit_of(heading, column)
    return not unit or not column.field.unit or unit_factor(unit, column) is not None


def _bare(heading: str, column: FieldSpec) -> str:
    return heading_key(unit_of(heading, column)[0])


def _is_part(one: str, other: str) -> bool:
    """Whether a name is part of another: whole words, or signs where words are not parted."""
    latin = one.isascii() and other.isascii()
    if latin:
        first, second = set(one.casefold().split()), set(other.casefold().split())
        return bool(first) and (first <= second or second <= first)
    first_key, second_key = heading_key(one), heading_key(other)
    shorter = min(first_key, second_key, key=len)
    return len(shorter) >= _SHORTEST_PART and (first_key in second_key or second_key in first_key)


def _named_by_part(heading: str, column: FieldSpec) -> bool:
    bare = unit_of(heading, column)[0]
    labels = (translator(language)(column.field.label) for language in LANGUAGES)
    return any(_is_part(bare, label) for label in labels)


def match_columns(headings: Sequence[str], table: FieldSpec) -> Matches:
    """Match headings with columns, each column once, whatever case, spaces and width.

    A heading is the name or path of a column or its label in either language, with or without a
    unit; what is left is matched by a part of the label where only one column has it. Headings
    that are years stand for the amount of that year. A heading in a unit that the column does not
    know is not matched.
    """
    columns = columns_of(table)
    found: dict[int, str] = {}
    yearly = yearly_column(table)
    for number, heading in enumerate(headings):
        if yearly and year_of(heading, table) is not None:
            found[number] = yearly
        elif year_fields(table) == _YEARS and heading_key(heading) in _YEAR_WORDS:
            found[number] = YEAR

    def open_places() -> Iterator[tuple[int, str]]:
        yield from ((n, h) for n, h in enumerate(headings) if n not in found and h.strip())

    for column in columns:
        names = {heading_key(name) for name in _names(column, table)}
        for number, heading in open_places():
            named = heading_key(heading) in names or _bare(heading, column) in names
            if named and _fits(heading, column):
                found[number] = column.name
                break
    for number, heading in list(open_places()):
        free = [c for c in columns if c.name not in found.values()]
        near = [c for c in free if _named_by_part(heading, c)]
        if len(near) == 1 and _fits(heading, near[0]):
            found[number] = near[0].name
    return tuple(found.get(number) for number in range(len(headings)))


def unmatched(headings: Sequence[str], matches: Matches, table: FieldSpec) -> tuple[FieldSpec, ...]:
    """Return the required columns for which no heading stands."""
    covered = set(matches)
    by_year = any(
        match is not None and match == yearly_column(table) and year_of(heading, table) is not None
        for heading, match in zip(headings, matches, strict=True)
    )
    if YEAR in covered or by_year:
        covered.update(year_fields(table))
    return tuple(c for c in columns_of(table) if c.required and c.name not in covered)
