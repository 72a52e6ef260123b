"""The annex of workings: how each printed figure was computed."""

import re
from collections.abc import Iterable, Iterator

from app.finance.engine import Results
from app.finance.explain import Step
from app.i18n import N_
from app.reports.document import (
    Block,
    Cell,
    Fact,
    Facts,
    Grid,
    Heading,
    Hero,
    Prose,
    Strip,
    Words,
    Workings,
)

_OF_ONE_LINE = re.compile(r"value\.evidence\.\d+")
_OF_CREDIT = "credit."


def printed_steps(results: Results) -> tuple[Step, ...]:
    """Return the workings that are printed one by one, those of credit risk last.

    Those of the single comparables are left to their table, which holds each of their factors.
    """
    return (*_open_steps(results), *_credit_steps(results))


def _open_steps(results: Results) -> tuple[Step, ...]:
    return tuple(
        step
        for step in results.working
        if not _OF_ONE_LINE.fullmatch(step.key) and not step.key.startswith(_OF_CREDIT)
    )


def _credit_steps(results: Results) -> tuple[Step, ...]:
    return tuple(step for step in results.working if step.key.startswith(_OF_CREDIT))


def workings(words: Words, results: Results) -> Iterator[Block]:
    """How each printed figure was computed."""
    yield from workings_of(words, _open_steps(results))


def workings_of(words: Words, steps: tuple[Step, ...]) -> Iterator[Block]:
    """These workings, numbered from 1; nothing where there are none."""
    if not steps:
        return
    yield Heading(words(N_("Annex: workings")))
    yield Prose(
        words(N_("The number beside a figure of this document is the number of its working here.")),
        small=True,
    )
    yield Workings(steps)


def credit_workings(words: Words, results: Results) -> Iterator[Block]:
    """How the figures of credit risk were computed; their numbers go on from the others."""
    steps = _credit_steps(results)
    if steps:
        yield Heading(words(N_("Workings of credit risk")), 2)
        yield Workings(steps, first=len(_open_steps(results)) + 1)


def marked_steps(results: Results, blocks: Iterable[Block]) -> tuple[Step, ...]:
    """Return the workings whose figures stand in these blocks, in the order of the results."""
    keys = set(_keys(blocks))
    return tuple(step for step in results.working if step.key in keys)


def _keys(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Facts(facts=facts) | Strip(facts=facts):
                yield from _steps_of(facts)
            case Hero(step=step):
                yield step
            case Grid(rows=rows):
                for row in rows:
                    yield from _steps_of(row)
            case _:
                pass


def _steps_of(parts: Iterable[Fact | Cell]) -> Iterator[str]:
    return (part.step for part in parts)
