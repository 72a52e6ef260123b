"""The market page: what each market takes, and the shipped coefficients, with their sources."""

from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLabel, QTabWidget, QVBoxLayout, QWidget

from app.finance.case.case import Case
from app.finance.fields import choice_label
from app.formats import number, percent
from app.i18n import N_, _, active_language
from app.views.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from app.reference.tables import Reference

_SINKS = {
    "mangrove_planting": N_("Mangrove, planted"),
    "mangrove_protection": N_("Mangrove, protected"),
    "salt_marsh": N_("Salt marsh"),
    "seagrass": N_("Seagrass"),
    "farmed_shellfish": N_("Farmed shellfish"),
    "farmed_macroalgae": N_("Farmed algae"),
}
_ANSWERS = {
    "yes": N_("✓ yes"),
    "no": N_("× no"),
    "conditional": N_("◐ on conditions"),
    "unknown": N_("? unknown"),
}
_GROUPS = {"bivalve": N_("shellfish"), "macroalgae": N_("macroalgae")}


def _named(row: Any, english: str = "key") -> str:
    return str(row.name_zh if active_language() == "zh" else getattr(row, english))


def _accepts(sink: str) -> Callable[[Any], str]:
    return lambda row: str(row.accepts[sink])


def _markets() -> tuple[Column, ...]:
    answers = tuple(
        Column(
            _(title),
            _accepts(key),
            lambda answer: _(_ANSWERS[answer]),
            width=112,
        )
        for key, title in _SINKS.items()
    )
    return (
        Column(_("Market"), _named, width=220),
        *answers,
        Column(_("As of"), lambda row: row.as_of, width=110),
        Column(_("Note"), lambda row: row.note, width=220),
        Column(_("Source"), lambda row: row.source, width=360),
    )


def _species() -> tuple[Column, ...]:
    shares = (
        (N_("Dry over wet mass"), "dry_to_wet"),
        (N_("Soft tissue, share of dry mass"), "soft_mass_share"),
        (N_("Shell, share of dry mass"), "shell_mass_share"),
        (N_("Carbon in soft tissue"), "carbon_soft"),
        (N_("Carbon in shell"), "carbon_shell"),
    )
    return (
        Column(_("Species"), _named, width=120),
        Column(_("Kind"), lambda row: row.group, lambda group: _(_GROUPS[group]), width=100),
        *(Column(_(title), attrgetter(key), percent, True, 150) for title, key in shares),
        Column(_("Source"), lambda row: row.source, width=360),
    )


def _rates() -> tuple[Column, ...]:
    return (
        Column(
            _("Sink carrier"),
            lambda row: row.ecosystem,
            lambda value: _(choice_label(Case, "project.ecosystem", value)),
            width=110,
        ),
        Column(_("Figure"), lambda row: _named(row, "name"), width=210),
        Column(
            _("Rate (tCO₂e/ha/yr)"),
            lambda row: row.tco2e_ha_yr,
            lambda value: number(value, 3),
            True,
            150,
        ),
        Column(_("Note"), lambda row: row.note, width=380),
        Column(_("Source"), lambda row: row.source, width=360),
    )


class MarketPage(QWidget):
    """Three reference tables and their edition."""

    def __init__(self, reference: "Reference", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        title = QLabel(_("Market and reference data"))
        title.setProperty("role", "title")
        edition = QLabel(_("Edition {edition}").format(edition=reference.data_version))
        edition.setProperty("role", "hint")
        tabs = QTabWidget()
        for name, columns, rows in (
            (_("Market eligibility"), _markets(), reference.markets),
            (_("Carbon in harvest"), _species(), reference.species_list()),
            (_("Removal rates"), _rates(), reference.rates),
        ):
            table = RecordTable(columns, name)
            table.records.set_records(rows)
            tabs.addTab(table, name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.addWidget(title)
        layout.addWidget(edition)
        layout.addWidget(tabs, 1)
