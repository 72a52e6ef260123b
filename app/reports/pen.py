"""Turns texts of a document into paragraph markup: faces, second language, marks, formulas."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Paragraph, paragraph

from app.reports.document import Document, Text, Words
from app.reports.fonts import LATIN, checked, markup
from app.reports.line_breaks import break_by_house_rules
from app.reports.styles import GREY, Styles

_WIDE = re.compile("[\u2e80-\ufaff\ufe30-\uffef\U00020000-\U0003ffff]")
_SECOND = 6.2
_BESIDE = 8.5
"""Points between two languages on one line, with the padding of a cell."""
_RAISED = re.compile(r"\^(\([^()]*\)|\w+)")
_LOWERED = re.compile(r"(?<=\w)_(\([^()\s]*\)|\w+)")


break_by_house_rules()

paragraph.stringWidth = lru_cache(maxsize=20_000)(stringWidth)  # type: ignore[attr-defined]
"""A paragraph measures its signs one by one, the same few thousand over and over."""


def hexadecimal(color: Color) -> str:
    """Return a colour as paragraph markup wants it: six digits."""
    return f"#{color.hexval()[2:]}"


class _OnceWrapped(Paragraph):
    """A paragraph that breaks its lines once for a width; a table asks for it three times."""

    _size: tuple[float, float] | None = None

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803 - reportlab's names
        """Return width and height, which follow from the width alone."""
        if self._size is None or self._size[0] != availWidth or not hasattr(self, "blPara"):
            self._size = super().wrap(availWidth, availHeight)
        return self._size


@dataclass(frozen=True)
class Pen:
    """Writes the texts of one document in its styles."""

    document: Document
    styles: Styles

    @cached_property
    def words(self) -> Words:
        """The words of the document's languages."""
        return Words(self.document.language)

    def paragraph(self, content: str, style: ParagraphStyle) -> Paragraph:
        """Set markup; Chinese breaks between signs, anything else between words."""
        wide = _WIDE.search(content) is not None
        return _OnceWrapped(content, self.styles.breaking_anywhere[style.name] if wide else style)

    def line(self, text: str, index: int = 0, *, bold: bool = False) -> str:
        """Return one language of a text as checked markup; a second one is English."""
        face = self.styles.face if index == 0 else LATIN
        if bold:
            face = f"{face}-Bold"
        drawn = markup(checked(text), face)
        return f'<font name="{face}">{drawn}</font>' if index or bold else drawn

    def second(self, text: Text, size: float) -> str:
        """Return the second language, small and grey; nothing when there is one only."""
        if len(text.lines) == 1:
            return ""
        drawn = self.line(text.lines[1], 1)
        return f'<font size="{size}" color="{hexadecimal(GREY)}">{drawn}</font>'

    def stacked(self, text: Text, *, size: float = _SECOND, bold: bool = False) -> str:
        """Return the first language and the second one beneath it."""
        second = self.second(text, size)
        return self.line(text.lines[0], bold=bold) + (f"<br/>{second}" if second else "")

    def beside(self, text: Text, *, size: float = 6.6, bold: bool = False) -> str:
        """Return the first language and the second one beside it."""
        second = self.second(text, size)
        return self.line(text.lines[0], bold=bold) + (f"&nbsp; {second}" if second else "")

    def fitted(self, text: Text, width: float, size: float) -> str:
        """Return both languages beside each other if they fit the width, else stacked."""
        if len(text.lines) == 1:
            return self.line(text.lines[0])
        first = stringWidth(text.lines[0], self.styles.face, size)
        second = stringWidth(text.lines[1], LATIN, _SECOND)
        room = first + second + _BESIDE <= width
        return (self.beside if room else self.stacked)(text, size=_SECOND)

    def each(self, text: Text) -> str:
        """Return the languages of a sentence, one under the other in equal weight."""
        return "<br/>".join(self.line(line, index) for index, line in enumerate(text.lines))

    def mark(self, step: str, *, rise: float = 2.4) -> str:
        """Return the number in brackets that leads to a working; nothing without one."""
        number = self.document.step_numbers.get(step)
        if number is None:
            return ""
        colour = hexadecimal(self.styles.colour)
        return (
            f'<super rise="{rise}" size="5.8"><a href="#w{number}" color="{colour}">'
            f"&nbsp;[{number}]</a></super>"
        )

    def mark_beside(self, step: str) -> Paragraph | str:
        """Return the mark for a place of its own beside a figure."""
        return self.paragraph(self.mark(step, rise=0.4), self.styles.small) if step else ""

    def formula(self, text: str) -> str:
        """Return a formula with raised exponents and lowered indexes."""
        drawn = markup(checked(text), self.styles.face)
        drawn = _RAISED.sub(lambda found: _raised(found[1]), drawn)
        return _LOWERED.sub(r'<sub rise="1.6" size="6">\1</sub>', drawn)


def _raised(exponent: str) -> str:
    inner = exponent[1:-1] if exponent.startswith("(") else exponent
    return f'<super rise="2.8" size="6">{inner}</super>'
