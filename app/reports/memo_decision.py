"""What the committee decides with: conditions, vote, and who signs the memo."""

from collections.abc import Iterator
from dataclasses import replace

from app.finance.case.lending.memo import VOTE_CHOICES, CommitteeMemo, MemberLine
from app.finance.lending.committee import Tally, tally
from app.i18n import N_, Translator
from app.reports.agreement_facts import default_events, own_conditions, undertakings
from app.reports.document import (
    NOTHING,
    Block,
    Cell,
    Column,
    Grid,
    Prose,
    Signatures,
    Text,
    Words,
    free,
)
from app.reports.entries import cell
from app.reports.fact_tables import FactHead, FactTable
from app.reports.frame import signed
from app.reports.loan_risk_sections import checklist
from app.reports.loan_sections import named
from app.reports.memo_parts import below
from app.reports.sheet import Sheet
from app.reports.value_blocks import facts
from app.reports.value_facts import FactRow

_ROLES = (
    N_("Host relationship manager"),
    N_("Co-host relationship manager"),
    N_("Head of the branch"),
    N_("Reviewer"),
    N_("Risk officer"),
    N_("Secretary of the committee"),
    N_("Approver"),
)
"""Who signs a memo, in the order in which it passes through their hands."""

_STATEMENT = N_(
    "This memo rests on the inputs listed in its annex and on what the borrower stated. Each who "
    "signs answers for the work of the role; the loan is granted by the decision of the committee "
    "and the approver alone."
)
_FREE_SEATS = 7
"""Lines to vote on where no members were entered; more where it takes more votes."""

_TICKED, _UNTICKED = "■", "□"
_OUTCOMES = {
    "carried": N_("carried"),
    "not_carried": N_("not carried"),
    "open": N_("open: votes are still to come"),
    "": N_("not counted"),
}


def conditions(sheet: Sheet) -> Iterator[Block]:
    """The checklist, and the conditions, undertakings and events of default of the agreement."""
    words, terms = sheet.words, sheet.case.loan
    assert terms is not None  # noqa: S101 - built for cases with a loan only
    yield from below(checklist(words, sheet.results))
    yield from named(words, N_("Further conditions"), own_conditions(terms))
    heads = (FactHead(N_("Undertaking"), numeric=False), FactHead(N_("Tested"), numeric=False))
    yield from named(words, N_("Undertakings"), FactTable(heads, undertakings(terms)))
    heads = (
        FactHead(N_("Event of default"), numeric=False),
        FactHead(N_("Cure period"), numeric=False),
    )
    yield from named(words, N_("Events of default"), FactTable(heads, default_events(terms)))


def vote(sheet: Sheet, memo: CommitteeMemo) -> Iterator[Block]:
    """The vote table, filled as far as votes were entered, and what they come to."""
    words = sheet.words
    rows = [_member(words, number, line) for number, line in enumerate(memo.members, start=1)]
    if not rows:
        count = max(_FREE_SEATS, memo.quorum or 0)
        rows = [_member(words, number, None) for number in range(1, count + 1)]
    yield Grid(
        (
            Column(words(N_("Seat no.")), 0.05),
            Column(words(N_("Seat")), 0.19),
            Column(words(N_("Vote")), 0.24),
            Column(words(N_("Comment")), 0.24),
            Column(words(N_("Signature")), 0.15),
            Column(words(N_("Date")), 0.13),
        ),
        tuple(rows),
        roomy=True,
    )
    if memo.members:
        yield facts(words, tally_rows(tally(memo.members, memo.quorum)))
    elif memo.quorum is not None:
        needed = words(N_("Votes for the loan that it takes: {count}"), count=memo.quorum)
        yield Prose(needed, small=True)


def _member(words: Words, number: int, line: MemberLine | None) -> tuple[Cell, ...]:
    chosen = None if line is None else line.vote
    voted_on = "" if line is None or line.voted_on is None else line.voted_on.isoformat()
    return (
        cell(free(str(number))),
        cell(free("" if line is None else line.seat)),
        cell(words.each(lambda tr: _boxes(tr, chosen))),
        cell(free("" if line is None else line.comment)),
        cell(NOTHING),
        cell(free(voted_on)),
    )


def _boxes(tr: Translator, chosen: str | None) -> str:
    """The three votes, each behind a box; the one that was cast is filled."""
    return "  ".join(
        f"{_TICKED if code == chosen else _UNTICKED}\u00a0{tr(label)}"
        for code, label in VOTE_CHOICES
    )


def tally_rows(found: Tally) -> tuple[FactRow, ...]:
    """Return the count of the votes and, where it is known how many it takes, the outcome."""
    rows = [
        FactRow(N_("Votes for"), str(found.votes_for)),
        FactRow(N_("Votes against"), str(found.votes_against)),
        FactRow(N_("Abstentions"), str(found.abstained)),
        FactRow(N_("Not voted yet"), str(found.open_votes)),
    ]
    if found.needed is not None:
        rows.append(FactRow(N_("Votes needed"), str(found.needed)))
        rows.append(FactRow(N_("Outcome"), words=_OUTCOMES[found.outcome], strong=True))
    return tuple(rows)


def sign_off(sheet: Sheet) -> Signatures:
    """Who signs the memo; the names of an approval go to the first role and the last one."""
    block = signed(sheet, sheet.words(_STATEMENT), roles=_ROLES)
    if _roles(block) != tuple(sheet.words(role) for role in _ROLES):
        return block
    stamp, signatures = sheet.stamp, list(block.signatures)
    approved_on = stamp.approved_on.isoformat() if stamp.approved_on else ""
    signatures[0] = replace(signatures[0], name=stamp.prepared_by)
    signatures[-1] = replace(signatures[-1], name=stamp.approved_by, day=approved_on)
    return replace(block, signatures=tuple(signatures))


def _roles(block: Signatures) -> tuple[Text, ...]:
    return tuple(signature.role for signature in block.signatures)
