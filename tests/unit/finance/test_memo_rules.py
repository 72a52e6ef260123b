"""What of a memo is refused, and what a committee counts by itself."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.finance.case.lending.memo import (
    CommitteeMemo,
    ExposureLine,
    FinancialLine,
    MemberLine,
    Vote,
)
from app.finance.case.memo_rules import memo_problems
from app.finance.lending.committee import account_ratios, group_exposure, tally
from app.services import case_file
from app.services.case_file import CaseRefused
from tests.committee_case import committee_document

MEETING = date(2025, 12, 1)


def refused(**entries: Any) -> list[tuple[str, str]]:
    return [(one.path, one.code) for one in memo_problems(CommitteeMemo(**entries))]


def seats(*votes: Vote | None) -> tuple[MemberLine, ...]:
    return tuple(MemberLine(seat=f"seat {n}", vote=vote) for n, vote in enumerate(votes))


FOR, AGAINST, ABSTAIN = Vote.FOR, Vote.AGAINST, Vote.ABSTAIN


def test_a_loan_without_a_memo_and_an_empty_memo_have_no_problems() -> None:
    assert memo_problems(None) == []
    assert refused() == []


@pytest.mark.parametrize("years", [(2023, 2023), (2024, 2023)])
def test_each_year_of_the_accounts_stands_once_and_in_order(years: tuple[int, ...]) -> None:
    lines = tuple(FinancialLine(year=year) for year in years)
    assert refused(financials=lines) == [("loan.memo.financials.1.year", "year_not_after")]


def test_years_may_leave_a_gap() -> None:
    assert refused(financials=(FinancialLine(year=2021), FinancialLine(year=2024))) == []


def test_nobody_votes_before_the_meeting() -> None:
    early = MemberLine(seat="chair", vote=FOR, voted_on=date(2025, 11, 30))
    on_the_day = MemberLine(seat="risk", vote=FOR, voted_on=MEETING)
    found = refused(members=(on_the_day, early), meeting_day=MEETING)
    assert found == [("loan.memo.members.1.voted_on", "before_meeting")]
    assert refused(members=(early,)) == []


def test_a_day_of_voting_needs_a_vote() -> None:
    line = MemberLine(seat="chair", voted_on=MEETING)
    assert refused(members=(line,)) == [("loan.memo.members.0.vote", "vote_missing")]


def test_it_takes_no_more_votes_than_there_are_members() -> None:
    found = refused(members=seats(FOR, FOR), quorum=3)
    assert found == [("loan.memo.quorum", "quorum_over_members")]
    assert refused(members=seats(FOR, FOR), quorum=2) == []
    assert refused(quorum=9) == []


def test_a_case_file_is_refused_for_its_memo() -> None:
    entered = committee_document()
    entered["loan"]["memo"]["quorum"] = 8
    entered["loan"]["memo"]["exposures"][0]["amount_yuan"] = "0.001"
    with pytest.raises(CaseRefused) as refusal:
        case_file.validate(entered)
    assert {(one.path, one.code) for one in refusal.value.problems} == {
        ("loan.memo.quorum", "quorum_over_members"),
        ("loan.memo.exposures.0.amount_yuan", "whole_fen"),
    }


def test_ratios_of_the_accounts_are_those_counted_by_hand() -> None:
    found = account_ratios(
        FinancialLine(
            year=2024,
            revenue_yuan=2_000_000,
            ebitda_yuan=300_000,
            net_profit_yuan=-50_000,
            total_assets_yuan=4_000_000,
            total_debt_yuan=1_500_000,
        )
    )
    assert found.debt_to_assets == pytest.approx(0.375)
    assert found.ebitda_margin == pytest.approx(0.15)
    assert found.debt_to_ebitda == pytest.approx(5.0)
    assert found.net_margin == pytest.approx(-0.025)


def test_a_ratio_to_nothing_or_to_a_loss_is_none() -> None:
    found = account_ratios(
        FinancialLine(year=2024, revenue_yuan=0, ebitda_yuan=-1, total_debt_yuan=5)
    )
    assert (found.ebitda_margin, found.debt_to_ebitda, found.debt_to_assets) == (None, None, None)
    assert found.net_margin is None


def test_this_loan_is_added_to_the_exposure_and_taken_off_the_room() -> None:
    lines = (
        ExposureLine(debtor="a", amount_yuan=Decimal("300000.10")),
        ExposureLine(debtor="b", amount_yuan=Decimal("80000.20")),
    )
    found = group_exposure(lines, Decimal(450000), Decimal(400000))
    assert found.total_yuan == Decimal("830000.30")
    assert found.left_yuan == Decimal(-50000)
    assert group_exposure((), Decimal(450000), None).left_yuan is None


@pytest.mark.parametrize(
    ("votes", "needed", "outcome"),
    [
        ((FOR, FOR, AGAINST), 2, "carried"),
        ((FOR, ABSTAIN, AGAINST), 2, "not_carried"),
        ((FOR, None, AGAINST), 2, "open"),
        ((FOR, FOR, None), 2, "carried"),
        ((None, None), 2, ""),
        ((FOR, FOR), None, ""),
        ((), 1, ""),
    ],
)
def test_votes_for_are_held_against_those_it_takes(
    votes: tuple[Vote | None, ...], needed: int | None, outcome: str
) -> None:
    assert tally(seats(*votes), needed).outcome == outcome


def test_every_seat_is_counted_once() -> None:
    found = tally(seats(FOR, AGAINST, AGAINST, ABSTAIN, None), 3)
    assert (found.votes_for, found.votes_against) == (1, 2)
    assert (found.abstained, found.open_votes) == (1, 1)
