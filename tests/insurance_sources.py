"""Perils, heads and sources of loss that the insurance tests share."""

from dataclasses import replace

from app.finance.case.cover.heads import HeadKind, HeadLine, InsuredUnit
from app.finance.case.cover.perils import DamageLaw, FrequencyLaw, Peril, PerilLine
from app.finance.insurance.event_source import EventSource
from app.finance.insurance.frequency import Frequency
from app.finance.insurance.loss_law import LossLaw
from app.finance.insurance.payment import Payment


def peril(law: DamageLaw = DamageLaw.LOGNORMAL, **fields: object) -> PerilLine:
    """A typhoon with damages by this law."""
    return replace(PerilLine(Peril.TYPHOON_WIND, 0.8), damage_law=law, **fields)  # type: ignore[arg-type]


def head(**fields: object) -> HeadLine:
    """A head without terms."""
    plain = HeadLine("mangrove", HeadKind.RESTORATION_COST, InsuredUnit.MU, 3000.0, 1000.0)
    return replace(plain, **fields)  # type: ignore[arg-type]


def layer(deductible: float, limit: float) -> Payment:
    """min(max(x - deductible, 0), limit)."""
    return Payment.whole().above(deductible).capped(limit)


def poisson(mean: float) -> Frequency:
    return Frequency(FrequencyLaw.POISSON, mean)


def source(frequency: Frequency, payment: Payment, law: LossLaw) -> EventSource:
    """Events that are all of one part."""
    return EventSource(frequency, ((1.0, payment, law),))
