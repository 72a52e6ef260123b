"""The page of a method as plain text, to be copied into a letter or a sheet."""

from collections.abc import Iterator

from app.i18n import N_, Translator
from app.services.method_inputs import MethodInput
from app.services.method_register import Figure, MethodPage
from app.services.method_tables import FiguresTable


def _figure_line(figure: Figure, tr: Translator) -> str:
    name = figure.name
    if figure.note:
        name = tr(N_("{name} ({note})")).format(name=name, note=figure.note)
    where = f"{figure.clause}\t{figure.status}\t{figure.source}"
    return f"{name}\t{figure.value}\t{where}"


def _input_line(row: MethodInput, tr: Translator) -> str:
    name = row.label
    if row.unit:
        name = tr(N_("{name} ({note})")).format(name=name, note=row.unit)
    mark = "  – " if row.of_line else ""
    return "\t".join((f"{mark}{name}", row.state_text, row.help, row.choices)).rstrip()


def _table_lines(table: FiguresTable, tr: Translator) -> Iterator[str]:
    yield from ("", table.title, "\t".join(table.heads))
    yield from ("\t".join(line) for line in table.lines)
    yield tr(N_("Source: {source}")).format(source=table.source)


def _lines(page: MethodPage, tr: Translator) -> Iterator[str]:
    yield page.name
    yield " · ".join(page.byline)
    yield tr(N_("Equations: {state}")).format(state=page.equations)
    if page.caution:
        yield page.caution
    for label, text in page.facts:
        yield tr(N_("{label}: {text}")).format(label=label, text=text)
    if page.figures:
        yield from ("", tr(N_("Published figures")))
        yield from (_figure_line(figure, tr) for figure in page.figures)
    for table in page.tables:
        yield from _table_lines(table, tr)
    yield from ("", tr(N_("Inputs")))
    group = ""
    for row in page.inputs:
        if row.group != group:
            group = row.group
            yield group
        yield _input_line(row, tr)


def method_text(page: MethodPage, tr: Translator) -> str:
    """Return all that the page shows; columns are parted by tabs."""
    return "\n".join(_lines(page, tr)) + "\n"
