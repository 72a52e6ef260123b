"""A loan that is signed is never altered by a later change of data: it is run as a new version."""

import copy
import dataclasses
import json
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from app.finance.case.lending.days import CalendarKind
from app.finance.lending import calendar
from app.i18n import translator
from app.messages import problem_text
from app.models.database import open_book
from app.reference.tables import load_reference
from app.services.case_file import CaseRefused, to_document
from app.services.figures import key_figures
from app.services.loan_changes import moved_figures
from app.services.ports import CaseVersion
from app.services.workbench import ApprovalRefused, Workbench, compute

METHODS = Path(__file__).parents[2] / "resources" / "demo" / "methods"
NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
REFERENCE = load_reference()
SIGNED = {"prepared_by": "loan officer", "approved_by": "approver", "remark": ""}
LPR = [
    {"day": "2025-01-20", "one_year": 0.031, "five_years": 0.036},
    {"day": "2025-05-20", "one_year": 0.03, "five_years": 0.035},
]


TERMS: dict[str, Any] = {
    "schema_version": 1,
    "project": {
        "name": "Mangroves of a bay",
        "ecosystem": "mangrove",
        "market": "ccer",
        "quantity_method": "stated",
        "uncertainty_discount": 0,
        "leakage_share": 0,
        "buffer_share": 0,
        "sea_area_right_end": "2045-12-31",
        "stated_unit": "tCO2e",
        "stated": [{"first_year": 2025, "last_year": 2025, "tonnes_per_year": 12504.14}],
    },
    "appraisal": {
        "valuation_date": "2025-03-31",
        "price_yuan_t": 100,
        "price_growth": 0,
        "horizon_years": 1,
        "discount_rate": 0.08,
        "transaction_fee_share": 0.05,
        "monitoring_cost_yuan_yr": 30000,
        "verification_cost_yuan": 50000,
        "operating_cost_yuan_yr": 20000,
        "benefit_share": 0,
        "tax_share": 0.03,
        "liquidation_discount": 0.4,
        "disposal_cost_share": 0.1,
        "months_to_sell": 9,
    },
    "loan": {
        "amount_yuan": 400_000,
        "purpose_need_yuan": 500_000,
        "valuation_basis": "gross",
        "pledge_ratio": 0.4,
        "rate_kind": "floating",
        "margin_bp": 85,
        "repricing": "quarterly",
        "lpr": LPR,
        "drawdown_date": "2025-04-01",
        "term_months": 12,
        "repayment": "equal_instalment",
        "business_days": "following",
        "calendar": [{"day": "2025-06-02", "kind": "holiday", "note": "Dragon Boat"}],
        "specified_account": "1209 0001",
        "account_bank": "Bank of Jiangsu",
        "registration_no": "0001",
        "registration_end": "2030-12-31",
        "query_certificate_no": "Q 1",
        "query_day": "2025-03-30",
    },
}
"""A floating loan without red flags, its payments moved off the holidays of China."""


@dataclasses.dataclass(frozen=True)
class Signed:
    """A book with a signed loan: the version and its issued document."""

    path: Path
    workbench: Workbench
    version: CaseVersion
    document_id: str
    content: bytes

    @property
    def case_id(self) -> str:
        return self.version.case_id

    def assert_untouched(self) -> None:
        stored, _file = self.workbench.open(self.case_id, 1)
        assert stored == self.version
        assert self.workbench.document_bytes(self.document_id) == self.content
        approval = self.workbench.approval(self.case_id, 1)
        assert approval is not None
        assert approval.approved_at == NOW


def sign(path: Path, terms: dict[str, Any]) -> Signed:
    """Save, approve and issue in the book at `path`."""
    workbench = Workbench(open_book(path, now=NOW), REFERENCE, lambda: NOW)
    version = workbench.save_new([terms])[0]
    workbench.approve(version.case_id, 1, **SIGNED)
    entry = workbench.issue(version.case_id, 1, language="en")
    content = workbench.document_bytes(entry.document_id)
    return Signed(path, workbench, version, entry.document_id, content)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Signed:
    made = sign(tmp_path_factory.mktemp("signed") / "book.db", TERMS)
    made.workbench.close()
    return made


@pytest.fixture
def loan(book: Signed, tmp_path: Path) -> Iterator[Signed]:
    """The signed loan in a copy of its book."""
    shutil.copy(book.path, tmp_path / "book.db")
    opened = Workbench(open_book(tmp_path / "book.db", now=NOW), REFERENCE, lambda: NOW)
    yield dataclasses.replace(book, workbench=opened)
    opened.close()


def later_terms() -> dict[str, Any]:
    later = copy.deepcopy(TERMS)
    later["loan"]["lpr"].append({"day": "2025-08-20", "one_year": 0.028, "five_years": 0.033})
    return later


