"""Words of an accumulation: kinds of events, and why a case stands apart."""

from app.i18n import N_

EVENT_KINDS = {
    "footprint": N_("same damage within a radius"),
    "storm": N_("repeat of a storm"),
    "worst_at": N_("repeat of the storm with the strongest wind at a place"),
    "worst": N_("repeat of the storm that would cost this book most"),
    "reported": N_("share of the cover that was paid for a real event"),
}
"""What is put on the book (`Accumulation.kind`)."""

CONVENTIONS = {
    "first_event": N_(
        "Each policy pays as for the first event of its policy year, at the value on risk of the "
        "month; the pledged right loses the damaged share for good, and what insurers pay is not "
        "counted as security."
    ),
    "reported": N_(
        "Every policy pays the reported share of its sum insured and every pledged right loses "
        "that share: together that is what was reported; which of them are hit is not told."
    ),
}
"""How the figures were found, by kind of convention."""
