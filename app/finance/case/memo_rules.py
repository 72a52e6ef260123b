"""Rules of the memo to the credit committee: accounts in order, votes of one meeting."""

from collections.abc import Iterator
from itertools import pairwise

from app.finance.case.lending.memo import CommitteeMemo
from app.finance.case.problems import Problem

_PATH = "loan.memo"


def memo_problems(memo: CommitteeMemo | None) -> list[Problem]:
    """Return the problems of the memo; none for a loan without one."""
    if memo is None:
        return []
    return [*_accounts(memo), *_votes(memo), *_quorum(memo)]


def _accounts(memo: CommitteeMemo) -> Iterator[Problem]:
    """Each year of the accounts stands once, after the year before."""
    for number, (above, line) in enumerate(pairwise(memo.financials), start=1):
        if line.year <= above.year:
            path = f"{_PATH}.financials.{number}.year"
            yield Problem(path, "year_not_after", line.year, {"before": above.year})


def _votes(memo: CommitteeMemo) -> Iterator[Problem]:
    """A day of voting belongs to a vote, and does not lie before the meeting."""
    for number, line in enumerate(memo.members):
        path, day = f"{_PATH}.members.{number}", line.voted_on
        if day is None:
            continue
        if line.vote is None:
            yield Problem(f"{path}.vote", "vote_missing", None, {"day": day})
        if memo.meeting_day is not None and day < memo.meeting_day:
            facts = {"meeting": memo.meeting_day}
            yield Problem(f"{path}.voted_on", "before_meeting", day, facts)


def _quorum(memo: CommitteeMemo) -> Iterator[Problem]:
    """It takes no more votes than there are members, once the members are entered."""
    if memo.members and memo.quorum is not None and memo.quorum > len(memo.members):
        facts = {"members": len(memo.members)}
        yield Problem(f"{_PATH}.quorum", "quorum_over_members", memo.quorum, facts)
