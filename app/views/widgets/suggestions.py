"""The reference lists offered while typing."""

from app.finance.case.case import Case
from app.finance.fields import choice_label
from app.formats import number
from app.i18n import _, active_language
from app.reference.tables import Reference, RemovalRate


class Suggestions:
    """Names from the shipped reference data, in the active language."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference

    def names(self, topic: str) -> list[str]:
        """Return the names of a reference list; an empty list for an unknown topic."""
        chinese = active_language() == "zh"
        if topic == "species":
            rows = self._reference.species_list()
            return [row.name_zh if chinese else row.key for row in rows]
        if topic == "markets":
            return [row.name_zh if chinese else row.key for row in self._reference.markets]
        if topic == "rates":
            return [self._rate_name(rate) for rate in self._reference.rates]
        return []

    def _rate_name(self, rate: RemovalRate) -> str:
        name = rate.name_zh if active_language() == "zh" else rate.name
        carrier = _(choice_label(Case, "project.ecosystem", rate.ecosystem))
        return _("{carrier}: {name}, {rate} tCO₂e/ha/yr").format(
            carrier=carrier, name=name, rate=number(rate.tco2e_ha_yr, 3)
        )

    def rate(self, value: object) -> RemovalRate | None:
        """Return the published rate of a name that was offered."""
        return next((r for r in self._reference.rates if self._rate_name(r) == value), None)
