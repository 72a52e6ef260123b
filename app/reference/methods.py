"""The register of methods: what each one accepts, counts, deducts and leaves to the user."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.finance.case.carbon.kinds import Activity, Ecosystem, QuantityMethod
from app.finance.text import N_
from app.reference.rows import Row, read_rows


class Scope(StrEnum):
    """How far a method reaches."""

    LOCAL = "local"
    NATIONAL = "national"
    INTERNATIONAL = "international"


class Equations(StrEnum):
    """Whether the equations of the method were read."""

    SEEN = "seen"
    PARTLY = "partly"
    NOT_SEEN = "not_seen"


SCOPE_LABELS: Mapping[Scope, str] = {
    Scope.LOCAL: N_("local"),
    Scope.NATIONAL: N_("national"),
    Scope.INTERNATIONAL: N_("international"),
}
EQUATION_LABELS: Mapping[Equations, str] = {
    Equations.SEEN: N_("read"),
    Equations.PARTLY: N_("read in part"),
    Equations.NOT_SEEN: N_("not read"),
}
"""Message id of each code."""


@dataclass(frozen=True, slots=True)
class BothLanguages:
    """A text in English and in Chinese."""

    en: str
    zh: str

    def in_language(self, language: str) -> str:
        """Return the text of a language code, English for any but "zh"."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Method:
    """One method of accounting or crediting.

    `engine` computes it; methods whose equations were not read come in as stated reports.
    `accepts_text`, `counts`, `deducts` are whole sentences; `verified` says what was read,
    `required` what the user must supply and look up.
    """

    key: str
    engine: QuantityMethod
    name: BothLanguages
    issuer: BothLanguages
    version: str
    issued: str
    scope: Scope
    accepts: tuple[Ecosystem, ...]
    activities: tuple[Activity, ...]
    accepts_text: BothLanguages
    counts: BothLanguages
    deducts: BothLanguages
    verified: BothLanguages
    required: BothLanguages
    equations: Equations
    source: str


def _both(row: Row, name: str) -> BothLanguages:
    return BothLanguages(row[f"{name}_en"], row[f"{name}_zh"])


def read_methods(folder: Path) -> tuple[Method, ...]:
    """Return the register in the order of the table."""
    return tuple(
        Method(
            key=row["key"],
            engine=QuantityMethod(row["engine"]),
            name=_both(row, "name"),
            issuer=_both(row, "issuer"),
            version=row["version"],
            issued=row["issued"],
            scope=Scope(row["scope"]),
            accepts=tuple(Ecosystem(code) for code in row["accepts"].split(";")),
            activities=tuple(Activity(code) for code in row["activities"].split(";")),
            accepts_text=_both(row, "accepts_text"),
            counts=_both(row, "counts"),
            deducts=_both(row, "deducts"),
            verified=_both(row, "verified"),
            required=_both(row, "required"),
            equations=Equations(row["equations"]),
            source=row["source"],
        )
        for row in read_rows(folder, "methods.csv")
    )
