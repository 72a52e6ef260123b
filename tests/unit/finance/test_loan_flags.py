"""Red flags and warnings of a loan, and the checklist that is ticked from them."""

import copy
from datetime import date
from typing import Any

import pytest

from app.finance.case.lending.catalogue import CatalogueItem, GreenCatalogue, TableFault
from app.finance.engine import Results, compute_case
from app.finance.lending.checklist import CONDITIONS
from app.finance.lending.life_results import ChecklistItem
from app.finance.notices import Notice, Severity
from app.finance.sink.tables import SinkTables
from app.i18n import translator
from app.messages import notice_source, notice_text
from app.messages.loan_notices import CHECKLIST, LOAN_NOTICES, LOAN_SOURCES
from app.services.case_file import validate
from tests.unit.finance.loan_flag_cases import CASES, EDITION, GREEN, HISTORY, LOAN, WATCH

OF_THE_TONNES = {"already_pledged", "promised_over_forecast", "no_right_end"}
NO_CONDITION = {"loan_on_gross", "kpi_missed", "kpi_untested", "green_catalogue_refused"}
"""What is told and is no condition of a signature."""


def changed(document: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Return a loan in order with other entries at dotted paths."""
    made = copy.deepcopy(document)
    made["project"]["ecosystem"] = "mangrove"
    made["loan"].update(copy.deepcopy(LOAN))
    for path, value in changes.items():
        place: Any = made
        *parents, last = path.split(".")
        for name in parents:
            place = place[int(name)] if isinstance(place, list) else place.setdefault(name, {})
        place[last] = value
    return made


def computed(document: dict[str, Any], *, fault: TableFault | None = None) -> Results:
    item = CatalogueItem("", EDITION, None, None, 3, "5.9.9", "", "某项", True, "s")
    tables = SinkTables({}, green=GreenCatalogue((item,), refused=fault))
    return compute_case(validate(document).case, tables)


def notices_of(document: dict[str, Any], **changes: Any) -> dict[str, Notice]:
    made = changed(document, {path.replace("__", "."): v for path, v in changes.items()})
    return {notice.code: notice for notice in computed(made).notices}


def ticked(results: Results) -> dict[str, ChecklistItem]:
    assert results.loan is not None
    return {item.code: item for item in results.loan.checklist}


def test_a_loan_in_order_has_no_red_flag_and_no_condition_that_stops(
    document: dict[str, Any],
) -> None:
    results = computed(changed(document, {}))
    assert results.red_flags == ()
    assert not any(item.stops for item in ticked(results).values())
    missed = {code for code, item in ticked(results).items() if item.ok is False}
    assert missed <= {"coverage_lines"}
    raised = {notice.code for notice in results.notices}
    assert not raised & {code for _, code, _ in CASES}


@pytest.mark.parametrize(("day", "late"), [("2025-03-31", False), ("2025-04-01", True)])
def test_a_value_of_a_day_after_drawdown_is_told(
    day: str, late: bool, document: dict[str, Any]
) -> None:
    found = notices_of(document, appraisal__valuation_date=day)
    assert ("valued_after_drawdown" in found) is late
    if late:
        assert found["valued_after_drawdown"].path == "appraisal.valuation_date"
        assert found["valued_after_drawdown"].facts == {
            "day": date(2025, 4, 1),
            "drawdown": date(2025, 3, 31),
        }


@pytest.mark.parametrize(
    ("changes", "code", "severity"), CASES, ids=[f"{c}-{n}" for n, (_, c, _) in enumerate(CASES)]
)
def test_what_stands_against_a_loan_is_told_and_ticked(
    changes: dict[str, Any], code: str, severity: Severity, document: dict[str, Any]
) -> None:
    results = computed(changed(document, changes))
    found = {notice.code: notice for notice in results.notices}
    assert code in found
    assert found[code].severity is severity
    for notice in results.notices:
        text = notice_text(notice, translator("en"))
        assert "{" not in text, text
        assert "–" not in text, text
        notice_source(notice, translator("en"))
    condition = next(name for name, (_, codes) in CONDITIONS.items() if code in codes)
    item = ticked(results)[condition]
    assert item.ok is False
    assert item.stops or severity is Severity.WARNING


def test_every_notice_of_a_loan_belongs_to_one_condition_of_the_checklist() -> None:
    codes = [code for _, codes in CONDITIONS.values() for code in codes]
    assert len(codes) == len(set(codes))
    assert set(codes) - OF_THE_TONNES == set(LOAN_NOTICES) - NO_CONDITION
    assert set(LOAN_SOURCES) <= set(LOAN_NOTICES)
    assert list(CHECKLIST) == list(CONDITIONS)


def test_what_is_not_asked_of_a_loan_is_neither_met_nor_missed(document: dict[str, Any]) -> None:
    items = ticked(computed(document))
    asked = {code for code, item in items.items() if item.ok is not None}
    assert asked == {
        "specified_account",
        "registration_no",
        "query_certificate",
        "right_buffer",
        "appraisal_valid",
        "legal_form",
        "sizing",
        "cover",
        "coverage_lines",
    }
    assert not items["account_bank"].stops


def test_the_checklist_shows_what_stands_in_the_place(document: dict[str, Any]) -> None:
    items = ticked(computed(changed(document, {})))
    assert items["specified_account"].fact == "1109000123"
    assert items["registration_term"].fact.isoformat() == "2030-03-28"
    assert items["right_buffer"].fact.isoformat() == "2035-12-31"
    assert items["insurance"].fact.isoformat() == "2026-12-31"
    assert items["appraisal_valid"].fact.isoformat() == "2026-03-31"


@pytest.mark.parametrize(
    ("term", "months", "too_long"),
    [
        (12, 12, False),
        (12, 13, True),
        (6, 6, False),
        (6, 7, True),
        (13, 6, False),
        (13, 7, True),
        (60, 30, False),
        (60, 31, True),
        (61, 36, False),
        (61, 37, True),
    ],
)
def test_an_extension_has_the_limits_of_the_general_rules_for_loans(
    term: int, months: int, too_long: bool, document: dict[str, Any]
) -> None:
    extension = {"months": months, "consent": "all"}
    found = notices_of(document, loan__term_months=term, loan__extension=extension)
    assert ("extension_too_long" in found) is too_long


def test_a_loan_that_is_extended_is_held_against_its_new_maturity(
    document: dict[str, Any],
) -> None:
    end = {"project__sea_area_right_end": "2027-06-30"}
    assert "matures_after_right" not in notices_of(document, **end)
    extension = {"months": 12, "consent": "all"}
    found = notices_of(document, **end, loan__extension=extension)
    assert found["matures_after_right"].facts["maturity"].isoformat() == "2027-03-31"


def test_a_debt_that_is_extinguished_needs_neither_policy_nor_registration(
    document: dict[str, Any],
) -> None:
    watch = {**WATCH, "as_of": "2031-01-06", "discharged_on": "2031-01-02"}
    found = notices_of(document, loan__monitoring=watch)
    assert not {"insurance_lapsed", "guarantee_ended", "registration_expired"} & set(found)
    owed = notices_of(document, loan__monitoring={**WATCH, "as_of": "2031-01-06"})
    assert {"insurance_lapsed", "guarantee_ended", "registration_expired"} <= set(owed)


def test_a_cancelled_registration_closes_the_matter(document: dict[str, Any]) -> None:
    history = [*LOAN["registration"]["history"], {"day": "2026-02-02", "kind": "cancellation"}]
    watch = {**WATCH, "discharged_on": "2026-01-27"}
    changes = {"loan.monitoring": watch, HISTORY: history}
    results = computed(changed(document, changes))
    assert results.red_flags == ()
    assert ticked(results)["cancellation"].ok is True


def test_coverage_below_the_lines_is_told_with_its_first_day(document: dict[str, Any]) -> None:
    """The only sale is in the middle of the year valued; from then on the right is used up.

    Maxima of 900,000 yuan cover 500,000 at first, those of the other collaterals half of it after.
    """
    lines = {"warning_line": 1.75, "margin_line": 1.7, "enforcement_line": 0.1}
    found = notices_of(document, loan__monitoring=lines)
    assert "path_below_enforcement" not in found
    assert found["path_below_margin"].facts["day"].isoformat() == "2025-09-30"


def test_a_margin_call_is_open_until_its_cure_date_and_overdue_after_it(
    document: dict[str, Any],
) -> None:
    fall = [{"day": "2025-07-01", "price_yuan_t": 1}]
    watch = {
        "overdue_multiple": 1.5,
        "warning_line": 1.75,
        "margin_line": 1.7,
        "revaluations": fall,
    }
    soon = notices_of(document, loan__monitoring={**watch, "as_of": "2025-07-02"})
    assert {"margin_call_open"} == {code for code in soon if code.startswith("margin_call")}
    late = notices_of(document, loan__monitoring={**watch, "as_of": "2025-08-01"})
    assert {"margin_call_overdue"} == {code for code in late if code.startswith("margin_call")}


@pytest.mark.parametrize(
    ("approved", "drawdown", "edition_from", "code"),
    [
        ("2025-07-01", "2025-11-03", "2025-10-01", "green_edition_too_new"),
        ("2025-08-01", "2025-09-01", "2025-10-01", "green_edition_not_in_force"),
        ("2025-10-08", "2025-11-03", "2021-07-01", "green_edition_too_old"),
        ("2025-10-08", "2025-11-03", "2025-10-01", ""),
        ("2025-07-01", "2025-11-03", "2021-07-01", ""),
    ],
)
def test_the_edition_is_the_one_the_transition_leads_to(
    approved: str, drawdown: str, edition_from: str, code: str, document: dict[str, Any]
) -> None:
    made = changed(
        document,
        {"loan.drawdown_date": drawdown, "loan.green": {**GREEN, "approved_on": approved}},
    )
    start = date.fromisoformat(edition_from)
    item = CatalogueItem("", EDITION, None, start, 3, "5.9.9", "", "某项", True, "s")
    tables = SinkTables({}, green=GreenCatalogue((item,)))
    found = {notice.code for notice in compute_case(validate(made).case, tables).notices}
    assert {c for c in found if c.startswith("green_edition")} == ({code} if code else set())


def test_indicators_missed_and_untested_are_named(document: dict[str, Any]) -> None:
    line = {"name": "ha", "test_day": "2025-12-31", "target": 10}
    kpis = [{**line, "actual": 9}, {**line, "name": "t"}, {**line, "test_day": "2026-12-31"}]
    found = notices_of(document, loan__green={**GREEN, "kpis": kpis}, loan__monitoring=WATCH)
    assert found["kpi_missed"].facts["names"] == ["ha"]
    assert found["kpi_untested"].facts["names"] == ["t"]
    assert found["kpi_untested"].path == "loan.green.kpis.1.actual"


def test_a_catalogue_that_was_refused_is_told_by_line_and_column(document: dict[str, Any]) -> None:
    fault = TableFault("own.csv", 4, "level", "5", "a level from 1 to 4")
    results = computed(changed(document, {"loan.green": GREEN}), fault=fault)
    text = next(
        notice_text(notice, translator("en"))
        for notice in results.notices
        if notice.code == "green_catalogue_refused"
    )
    assert text == (
        "The catalogue own.csv is left aside and the shipped one counts: line 4, column “level”, "
        "given “5”; expected a level from 1 to 4."
    )


def test_a_loan_paid_on_time_has_no_arrears(document: dict[str, Any]) -> None:
    """The day before the first bill nothing is overdue; on the day after it, all of the bill."""
    before = notices_of(document, loan__monitoring={"as_of": "2025-04-01"})
    assert "payments_overdue" not in before
    late = computed(changed(document, {"loan.monitoring": WATCH}))
    assert late.loan is not None
    life = late.loan.life
    assert life is not None
    now, found = life.now, {n.code: n for n in late.notices}["payments_overdue"]
    assert now is not None
    assert found.facts["amount"] == now.overdue_principal_yuan + now.interest_due_yuan
    assert found.facts["days"] == life.days_past_due
    assert ticked(late)["payments"].fact == found.facts["amount"]
