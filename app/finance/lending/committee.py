"""What a credit committee counts by itself: ratios of the accounts, exposure, votes."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.finance.case.lending.memo import ExposureLine, FinancialLine, MemberLine, Vote
from app.finance.money import ZERO


@dataclass(frozen=True, slots=True)
class AccountRatios:
    """Ratios of one year of a borrower, as fractions; debt over EBITDA in times."""

    year: int
    debt_to_assets: float | None
    ebitda_margin: float | None
    debt_to_ebitda: float | None
    net_margin: float | None


def account_ratios(line: FinancialLine) -> AccountRatios:
    """Return the ratios of the accounts of a year; None where a figure is missing.

    Liabilities over assets, EBITDA over revenue, liabilities over EBITDA, net profit over revenue:
    all are ratios of two figures of the same year. One is None as well where its divisor is not
    above zero, since a ratio to nothing, or to a loss, says nothing.
    """
    return AccountRatios(
        line.year,
        debt_to_assets=_over(line.total_debt_yuan, line.total_assets_yuan),
        ebitda_margin=_over(line.ebitda_yuan, line.revenue_yuan),
        debt_to_ebitda=_over(line.total_debt_yuan, line.ebitda_yuan),
        net_margin=_over(line.net_profit_yuan, line.revenue_yuan),
    )


def _over(part: float | None, whole: float | None) -> float | None:
    if part is None or whole is None or whole <= 0:
        return None
    return part / whole


@dataclass(frozen=True, slots=True)
class GroupExposure:
    """What the lender has out to a borrower and its group, yuan.

    `room_yuan` is what may still be lent to them, this loan not counted; None when it was not
    entered. `left_yuan` is what is left of it after this loan, below zero when it goes beyond.
    """

    this_loan_yuan: Decimal
    total_yuan: Decimal
    room_yuan: Decimal | None
    left_yuan: Decimal | None


def group_exposure(
    lines: Sequence[ExposureLine], amount: Decimal, room: Decimal | None
) -> GroupExposure:
    """Return the exposure with this loan of `amount` yuan added, held against the room left."""
    others = sum((line.amount_yuan for line in lines), ZERO)
    left = None if room is None else room - amount
    return GroupExposure(amount, others + amount, room, left)


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes of a committee.

    `open_votes` are seats that have not voted. `outcome` is "carried" (as many votes for the loan
    as it takes), "not_carried" (they can no longer come together), "open" (they still can), or ""
    where nothing says how many it takes, or nobody has voted.
    """

    votes_for: int
    votes_against: int
    abstained: int
    open_votes: int
    needed: int | None
    outcome: str


def tally(members: Sequence[MemberLine], needed: int | None) -> Tally:
    """Count the votes of a committee against the votes for the loan that it takes."""
    votes = [line.vote for line in members]
    yes, unspoken = votes.count(Vote.FOR), votes.count(None)
    outcome = ""
    if needed is not None and unspoken < len(votes):
        if yes >= needed:
            outcome = "carried"
        else:
            outcome = "open" if yes + unspoken >= needed else "not_carried"
    against, abstained = votes.count(Vote.AGAINST), votes.count(Vote.ABSTAIN)
    return Tally(yes, against, abstained, unspoken, needed, outcome)
