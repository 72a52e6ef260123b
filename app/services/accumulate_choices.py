"""What a person may name for an accumulation: a damage curve, a reported event."""

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from app.finance.insurance.accumulation_events import WindCurve
from app.finance.insurance.accumulation_index import averaging_in
from app.finance.insurance.accumulation_totals import ReportedEvent
from app.finance.insurance.hazard_tracks import KNOT_MS, Averaging
from app.reference.damage import DamageCurve, load_damage_curves
from app.reference.insurance import load_payouts
from app.services.accumulate import refuse

_UNITS = {"m/s": 1.0, "kn": KNOT_MS}
_REPORTED = {"gaemi-2024": "P01"}
"""Events by the number of their payout in the register."""


def wind_curves() -> tuple[DamageCurve, ...]:
    """Return the shipped curves whose intensity is a wind."""
    return tuple(curve for curve in load_damage_curves() if curve.intensity_unit in _UNITS)


def shipped_curve(name: str, averaging: Averaging | None = None) -> WindCurve:
    """Return a shipped damage curve in m/s; its averaging time unless another is given.

    Raises:
        CaseRefused: `unknown_wind_curve`; `curve_averaging_missing` when the publication does not
            state one.
    """
    curves = {curve.curve_id: curve for curve in wind_curves()}
    if name not in curves:
        raise refuse("curve", "unknown_wind_curve", name, known=", ".join(curves))
    curve = curves[name]
    stated = averaging or _stated(curve)
    if stated is None:
        raise refuse("averaging", "curve_averaging_missing", None, curve=name)
    factor = _UNITS[curve.intensity_unit]
    return _wind_curve([(at * factor, damage) for at, damage in curve.points], stated)


def _stated(curve: DamageCurve) -> Averaging | None:
    return averaging_in(curve.intensity.replace("minute", "min"))


def curve_averaging(name: str) -> Averaging | None:
    """Return the averaging time of the winds a shipped curve reads; None where it is not told."""
    return next((_stated(curve) for curve in wind_curves() if curve.curve_id == name), None)


def typed_curve(text: str, averaging: Averaging | None) -> WindCurve:
    """Return the curve of a text like "20 0; 40 0.5": wind in m/s and damage, in pairs.

    Raises:
        CaseRefused: `curve_points` for what is no such pairs, or falls; `curve_averaging_missing`.
    """
    pairs = [part.replace(":", " ").replace(",", " ").split() for part in re.split(r"[;；]", text)]
    try:
        points = [(float(at), float(damage)) for at, damage in filter(None, pairs)]
    except ValueError as error:
        raise refuse("curve_points", "curve_points", text) from error
    winds = [at for at, _damage in points]
    damages = [damage for _at, damage in points]
    rising = all(a < b for a, b in pairwise(winds))
    grows = damages == sorted(damages)
    if not points or not (
        rising and grows and winds[0] >= 0 and 0 <= damages[0] <= damages[-1] <= 1
    ):
        raise refuse("curve_points", "curve_points", text)
    if averaging is None:
        raise refuse("averaging", "curve_averaging_missing", None, curve=text)
    return _wind_curve(points, averaging)


def _wind_curve(points: Sequence[tuple[float, float]], averaging: Averaging) -> WindCurve:
    table = np.array(points, dtype=float)
    return WindCurve(table[:, 0], table[:, 1], averaging)


def reported_event(name: str) -> ReportedEvent:
    """Return an event as reported, from the register of payouts.

    Raises:
        CaseRefused: `unknown_reported_event`.
    """
    key = name.strip().lower()
    payout = {one.payout_id: one for one in load_payouts()}.get(_REPORTED.get(key, ""))
    if payout is None or payout.of_cover is None:
        raise refuse("reported", "unknown_reported_event", name, known=", ".join(_REPORTED))
    hit = None
    if payout.insured_hit is not None and payout.insured_all:
        hit = payout.insured_hit / payout.insured_all
    return ReportedEvent(
        key=key,
        name=payout.event,
        name_zh=payout.event_zh,
        hit_share=hit,
        paid_share=payout.of_cover,
        premium_share=payout.of_premium,
        source=payout.source,
        source_zh=payout.source_zh,
    )
