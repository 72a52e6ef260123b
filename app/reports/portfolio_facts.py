"""What the portfolio report says of the book: sums of the whole and of its parts, policies.

Sums of money are exact. Lists of a large
book are cut to the largest lines, and the last line tells what was put together.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.finance.case.project import Project
from app.finance.fields import choice_label
from app.formats import money, percent
from app.i18n import N_
from app.reports.fact_tables import (
    EMPTY_CELL,
    FactCell,
    FactHead,
    FactTable,
    day,
    share,
    without,
    words,
    yuan,
)
from app.reports.portfolio_book import NO_MONEY, BookedCase, Portfolio
from app.reports.value_facts import FactRow

MOST_LINES = 20
"""Lines of a list before the rest is put together."""

OTHERS = N_("{count} others")
_NONE = N_("not stated")
_OF_LOANS = ("lender",)

GROUPS: Mapping[str, str] = {
    "carrier": N_("By sink carrier"),
    "place": N_("By place"),
    "method": N_("By methodology"),
    "lender": N_("By lender"),
    "insurer": N_("By insurer"),
}
"""How the book is parted, with the title of each table."""


def summary_rows(book: Portfolio) -> tuple[FactRow, ...]:
    """Return the numbers and sums of the book: rights, loans, policies, and what is open."""
    rights = [case.right for case in book.cases if case.right is not None]
    loans = [loan for _case, loan in book.loans]
    policies = [policy for _case, policy in book.policies]
    idle = sum(case.loan is not None for case in book.cases) - len(loans)
    value = sum(loan.value_yuan for loan in loans)
    owed = book.owed_yuan
    return (
        _counted(N_("Cases"), len(book.cases)),
        _counted(N_("Rights valued"), len(rights)),
        _yuan(N_("Gross value of the rights"), sum_of(right.gross_yuan for right in rights)),
        _yuan(N_("Net value of the rights"), sum_of(right.net_yuan for right in rights)),
        _yuan(N_("Liquidation value"), sum_of(right.liquidation_yuan for right in rights)),
        _counted(N_("Loans with debt"), len(loans)),
        _yuan(N_("Owed in all"), owed, strong=True),
        _yuan(N_("Principal"), sum_of(loan.principal_yuan for loan in loans)),
        _yuan(N_("Value of the security"), value),
        FactRow(N_("Coverage of the book"), percent(value / float(owed)) if owed else "–"),
        _counted(N_("Loans not drawn or repaid"), idle),
        _counted(N_("Policies in force"), len(policies)),
        _yuan(N_("Sum insured"), sum_of(one.sum_insured_yuan for one in policies), strong=True),
        _yuan(N_("Gross premium"), sum_of(one.premium_yuan for one in policies)),
        _counted(N_("Cases with red flags"), sum(case.red_flags > 0 for case in book.cases)),
        _counted(N_("Newest versions without approval"), sum(not c.approved for c in book.cases)),
        _counted(
            N_("Cases that could not be computed"), sum(not c.is_computed for c in book.cases)
        ),
    )


def sum_of(amounts: Iterable[Decimal]) -> Decimal:
    """Return the exact sum of amounts, 0.00 of none."""
    return sum(amounts, NO_MONEY)


def _counted(label: str, count: int) -> FactRow:
    return FactRow(label, f"{count:,}")


def _yuan(label: str, amount: Decimal | float, *, strong: bool = False) -> FactRow:
    return FactRow(label, money(amount), "yuan", strong=strong)


@dataclass(slots=True)
class _Group:
    """Sums of one part of the book."""

    rights: int = 0
    gross: Decimal = NO_MONEY
    net: Decimal = NO_MONEY
    loans: int = 0
    owed: Decimal = NO_MONEY
    policies: int = 0
    insured: Decimal = NO_MONEY

    def add(self, other: "_Group") -> None:
        self.rights += other.rights
        self.gross += other.gross
        self.net += other.net
        self.loans += other.loans
        self.owed += other.owed
        self.policies += other.policies
        self.insured += other.insured

    @property
    def size(self) -> Decimal:
        return self.owed + self.insured + abs(self.gross)

    def cells(self, owed: Decimal) -> tuple[FactCell, ...]:
        of_book = float(self.owed / owed) if owed else 0.0
        return (
            FactCell(f"{self.rights:,}"),
            yuan(self.gross),
            yuan(self.net),
            FactCell(f"{self.loans:,}"),
            yuan(self.owed),
            share(of_book),
            FactCell(f"{self.policies:,}"),
            yuan(self.insured),
        )


def _keys(case: BookedCase, by: str) -> str | None:
    """The part a case belongs to; None for one that has no such thing."""
    if by == "lender":
        return None if case.loan is None or not case.loan.owed_yuan else case.loan.lender
    if by == "insurer":
        return None if case.policy is None or not case.policy.in_force else case.policy.insurer
    if by == "carrier":
        return choice_label(Project, "ecosystem", case.carrier) if case.carrier else ""
    return str(getattr(case, by))


def _of_case(case: BookedCase, by: str) -> _Group:
    group = _Group()
    if case.right is not None and by != "insurer":
        group.rights, group.gross, group.net = 1, case.right.gross_yuan, case.right.net_yuan
    if case.loan is not None and case.loan.owed_yuan and by != "insurer":
        group.loans, group.owed = 1, case.loan.owed_yuan
    if case.policy is not None and case.policy.in_force and by not in _OF_LOANS:
        group.policies, group.insured = 1, case.policy.sum_insured_yuan
    return group


def group_table(book: Portfolio, by: str) -> FactTable | None:
    """Return numbers and sums of each part of the book, the largest first, with the total."""
    groups: dict[str, _Group] = defaultdict(_Group)
    for case in book.cases:
        key = _keys(case, by)
        if key is not None:
            groups[key].add(_of_case(case, by))
    if not groups:
        return None
    ranked = sorted(groups.items(), key=lambda pair: (-pair[1].size, pair[0]))
    total, rest = _Group(), _Group()
    for _key, group in ranked:
        total.add(group)
    shown = ranked[:MOST_LINES]
    owed = total.owed
    rows = [(_name(key, by), *group.cells(owed)) for key, group in shown]
    if ranked[MOST_LINES:]:
        for _key, group in ranked[MOST_LINES:]:
            rest.add(group)
        count = str(len(ranked) - MOST_LINES)
        rows.append((words(OTHERS, count=count), *rest.cells(owed)))
    totals = (words(N_("Total")), *total.cells(owed))
    return without(FactTable(_GROUP_HEADS, tuple(rows), totals), _unused(total))


_GROUP_HEADS = (
    FactHead(N_("Part of the book"), numeric=False),
    FactHead(N_("Rights")),
    FactHead(N_("Gross value"), "yuan"),
    FactHead(N_("Net value"), "yuan"),
    FactHead(N_("Loans")),
    FactHead(N_("Owed in all"), "yuan"),
    FactHead(N_("Share of the debt")),
    FactHead(N_("Policies")),
    FactHead(N_("Sum insured"), "yuan"),
)


def _unused(total: _Group) -> set[int]:
    """The columns of what no part has."""
    held = ((1, 2, 3), total.rights), ((4, 5, 6), total.loans), ((7, 8), total.policies)
    return {column for columns, count in held if not count for column in columns}


def _name(key: str, by: str) -> FactCell:
    if not key:
        return words(_NONE)
    return words(key) if by == "carrier" else FactCell(key)


def expiring_table(book: Portfolio) -> FactTable | None:
    """Return the policies that end within the days looked ahead, the first first."""
    found = [
        (case, policy)
        for case, policy in book.policies
        if (policy.ends - book.day).days <= book.due_days
    ]
    found.sort(key=lambda pair: (pair[1].ends, pair[0].name))
    if not found:
        return None
    heads = (
        FactHead(N_("Cover ends"), numeric=False),
        FactHead(N_("Case"), numeric=False),
        FactHead(N_("Insurer"), numeric=False),
        FactHead(N_("Sum insured"), "yuan"),
        FactHead(N_("Gross premium"), "yuan"),
    )
    rows = [
        (
            day(policy.ends),
            FactCell(case.name),
            FactCell(policy.insurer or "–"),
            yuan(policy.sum_insured_yuan),
            yuan(policy.premium_yuan),
        )
        for case, policy in found[:MOST_LINES]
    ]
    rest = found[MOST_LINES:]
    if rest:
        insured = sum_of(policy.sum_insured_yuan for _case, policy in rest)
        premium = sum_of(policy.premium_yuan for _case, policy in rest)
        count = words(OTHERS, count=str(len(rest)))
        rows.append((EMPTY_CELL, count, EMPTY_CELL, yuan(insured), yuan(premium)))
    return FactTable(heads, tuple(rows))
