"""A market as HTML: its rule and use, and what it says of each kind of sink."""

from html import escape

from app.finance.sink.eligibility import SINK_KIND_LABELS, Answer, Market, SinkKind
from app.i18n import N_, Translator
from app.services.reference_texts import (
    ANSWER_CELLS,
    conditions,
    market_byline,
    market_facts,
    market_name,
)

_STYLES = {
    Answer.YES: "known",
    Answer.CONDITIONAL: "part",
    Answer.UNKNOWN: "small",
    Answer.NO: "small",
}


def _fact(label: str, text: str) -> str:
    return (
        f'<tr><td class="fact" width="30%">{escape(label)}</td>'
        f'<td class="said" width="70%">{text}</td></tr>'
    )


def _sink(market: Market, sink: SinkKind, tr: Translator) -> str:
    answer = Answer(market.accepts[sink])
    sign = f'<span class="{_STYLES[answer]}">{escape(tr(ANSWER_CELLS[answer]))}</span>'
    said = "<br/>".join(escape(text) for text in conditions(market, sink, tr))
    return (
        f'<tr><td class="fact" width="26%">{escape(tr(SINK_KIND_LABELS[sink]))}</td>'
        f'<td class="fact" width="15%">{sign}</td>'
        f'<td class="said" width="59%">{said}</td></tr>'
    )


def market_html(market: Market, tr: Translator) -> str:
    """Return what is known of a market: rule and use on the left, sinks on the right."""
    byline = escape(" · ".join(part for part in market_byline(market, tr) if part))
    facts = "".join(_fact(label, escape(text)) for label, text in market_facts(market, tr))
    sinks = "".join(_sink(market, sink, tr) for sink in SinkKind)
    heading = escape(tr(N_("What its rule says")))
    return (
        f"<html><body><h2>{escape(market_name(market, tr))}</h2>"
        f'<p><span class="small">{byline}</span></p>'
        '<table width="100%" cellspacing="0"><tr>'
        f'<td class="said" width="41%"><table width="100%" cellspacing="0">{facts}</table></td>'
        '<td width="2%"></td>'
        f'<td class="said" width="57%"><b>{heading}</b>'
        f'<table width="100%" cellspacing="0">{sinks}</table></td>'
        "</tr></table></body></html>"
    )
