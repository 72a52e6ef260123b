"""A template of a published cover as HTML: what its source states, what it leaves open."""

from collections.abc import Iterator
from html import escape
from typing import Any

from app.finance.case.case import Case
from app.finance.fields import FieldSpec, specs_by_path
from app.i18n import N_, Translator
from app.reference.market_data import VERIFIED_LABELS
from app.services.draft import table_columns
from app.services.insurance_templates import Template
from app.views.widgets.place_names import place_name
from app.views.widgets.row_cells import cell_text, heading
from app.views.widgets.value_parts import PageParts

INSURANCE = "insurance"
_UNSAID = "–"


class TemplateHtml:
    """Writes one template in the active language."""

    def __init__(self, template: Template, tr: Translator) -> None:
        self._template, self._tr = template, tr
        self._parts = PageParts(tr)

    def html(self) -> str:
        """Return name and notes, source, what is left open, what is stated."""
        return self._head() + self._open() + self._stated()

    def _text(self, name: str) -> str:
        return escape(self._template.text(name, self._tr.language))

    def _head(self) -> str:
        tr, template = self._tr, self._template
        seen = tr(dict(VERIFIED_LABELS)[template.verified.value])
        rows = [
            (tr(N_("Place")), self._text("place") or _UNSAID),
            (tr(N_("Source")), self._text("source")),
            (tr(N_("Status of the source")), escape(seen)),
        ]
        if template.season is not None:
            first, last = template.season
            season = tr(N_("{first} to {last} (month-day)")).format(first=first, last=last)
            rows.append((tr(N_("Season")), escape(season)))
        facts = "".join(
            f'<tr><td class="label">{escape(label)}</td><td>{text}</td></tr>'
            for label, text in rows
        )
        return (
            f"<h2>{self._text('name')}</h2><p>{self._text('notes')}</p>"
            f'<table cellspacing="0">{facts}</table>'
        )

    def _open(self) -> str:
        """List the inputs that the source does not give."""
        chinese = self._tr.language == "zh"
        items = "".join(
            f"<li><b>{escape(place_name(entry.path))}</b>: "
            f"{escape(entry.text_zh if chinese else entry.text)}</li>"
            for entry in self._template.open_inputs
        )
        return self._parts.heading(N_("Left open, to be entered")) + f"<ul>{items}</ul>"

    def _stated(self) -> str:
        """Show what the source states, as it will stand in the draft."""
        found = "".join(
            self._part(f"{INSURANCE}.{name}", part)
            for name, part in self._template.insurance.items()
        )
        return self._parts.heading(N_("Stated, to be taken into the draft")) + found

    def _part(self, path: str, part: Any) -> str:
        spec = specs_by_path(Case)[path]
        if isinstance(part, list):
            return self._lines(spec, part)
        specs = [(specs_by_path(Case)[f"{path}.{name}"], value) for name, value in part.items()]
        rows = "".join(self._row(one, value) for one, value in specs if not one.table)
        tables = "".join(self._lines(one, value) for one, value in specs if one.table)
        return f'<table cellspacing="0">{rows}</table>{tables}'

    def _row(self, spec: FieldSpec, value: Any) -> str:
        label, text = escape(heading(spec)), escape(cell_text(value, spec))
        return f'<tr><td class="label">{label}</td><td>{text}</td></tr>'

    def _lines(self, table: FieldSpec, lines: list[dict[str, Any]]) -> str:
        """Show lines of a table in the columns in which something stands."""
        columns = [c for c in table_columns(table) if any(c.name in line for line in lines)]
        rows = [list(self._cells(line, columns)) for line in lines]
        heads = [escape(heading(column)) for column in columns]
        name = f"<p><b>{escape(self._tr(table.field.label))}</b></p>"
        return name + self._parts.table(heads, rows, texts=len(heads), tight=True)

    def _cells(self, line: dict[str, Any], columns: list[FieldSpec]) -> Iterator[str]:
        for column in columns:
            held = line.get(column.name)
            yield _UNSAID if held is None else escape(cell_text(held, column))
