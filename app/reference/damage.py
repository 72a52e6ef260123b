"""Damage curves: what share of the value an event of some intensity destroys, with its source."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from app.finance.case.cover.perils import DamagePoint
from app.finance.text import N_
from app.paths import resources
from app.reference.rows import Row, read_rows


class CurveStatus(StrEnum):
    """How far a curve can be relied on."""

    VERIFIED = "verified"
    PARTIAL = "partial"
    PROPOSAL = "proposal"


CURVE_STATUS_LABELS = {
    CurveStatus.VERIFIED: N_("read in its source"),
    CurveStatus.PARTIAL: N_("read in part"),
    CurveStatus.PROPOSAL: N_("house proposal, assumption"),
}


@dataclass(frozen=True, slots=True)
class DamageCurve:
    """One curve; texts with `_zh` are Chinese.

    Attributes:
        curve_id: name of the curve, the one its points bear in a case.
        intensity_unit: unit of the first figure of each point ("m/s", "kn").
        points: intensity and damage (share of the value on risk), rising; straight in between.
        status: whether it was read in its source or is a proposal of the house.
    """

    curve_id: str
    title: str
    title_zh: str
    asset: str
    asset_zh: str
    intensity_unit: str
    intensity: str
    intensity_zh: str
    points: tuple[tuple[float, float], ...]
    status: CurveStatus
    note: str
    note_zh: str
    source: str
    source_zh: str

    def text(self, name: str, language: str) -> str:
        """Return a text by its name in a language."""
        return str(getattr(self, f"{name}_zh" if language == "zh" else name))

    def damage_points(self) -> tuple[DamagePoint, ...]:
        """Return the curve as lines of the table of damages of a case."""
        return tuple(DamagePoint(self.curve_id, at, damage) for at, damage in self.points)


def _points(cell: str) -> tuple[tuple[float, float], ...]:
    pairs = (entry.split() for entry in cell.split(";"))
    return tuple((float(at), float(damage)) for at, damage in pairs)


def _curve(row: Row) -> DamageCurve:
    texts = ("title", "asset", "intensity", "note", "source")
    return DamageCurve(
        curve_id=row["curve_id"],
        intensity_unit=row["intensity_unit"],
        points=_points(row["points"]),
        status=CurveStatus(row["status"]),
        **{name: row[name] for base in texts for name in (base, f"{base}_zh")},
    )


@cache
def load_damage_curves() -> tuple[DamageCurve, ...]:
    """Return the curves in the order of the table."""
    return tuple(map(_curve, read_rows(resources() / "reference", "damage_curves.csv")))


def damage_curve(curve_id: str) -> DamageCurve:
    """Return a curve by its name.

    Raises:
        KeyError: no curve of this name.
    """
    return {curve.curve_id: curve for curve in load_damage_curves()}[curve_id]
