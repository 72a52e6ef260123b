"""Typed readers of the shipped figures; each figure comes with its source."""

import csv
import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.finance.sink.coefficients import SpeciesCoefficients
from app.paths import resources


@dataclass(frozen=True, slots=True)
class RemovalRate:
    """A published removal rate of planted wetland, t CO2e/ha/yr."""

    key: str
    ecosystem: str
    tco2e_ha_yr: float
    name: str
    name_zh: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Market:
    """A market and what it takes: "yes", "no", "conditional" or "unknown" for each kind of sink."""

    key: str
    name_zh: str
    as_of: str
    kind: str
    accepts: Mapping[str, str]
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class Reference:
    """All shipped figures. `species` is keyed by English and by Chinese name."""

    edition: str
    data_version: str
    species: Mapping[str, SpeciesCoefficients]
    rates: tuple[RemovalRate, ...]
    markets: tuple[Market, ...]

    def species_list(self) -> tuple[SpeciesCoefficients, ...]:
        """Each species once, in the order of the table."""
        return tuple({row.key: row for row in self.species.values()}.values())


SINKS = (
    "mangrove_planting",
    "mangrove_protection",
    "salt_marsh",
    "seagrass",
    "farmed_shellfish",
    "farmed_macroalgae",
)


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _species(folder: Path) -> dict[str, SpeciesCoefficients]:
    found: dict[str, SpeciesCoefficients] = {}
    for row in _rows(folder, "species.csv"):
        entry = SpeciesCoefficients(
            key=row["key"],
            name_zh=row["name_zh"],
            group=row["group"],
            dry_to_wet=float(row["dry_to_wet"]),
            soft_mass_share=float(row["soft_mass_share"]),
            shell_mass_share=float(row["shell_mass_share"]),
            carbon_soft=float(row["carbon_soft"]),
            carbon_shell=float(row["carbon_shell"]),
            source=row["source"],
        )
        found[entry.key] = entry
        found[entry.name_zh] = entry
    return found


def check_tables(folder: Path | None = None) -> list[str]:
    """Return the names of tables that differ from the manifest's checksum."""
    place = folder or resources() / "reference"
    manifest = tomllib.loads((place / "manifest.toml").read_text(encoding="utf-8"))
    return [
        name
        for name, entry in manifest["tables"].items()
        if hashlib.sha256((place / name).read_bytes()).hexdigest() != entry["sha256"]
    ]


@cache
def load_reference() -> Reference:
    """Read the shipped figures. The data version is the edition and 8 digits of the checksums."""
    folder = resources() / "reference"
    raw = (folder / "manifest.toml").read_bytes()
    manifest = tomllib.loads(raw.decode("utf-8"))
    digest = hashlib.sha256(raw).hexdigest()[:8]
    rates = tuple(
        RemovalRate(
            key=row["key"],
            ecosystem=row["ecosystem"],
            tco2e_ha_yr=float(row["tco2e_ha_yr"]),
            name=row["name"],
            name_zh=row["name_zh"],
            source=row["source"],
            note=row["note"],
        )
        for row in _rows(folder, "rates.csv")
    )
    markets = tuple(
        Market(
            key=row["key"],
            name_zh=row["name_zh"],
            as_of=row["as_of"],
            kind=row["kind"],
            accepts={sink: row[sink] for sink in SINKS},
            note=row["note"],
            source=row["source"],
        )
        for row in _rows(folder, "markets.csv")
    )
    return Reference(
        edition=manifest["edition"],
        data_version=f"{manifest['edition']}-{digest}",
        species=_species(folder),
        rates=rates,
        markets=markets,
    )