def test_its_lpr_and_its_own_calendar_are_copies_in_the_case(loan: Signed) -> None:
    stored = json.loads(loan.version.document)["loan"]
    assert [line["one_year"] for line in stored["lpr"]] == [0.031, 0.03]
    assert stored["calendar"] == TERMS["loan"]["calendar"]


def test_a_new_version_leaves_the_signed_one_as_it_was(loan: Signed) -> None:
    second = loan.workbench.save(loan.case_id, later_terms(), after=1)
    assert second.number == 2
    assert second.figures["annual_compound"] != loan.version.figures["annual_compound"]
    assert loan.workbench.approval(loan.case_id, 2) is None
    loan.assert_untouched()
    assert loan.workbench.version_pdf(loan.case_id, 1, language="en") == loan.content


def test_the_new_version_says_what_it_changed_against_the_signed_one(loan: Signed) -> None:
    later = later_terms()
    later["loan"]["calendar"].append({"day": "2025-09-01", "kind": "holiday"})
    later["loan"]["pledge_ratio"] = 0.3
    second = loan.workbench.save(loan.case_id, later, after=1)
    found = loan.workbench.changes_of(loan.case_id, 2)
    assert found is not None
    assert {entry.path: entry.lines for entry in found.inputs} == {
        "loan.lpr": (1, 0, 0),
        "loan.calendar": (1, 0, 0),
        "loan.pledge_ratio": None,
    }
    assert found.loan_before is not None
    assert found.loan_after is not None
    for name in ("supported_yuan", "annual_compound", "coverage", "maturity"):
        assert getattr(found.loan_before, name) == loan.version.figures[name]
        assert getattr(found.loan_after, name) == second.figures[name]
    assert found.loan_after.supported_yuan < found.loan_before.supported_yuan


def test_new_rows_of_the_market_book_move_nothing_that_is_signed(loan: Signed) -> None:
    loan.workbench.market.add_fx("USD", "2026-02-27", 6.9, "notice")
    _stored, file = loan.workbench.open(loan.case_id, 1)
    again = key_figures(file, compute(file, REFERENCE, draw=False).results)
    assert moved_figures(loan.version.figures, again) == ()
    loan.assert_untouched()


@pytest.fixture
def changed_calendar(monkeypatch: pytest.MonkeyPatch) -> None:
    """Turn a day of payment of the loan into a holiday of the calendar of China."""
    days = calendar.published_days()
    changed = days._replace(kinds={**days.kinds, date(2025, 12, 1): CalendarKind.HOLIDAY})
    monkeypatch.setattr(calendar, "published_days", lambda: changed)


@pytest.mark.usefixtures("changed_calendar")
def test_a_changed_calendar_does_not_print_another_schedule_under_the_signature(
    loan: Signed,
) -> None:
    with pytest.raises(CaseRefused) as caught:
        loan.workbench.version_pdf(loan.case_id, 1, language="en")
    (problem,) = caught.value.problems
    assert problem.code == "signed_figures_moved"
    assert "save the case as a new version" in problem_text(problem, translator("en"))
    with pytest.raises(CaseRefused):
        loan.workbench.issue(loan.case_id, 1, language="en")
    loan.assert_untouched()


@pytest.mark.usefixtures("changed_calendar")
def test_a_changed_calendar_is_run_as_a_new_version(loan: Signed) -> None:
    _stored, file = loan.workbench.open(loan.case_id)
    second = loan.workbench.save(loan.case_id, to_document(file), after=1)
    assert second.figures["schedule"] != loan.version.figures["schedule"]
    loan.workbench.approve(loan.case_id, 2, **SIGNED)
    assert loan.workbench.version_pdf(loan.case_id, 2, language="en") != loan.content
    loan.assert_untouched()


def test_changed_reference_data_neither_print_nor_get_approved(tmp_path: Path) -> None:
    demo = json.loads((METHODS / "ar_am0014.bcd.json").read_text(encoding="utf-8"))
    made = sign(tmp_path / "book.db", {**TERMS, "project": demo["project"]})
    unsigned = made.workbench.save_new([{**TERMS, "project": demo["project"]}])[0]
    tables = REFERENCE.tables
    parameters = {
        name: dataclasses.replace(entry, value=0.9 * entry.value)
        for name, entry in tables.parameters.items()
    }
    moved = dataclasses.replace(
        REFERENCE, tables=dataclasses.replace(tables, parameters=parameters)
    )
    later = Workbench(made.workbench._book, moved, lambda: NOW)
    with pytest.raises(CaseRefused) as caught:
        later.version_pdf(made.case_id, 1, language="en")
    assert "supported_yuan" in caught.value.problems[0].value
    with pytest.raises(ApprovalRefused) as refused:
        later.approve(unsigned.case_id, 1, **SIGNED)
    assert refused.value.code == "figures_moved"
    dataclasses.replace(made, workbench=later).assert_untouched()
    later.close()
