"""Facts and tables of the documents as lines of a terminal."""

from collections.abc import Iterator, Sequence

from app.cli.columns import columns
from app.formats import unit
from app.i18n import N_, Translator
from app.reports.value_facts import FactRow


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


def section(heading: str, lines: Iterator[str], tr: Translator) -> Iterator[str]:
    """Yield an empty line, the heading and the lines; nothing when there are none."""
    found = list(lines)
    if found:
        yield ""
        yield tr(heading)
        yield from found
