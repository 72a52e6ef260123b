"""What of the book wants attention: what is late or due soon, cases that cannot be relied on."""

from collections.abc import Iterator, Sequence
from functools import partial

from app.formats import number
from app.i18n import N_, Translator
from app.messages import problem_text
from app.messages.lending_words import PATH_REASONS
from app.reports.document import Block, Cell, Column, Grid, Heading, Prose, Words, free
from app.reports.due_facts import due_cell
from app.reports.entries import cell, number_cell
from app.reports.portfolio_book import BookedCase, DueThing, Portfolio
from app.reports.portfolio_facts import OTHERS

_MOST = 30
"""Lines of a list before the rest is counted."""

_REGISTRATION = ("registration", "cancel_registration", "amend_registration")
"""How the codes of what is due begin that are of the registration."""

_NOTHING_DUE = N_("Nothing is late, and nothing falls due within {days} days.")
_COUNTED = N_("{count} things, {late} of them late; {alarms} are of the registration.")
_ALL_WELL = N_("Every case is approved, without red flags, and could be computed.")
_LISTED = N_("{title}: {count}")


def due(book: Portfolio, words: Words) -> Iterator[Block]:
    """What is late, then what falls due within the days looked ahead."""
    yield Heading(words(N_("Due within {days} days"), days=str(book.due_days)))
    if not book.due:
        yield Prose(words(_NOTHING_DUE, days=str(book.due_days)))
        return
    late = [one for one in book.due if one.days < 0]
    ahead = [one for one in book.due if one.days >= 0]
    alarms = sum(one.item.code.startswith(_REGISTRATION) for one in book.due)
    yield Prose(
        words(
            _COUNTED,
            count=f"{len(book.due):,}",
            late=f"{len(late):,}",
            alarms=f"{alarms:,}",
        )
    )
    yield from _due_list(words, N_("Late"), late)
    yield from _due_list(words, N_("Ahead"), ahead)


def _due_list(words: Words, title: str, things: Sequence[DueThing]) -> Iterator[Block]:
    if not things:
        return
    yield _heading(words, title, len(things))
    heads = (
        Column(words(N_("Day")), 0.11),
        Column(words(N_("Days to go")), 0.11, numeric=True),
        Column(words(N_("Case")), 0.33),
        Column(words(N_("What is due")), 0.45),
    )
    yield Grid(heads, tuple(_due_row(words, one) for one in things[:_MOST]))
    yield from _rest(words, len(things) - _MOST)


def _due_row(words: Words, one: DueThing) -> tuple[Cell, ...]:
    return (
        cell(free(one.item.day.isoformat())),
        number_cell(number(one.days, 0)),
        cell(free(one.case_name)),
        cell(words.each(due_cell(one.item).said)),
    )


def quality(book: Portfolio, words: Words) -> Iterator[Block]:
    """Cases that could not be computed, with the reason; red flags; versions without approval."""
    if not book.cases:
        return
    yield Heading(words(N_("Quality of the data")))
    refused = [case for case in book.cases if not case.is_computed]
    flagged = [case for case in book.cases if case.red_flags]
    drafts = [case for case in book.cases if not case.approved and not case.red_flags]
    if not (refused or flagged or drafts):
        yield Prose(words(_ALL_WELL))
        return
    yield from _refused(words, refused)
    yield from _flagged(words, N_("Cases with red flags"), flagged)
    yield from _flagged(words, N_("Without red flags, not approved"), drafts)


def _refused(words: Words, cases: Sequence[BookedCase]) -> Iterator[Block]:
    if not cases:
        return
    yield _heading(words, N_("Cases that could not be computed"), len(cases))
    heads = (
        Column(words(N_("Case")), 0.33),
        Column(words(N_("Version")), 0.1, numeric=True),
        Column(words(N_("Reason")), 0.57),
    )
    rows = tuple(
        (*_named(case), cell(words.each(partial(_refusal, case)))) for case in cases[:_MOST]
    )
    yield Grid(heads, rows)
    yield from _rest(words, len(cases) - _MOST)


def _refusal(case: BookedCase, tr: Translator) -> str:
    told = [problem_text(problem, tr) for problem in case.problems]
    if case.not_followed and not told:
        reason = PATH_REASONS["not_followed"]
        told.append(tr(reason))
    return tr(N_("; ")).join(told)


def _flagged(words: Words, title: str, cases: Sequence[BookedCase]) -> Iterator[Block]:
    if not cases:
        return
    yield _heading(words, title, len(cases))
    heads = (
        Column(words(N_("Case")), 0.6),
        Column(words(N_("Version")), 0.1, numeric=True),
        Column(words(N_("Red flags")), 0.15, numeric=True),
        Column(words(N_("Warnings")), 0.15, numeric=True),
    )
    rows = tuple(
        (*_named(case), number_cell(str(case.red_flags)), number_cell(str(case.warnings)))
        for case in cases[:_MOST]
    )
    yield Grid(heads, rows)
    yield from _rest(words, len(cases) - _MOST)


def _named(case: BookedCase) -> tuple[Cell, Cell]:
    return cell(free(case.name)), number_cell(str(case.version))


def _heading(words: Words, title: str, count: int) -> Heading:
    shown = f"{count:,}"
    return Heading(words.each(lambda tr: tr(_LISTED).format(title=tr(title), count=shown)), 2)


def _rest(words: Words, count: int) -> Iterator[Block]:
    if count > 0:
        yield Prose(words(OTHERS, count=f"{count:,}"), small=True)
