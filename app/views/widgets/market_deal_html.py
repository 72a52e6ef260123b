"""A deal or quote of the market book as HTML: what is known of it, its note and its source."""

import re
from html import escape

from app.i18n import _
from app.reference.market_data import MarketRecord, PriceBasis
from app.views.widgets.market_words import (
    day_said,
    is_seen,
    is_upper_bound,
    price_text,
    said,
    tag,
    tag_label,
    tonnes_text,
)

NOT_PAID = (PriceBasis.VALUATION, PriceBasis.MODEL)
_ADDRESS = re.compile(r"https?://[^\s<>;,]+")


def linked(text: str) -> str:
    """Escape a text and make the web addresses in it links."""
    parts, end = [], 0
    for found in _ADDRESS.finditer(text):
        address = escape(found[0], quote=True)
        parts.append(escape(text[end : found.start()]))
        parts.append(f'<a class="more" href="{address}">{address}</a>')
        end = found.end()
    return "".join((*parts, escape(text[end:])))


def _fact(label: str, text: str) -> str:
    return (
        f'<tr><td class="fact" width="34%">{escape(label)}</td>'
        f'<td class="said" width="66%">{text}</td></tr>'
    )


def _facts(record: MarketRecord) -> list[tuple[str, str]]:
    total = price_text(record.total, record.currency).removesuffix("/t")
    start = price_text(record.start_price, record.currency)
    facts = (
        (_("Kind"), tag_label("kind", tag(record, "kind"))),
        (_("What the price is"), tag_label("price_basis", tag(record, "price_basis"))),
        (_("Market"), said(record, "market")),
        (_("Standard"), said(record, "standard")),
        (_("Species or project"), said(record, "species")),
        (_("Spot or forward"), tag_label("delivery", tag(record, "delivery"))),
        (_("Volume"), _("{tonnes} t").format(tonnes=tonnes_text(record.volume_t))
         if record.volume_t is not None else ""),
        (_("Total paid"), total if record.total is not None else ""),
        (_("Starting price"), start if record.start_price is not None else ""),
        (_("Number in the market book"), record.record_id),
        (_("Tells the same deal as"), record.repeats),
    )  # fmt: skip
    return [(label, str(text)) for label, text in facts if text]


def _standing(record: MarketRecord) -> str:
    """Say how the price counts in an appraisal."""
    if record.price is None:
        return _("No price was disclosed: it cannot be a comparable.")
    if record.price_basis in NOT_PAID:
        return _("A value by an appraisal or a model, which nobody paid: outside the centre.")
    if is_upper_bound(record):
        return _(
            "A court or public-benefit price: it stands as an upper bound, outside the centre."
        )
    if not is_seen(record):
        return _("Not fully read in its source: outside the centre unless the case says otherwise.")
    if tag(record, "delivery") == "forward":
        return _("A forward price: outside the centre unless the case says otherwise.")
    return _("It can stand in the centre of the price evidence.")


def _owner(record: MarketRecord) -> str:
    if record.shipped:
        return _("Shipped with the program; it cannot be deleted.")
    return _("Entered in this book.")


def deal_html(record: MarketRecord) -> str:
    """Return what is known of a record: facts on the left, note and source on the right."""
    head = " · ".join(
        escape(text)
        for text in (
            day_said(record),
            tag_label("ecosystem", tag(record, "ecosystem")),
            tag_label("method", tag(record, "method")),
            tag_label("purpose", tag(record, "purpose")),
        )
        if text and text != "–"
    )
    title = escape(
        _("{place}: {price}").format(
            place=said(record, "place") or said(record, "market") or "–",
            price=price_text(record.price, record.currency),
        )
    )
    facts = "".join(_fact(label, escape(text)) for label, text in _facts(record))
    texts = "".join(
        f"<p><b>{escape(label)}</b><br/>{text}</p>"
        for label, text in (
            (_("In an appraisal"), escape(_standing(record))),
            (_("Note"), linked(said(record, "note"))),
            (_("Source"), linked(said(record, "source"))),
        )
        if text
    )
    return (
        f"<html><body><h2>{title}</h2>"
        f'<p><span class="small">{head} · {escape(_owner(record))}</span></p>'
        '<table width="100%" cellspacing="0"><tr>'
        f'<td class="said" width="41%"><table width="100%" cellspacing="0">{facts}</table></td>'
        f'<td width="2%"></td><td class="said" width="57%">{texts}</td>'
        "</tr></table></body></html>"
    )
