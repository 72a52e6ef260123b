"""Lines the program proposes for a table of a draft, each marked with where it comes from."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from enum import Enum
from importlib.metadata import version
from typing import Any

from app.finance.case.appraisal import Appraisal
from app.finance.case.valuation.scenarios import ScenarioLine
from app.finance.lending.calendar import published_days
from app.finance.valuation.scenarios import PRESET_REASON, preset_lines
from app.i18n import N_, Translator
from app.reference.lpr import AnnouncedLpr
from app.services.documents import Document, value_at, with_value
from app.services.draft import with_provenance

SCENARIOS = "appraisal.scenarios"
LPR = "loan.lpr"
CALENDAR = "loan.calendar"
DRAWDOWN = "loan.drawdown_date"


def _stored(line: ScenarioLine) -> dict[str, Any]:
    """Return the columns of a line that say something."""
    found: dict[str, Any] = {}
    for entry in fields(line):
        value = getattr(line, entry.name)
        if value != entry.default:
            found[entry.name] = value.value if isinstance(value, Enum) else value
    return found


def with_scenarios(document: Document, appraisal: Appraisal, tr: Translator) -> Document:
    """Return a draft with the six scenarios of the program; their source says what they are."""
    lines = [_stored(line) for line in preset_lines(appraisal)]
    changed = with_value(document, SCENARIOS, lines)
    return with_provenance(changed, SCENARIOS, "assumed", tr(PRESET_REASON))


def _drawdown(document: Document) -> date | None:
    """Return the day of drawdown of a draft, None while it holds no date."""
    try:
        return date.fromisoformat(str(value_at(document, DRAWDOWN)))
    except ValueError:
        return None


def _merged(entered: Any, proposed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the proposed lines and the entered ones of other days, in the order of their days."""
    kept = entered if isinstance(entered, list) else []
    days = {line["day"] for line in proposed}
    rest = [line for line in kept if isinstance(line, dict) and line.get("day") not in days]
    return sorted([*proposed, *rest], key=lambda line: str(line.get("day", "")))


def with_lpr(document: Document, published: Sequence[AnnouncedLpr], tr: Translator) -> Document:
    """Return a draft with the published loan prime rates that its loan can need.

    They run from the last announcement before drawdown on, all of them while no drawdown date is
    entered. Lines entered for other days stay. The draft keeps the rates: a later edition of the
    table does not change a loan.
    """
    start = _drawdown(document)
    first = max((line.day for line in published if start and line.day < start), default=None)
    used = [line for line in published if first is None or line.day >= first]
    if not used:
        return document
    proposed = [
        {
            "day": line.day.isoformat(),
            "one_year": line.one_year,
            "five_years": line.five_years,
        }
        for line in used
    ]
    source = tr(
        N_(
            "announcements of the National Interbank Funding Center 全国银行间同业拆借中心, "
            "{first} to {last}"
        )
    ).format(first=used[0].day, last=used[-1].day)
    changed = with_value(document, LPR, _merged(value_at(document, LPR), proposed))
    return with_provenance(changed, LPR, "disclosed", source)


def with_calendar(document: Document, tr: Translator) -> Document:
    """Return a draft with the holidays and make-up days from the year of its drawdown on.

    Holidays on Saturday or Sunday need no line. Lines entered by hand go before the calendar and
    stay as they are. The draft keeps the days: a later edition of the library does not change a
    loan. A draft without a drawdown date stays as it is, and so does one drawn after the last
    year that is known.
    """
    start, days = _drawdown(document), published_days()
    if start is None or start.year > days.last_year:
        return document
    entered = value_at(document, CALENDAR)
    own = {line.get("day") for line in entered} if isinstance(entered, list) else set()
    proposed = [
        {"day": day.isoformat(), "kind": kind.value}
        for day, kind in sorted(days.kinds.items())
        if day.year >= start.year and day.isoformat() not in own
    ]
    first = max(start.year, days.first_year)
    source = tr(
        N_(
            "holiday notices of the State Council 国务院办公厅 for {first} to {last}, as "
            "chinesecalendar {version} has them"
        )
    ).format(first=first, last=days.last_year, version=version("chinesecalendar"))
    changed = with_value(document, CALENDAR, _merged(entered, proposed))
    return with_provenance(changed, CALENDAR, "disclosed", source)
