"""What a loan is refused for, in words; what the program proposes for its rates and days."""

import ast
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.finance.case.lending.days import BusinessDays
from app.finance.errors import DomainError
from app.finance.lending.calendar import loan_calendar, published_days
from app.finance.lending.periods import loan_periods
from app.i18n import translator
from app.messages import domain_problem, problem_text
from app.messages.insurance_refusals import INSURANCE_EXPECTED
from app.messages.loan_refusals import LOAN_EXPECTED
from app.messages.refusals import EXPECTED
from app.reference.lpr import load_lpr
from app.services.case_file import CaseRefused, validate
from app.services.documents import Document
from app.services.proposals import with_calendar, with_lpr
from tests.unit.finance.loan_terms import loan_of

EN = translator("en")
CORE = Path(__file__).parents[3] / "app" / "finance"


def refused(document: dict[str, Any], **terms: Any) -> str:
    loan = {
        name: value for name, value in {**document["loan"], **terms}.items() if value is not None
    }
    with pytest.raises(CaseRefused) as caught:
        validate({**document, "loan": loan})
    return "\n".join(problem_text(problem, EN) for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        (
            {"maturity_date": "2025-01-01", "term_months": None},
            "loan.maturity_date: given 2025-01-01; expected a day after the drawdown, 2025-03-31",
        ),
        ({"annual_rate": -1}, "loan.annual_rate: given -1; expected 0 or more"),
        ({"term_months": 120_000}, "loan.term_months: given 120000; expected 360 or less"),
        (
            {"maturity_date": "2999-12-31", "term_months": None},
            "loan.maturity_date: given 2999-12-31; expected a day up to 2055-03-31: a loan runs "
            "for at most 360 months",
        ),
        ({"maturity_date": "12025-03-31"}, "expected a date as YYYY-MM-DD"),
        (
            {
                "tranches": [
                    {"day": "2025-03-31", "amount_yuan": 1e6, "last_day": "2025-06-30"},
                    {"day": "2025-06-01", "amount_yuan": 1e6},
                ]
            },
            "loan.tranches.1.day: given 2025-06-01; expected a day after 2025-06-30, up to which "
            "the tranche before can be drawn",
        ),
        (
            {"amount_yuan": 1000000.005},
            "loan.amount_yuan: given 1000000.005; expected an amount in yuan with at most two "
            "decimals",
        ),
        ({"pledge_ratio": 1.2}, "loan.pledge_ratio: given 1.2; expected 1 or less"),
        (
            {"collaterals": [{"kind": "equipment", "value_yuan": 1, "ratio_cap": 1.5}]},
            "loan.collaterals.0.ratio_cap: given 1.5; expected 1 or less",
        ),
    ],
)
def test_bad_input_of_a_loan_is_refused_by_name(
    terms: dict[str, Any], said: str, document: dict[str, Any]
) -> None:
    assert said in refused(document, **terms)


def test_a_year_without_a_calendar_is_refused_by_its_number() -> None:
    loan = loan_of(drawdown_date=date(2050, 5, 1), business_days=BusinessDays.FOLLOWING)
    with pytest.raises(DomainError) as caught:
        loan_periods(loan, loan_calendar(loan))
    last = published_days().last_year
    assert problem_text(domain_problem(caught.value), EN).startswith(
        "loan.calendar: given 2050; expected own days for this year: the calendar of China is "
        f"known from 2004 to {last}"
    )


def codes_of(path: Path) -> set[str]:
    """Codes written out where a problem is made or raised."""
    places = {"Problem": 1, "DomainError": 0}
    return {
        argument.value
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in places
        and isinstance(argument := node.args[places[node.func.id]], ast.Constant)
        and isinstance(argument.value, str)
    }


def test_every_code_a_loan_is_refused_with_has_words_and_every_word_its_code() -> None:
    paths = [*(CORE / "lending").glob("*.py"), *(CORE / "case").glob("*_rules.py")]
    used = set[str]().union(*map(codes_of, paths))
    words = EXPECTED.keys() | LOAN_EXPECTED.keys() | INSURANCE_EXPECTED.keys()
    assert used - words == set()
    told = "".join(path.read_text(encoding="utf-8") for path in paths)
    assert [code for code in LOAN_EXPECTED if code not in told] == []
    assert LOAN_EXPECTED.keys() & EXPECTED.keys() == set()


def test_the_announced_rates_are_those_of_the_20th_or_the_next_working_day() -> None:
    calendar = loan_calendar(loan_of())
    rows = load_lpr()
    assert rows[0].day == date(2019, 8, 20)
    for row in rows:
        assert row.day == calendar.adjust(row.day.replace(day=20), BusinessDays.FOLLOWING)
        assert 0 < row.one_year < row.five_years < 0.06
    assert len({(row.day.year, row.day.month) for row in rows}) == len(rows)
    months = (rows[-1].day.year - 2019) * 12 + rows[-1].day.month - 7
    assert len(rows) == months


def floating(document: Document) -> Document:
    loan = {**document["loan"], "rate_kind": "floating", "margin_bp": 50}
    del loan["annual_rate"]
    return {**document, "loan": loan}


def test_proposed_rates_run_from_the_last_one_before_drawdown_and_say_their_source(
    document: Document,
) -> None:
    proposed = with_lpr(floating(document), load_lpr(), EN)
    lines = proposed["loan"]["lpr"]
    assert lines[0] == {"day": "2025-03-20", "one_year": 0.031, "five_years": 0.036}
    assert lines[2] == {"day": "2025-05-20", "one_year": 0.03, "five_years": 0.035}
    assert proposed["provenance"]["loan.lpr"]["kind"] == "disclosed"
    assert "2025-03-20" in proposed["provenance"]["loan.lpr"]["source"]
    assert validate(proposed).case.loan is not None


def test_an_own_rate_of_another_day_stays_beside_the_proposed_ones(document: Document) -> None:
    own = {"day": "2031-01-20", "one_year": 0.02}
    draft = floating(document)
    draft["loan"]["lpr"] = [own]
    lines = with_lpr(draft, load_lpr(), EN)["loan"]["lpr"]
    assert lines[-1] == own
    assert len(lines) > 10


def test_a_draft_without_drawdown_is_offered_all_rates_and_no_days(document: Document) -> None:
    draft = floating(document)
    del draft["loan"]["drawdown_date"]
    assert len(with_lpr(draft, load_lpr(), EN)["loan"]["lpr"]) == len(load_lpr())
    assert with_calendar(draft, EN) == draft


def test_copied_days_are_those_of_the_library_and_own_days_go_before_them(
    document: Document,
) -> None:
    own = {"day": "2025-10-01", "kind": "workday"}
    document["loan"] |= {"business_days": "following", "calendar": [own]}
    copied = with_calendar(document, EN)
    lines = copied["loan"]["calendar"]
    assert own in lines
    assert {"day": "2025-01-26", "kind": "workday"} in lines
    assert {"day": "2025-10-02", "kind": "holiday"} in lines
    assert lines == sorted(lines, key=lambda line: str(line["day"]))
    assert lines[0]["day"] == "2025-01-01"
    assert "chinesecalendar" in copied["provenance"]["loan.calendar"]["source"]
    assert validate(copied).case.loan is not None
    assert with_calendar(copied, EN) == copied
