"""Typed readers of the shipped figures; each figure comes with its source."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.finance.sink.coefficients import SpeciesCoefficients
from app.finance.sink.eligibility import Market
from app.finance.sink.tables import SinkTables
from app.paths import data_folder, resources
from app.reference.figures import (
    read_allometry,
    read_bands,
    read_comparisons,
    read_discount_steps,
    read_natural_risk,
    read_parameters,
    read_species,
)
from app.reference.green import CATALOGUE_FILE, Indicator, load_catalogue, read_indicators
from app.reference.insurance import read_placed
from app.reference.markets import read_markets
from app.reference.methods import Method, read_methods
from app.reference.rows import read_rows


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
class Reference:
    """All shipped figures. `tables` is what the calculations are handed.

    The catalogue of green finance may be the user's own: see `app.reference.green`.
    """

    edition: str
    data_version: str
    tables: SinkTables
    rates: tuple[RemovalRate, ...]
    methods: tuple[Method, ...]
    indicators: tuple[Indicator, ...]

    @property
    def species(self) -> Mapping[str, SpeciesCoefficients]:
        """Coefficients by English and by Chinese name."""
        return self.tables.species

    @property
    def markets(self) -> tuple[Market, ...]:
        """Markets in the order of the table."""
        return self.tables.markets

    def species_list(self) -> tuple[SpeciesCoefficients, ...]:
        """Each species once, in the order of the table."""
        return tuple({row.key: row for row in self.species.values()}.values())


def _rates(folder: Path) -> tuple[RemovalRate, ...]:
    return tuple(
        RemovalRate(
            key=row["key"],
            ecosystem=row["ecosystem"],
            tco2e_ha_yr=float(row["tco2e_ha_yr"]),
            name=row["name"],
            name_zh=row["name_zh"],
            source=row["source"],
            note=row["note"],
        )
        for row in read_rows(folder, "rates.csv")
    )


def check_tables(folder: Path | None = None) -> list[str]:
    """Return the names of tables that differ from the manifest's checksum."""
    place = folder or resources() / "reference"
    manifest = tomllib.loads((place / "manifest.toml").read_text(encoding="utf-8"))
    return [
        name
        for name, entry in manifest["tables"].items()
        if hashlib.sha256((place / name).read_bytes()).hexdigest() != entry["sha256"]
    ]


def _tables(folder: Path, own: Path) -> SinkTables:
    return SinkTables(
        species=read_species(folder),
        parameters=read_parameters(folder),
        allometry=read_allometry(folder),
        discount_steps=read_discount_steps(folder),
        natural_risk=read_natural_risk(folder),
        markets=read_markets(folder),
        bands=read_bands(folder),
        comparisons=read_comparisons(folder),
        green=load_catalogue(folder, own),
        placed=read_placed(folder),
    )


@cache
def load_reference() -> Reference:
    """Read the shipped figures, and the user's own catalogue of green finance if there is one.

    The data version is the edition and 8 digits of the checksums, and 8 more of an own catalogue.
    """
    folder, own = resources() / "reference", data_folder()
    raw = (folder / "manifest.toml").read_bytes()
    edition = tomllib.loads(raw.decode("utf-8"))["edition"]
    tables = _tables(folder, own)
    version = f"{edition}-{_digits(raw)}"
    if tables.green.own:
        version += f"+{_digits((own / CATALOGUE_FILE).read_bytes())}"
    return Reference(
        edition=edition,
        data_version=version,
        tables=tables,
        rates=_rates(folder),
        methods=read_methods(folder),
        indicators=read_indicators(folder),
    )


def _digits(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:8]
