"""What the form offers while typing: names of the reference data, and published defaults."""

from collections.abc import Callable, Iterator
from typing import Any

from app.finance.case.case import Case
from app.finance.case.lending.catalogue import CatalogueItem
from app.finance.fields import FieldSpec, choice_label, fields_of
from app.formats import number
from app.i18n import _, active_language
from app.reference.tables import Reference, RemovalRate
from app.services.documents import Document, applies, value_at
from app.services.draft import table_columns
from app.views.widgets.place_names import cell_name


class Suggestions:
    """Names from the shipped reference data and from the draft, in the active language."""

    def __init__(self, reference: Reference, draft: Callable[[], Document]) -> None:
        self._reference = reference
        self._draft = draft

    def names(self, topic: str) -> dict[str, str]:
        """Return the names of a list, each with what it stands for; none for an unknown topic."""
        chinese = active_language() == "zh"
        if topic == "species":
            rows = self._reference.species_list()
            return _as_they_are(row.name_zh if chinese else row.key for row in rows)
        if topic == "trees":
            trees = self._reference.tables.allometry
            return _as_they_are(row.name_zh if chinese else row.species for row in trees)
        if topic == "markets":
            markets = self._reference.markets
            return _as_they_are(row.name_zh if chinese else row.key for row in markets)
        if topic == "rates":
            return _as_they_are(self._rate_name(rate) for rate in self._reference.rates)
        if topic == "uncertain":
            return dict(self._numbers_of_the_project())
        return self._green_names(topic, chinese=chinese)

    def _green_names(self, topic: str, *, chinese: bool) -> dict[str, str]:
        """Return editions, items of the edition entered, or indicators; none for another topic."""
        items = self._reference.tables.green.items
        if topic == "green_editions":
            return _as_they_are(
                item.edition_zh if chinese and item.edition_zh else item.edition for item in items
            )
        if topic == "green_items":
            edition = str(value_at(self._draft(), "loan.green.edition") or "")
            chosen = [item for item in items if item.belongs_to(edition)] or items
            return {_item_name(item, chinese=chinese): item.item_zh or item.item for item in chosen}
        if topic == "green_kpis":
            rows = self._reference.indicators
            names = ((row.name_zh if chinese else row.name, row.unit) for row in rows)
            return {_("{name} ({unit})").format(name=name, unit=u): name for name, u in names}
        return {}

    def _numbers_of_the_project(self) -> Iterator[tuple[str, str]]:
        """Give name and path of each number of the project that applies, lines included."""
        draft = self._draft()
        for spec in fields_of(Case):
            inside = spec.path.startswith("project.") and spec.path != "project.distributions"
            if not inside or not applies(draft, spec):
                continue
            if spec.table:
                yield from _numbers_of_lines(spec, value_at(draft, spec.path) or [])
            elif spec.kind is float:
                yield _named(_(spec.field.label), spec.path)

    def _rate_name(self, rate: RemovalRate) -> str:
        name = rate.name_zh if active_language() == "zh" else rate.name
        carrier = _(choice_label(Case, "project.ecosystem", rate.ecosystem))
        return _("{carrier}: {name}, {rate} tCO₂e/ha/yr").format(
            carrier=carrier, name=name, rate=number(rate.tco2e_ha_yr, 3)
        )

    def rate(self, value: object) -> RemovalRate | None:
        """Return the published rate of a name that was offered."""
        return next((r for r in self._reference.rates if self._rate_name(r) == value), None)

    def published(self, spec: FieldSpec) -> tuple[Any, str] | None:
        """Return the published figure of a field's `reference` with source and clause."""
        found = self._reference.tables.parameters.get(spec.field.reference)
        if found is None:
            return None
        if not found.clause:
            return found.value, found.source
        source = _("{source}, {clause}").format(source=found.source, clause=found.clause)
        return found.value, source


def _as_they_are(names: Iterator[str]) -> dict[str, str]:
    return {name: name for name in names}


def _item_name(item: CatalogueItem, *, chinese: bool) -> str:
    """Say an item as it is offered: with its code, or that it was not read in the catalogue."""
    name = item.item_zh if chinese and item.item_zh else item.item
    if not item.verified:
        return _("{item} (not verified)").format(item=name)
    return _("{item}, code {code}").format(item=name, code=item.code) if item.code else name


def _named(label: str, path: str) -> tuple[str, str]:
    return _("{label} ({path})").format(label=label, path=path), path


def _numbers_of_lines(table: FieldSpec, lines: list[Any]) -> Iterator[tuple[str, str]]:
    for at in range(len(lines)):
        for column in table_columns(table):
            if column.kind is float:
                yield _named(cell_name(table, at, column), f"{table.path}.{at}.{column.name}")
