"""The chain of rights behind the security, link by link, from project, markets and checklist."""

from collections.abc import Iterator, Mapping
from datetime import date

from app.finance.case.case import Case
from app.finance.case.lending.memo import CommitteeMemo
from app.finance.case.project import Project
from app.finance.engine import Results
from app.finance.lending.life_results import ChecklistItem
from app.formats import percent
from app.i18n import N_
from app.messages.lending_words import CHECK_STATES
from app.reports.document import Block, Heading, Words
from app.reports.due_facts import check_fact, check_state
from app.reports.fact_grids import grids
from app.reports.fact_tables import (
    EMPTY_CELL,
    FactCell,
    FactHead,
    FactTable,
    listed,
    words,
)
from app.reports.market_facts import NO_COMPLIANCE_EXIT, exit_groups
from app.reports.memo_parts import paragraphs

_NOT_ENTERED = N_("not entered")
_ENTERED = N_("stated in the case")

_Link = tuple[FactCell, FactCell, FactCell, bool]
"""Link of the chain, what stands there, its state, and whether it does not hold."""


def chain(words_: Words, memo: CommitteeMemo, case: Case, results: Results) -> Iterator[Block]:
    """What the officer says of the project, and the chain of rights as the case holds it."""
    yield from paragraphs(memo.rights)
    yield Heading(words_(N_("Chain of rights")), 2)
    yield from grids(words_, chain_table(case, results), failing=True)


def chain_table(case: Case, results: Results) -> FactTable:
    """Return the links from title to registration; those that do not hold are marked."""
    loan = results.loan
    checks = {} if loan is None else {item.code: item for item in loan.checklist}
    links = [
        *_title(case.project, checks),
        *_crediting(case, results),
        *_exits(results),
        *_claims(checks),
    ]
    heads = (
        FactHead(N_("Link"), numeric=False),
        FactHead(N_("What stands there"), numeric=False),
        FactHead(N_("State"), numeric=False),
    )
    marked = tuple(place for place, link in enumerate(links) if link[-1])
    return FactTable(heads, tuple(link[:-1] for link in links), marked=marked)


def _link(label: str, said: FactCell, check: ChecklistItem | None = None) -> _Link:
    """A link with the state of its condition, or whether something was entered at all."""
    if check is not None and check.ok is not None:
        return words(label), said, words(CHECK_STATES[check_state(check)]), not check.ok
    state = words(_NOT_ENTERED if said.empty else _ENTERED)
    return words(label), said, state, False


def _text(text: str) -> FactCell:
    return FactCell(text) if text else EMPTY_CELL


def _until(end: date | None) -> FactCell:
    return EMPTY_CELL if end is None else words(N_("until {day}"), day=end.isoformat())


def _title(project: Project, checks: Mapping[str, ChecklistItem]) -> Iterator[_Link]:
    yield _link(N_("Right holder"), _text(project.holder))
    yield _link(N_("Sea-area use right"), _until(project.sea_area_right_end))
    if project.contract_end is not None:
        yield _link(N_("Sale contract"), _until(project.contract_end))
    buffer = checks.get("right_buffer")
    if buffer is not None:
        yield _link(N_("Right outlasts the loan, buffer kept"), check_fact(buffer), buffer)


def _crediting(case: Case, results: Results) -> Iterator[_Link]:
    """Method, standard and registry, crediting period, verification, what is held back."""
    project = case.project
    yield _link(N_("Methodology and standard"), listed(*map(_text, _named(project))))
    yield _link(N_("Number in the carbon registry"), _text(project.registry_id))
    period = EMPTY_CELL
    if project.crediting_start is not None and project.crediting_end is not None:
        period = words(
            N_("{first} to {last}"),
            first=project.crediting_start.isoformat(),
            last=project.crediting_end.isoformat(),
        )
    yield _link(N_("Crediting period"), period)
    yield _link(N_("Measurement and verification"), _verified(case))
    held = EMPTY_CELL
    if project.buffer_share is not None:
        held = words(N_("{share} of the removals held back"), share=percent(project.buffer_share))
    elif results.carbon.total_by_pool:
        held = words(N_("by the method of accounting"))
    yield _link(N_("Permanence: buffer against reversal"), held)


def _named(project: Project) -> tuple[str, str]:
    """Methodology and standard, the latter once where the former begins with it."""
    standard = "" if project.methodology.startswith(project.standard) else project.standard
    return project.methodology, standard


def _verified(case: Case) -> FactCell:
    """The verifications planned, else how often the appraisal takes one for granted."""
    planned = [line.verified_on for line in case.project.verifications]
    if planned:
        return words(
            N_("verifications entered: {count}, the last on {day}"),
            count=str(len(planned)),
            day=max(planned).isoformat(),
        )
    if case.appraisal is None:
        return EMPTY_CELL
    every = str(case.appraisal.verification_interval_years)
    return words(N_("none entered; the appraisal assumes years between them: {years}"), years=every)


def _exits(results: Results) -> Iterator[_Link]:
    """Whether a market with a duty takes the credits; the markets stand in the chapter."""
    if not results.eligibility:
        return
    duty = len(exit_groups(results)[0][1])
    label = words(N_("Exits for the credits"))
    if not duty:
        yield label, words(NO_COMPLIANCE_EXIT), words(N_("closed")), True
        return
    said = words(N_("compliance markets that take them: {count}"), count=str(duty))
    yield label, said, words(N_("open")), False


def _claims(checks: Mapping[str, ChecklistItem]) -> Iterator[_Link]:
    """Whether the tonnes are promised once, and the pledge is registered first."""
    for code, label in (
        ("ledger_free", N_("Double counting: tonnes neither pledged nor sold before")),
        ("query_certificate", N_("Search for earlier registrations")),
        ("registration_no", N_("Registration of the pledge")),
        ("first_registered", N_("Rank of the lender")),
    ):
        item = checks.get(code)
        if item is not None:
            yield _link(label, check_fact(item), item)
