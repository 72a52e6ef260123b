"""The pages of the insurance: which there are for a case, what each says, its chart."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.finance.insurance.results import InsuranceResult
from app.i18n import N_, Translator
from app.views.widgets.insurance_index import index_html
from app.views.widgets.insurance_loss import loss_html, perils_html
from app.views.widgets.insurance_models import (
    claims_html,
    deliveries_html,
    history_html,
    sites_html,
)
from app.views.widgets.insurance_quote import options_html, quote_html
from app.views.widgets.result_page import ResultPage

if TYPE_CHECKING:
    from app.services.workbench import Computed

QUOTE, LOSS, PERILS, INDEX = "quote", "loss", "perils", "index"
SITES, HISTORY, DELIVERIES = "sites", "history", "deliveries"
COMPARED, CLAIMS = "compared", "claims"


def _there(wanted: Callable[[InsuranceResult], bool]) -> Callable[["Computed"], bool]:
    """Return whether a case has a page, from whether its insurance has something for it."""

    def there(computed: "Computed") -> bool:
        found = computed.results.insurance
        return found is not None and wanted(found)

    return there


INSURANCE_PAGES: tuple[ResultPage, ...] = (
    ResultPage(QUOTE, N_("Quote"), _there(lambda _found: True), "premium_build_up", led=330),
    ResultPage(
        LOSS, N_("Loss"), _there(lambda found: found.distribution is not None), "exceedance",
        led=310,
    ),
    ResultPage(PERILS, N_("Perils and terms"), _there(lambda _found: True), ""),
    ResultPage(
        INDEX, N_("Index"), _there(lambda found: found.index is not None), "payout_curve", led=280
    ),
    ResultPage(
        SITES, N_("Sites and events"), _there(lambda found: found.events is not None),
        "exceedance", led=310,
    ),
    ResultPage(HISTORY, N_("History"), _there(lambda found: found.experience is not None), ""),
    ResultPage(DELIVERIES, N_("Deliveries"), _there(lambda found: found.delivery is not None), ""),
    ResultPage(COMPARED, N_("Options compared"), _there(lambda found: bool(found.options)), ""),
    ResultPage(CLAIMS, N_("Claims"), _there(lambda found: found.settlement is not None), ""),
)  # fmt: skip
"""The pages in their order."""

WRITERS: dict[str, Callable[["Computed", Translator, int], str]] = {
    QUOTE: quote_html,
    LOSS: loss_html,
    PERILS: perils_html,
    INDEX: index_html,
    SITES: sites_html,
    HISTORY: history_html,
    DELIVERIES: deliveries_html,
    COMPARED: options_html,
    CLAIMS: claims_html,
}

"""What writes each page; the last argument is how many signs stand beside each other."""
