"""The preview of an exchange file: its lines, which of them repeat, and which are refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.formats import plain
from app.i18n import _, active_language, translator
from app.reference.market_data import FxRate, MarketRecord, SeriesObservation
from app.services.market_lines import Target
from app.views.widgets.market_words import price_text, said, tag, tag_label, tonnes_text
from app.views.widgets.record_table import Column

if TYPE_CHECKING:
    from app.services.import_market import DuplicateLine, MarketPreview

FIELDS_FOR_ALL: dict[Target, tuple[str, ...]] = {
    Target.RECORDS: ("ecosystem", "method", "purpose", "market", "currency", "source"),
    Target.SERIES: ("series", "currency", "source"),
    Target.FX: ("currency", "source"),
}
"""Columns that may be given once for all lines, where the file has none of them."""


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of the preview; `state` says in words whether it is new or what it repeats."""

    line: int
    entry: MarketRecord | SeriesObservation | FxRate
    repeated: bool
    state: str


def _repeat_said(found: "DuplicateLine") -> str:
    if found.repeats_line is not None:
        if found.differs:
            return _("repeats line {line} with another figure").format(line=found.repeats_line)
        return _("repeats line {line}").format(line=found.repeats_line)
    if found.differs:
        return _("in the book already, with another figure")
    return _("in the book already")


def shown_lines(preview: "MarketPreview") -> list[ShownLine]:
    """Return the lines of a file in its order, new and repeated ones together."""
    new = [ShownLine(line.line, line.entry, False, _("new")) for line in preview.new]
    old = [
        ShownLine(found.line, found.entry, True, _repeat_said(found))
        for found in preview.duplicates
    ]
    return sorted([*new, *old], key=lambda line: line.line)


def _day() -> Column:
    return Column(_("Date"), lambda line: line.entry.day, str, width=100)


def _price_of(line: ShownLine) -> tuple[str, float] | None:
    price = getattr(line.entry, "price", None)
    return None if price is None else (getattr(line.entry, "currency", ""), price)


def _price() -> Column:
    return Column(_("Price"), _price_of, lambda value: price_text(value[1], value[0]), True, 116)


def _volume() -> Column:
    return Column(_("Volume (t)"), lambda line: line.entry.volume_t, tonnes_text, True, 100)


def _tag(title: str, name: str, width: int) -> Column:
    return Column(title, lambda line: tag_label(name, tag(line.entry, name)), width=width)


def _text(title: str, name: str, width: int) -> Column:
    return Column(title, lambda line: said(line.entry, name) or None, width=width)


def line_columns(target: Target) -> tuple[Column, ...]:
    """Return the columns of the preview of a target."""
    first = (
        Column(_("Line in the file"), lambda line: line.line, str, True, 80),
        Column(_("State"), lambda line: line.state, width=170),
    )
    if target is Target.FX:
        return (
            *first,
            Column(_("Currency"), lambda line: line.entry.currency, width=100),
            _day(),
            Column(_("Yuan for one unit"), lambda line: line.entry.yuan, plain, True, 130),
            Column(_("Source"), lambda line: line.entry.source or None, width=200),
        )
    if target is Target.SERIES:
        return (
            *first,
            Column(_("Series"), lambda line: line.entry.series, width=150),
            _day(),
            _price(),
            Column(_("Low"), lambda line: line.entry.low, plain, True, 80),
            Column(_("High"), lambda line: line.entry.high, plain, True, 80),
            _volume(),
            _tag(_("What it is"), "basis", 150),
        )
    return (
        *first,
        _day(),
        _text(_("Place"), "place", 140),
        _tag(_("Ecosystem"), "ecosystem", 100),
        _tag(_("Trade method"), "method", 130),
        _tag(_("Buyer's purpose"), "purpose", 130),
        _volume(),
        _price(),
        _text(_("Source"), "source", 160),
    )


def refused_columns() -> tuple[Column, ...]:
    """Return the columns of the refused lines."""
    return (
        Column(_("Line in the file"), lambda row: row.line, str, True, 80),
        Column(_("Column"), lambda row: row.column, width=150),
        Column(_("Value in the file"), lambda row: row.value, width=180),
        Column(_("Expected"), lambda row: row.expected, width=300),
    )


def refused_rows(preview: "MarketPreview") -> list[Any]:
    """Return the refused lines in words."""
    from app.services.import_market import refused_text  # noqa: PLC0415 - loads pandas

    tr = translator(active_language())
    return [refused_text(entry, tr) for entry in preview.refused]


def remark_lines(preview: "MarketPreview") -> Sequence[str]:
    """Return what is worth a look before the lines are taken."""
    from app.messages import notice_text  # noqa: PLC0415 - with the preview

    tr = translator(active_language())
    return [notice_text(notice, tr) for notice in preview.remarks]
