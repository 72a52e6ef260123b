"""Tables of named inputs: what a reader may change, where it comes from, what it was."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.finance.case.case import CaseFile
from app.finance.fields import FieldSpec
from app.i18n import N_
from app.reports.document import NOTHING, Text
from app.reports.input_values import is_figure, provenance, shown, unit_name
from app.reports.workbook.book import Page, cell
from app.reports.workbook.looks import INPUT_TINT, RED, Kind, Look

LABEL, VALUE, UNIT, MARK, SOURCE, ORIGINAL, CHANGED = range(7)
"""Columns of a table of inputs."""

_UNIT_KINDS: Mapping[str, Kind] = {
    "yuan": Kind.MONEY,
    "yuan/yr": Kind.MONEY,
    "yuan/t": Kind.PRICE,
    "tCO2e": Kind.TONNES,
}


def kind_of(spec: FieldSpec) -> Kind:
    """Return what kind of figure an input is."""
    if spec.field.percent:
        return Kind.PERCENT
    if spec.kind is int:
        return Kind.COUNT
    return _UNIT_KINDS.get(spec.field.unit, Kind.PLAIN)


@dataclass(frozen=True, slots=True)
class Driver:
    """An input that formulas use by its `name`; `lowest` and `highest` are warned about."""

    name: str
    label: Text
    value: float
    kind: Kind
    unit: Text = NOTHING
    mark: Text = NOTHING
    source: Text = NOTHING
    live: bool = True
    lowest: float | None = None
    highest: float | None = None


class InputTable:
    """Writes inputs down a page, from its head on; `row` is the next free line."""

    def __init__(self, page: Page, row: int) -> None:
        self.page, self.row = page, row
        self._first = row + 1
        words = page.book.words
        page.heads(
            row,
            [
                words(N_("Input")),
                words(N_("Value")),
                words(N_("Unit")),
                words(N_("Mark")),
                words(N_("Source or reason")),
                words(N_("Value in the case")),
                words(N_("Changed")),
            ],
        )
        page.widths.fixed |= {VALUE: 22.0, MARK: 7.0, SOURCE: 52.0, CHANGED: 10.0}
        self.row += 1

    def band(self, label: Text) -> None:
        """Write the name of a group of inputs."""
        for column in range(CHANGED + 1):
            self.page.text(self.row, column, label if column == 0 else "", Look.BAND, wide=True)
        self.row += 1

    def driver(self, driver: Driver) -> str:
        """Write an input, tinted where it may be changed; return its name."""
        page, row = self.page, self.row
        page.text(row, LABEL, driver.label)
        look = Look.INPUT if driver.live else Look.FIXED
        page.value(row, VALUE, driver.value, driver.kind, look)
        page.named(driver.name, row, VALUE)
        self._beside(driver.unit, driver.mark, driver.source)
        if driver.live:
            page.value(row, ORIGINAL, driver.value, driver.kind, Look.FIXED)
            self._watched(row)
            self._bounds(row, driver)
        self.row += 1
        return driver.name

    def figure(
        self, file: CaseFile, spec: FieldSpec, name: str, *, value: Any = None, live: bool = True
    ) -> str:
        """Write an input of the case by its declaration."""
        words, entered = self.page.book.words, file.value_at(spec.path)
        mark, source = provenance(file, spec, words)
        lowest = spec.field.minimum if spec.field.minimum is not None else spec.field.above
        return self.driver(
            Driver(
                name,
                words(spec.field.label),
                float(entered if value is None else value),
                kind_of(spec),
                unit_name(spec, words),
                mark,
                source,
                live,
                lowest,
                spec.field.maximum,
            )
        )

    def derived(
        self,
        name: str,
        label: Text,
        formula: str,
        value: float,
        kind: Kind,
        *,
        unit: Text = NOTHING,
    ) -> str:
        """Write what follows from the inputs above; return its name."""
        page = self.page
        page.text(self.row, LABEL, label, Look.STRONG)
        page.formula(self.row, VALUE, formula, value, kind, look=Look.TOTAL)
        page.named(name, self.row, VALUE)
        self._beside(unit, NOTHING, NOTHING)
        self.row += 1
        return name

    def chosen(self, file: CaseFile, spec: FieldSpec, name: str = "") -> None:
        """Write a choice, a day or a word of the case, which the formulas follow as it is."""
        page, words, value = self.page, self.page.book.words, file.value_at(spec.path)
        page.text(self.row, LABEL, words(spec.field.label))
        if isinstance(value, date):
            page.value(self.row, VALUE, value, Kind.DATE)
            if name:
                page.named(name, self.row, VALUE)
        else:
            page.text(self.row, VALUE, shown(value, spec, words), Look.FIXED)
        self._beside(unit_name(spec, words), *provenance(file, spec, words))
        self.row += 1

    def field(self, file: CaseFile, spec: FieldSpec, name: str, *, live: bool = True) -> None:
        """Write any input of the case: a figure under its name, or what was chosen."""
        if is_figure(file.value_at(spec.path)):
            self.figure(file, spec, name, live=live)
        else:
            self.chosen(file, spec, name)

    def line(
        self,
        label: Text | date | int,
        value: float,
        kind: Kind,
        *,
        unit: Text = NOTHING,
        source: Text = NOTHING,
    ) -> str:
        """Write one line of a table of the case as an input; return the address of its value."""
        page, row = self.page, self.row
        if isinstance(label, Text):
            page.text(row, LABEL, label)
        else:
            page.value(row, LABEL, label, Kind.DATE if isinstance(label, date) else Kind.YEAR)
        page.value(row, VALUE, value, kind, Look.INPUT)
        self._beside(unit, NOTHING, source)
        page.value(row, ORIGINAL, value, kind, Look.FIXED)
        self._watched(row)
        self.row += 1
        return page.at(row, VALUE)

    def done(self) -> None:
        """Mark what a reader changes, and let the cover count it."""
        page, last = self.page, max(self.row - 1, self._first)
        page.book.changed.append(page.span((self._first, CHANGED), (last, CHANGED)))
        changed = page.book.workbook.add_format(
            {"bold": True, "font_color": RED, "bg_color": INPUT_TINT}
        )
        page.sheet.conditional_format(
            self._first,
            VALUE,
            last,
            VALUE,
            {
                "type": "formula",
                "criteria": f"=${cell(self._first, CHANGED)}=1",
                "format": changed,
            },
        )

    def _beside(self, unit: Text, mark: Text, source: Text) -> None:
        page, row = self.page, self.row
        page.text(row, UNIT, unit, Look.TEXT)
        page.text(row, MARK, mark, Look.TEXT)
        page.text(row, SOURCE, source, Look.NOTE)

    def _watched(self, row: int) -> None:
        """Say 1 beside an input that is not what it was in the case."""
        formula = f"=IF({cell(row, VALUE)}={cell(row, ORIGINAL)},0,1)"
        self.page.formula(row, CHANGED, formula, 0, Kind.MARK)

    def _bounds(self, row: int, driver: Driver) -> None:
        """Warn of a value the program would refuse."""
        if driver.lowest is None or driver.highest is None:
            return
        words = self.page.book.words
        self.page.sheet.data_validation(
            row,
            VALUE,
            row,
            VALUE,
            {
                "validate": "integer" if driver.kind is Kind.COUNT else "decimal",
                "criteria": "between",
                "minimum": driver.lowest,
                "maximum": driver.highest,
                "error_type": "warning",
                "error_title": "Blue Carbon Desk",
                "error_message": " ".join(
                    words(N_("The program does not take this value for this input.")).lines
                ),
            },
        )
