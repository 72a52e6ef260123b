"""Whether the green classification stands: edition, code, four eyes, indicators."""

from app.finance.case.lending.catalogue import TableFault
from app.finance.case.lending.green import GreenAnswer
from app.finance.lending.caution_parts import Watched, warning
from app.finance.lending.green import UNIFIED_IN_FORCE
from app.finance.lending.life_results import GreenResult
from app.finance.notices import Notice


def green_cautions(seen: Watched) -> list[Notice]:
    """Return what stands against the classification; none without one."""
    found = seen.result.green
    if found is None:
        return []
    notices = [*_decision(found), *_edition(seen, found), *_indicators(seen, found)]
    return notices if found.refused is None else [*notices, _refused(found.refused)]


def _decision(green: GreenResult) -> list[Notice]:
    found = []
    if green.four_eyes is False:
        found.append(warning("green_four_eyes", "loan.green.checked_by"))
    if green.answer != GreenAnswer.OPEN and green.missing:
        found.append(warning("green_incomplete", green.missing[0], count=len(green.missing)))
    if green.item_code and not green.verified_code:
        facts = {"code": green.item_code, "edition": green.edition}
        found.append(warning("green_code_unverified", "loan.green.item_code", **facts))
    return found


def _edition(seen: Watched, green: GreenResult) -> list[Notice]:
    """An edition that the rules of the transition do not lead to."""
    approved = seen.loan.green.approved_on if seen.loan.green is not None else None
    from_day = green.in_force_from
    if from_day is None:
        return []
    path, drawdown = "loan.green.edition", seen.loan.drawdown_date
    facts = {"approved": approved, "edition": green.edition}
    if green.transitional and from_day >= UNIFIED_IN_FORCE:
        return [warning("green_edition_too_new", path, **facts)]
    if drawdown < from_day:
        facts = {"edition": green.edition, "day": from_day, "drawdown": drawdown}
        return [warning("green_edition_not_in_force", path, **facts)]
    if approved is not None and approved >= UNIFIED_IN_FORCE > from_day:
        return [warning("green_edition_too_old", path, **facts)]
    return []


def _indicators(seen: Watched, green: GreenResult) -> list[Notice]:
    """Indicators missed, and those whose day has come without a figure."""
    due = [(place, kpi) for place, kpi in enumerate(green.kpis) if kpi.test_day <= seen.day]
    found = []
    for code, state in (("kpi_missed", False), ("kpi_untested", None)):
        places = [(place, kpi.name) for place, kpi in due if kpi.met is state]
        if places:
            path = f"loan.green.kpis.{places[0][0]}.actual"
            found.append(warning(code, path, names=[name for _, name in places]))
    return found


def _refused(fault: TableFault) -> Notice:
    return warning(
        "green_catalogue_refused",
        "loan.green.edition",
        file=fault.file,
        line=fault.line,
        column=fault.column,
        given=fault.given,
        caution=fault.expected,
    )
