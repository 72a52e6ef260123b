"""Words for the states and the languages of documents."""

from app.i18n import LANGUAGES, N_

LANGUAGE_NAMES = {**LANGUAGES, "both": N_("both")}
STATUS_NAMES = {
    "draft": N_("draft"),
    "approved": N_("approved, not issued"),
    "final": N_("final"),
}
