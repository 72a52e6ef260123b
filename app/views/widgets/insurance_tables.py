"""Columns of the insurance tables: covers that were placed, payouts, damage curves."""

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from app.finance.case.cover.heads import HeadLine
from app.finance.case.cover.perils import PERIL_CHOICES
from app.finance.fields import choice_label
from app.formats import number, percent, plain
from app.i18n import N_, _
from app.messages.insurance_words import COVER_CLASSES
from app.reference.damage import CURVE_STATUS_LABELS
from app.services.storm_facts import COUNT_HEADS, law_text
from app.views.widgets.record_table import Column
from app.views.widgets.reference_tables import dated_text, joined, told, wrapped


def _perils(cover: Any) -> str:
    names = dict(PERIL_CHOICES)
    return _(", ").join(_(names[peril]) for peril in cover.perils)


def _of_class(cover: Any) -> str:
    return "\n".join(filter(None, (_(COVER_CLASSES[cover.cover_class]), _perils(cover))))


def _cover_rate(cover: Any) -> tuple[float, str] | None:
    """Return what a rate is sorted by and its text: one figure or a range."""
    if cover.rate is not None:
        return cover.rate, percent(cover.rate)
    if cover.rate_low is None:
        return None
    return cover.rate_low, f"{percent(cover.rate_low)} – {percent(cover.rate_high)}"


def _money(name: str) -> Callable[[Any], tuple[float, str] | None]:
    """Return an amount as it sorts and as it is shown, with its currency where that is foreign."""

    def shown(row: Any) -> tuple[float, str] | None:
        amount = getattr(row, name)
        if amount is None:
            return None
        text = number(amount, 0)
        return amount, text if row.currency == "CNY" else f"{row.currency} {text}"

    return shown


def _unit_value(cover: Any) -> tuple[float, str] | None:
    if cover.unit_value is None:
        return None
    unit = _(choice_label(HeadLine, "quantity_unit", cover.unit))
    return cover.unit_value, f"{plain(cover.unit_value)} / {unit}"


def _second(pair: tuple[Any, str]) -> str:
    return pair[1]


def cover_columns() -> tuple[Column, ...]:
    """Columns of the register of covers that were placed."""
    return (
        Column(_("Date"), dated_text, _second, width=90),
        Column(_("Insurer, place"), joined("insurer", "place"), width=150),
        Column(_("Kind, perils"), _of_class, width=124),
        Column(_("Insured object"), told("insured_object"), width=130),
        Column(wrapped(N_("Sum insured (yuan)"), 9), _money("sum_insured"), _second, True, 108),
        Column(wrapped(N_("Value of a unit"), 9), _unit_value, _second, True, 98),
        Column(wrapped(N_("Premium (yuan)"), 9), _money("premium"), _second, True, 98),
        Column(_("Premium rate"), _cover_rate, _second, True, 116),
        Column(_("Terms, notes"), joined("terms", "note"), width=330),
        Column(_("Source"), told("source"), width=130),
    )


def payout_columns() -> tuple[Column, ...]:
    """Columns of the payouts that happened."""
    return (
        Column(_("Date"), dated_text, _second, width=100),
        Column(_("Loss event"), told("event"), width=130),
        Column(_("Place"), told("place"), width=130),
        Column(_("Paid (yuan)"), _money("paid"), _second, True, 116),
        Column(_("To whom"), told("units"), width=110),
        Column(wrapped(N_("Of sum insured"), 9), attrgetter("of_cover"), percent, True, 104),
        Column(wrapped(N_("Of the premium"), 9), attrgetter("of_premium"), percent, True, 104),
        Column(_("Note"), told("note"), width=260),
        Column(_("Source"), told("source"), width=260),
    )


def _curve_points(curve: Any) -> str:
    """Return the points as text that breaks between two points only."""
    return "; ".join(f"{plain(at)}:\u00a0{percent(damage, 1)}" for at, damage in curve.points)


def curve_columns() -> tuple[Column, ...]:
    """Columns of the damage curves."""
    return (
        Column(_("Curve"), told("title"), width=190),
        Column(_("Status"), lambda row: row.status, lambda s: _(CURVE_STATUS_LABELS[s]), width=110),
        Column(_("Intensity"), told("intensity"), width=120),
        Column(_("Damage"), _curve_points, width=300),
        Column(_("Note"), told("note"), width=300),
        Column(_("Source"), told("source"), width=260),
    )


def _count(at: int) -> Callable[[Any], int]:
    return lambda row: int(row.storms[at])


def storm_columns() -> tuple[Column, ...]:
    """Columns of the storms near coastal places."""
    counts = (
        Column(wrapped(label, 9), _count(at), str, True, 104)
        for at, label in enumerate(COUNT_HEADS)
    )
    return (
        Column(_("Place"), told("place"), width=150),
        *counts,
        Column(
            wrapped(N_("17.2 m/s or more at the place"), 14),
            attrgetter("site_storms"),
            str,
            True,
            130,
        ),
        Column(_("Law of the wind above it"), law_text, width=170),
        Column(_("Source"), told("source"), width=330),
    )
