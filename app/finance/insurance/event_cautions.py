"""What a signatory must know of the event part of a quote."""

from collections.abc import Iterator

import numpy as np

from app.finance.case.cover.model_inputs import EventModel
from app.finance.case.cover.perils import Peril
from app.finance.case.insurance import Insurance
from app.finance.insurance.event_sets import curve_damages, damage_at
from app.finance.insurance.part_results import EventResult
from app.finance.insurance.results import InsuranceResult
from app.finance.notices import Notice, Severity

_PATH = "insurance.events"
_STORMS = (Peril.TYPHOON_WIND, Peril.STORM_SURGE, Peril.WAVES, Peril.ANY)


def event_cautions(insurance: Insurance, result: InsuranceResult) -> Iterator[Notice]:
    """Yield warnings and red flags."""
    model = insurance.events
    if model is None or result.events is None:
        return
    if not model.source:
        yield _warning("events_without_source", "source")
    if len(result.events.sites) == 1:
        yield _warning("events_of_one_site", "event_lines")
    if insurance.stages or insurance.period_months % 12:
        yield _warning("events_without_season", "event_lines")
    beside = [peril for peril in insurance.perils if peril.peril in _STORMS]
    if beside:
        yield Notice(
            "perils_beside_events", Severity.WARNING, "insurance.perils", {"count": len(beside)}
        )
    yield from _set_cautions(model, result.events)
    yield from _curve_cautions(insurance, model)
    yield from _value_cautions(model, result)


def _warning(code: str, field: str, **facts: object) -> Notice:
    return Notice(code, Severity.WARNING, f"{_PATH}.{field}", dict(facts))


def _set_cautions(model: EventModel, result: EventResult) -> Iterator[Notice]:
    """Sites that no event hits."""
    if any(not line.site for line in model.event_lines):
        return
    hit = {line.site for line in model.event_lines}
    missed = [share.site for share in result.sites if share.site not in hit]
    if missed:
        yield _warning("site_without_events", "event_lines", sites=", ".join(missed))


def _curve_cautions(insurance: Insurance, model: EventModel) -> Iterator[Notice]:
    """Intensities beyond the curve, and damages that cannot spread as asked."""
    curve = curve_damages(insurance.damages, model.curve)
    known = [line.intensity for line in model.event_lines if line.intensity is not None]
    if len(curve[0]) and known and max(known) > curve[0][-1]:
        last, most = float(curve[0][-1]), max(known)
        yield _warning("events_beyond_curve", "curve", last=last, most=most)
    if not model.spread:
        return
    shares = np.array([line.damage_share or 0.0 for line in model.event_lines])
    if len(curve[0]) and known:
        shares = np.concatenate([shares, damage_at(np.array(known), curve)])
    inside = shares[(shares > 0) & (shares < 1)]
    cut = int(np.count_nonzero((model.spread * inside) ** 2 >= inside * (1 - inside)))
    if cut:
        yield _warning("spread_all_or_nothing", "spread", count=cut)


def _value_cautions(model: EventModel, result: InsuranceResult) -> Iterator[Notice]:
    """Losses in yuan above what is insured at the site."""
    insured: dict[str, float] = {}
    for head in result.heads:
        for site in {head.site, ""}:
            insured[site] = insured.get(site, 0.0) + float(head.sum_insured_yuan)
    over = [
        line
        for line in model.event_lines
        if line.loss_yuan is not None and line.loss_yuan > insured.get(line.site, np.inf)
    ]
    if over:
        yield _warning("event_loss_over_value", "event_lines", count=len(over), event=over[0].event)
