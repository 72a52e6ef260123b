"""What screen and paper say of the price evidence: comparables, spread, conclusion, model."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from math import expm1

from app.finance.case.appraisal import Appraisal
from app.finance.case.valuation.evidence import Comparable
from app.finance.fields import choice_label
from app.finance.valuation.evidence_working import FACTOR_LABELS
from app.finance.valuation.results import AdjustedComparable, EvidenceResult
from app.formats import number, percent, plain, sentence
from app.i18n import N_, Translator
from app.messages.valuation_words import EXCLUSION, ROOT_REASONS
from app.reports.value_facts import FactRow

FEW = N_(
    "Prices that count: {count}. Fewer than 5 give a range and a number, no centre and no average."
)
"""What stands in the place of a centre below 5 prices."""

UPPER_BOUND = N_(
    "Court and public-benefit prices are left out of the centre: a lender cannot sell at them. "
    "The highest is shown as an upper bound."
)

FACTOR_HEADS: Mapping[str, str] = {
    "k_time": N_("Time"),
    "k_place": N_("Place"),
    "k_type": N_("Type"),
    "k_volume": N_("Volume"),
    "k_purpose": N_("Buyer's purpose"),
    "k_vintage": N_("Vintage"),
}
"""Heads of the factors of the adjustment grid, by code."""

EXCLUSION_HEADS: Mapping[str, str] = {
    "by_hand": N_("left out by hand"),
    "court": N_("court purchase"),
    "public_benefit": N_("public benefit"),
    "forward": N_("forward deal"),
    "unverified": N_("not verified"),
    "outlier": N_("outlier"),
    "single_limit": N_("one adjustment too large"),
    "total_limit": N_("adjustments too large"),
    "after_valuation": N_("after the valuation date"),
    "no_weight": N_("weight 0"),
}
"""Why a comparable does not count, in two words, by code."""

_NO_WEIGHT = N_("Its weight is 0.")
_DETAILS = {
    "outlier": N_("Modified z-score {z}, limit {limit}."),
    "single_limit": N_("{factor}: {share}, limit {limit}."),
    "total_limit": N_("All together {share}, limit {limit}."),
}


@dataclass(frozen=True, slots=True)
class ComparableRow:
    """One comparable: what it is, its price on the way to the adjusted one, whether it counts.

    `factors` follow `FACTOR_HEADS`; `weight` is percent, "" when the line does not count.
    `excluded` is the code of the exclusion; `reason` what the appraiser wrote.
    """

    number: int
    day: date
    place: str
    ecosystem: str
    method: str
    purpose: str
    volume_t: str
    price: str
    currency: str
    price_yuan_t: str
    factors: tuple[str, ...]
    adjusted_yuan_t: str
    weight: str
    excluded: str
    reason: str
    facts: Mapping[str, str] = field(default_factory=dict)
    step: str = ""
    source: str = ""
    fx_yuan: str = ""

    @property
    def counts(self) -> bool:
        """Whether the price counts in the centre."""
        return not self.excluded

    def why(self, tr: Translator) -> str:
        """Say why the line does not count; "" when it does."""
        if not self.excluded:
            return ""
        parts = [tr(EXCLUSION.get(self.excluded, _NO_WEIGHT))]
        if self.excluded in _DETAILS:
            facts = {name: tr(fact) for name, fact in self.facts.items()}
            parts.append(tr(_DETAILS[self.excluded]).format(**facts))
        if self.reason:
            parts.append(self.reason)
        return " ".join(parts)


def _fact(name: str, value: object) -> str:
    if name == "factor":
        return FACTOR_HEADS.get(str(value), str(value))
    if isinstance(value, float | int):
        return number(float(value)) if name == "z" else percent(float(value), 1)
    return str(value)


def _facts(line: AdjustedComparable) -> dict[str, str]:
    found = {name: _fact(name, value) for name, value in line.facts.items()}
    if line.excluded == "outlier" and "limit" in line.facts:
        found["limit"] = plain(float(str(line.facts["limit"])))
    return found


def _row(line: AdjustedComparable, entered: Comparable) -> ComparableRow:
    return ComparableRow(
        number=line.position + 1,
        day=line.day,
        place=entered.place or entered.market,
        ecosystem=choice_label(Comparable, "ecosystem", entered.ecosystem),
        method=choice_label(Comparable, "method", entered.method),
        purpose=choice_label(Comparable, "purpose", entered.purpose),
        volume_t=number(entered.volume_t, 0),
        price=number(line.price_original),
        currency=line.currency,
        price_yuan_t=number(line.price_yuan_t),
        factors=tuple(number(line.factors.get(name, 1.0), 3) for name in FACTOR_HEADS),
        adjusted_yuan_t=number(line.adjusted_yuan_t),
        weight="" if line.excluded else percent(line.weight, 1),
        excluded=line.excluded,
        reason=line.reason or entered.left_out,
        facts=_facts(line),
        step=f"value.evidence.{line.position + 1}",
        source=entered.source,
        fx_yuan=number(line.fx_yuan, 4),
    )


def comparable_rows(appraisal: Appraisal, evidence: EvidenceResult) -> tuple[ComparableRow, ...]:
    """Return the comparables: those that count first, else in the order of the case.

    Ecosystem, method and purpose are message ids.
    """
    if appraisal.evidence is None:
        return ()
    entered = appraisal.evidence.comparables
    rows = [_row(line, entered[line.position]) for line in evidence.comparables]
    return tuple(sorted(rows, key=lambda row: (not row.counts, row.number)))


def used_factors(evidence: EvidenceResult) -> tuple[str, ...]:
    """Return the codes of the factors that differ from 1 in some line."""
    return tuple(
        name
        for name in FACTOR_LABELS
        if any(line.factors.get(name, 1.0) != 1.0 for line in evidence.comparables)
    )


def spread_rows(evidence: EvidenceResult) -> tuple[FactRow, ...]:
    """Return how many prices count, their range, and below it the centre figures when 5 do."""
    spread = evidence.spread
    total = len(evidence.comparables)
    rows = [
        FactRow(
            N_("Prices that count"),
            words=N_("{count} of {total}"),
            facts={"count": str(spread.count), "total": str(total)},
            step="value.evidence",
        )
    ]
    if spread.lowest is not None and spread.highest is not None:
        lowest, highest = number(spread.lowest), number(spread.highest)
        rows.append(FactRow(N_("Range of the prices"), f"{lowest} – {highest}", "yuan/t"))
    for label, value in (
        (N_("Median, all weights equal"), spread.median),
        (N_("Mean"), spread.mean),
        (N_("Geometric mean"), spread.geometric_mean),
        (N_("Volume-weighted mean"), spread.volume_weighted),
        (N_("Median absolute deviation"), spread.mad),
    ):
        if value is not None:
            rows.append(FactRow(label, number(value), "yuan/t"))
    if spread.log_sd is not None:
        label = N_("Standard deviation of the log price")
        rows.append(FactRow(label, number(spread.log_sd, 3)))
    return tuple(rows)


def concluded_price_rows(evidence: EvidenceResult) -> tuple[FactRow, ...]:
    """Return the concluded price with its interval, or why there is none; the upper bound."""
    rows: list[FactRow] = []
    if evidence.conclusion_yuan_t is None:
        rows.append(
            FactRow(
                N_("Concluded price"),
                words=FEW,
                facts={"count": str(evidence.spread.count)},
                step="value.evidence",
                strong=True,
            )
        )
    else:
        price = number(evidence.conclusion_yuan_t)
        rows.append(FactRow(N_("Concluded price"), price, "yuan/t", "value.evidence", strong=True))
    if evidence.low_yuan_t is not None and evidence.high_yuan_t is not None:
        reached = evidence.coverage if evidence.coverage is not None else evidence.confidence
        rows.append(
            FactRow(
                N_("Interval of the price"),
                f"{number(evidence.low_yuan_t)} – {number(evidence.high_yuan_t)}",
                "yuan/t",
                "value.evidence.low",
                note=N_("confidence {reached}, asked for {asked}"),
                facts={"reached": percent(reached, 1), "asked": percent(evidence.confidence, 1)},
            )
        )
    if evidence.weighted_yuan_t is not None:
        weighted = number(evidence.weighted_yuan_t)
        rows.append(
            FactRow(N_("Weighted adjusted price"), weighted, "yuan/t", "value.evidence.weighted")
        )
    if evidence.upper_bound_yuan_t is not None:
        bound = number(evidence.upper_bound_yuan_t)
        rows.append(
            FactRow(
                N_("Upper bound: court and public-benefit prices"),
                bound,
                "yuan/t",
                "value.evidence.upper_bound",
            )
        )
    return tuple(rows)


def model_rows(evidence: EvidenceResult) -> tuple[FactRow, ...]:
    """Return the second opinion of the multilevel model, or why there is none; () until drawn."""
    model = evidence.model
    if model is None:
        return ()
    label = N_("Second opinion, multilevel model")
    if model.price_yuan_t is None:
        return (FactRow(label, words=ROOT_REASONS.get(model.reason, "")),)
    rows = [
        FactRow(
            label,
            number(model.price_yuan_t),
            "yuan/t",
            note=N_("from {count} prices"),
            facts={"count": str(model.count)},
        )
    ]
    if model.low_yuan_t is not None and model.high_yuan_t is not None:
        span = f"{number(model.low_yuan_t)} – {number(model.high_yuan_t)}"
        rows.append(FactRow(N_("Interval of the model"), span, "yuan/t"))
    return tuple(rows)


_EFFECT_KINDS = {
    "ecosystem": N_("Ecosystem"),
    "market": N_("Market"),
    "purpose": N_("Buyer's purpose"),
    "year": N_("Year"),
}


@dataclass(frozen=True, slots=True)
class EffectRow:
    """A group of the model and how far it lies from the mean of all, in percent of the price."""

    kind: str
    group: str
    change: float

    def name(self, tr: Translator) -> str:
        """Return kind and group in a language."""
        kind = tr(_EFFECT_KINDS.get(self.kind, self.kind))
        return tr(N_("{label} ({unit})")).format(label=kind, unit=sentence(tr(self.group)))


def effect_rows(evidence: EvidenceResult) -> tuple[EffectRow, ...]:
    """Return the shrunken effects of the model, largest first, as a change of the price."""
    model = evidence.model
    if model is None:
        return ()
    rows = []
    for key, effect in model.effects.items():
        kind, _colon, code = key.partition(":")
        rows.append(EffectRow(kind, _group_label(kind, code), expm1(effect)))
    return tuple(sorted(rows, key=lambda row: -abs(row.change)))


def _group_label(kind: str, code: str) -> str:
    try:
        return choice_label(Comparable, kind, code)
    except KeyError:
        return code
