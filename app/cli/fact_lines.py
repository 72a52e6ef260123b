"""Facts and tables of the documents as lines of a terminal."""

from collections.abc import Iterator, Sequence

from app.cli.columns import GAP, WIDTH, columns, table, width
from app.formats import unit
from app.i18n import N_, Translator
from app.reports.fact_tables import FactTable
from app.reports.value_facts import FactRow

MARK = "*"
"""Stands before a line of a table that stands out."""


def headed(label: str, unit_code: str, tr: Translator) -> str:
    """Return the head of a column with its unit."""
    name = unit(unit_code, tr)
    if not name:
        return tr(label)
    return tr(N_("{label} ({unit})")).format(label=tr(label), unit=name)


def fact_lines(rows: Sequence[FactRow], tr: Translator) -> Iterator[str]:
    """Yield one line a fact: label, figure with its unit, what stands beside."""
    if not rows:
        return
    lines = []
    for row in rows:
        name = unit(row.unit, tr)
        figure = f"{row.text} {name}".strip() if row.text else ""
        said = " · ".join(filter(None, ("" if row.text else row.said(tr), row.note_said(tr))))
        lines.append((tr(row.label), figure, said))
    yield from columns(lines, notes=1)


def _cells(found: FactTable, tr: Translator, own: str) -> list[tuple[str, ...]]:
    """Return heads, rows and sums in words; a unit that goes without saying is left out."""
    units = ["" if head.unit == own else head.unit for head in found.heads]
    heads = [headed(head.label, code, tr) for head, code in zip(found.heads, units, strict=True)]
    rows = [tuple(cell.said(tr) for cell in row) for row in found.rows]
    for place in found.marked:
        rows[place] = (f"{MARK} {rows[place][0]}", *rows[place][1:])
    sums = [tuple(cell.said(tr) for cell in found.totals)] if found.totals else []
    return [tuple(heads), *rows, *sums]


def table_lines(found: FactTable | None, tr: Translator, *, own: str = "") -> Iterator[str]:
    """Yield a table with its heads and sums, lines that stand out marked; nothing for none.

    Columns of words before the first and behind the last figure are flush left; words at the end
    may run beyond the terminal, figures are set in parts under each other. `own` is a unit that
    goes without saying.
    """
    if found is None or not found.rows:
        return
    lines = _cells(found, tr, own)
    numeric = [place for place, head in enumerate(found.heads) if head.numeric]
    texts = numeric[0] if numeric else len(found.heads) - 1
    notes = len(found.heads) - 1 - numeric[-1] if numeric else 1
    rooms = [max(map(width, column)) for column in zip(*lines, strict=True)]
    figures = sum(rooms[: len(rooms) - notes]) + len(GAP) * (len(rooms) - notes - 1)
    if figures <= WIDTH:
        yield from columns(lines, texts=texts, notes=notes)
    else:
        sums = bool(found.totals)
        yield from table(lines, texts=texts, notes=notes, keys=found.keys, sums=sums)


def named_table(found: FactTable | None, tr: Translator, name: str = "") -> Iterator[str]:
    """Yield a table of money in yuan below its name, if it has one; nothing for none."""
    if found is not None and found.rows:
        if name:
            yield ""
            yield tr(name)
        yield from table_lines(found, tr, own="yuan")


def section(heading: str, lines: Iterator[str], tr: Translator) -> Iterator[str]:
    """Yield an empty line, the heading and the lines; nothing when there are none."""
    found = list(lines)
    if found:
        yield ""
        yield tr(heading)
        yield from found
