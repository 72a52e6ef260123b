"""What a case takes from the market book: which deals are proposed, and the lines it gets."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.reference.market_data import MarketRecord
from app.services.documents import Document, value_at, with_value
from app.views.widgets.market_words import counts_in_centre, tag

COMPARABLES = "appraisal.evidence.comparables"
SERIES = "appraisal.evidence.series"
SERIES_NAME = "appraisal.evidence.series_name"
TIME_ADJUSTMENT = "appraisal.evidence.time_adjustment"
RATES = "appraisal.evidence.fx"
PATHS = (COMPARABLES, SERIES, RATES)
HOME = "CNY"
FEWEST = 5
"""From so many prices the evidence has a centre; below it, range and number."""

Line = dict[str, Any]


def lines_at(document: Document, path: str) -> list[Line]:
    """Return the lines a draft holds at a table's path."""
    held = value_at(document, path)
    return [dict(line) for line in held if isinstance(line, dict)] if isinstance(held, list) else []


def valuation_day(document: Document) -> date | None:
    """Return the valuation date of a draft; None while it is not a date."""
    try:
        return date.fromisoformat(str(value_at(document, "appraisal.valuation_date") or ""))
    except ValueError:
        return None


def held_ids(document: Document) -> set[str]:
    """Return the numbers in the market book of the comparables a draft holds."""
    return {str(line["record"]) for line in lines_at(document, COMPARABLES) if line.get("record")}


def ready(records: Sequence[MarketRecord], until: date | None) -> list[MarketRecord]:
    """Return the records with a price whose day is not after the valuation date."""
    return [record for record in records if record.price and (until is None or record.day <= until)]


def proposed(records: Sequence[MarketRecord], ecosystem: str) -> set[str]:
    """Return the ids of deals that can stand in the centre: of the ecosystem, paid, and seen."""
    return {
        record.record_id
        for record in records
        if counts_in_centre(record)
        and not record.repeats
        and (not ecosystem or tag(record, "ecosystem") == ecosystem)
    }


def with_comparables(
    document: Document, unticked: set[str], new_lines: Sequence[Line], rate_lines: Sequence[Line]
) -> Document:
    """Return a draft with new comparables and without those that were unticked.

    The other lines stay as they are, with their adjustments, whether they were typed by hand
    or taken from the book. Rates are added to those of the draft.
    """
    held = lines_at(document, COMPARABLES)
    kept = [line for line in held if str(line.get("record") or "") not in unticked]
    there = {str(line.get("record") or "") for line in kept}
    added = [dict(line) for line in new_lines if str(line.get("record") or "") not in there]
    changed = with_value(document, COMPARABLES, [*kept, *added])
    return with_rates(changed, rate_lines) if rate_lines else changed


def with_rates(document: Document, lines: Sequence[Line]) -> Document:
    """Return a draft with these rates beside its own; a rate of the same day replaces one."""
    new = {(line["currency"], str(line["day"])) for line in lines}
    kept = [
        line
        for line in lines_at(document, RATES)
        if (line.get("currency"), str(line.get("day"))) not in new
    ]
    joined = sorted((*kept, *lines), key=lambda x: (str(x.get("currency")), str(x.get("day"))))
    return with_value(document, RATES, [dict(line) for line in joined])


def with_series(document: Document, name: str, lines: Sequence[Line]) -> Document:
    """Return a draft that brings prices to the valuation date by this series."""
    changed = with_value(document, TIME_ADJUSTMENT, "series")
    changed = with_value(changed, SERIES_NAME, name)
    return with_value(changed, SERIES, [dict(line) for line in lines])


def abroad(records: Sequence[MarketRecord]) -> list[MarketRecord]:
    """Return the records whose price is not in yuan."""
    return [record for record in records if record.currency != HOME]


def foreign(records: Sequence[MarketRecord]) -> list[str]:
    """Return the currencies of records that need an exchange rate, in order."""
    return sorted({record.currency for record in abroad(records)})


def foreign_in(lines: Sequence[Line]) -> list[str]:
    """Return the currencies of comparables of a case that need an exchange rate, in order."""
    codes = {str(line.get("currency") or HOME) for line in lines}
    return sorted(codes - {HOME})


def without_rate(records: Sequence[MarketRecord], rates: Sequence[Line]) -> list[str]:
    """Return the currencies in which a record has no rate up to its day."""
    first: dict[str, str] = {}
    for line in rates:
        code, day = str(line.get("currency")), str(line.get("day"))
        first[code] = min(day, first.get(code, day))
    never = "9999-12-31"
    return sorted({r.currency for r in records if first.get(r.currency, never) > str(r.day)})
