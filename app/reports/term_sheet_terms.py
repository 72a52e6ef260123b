"""What the term sheet says beside the figures: undertakings, conditions, defaults, law."""

from collections.abc import Iterator, Sequence

from app.finance.case.case import Case
from app.finance.case.lending.agreement import LoanAgreement
from app.finance.case.loan import Loan
from app.finance.lending.life_results import ChecklistItem
from app.finance.lending.results import LoanResult
from app.i18n import N_
from app.reports.agreement_facts import (
    TO_BE_AGREED,
    USUAL_UNDERTAKINGS,
    condition_name,
    condition_state,
    default_events,
    own_conditions,
    undertakings,
)
from app.reports.document import (
    EMPTY,
    NOTHING,
    Block,
    Cell,
    Column,
    Fact,
    Facts,
    Grid,
    Heading,
    Prose,
    Words,
    free,
)
from app.reports.fact_grids import grids
from app.reports.fact_tables import FactCell, free_row
from app.reports.green_facts import green_rows
from app.reports.value_blocks import fact
from app.reports.value_facts import FactRow

_NOT_CLASSIFIED = N_("not classified")
_GREEN = 3
"""Rows of the green class that a term sheet has: edition, class, item."""


_PRECEDE_NOTHING = (
    "sizing", "cover", "coverage_lines", "payments", "extension", "cancellation",
)  # fmt: skip
"""Conditions of the checklist that bind after drawdown, or say how sound the loan itself is."""


def undertakings_section(words: Words, terms: Loan) -> Iterator[Block]:
    """The undertakings, numbered, with when they are tested."""
    yield Heading(words(N_("Undertakings, conditions, events of default")))
    lines = undertakings(terms)
    if lines:
        yield _numbered(words, lines, (N_("Undertaking"), N_("Tested")), 0.68)
    if terms.agreement is None or not terms.agreement.covenants:
        yield Prose(words(USUAL_UNDERTAKINGS), small=True)


def conditions_section(words: Words, terms: Loan, loan: LoanResult) -> Iterator[Block]:
    """The checklist in two columns, then the conditions entered."""
    yield Heading(words(N_("Conditions precedent")), 2)
    asked = [
        item for item in loan.checklist if item.ok is not None and item.code not in _PRECEDE_NOTHING
    ]
    if asked:
        yield _in_two_columns(words, asked)
    table = own_conditions(terms)
    if table is not None:
        yield from grids(words, table)


def defaults_section(words: Words, terms: Loan) -> Iterator[Block]:
    """The events of default with their cure periods, and how the security is disposed of."""
    agreement = terms.agreement or LoanAgreement()
    yield Heading(words(N_("Events of default and disposal")), 2)
    lines = default_events(terms)
    if lines:
        yield _numbered(words, lines, (N_("Event of default"), N_("Cure period")), 0.68)
    facts = [] if agreement.default_events else [_agreed(words, N_("Further events"), "")]
    facts.append(_agreed(words, N_("Disposal of the security"), agreement.disposal_route))
    yield Facts(tuple(facts))


def law_section(words: Words, case: Case, loan: LoanResult) -> Iterator[Block]:
    """Green class with its edition, costs, law, court, confidentiality."""
    agreement = (case.loan.agreement if case.loan else None) or LoanAgreement()
    yield Heading(words(N_("Green class, costs, law")))
    found = loan.green
    rows: Sequence[FactRow] = () if found is None else green_rows(case, found)[:_GREEN]
    if not rows:
        rows = (FactRow(N_("Green class"), words=_NOT_CLASSIFIED),)
    facts = [fact(words, row) for row in rows]
    facts += [
        _agreed(words, label, text)
        for label, text in (
            (N_("Costs and expenses"), agreement.costs),
            (N_("Governing law"), agreement.governing_law),
            (N_("Court or arbitration"), agreement.court),
        )
    ]
    if agreement.confidentiality:
        facts.append(_agreed(words, N_("Confidentiality"), agreement.confidentiality))
    yield Facts(tuple(facts))


def _agreed(words: Words, label: str, text: str) -> Fact:
    """A text of the agreement, else that it is to be agreed."""
    said = " ".join(text.split())
    return fact(words, free_row(label, said) if said else FactRow(label, words=TO_BE_AGREED))


def _numbered(
    words: Words,
    lines: Sequence[tuple[FactCell, FactCell]],
    heads: tuple[str, str],
    share: float,
) -> Grid:
    """Lines with their numbers; a place nobody filled stays blank."""

    def place(cell: FactCell) -> Cell:
        return EMPTY if cell.empty else Cell(words.each(cell.said))

    first, second = heads
    return Grid(
        (
            Column(NOTHING, 0.04),
            Column(words(first), share),
            Column(words(second), 0.96 - share),
        ),
        tuple(
            (Cell(free(str(number))), place(text), place(beside))
            for number, (text, beside) in enumerate(lines, start=1)
        ),
    )


def _in_two_columns(words: Words, items: Sequence[ChecklistItem]) -> Grid:
    """Conditions and their states, the first half of them at the left."""
    half = (len(items) + 1) // 2
    rows = []
    for left, right in zip(items[:half], [*items[half:], None][:half], strict=True):
        rows.append((*_condition(words, left), *_condition(words, right)))
    name, state = Column(words(N_("Condition")), 0.4), Column(words(N_("State")), 0.1)
    return Grid((name, state, name, state), tuple(rows))


def _condition(words: Words, item: ChecklistItem | None) -> tuple[Cell, Cell]:
    if item is None:
        return EMPTY, EMPTY
    state = words.each(condition_state(item).said)
    return Cell(words.each(condition_name(item).said)), Cell(state, strong=not item.ok)
