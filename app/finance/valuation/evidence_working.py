"""Working of the price evidence: each comparable's factors, the conclusion and its interval."""

from app.finance.explain import Step, Term
from app.finance.text import N_
from app.finance.valuation.results import AdjustedComparable, EvidenceResult

FACTOR_LABELS = {
    "k_time": N_("Factor of time"),
    "k_place": N_("Factor of the place"),
    "k_type": N_("Factor of the type"),
    "k_volume": N_("Factor of the volume"),
    "k_purpose": N_("Factor of the purpose"),
    "k_vintage": N_("Factor of the vintage"),
}

_UNIT = "yuan/t"


def comparable_step(line: AdjustedComparable, series_name: str) -> Step:
    """Return the working of one comparable: from its own price to the adjusted one."""
    note = ""
    if not line.brought_to_date:
        note = N_("The series does not reach its day: the price is that of its own day.")
    elif line.excluded:
        note = N_("It does not count in the centre.")
    return Step(
        f"value.evidence.{line.position + 1}",
        N_("Adjusted price of a comparable"),
        "P_i = P × e × k_time × k_place × k_type × k_volume × k_purpose × k_vintage",
        (
            Term("i", N_("Number of the comparable"), line.position + 1),
            Term("D", N_("Date"), line.day),
            Term("P", N_("Price in its own currency"), line.price_original, line.currency),
            Term("e", N_("Yuan for one unit of the currency"), line.fx_yuan),
            *(Term(name, FACTOR_LABELS[name], k) for name, k in line.factors.items()),
            *([Term("S", N_("Series of the factor of time"), series_name)] if series_name else []),
        ),
        line.adjusted_yuan_t,
        _UNIT,
        N_("market approach: comparable prices, adjusted to the right and the valuation date"),
        note,
    )


def _effective_count(result: EvidenceResult) -> float:
    """How many equal weights say as much: (Σw)² / Σw² (Kish 1965)."""
    weights = [line.weight for line in result.comparables]
    return 1.0 / sum(weight**2 for weight in weights)


def _centre(result: EvidenceResult) -> list[Step]:
    spread = result.spread
    few = result.conclusion_yuan_t is None
    terms = [Term("n", N_("Prices that count"), spread.count)]
    if spread.count:
        terms += [
            Term("n_e", N_("Number of equal weights that say as much"), _effective_count(result)),
            Term("P_min", N_("Lowest price"), spread.lowest, _UNIT),
            Term("P_max", N_("Highest price"), spread.highest, _UNIT),
        ]
    if not few:
        terms += [
            Term("m", N_("Median, all weights equal"), spread.median, _UNIT),
            Term("G", N_("Geometric mean"), spread.geometric_mean, _UNIT),
            Term("MAD", N_("Median absolute deviation"), spread.mad, _UNIT),
            Term("s", N_("Standard deviation of the logarithms"), spread.log_sd),
        ]
    note = N_("Fewer than 5 prices count: their range and number are all there is.")
    return [
        Step(
            "value.evidence",
            N_("Price concluded from the evidence"),
            "P = min { x : Σ w_i (P_i ≤ x) ≥ ½ }",
            tuple(terms),
            result.conclusion_yuan_t,
            _UNIT,
            N_(
                "weighted median: half of the weight lies below it, midway when it lies between "
                "two prices (Edgeworth 1888)"
            ),
            note if few else "",
        )
    ]


def _interval(result: EvidenceResult) -> list[Step]:
    if result.coverage is None:
        return []
    short = result.coverage < result.confidence - 1e-9
    note = N_("The prices are too few for this confidence: the interval is their whole range.")
    terms = (
        Term("c", N_("Confidence asked for"), result.confidence, "share"),
        Term("c_n", N_("Confidence reached"), result.coverage, "share"),
        Term("n", N_("Prices that count"), result.spread.count),
    )
    source = N_("sign test of the median, inverted; no distribution assumed (Conover 1999, 3.2)")
    bounds = (
        ("value.evidence.low", N_("Lower bound of the price"), "P_low = P_(l)", result.low_yuan_t),
        (
            "value.evidence.high",
            N_("Upper end of the price interval"),
            "P_high = P_(u)",
            result.high_yuan_t,
        ),
    )
    return [
        Step(key, label, formula, terms, value, _UNIT, source, note if short else "")
        for key, label, formula, value in bounds
    ]


def _weighted(result: EvidenceResult) -> list[Step]:
    if result.weighted_yuan_t is None:
        return []
    counting = [line for line in result.comparables if not line.excluded]
    terms = tuple(
        Term(f"w_{line.position + 1}", N_("Weight of a comparable"), line.weight, "share")
        for line in counting
    )
    return [
        Step(
            "value.evidence.weighted",
            N_("Weighted adjusted price"),
            "P_adj = Σ w_i × P_i",
            terms,
            result.weighted_yuan_t,
            _UNIT,
            N_("market approach: sum of weights times adjusted prices"),
        )
    ]


def _upper_bound(result: EvidenceResult) -> list[Step]:
    if result.upper_bound_yuan_t is None:
        return []
    left_out = [c for c in result.comparables if c.excluded in ("court", "public_benefit")]
    return [
        Step(
            "value.evidence.upper_bound",
            N_("Upper bound: court and public-benefit prices"),
            "P_up = max P_i",
            (Term("n", N_("Court and public-benefit prices left out"), len(left_out)),),
            result.upper_bound_yuan_t,
            _UNIT,
            N_("not a price a lender can sell at; shown beside the centre"),
        )
    ]


def conclusion_steps(result: EvidenceResult) -> tuple[Step, ...]:
    """Return the working of the conclusion, its interval, the weighted price, the upper bound."""
    return (
        *_weighted(result),
        *_centre(result),
        *_interval(result),
        *_upper_bound(result),
    )
