"""How the memo is put together: numbered chapters, sections set below them, entered texts."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.i18n import N_, Translator
from app.reports.document import Block, Heading, Prose, Words, free

_DEEPEST = 3


def chapters(words: Words, parts: Iterable[tuple[str, Iterable[Block]]]) -> Iterator[Block]:
    """Yield the chapters under numbered headings; one in which nothing stands is left out."""
    number = 0
    for title, blocks in parts:
        found = tuple(blocks)
        if not found:
            continue
        number += 1

        def said(tr: Translator, title: str = title, number: int = number) -> str:
            return tr(N_("{number}. {title}")).format(number=number, title=tr(title))

        yield Heading(words.each(said))
        yield from found


def below(found: Iterable[Block]) -> Iterator[Block]:
    """Yield a section of another document with its headings one level deeper."""
    for block in found:
        if isinstance(block, Heading):
            yield replace(block, level=min(block.level + 1, _DEEPEST))
        else:
            yield block


def untitled(found: Iterable[Block]) -> Iterator[Block]:
    """Yield a section that fills a chapter by itself, without its own heading."""
    blocks = iter(found)
    first = next(blocks, None)
    if first is not None and not isinstance(first, Heading):
        yield first
    yield from blocks


def paragraphs(text: str) -> Iterator[Block]:
    """Yield the paragraphs of a text that somebody entered."""
    for line in filter(None, map(str.strip, text.splitlines())):
        yield Prose(free(line))


def entered_or(words: Words, text: str, missing: str) -> Iterator[Block]:
    """Yield the paragraphs of a text, or a line that says it was not entered."""
    if text.strip():
        yield from paragraphs(text)
    else:
        yield Prose(words(missing), small=True)
