"""Words of the codes of a quote: laws, engines, lines of the premium, parts.

What a choice of the case names is said by the words of that choice (`choice_word`).
"""

from functools import cache

from app.finance.case.cover.experience_inputs import Experience
from app.finance.case.cover.heads import HeadLine
from app.finance.case.cover.index_inputs import IndexCover
from app.finance.case.cover.perils import PerilLine
from app.finance.case.cover.premium_inputs import PremiumInputs, SubsidyLine
from app.finance.fields import specs_by_path
from app.i18n import N_

LOADS = {
    "pure": N_("Pure premium"),
    "reinstatement": N_("Earned by reinstatement premiums"),
    "safety": N_("Safety loading"),
    "risk": N_("Risk loading"),
    "fixed": N_("Fixed expense"),
    "variable": N_("Variable expenses"),
    "commission": N_("Commission"),
    "profit": N_("Profit"),
    "tax": N_("Premium tax"),
    "coefficient": N_("Rate coefficient"),
    "minimum": N_("Raised to the minimum premium"),
    "rounding": N_("Rounding"),
}
"""Steps of the premium build-up (`LoadLine.code`)."""

PARTS = {
    "heads": N_("Heads of cover"),
    "index": N_("Index cover"),
    "delivery": N_("Failure of sales, reversal"),
}
"""Parts of a policy (`PartResult.part`)."""

ENGINES = {
    "panjer": N_("Panjer recursion"),
    "simulation": N_("simulation"),
    "gemact": N_("second engine (GEMAct)"),
    "closed_form": N_("closed form"),
}
"""Ways the distribution is computed a second time (`EngineCheck.engine`)."""

ENGINE_NOTES: dict[str, str] = {}
"""What is said of a check (`EngineCheck.note`)."""

METHODS = {
    "exact": N_("exact (Fourier transform of the compound law)"),
    "simulated": N_("simulated years"),
}
"""How the distribution was found (`LossDistribution.method`)."""

COVER_CLASSES = {
    "carbon": N_("carbon value"),
    "ecosystem": N_("ecosystem"),
    "weather_index": N_("weather index"),
    "indemnity": N_("indemnity by survey"),
    "price_index": N_("price index"),
    "reef": N_("reef and mangrove, abroad"),
    "credit": N_("carbon credits"),
    "study": N_("study"),
}
"""Classes of placed covers (`PlacedCover.cover_class`)."""

RATE_BASES = {
    "stated": N_("as published"),
    "computed": N_("computed"),
}
"""Whether a placed rate was published or computed from premium and sum insured."""

INSURED_PAYS = N_("insured")
"""Who pays what no subsidy pays."""

FREQUENCY_BASES = {
    "ground_up": N_("ground-up: all that damage"),
    "to_layer": N_("to the layer: only those that are paid"),
}
"""What the events a year entered for a peril count (`FrequencyBasis`)."""

CLAIM_REASONS = {
    "outside_period": N_("outside the period of cover"),
    "waiting_period": N_("within the waiting period"),
    "not_on_risk": N_("nothing on risk in that month"),
    "below_deductible": N_("within the deductible"),
    "limit_used": N_("limit used up"),
    "limit_reached": N_("cut at the limit"),
    "outside_season": N_("outside the season of the index"),
    "below_trigger": N_("trigger not reached"),
    "nothing_more": N_("the event is already paid as much"),
    "not_the_event": N_("another event of the season is paid"),
}
"""Why a claim is not paid, or not whole (`ClaimStep.reason`)."""

_CHOICES = {
    "head": (HeadLine, "kind"),
    "law": (PerilLine, "damage_law"),
    "number": (PerilLine, "frequency_law"),
    "peril": (PerilLine, "peril"),
    "payer": (SubsidyLine, "payer"),
    "basis": (PremiumInputs, "pure_basis"),
    "risk_load": (PremiumInputs, "risk_load"),
    "pricing": (IndexCover, "pricing"),
    "excess": (IndexCover, "excess_law"),
    "events_paid": (IndexCover, "events_paid"),
    "estimator": (Experience, "estimator"),
}
"""Declarations whose choices name the codes of results."""


@cache
def _words(kind: str) -> dict[str, str]:
    cls, name = _CHOICES[kind]
    return dict(specs_by_path(cls)[name].field.choices)


def choice_word(kind: str, code: str) -> str:
    """Return the message id of a code that the choices of an input name.

    `kind` is one of "head", "law", "number", "peril", "payer", "basis", "risk_load", "pricing",
    "excess", "events_paid", "estimator".

    Raises:
        KeyError: a code that is no choice.
    """
    if kind == "payer" and code == "insured":
        return INSURED_PAYS
    return _words(kind)[code]
