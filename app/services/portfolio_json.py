"""The report of the book as JSON values; money in yuan, shares as fractions."""

from typing import Any

from app.i18n import Translator
from app.messages import problem_text
from app.messages.lending_words import PATH_REASONS
from app.reports.due_facts import due_cell
from app.reports.portfolio_book import BookedCase, DueThing, Portfolio
from app.reports.portfolio_loan_facts import BUCKETS, coverage_debt, herfindahl, ladder
from app.reports.stamp import Stamp
from app.services.results_json import plain


def portfolio_json(book: Portfolio, stamp: Stamp, tr: Translator) -> dict[str, Any]:
    """Return the book with every case in it, and what the report says of the whole."""
    return {
        "day": book.day.isoformat(),
        "document_no": stamp.document_no,
        "input_hash": stamp.input_hash,
        "program_version": stamp.program_version,
        "data_version": stamp.data_version,
        "owed_yuan": float(book.owed_yuan),
        "herfindahl": herfindahl(book),
        "cases": [_case(case, tr) for case in book.cases],
        "price_moves": plain(book.moves),
        "coverage": {"edges": list(BUCKETS), "owed_yuan": plain(coverage_debt(book))},
        "ladder": [
            {"year": year, "loans": count, "principal_yuan": float(principal)}
            for year, (count, principal) in ladder(book).items()
        ],
        "due_days": book.due_days,
        "due": [_due(one, tr) for one in book.due],
        "zone": None if book.zone is None else _zone(book),
        "unplaced": book.unplaced,
    }


def _case(case: BookedCase, tr: Translator) -> dict[str, Any]:
    told: dict[str, Any] = plain(case)
    told["problems"] = [
        {"code": problem.code, "text": problem_text(problem, tr)} for problem in case.problems
    ]
    if case.not_followed:
        reason = PATH_REASONS["not_followed"]
        told["problems"].append({"code": "not_followed", "text": tr(reason)})
    del told["not_followed"]
    if case.loan is not None:
        years = case.loan.principal_by_year.items()
        told["loan"]["principal_by_year"] = {str(year): float(sums) for year, sums in years}
    return told


def _due(one: DueThing, tr: Translator) -> dict[str, Any]:
    return {
        "case": one.case_name,
        "day": one.item.day.isoformat(),
        "days": one.days,
        "code": one.item.code,
        "state": one.item.state,
        "text": due_cell(one.item).said(tr),
    }


def _zone(book: Portfolio) -> dict[str, Any]:
    zone = book.zone
    assert zone is not None  # noqa: S101 - asked for a zone only
    return {
        "radius_km": book.zone_km,
        "event": plain(dict(zone.event)),
        "totals": plain(zone.totals),
    }
