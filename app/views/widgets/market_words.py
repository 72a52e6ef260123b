"""How a deal or quote of the market book is written: tags, prices, volumes, columns."""

from collections.abc import Sequence

from app.finance.case.valuation.evidence import (
    DELIVERY_CHOICES,
    ECOSYSTEM_CHOICES,
    KIND_CHOICES,
    METHOD_CHOICES,
    PURPOSE_CHOICES,
)
from app.formats import plain
from app.i18n import N_, _, active_language
from app.reference.market_data import (
    PRICE_BASIS_LABELS,
    SERIES_BASIS_LABELS,
    VERIFIED_LABELS,
    MarketRecord,
    PriceBasis,
    SeriesObservation,
    Verified,
)
from app.views.widgets.record_table import Column

CHOICES: dict[str, tuple[tuple[str, str], ...]] = {
    "ecosystem": ECOSYSTEM_CHOICES,
    "method": METHOD_CHOICES,
    "purpose": PURPOSE_CHOICES,
    "delivery": DELIVERY_CHOICES,
    "kind": KIND_CHOICES,
    "verified": VERIFIED_LABELS,
    "price_basis": PRICE_BASIS_LABELS,
    "basis": SERIES_BASIS_LABELS,
}
PAID = (PriceBasis.STATED, PriceBasis.COMPUTED, PriceBasis.FLOOR, PriceBasis.MIDPOINT)
"""Prices that somebody paid or would pay; the others are asked, averaged, valued or modelled."""
UPPER_BOUND_METHODS = ("court", "public_benefit")
UPPER_BOUND_PURPOSES = ("judicial", "public_benefit")
MARKS = {"yes": "✓", "partial": "(✓)", "recalled": "–"}
VERIFIED_ORDER = tuple(code for code, _label in VERIFIED_LABELS)


def tag(record: object, name: str) -> str:
    """Return the code of a tag of a record, as text."""
    return str(getattr(record, name) or "")


def said(record: MarketRecord | SeriesObservation, name: str) -> str:
    """Return a text of a record in the language of the window."""
    return record.said(name, active_language())


def is_seen(record: MarketRecord) -> bool:
    """Whether the whole of a figure was read in its source."""
    return record.verified == Verified.YES


def tag_label(name: str, code: str) -> str:
    """Return the printed name of a tag's code; a currency and an unknown code as they are."""
    label = dict(CHOICES.get(name, ())).get(code)
    return _(label) if label else code or "–"


def is_upper_bound(record: MarketRecord) -> bool:
    """Whether a price comes from a court or a public-benefit sale: an upper bound only."""
    return (
        tag(record, "method") in UPPER_BOUND_METHODS
        or tag(record, "purpose") in UPPER_BOUND_PURPOSES
    )


def counts_in_centre(record: MarketRecord) -> bool:
    """Whether a price stands in the centre of the evidence unless a case says otherwise.

    It was paid and read in its source, spot, and neither a court nor a public-benefit price.
    """
    return (
        is_seen(record)
        and record.price_basis in PAID
        and tag(record, "delivery") != "forward"
        and not is_upper_bound(record)
    )


def price_text(price: float | None, currency: str) -> str:
    """Write a price a tonne with its currency; a dash for none."""
    if price is None:
        return "–"
    return _("{price} {currency}/t").format(price=plain(float(price)), currency=currency)


def tonnes_text(tonnes: float | None) -> str:
    """Write a volume in tonnes; a dash for none."""
    return "–" if tonnes is None else plain(float(tonnes))


def _tag_column(title: str, name: str, width: int) -> Column:
    return Column(title, lambda record: tag_label(name, tag(record, name)), width=width)


def _price(record: MarketRecord) -> tuple[str, float] | None:
    return None if record.price is None else (record.currency, float(record.price))


def _price_tip(record: MarketRecord) -> str:
    return tag_label("price_basis", tag(record, "price_basis"))


def _verified_tip(record: MarketRecord) -> str:
    return tag_label("verified", tag(record, "verified"))


def deal_columns() -> tuple[Column, ...]:
    """Return the columns of a table of deals and quotes."""
    return (
        Column(
            _("Date"),
            lambda record: (record.day, day_said(record)),
            lambda value: value[1],
            width=112,
        ),
        Column(_("Place"), lambda record: said(record, "place") or None, width=170),
        _tag_column(_("Ecosystem"), "ecosystem", 108),
        _tag_column(_("Trade method"), "method", 146),
        _tag_column(_("Buyer's purpose"), "purpose", 150),
        Column(_("Volume (t)"), lambda record: record.volume_t, tonnes_text, True, 84),
        Column(
            _("Price"), _price, lambda value: price_text(value[1], value[0]), True, 108, _price_tip
        ),
        Column(
            _("Seen"),
            lambda record: VERIFIED_ORDER.index(record.verified),
            lambda place: MARKS[VERIFIED_ORDER[place]],
            width=52,
            tip=_verified_tip,
        ),
        Column(_("Source"), lambda record: said(record, "source") or None, width=200),
    )


def day_said(record: MarketRecord) -> str:
    """Return the date of a record as it was published."""
    return said(record, "day_text") or record.day.isoformat()


def spoken(record: MarketRecord) -> str:
    """Return everything a record says, in lower case, for the search by words."""
    tags = (tag_label(name, tag(record, name)) for name in CHOICES if name != "basis")
    names = ("day_text", "place", "species", "market", "standard", "note", "source")
    both = (record.said(name, language) for name in names for language in ("en", "zh"))
    texts = (
        *both,
        record.day.isoformat(),
        record.country,
        record.currency,
        record.record_id,
        price_text(record.price, record.currency),
        tonnes_text(record.volume_t),
    )
    return "\u0001".join(str(text or "") for text in (*texts, *tags)).lower()


def _range_text(currency: str, prices: Sequence[float]) -> str:
    if len(prices) == 1:
        return _("{currency}: 1 price, {price} a tonne").format(
            currency=currency, price=plain(prices[0])
        )
    return _("{currency}: {count} prices, {low} to {high} a tonne").format(
        currency=currency, count=len(prices), low=plain(min(prices)), high=plain(max(prices))
    )


def price_ranges(records: Sequence[MarketRecord]) -> str:
    """Say how many prices there are and their range, for each currency; never a mean."""
    prices: dict[str, list[float]] = {}
    for record in records:
        if record.price is not None:
            prices.setdefault(record.currency, []).append(float(record.price))
    if not prices:
        return _("no prices")
    return _("; ").join(
        _range_text(currency, found)
        for currency, found in sorted(prices.items(), key=lambda item: (-len(item[1]), item[0]))
    )


SERIES_NAMES = {
    "old CCER": N_("old CCER"),
    "local pilots": N_("local pilots"),
    "CCER expectation": N_("CCER expectation"),
    "CEA expectation": N_("CEA expectation"),
    "Platts nature-based": N_("Platts nature-based"),
    "MSCI ARR": N_("MSCI ARR"),
    "OPIS forest restoration": N_("OPIS forest restoration"),
}
"""Shipped series that are called by words; the others by their sign or by what was entered."""


def series_label(name: str) -> str:
    """Return the name of a price series in the active language."""
    return _(SERIES_NAMES[name]) if name in SERIES_NAMES else name
