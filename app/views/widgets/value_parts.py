"""Parts that every page of the results is written with: headings, rows of facts, tables."""

from collections.abc import Iterable, Sequence
from html import escape

from app.formats import unit
from app.i18n import N_, Translator
from app.reports.fact_tables import FactTable
from app.reports.value_facts import FactRow
from app.views.widgets.fact_html import NARROW, FactHtml, Links

MOST_COLUMNS = 6
"""Tables with more columns are set smaller, so that they stay in the window."""

SHORT_WORDS = 16
"""Words of a row up to so many signs stand under the figures when something is said beside."""


class PageParts:
    """Writes parts of a page in one language, in a place of so many signs beside each other."""

    def __init__(self, tr: Translator, room: int = NARROW) -> None:
        self.tr, self._room = tr, room

    def say(self, message: str, **facts: str) -> str:
        """Return a message with its placeholders filled, safe in HTML."""
        return escape(self.tr(message).format(**facts) if facts else self.tr(message))

    def heading(self, message: str) -> str:
        """A heading."""
        return f"<h3>{self.say(message)}</h3>"

    def small(self, text: str) -> str:
        """A quiet paragraph."""
        return f'<p class="small">{escape(text)}</p>' if text else ""

    def note(self, message: str) -> str:
        """A paragraph that must not be overlooked."""
        text = self.say(message)
        return f'<table width="100%"><tr><td class="stale">{text}</td></tr></table>'

    def figure(self, text: str, step: str = "", *, negative: bool = False) -> str:
        """A figure with the link to its working."""
        shown = escape(text)
        if negative:
            shown = f'<span class="negative">{shown}</span>'
        return f'<a href="step:{step}">{shown}</a>' if step else shown

    def field(self, message: str, path: str) -> str:
        """A text that leads to an input."""
        return self.link(f"field:{path}", message)

    def link(self, target: str, message: str) -> str:
        """A text that leads somewhere else: "field:", "page:", "do:" and what follows."""
        return f'<a class="more" href="{target}">{self.say(message)}</a>'

    def empty(self, message: str, path: str, action: str) -> str:
        """Say why a page has nothing, and what to enter."""
        return f"<p>{self.say(message)}</p><p>{self.field(action, path)}</p>"

    def facts(self, rows: Iterable[FactRow], *, steps: bool = False) -> str:
        """A table of labels, figures with units, and what stands beside.

        `steps` says that a minus is a deduction, no alarm, in all but the strong rows.
        """
        lines = "".join(self._fact(row, calm=steps and not row.strong) for row in rows)
        return f'<table cellspacing="0">{lines}</table>'

    def _fact(self, row: FactRow, *, calm: bool) -> str:
        name = unit(row.unit, self.tr)
        note = row.note_said(self.tr)
        beside = " · ".join(part for part in (name, note) if part)
        label = self.say(row.label)
        shown = self.figure(
            row.said(self.tr), row.step, negative=row.text.startswith("−") and not calm
        )
        if row.strong:
            label, shown = f"<b>{label}</b>", f"<b>{shown}</b>"
        style = ' class="binding"' if row.strong else ""
        words = not row.text and (not beside or len(row.said(self.tr)) > SHORT_WORDS)
        if words:
            return (
                f'<tr{style}><td class="label">{label}</td><td colspan="2">{shown}'
                f"{self._beside(beside)}</td></tr>"
            )
        return (
            f'<tr{style}><td class="label">{label}</td><td align="right">{shown}</td>'
            f'<td class="small">{escape(beside) or "&nbsp;"}</td></tr>'
        )

    def _beside(self, text: str) -> str:
        return f' <span class="small">{escape(text)}</span>' if text else ""

    def table(
        self,
        heads: Sequence[str],
        rows: Iterable[Sequence[str]],
        *,
        texts: int = 1,
        strong: tuple[int, ...] = (),
        tight: bool | None = None,
        first: int = 0,
    ) -> str:
        """A table of written places; the first `texts` columns are flush left.

        `first` is the width of the first column in percent, 0 where the texts decide.
        """
        sides = ["left"] * texts + ["right"] * (len(heads) - texts)
        head = "".join(
            f'<th align="{side}">{text}</th>' for text, side in zip(heads, sides, strict=True)
        )
        if first:
            rest = (99 - first) // (len(heads) - 1)
            for width in (first, *[rest] * (len(heads) - 1)):
                head = head.replace("<th align", f'<th width="{width}%" align', 1)
        lines = list(rows)
        marked = {at % len(lines) for at in strong} if lines else set()
        body = ""
        for at, line in enumerate(lines):
            style = ' class="binding"' if at in marked else ""
            places = zip(line, sides, strict=True)
            cells = "".join(f'<td align="{side}">{text}</td>' for text, side in places)
            body += f"<tr{style}>{cells}</tr>"
        small = len(heads) > MOST_COLUMNS if tight is None else tight
        kind = ' class="tight"' if small else ""
        return f'<table{kind} width="99%" cellspacing="0"><tr>{head}</tr>{body}</table>'

    def fact_table(
        self,
        table: FactTable | None,
        *,
        own: str = "yuan",
        links: Links | None = None,
        tight: bool | None = None,
        turned: bool = False,
    ) -> str:
        """A table that window and paper share, "" without one; lines that stand out are marked.

        See `FactHtml.table` for the rest.
        """
        if table is None or not table.rows:
            return ""
        return FactHtml(self, self._room).table(
            table, own=own, links=links, tight=tight, turned=turned
        )

    def ways(self, *links: str) -> str:
        """Links that lead on, beside each other."""
        return f"<p>{' &nbsp; · &nbsp; '.join(links)}</p>"

    def spaced(self, *parts: str) -> str:
        """Parts with a gap between them."""
        return "<p></p>".join(part for part in parts if part)


EARLIER = N_("These are the figures before the last change; the new ones are being drawn.")
BEING_DRAWN = N_("It is being drawn.")
STOPPED = N_("It was stopped before it was drawn. Change an input to draw it again.")
