"""The pages of the results: which there are for a case, and what each says."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from app.finance.engine import Results
from app.i18n import N_, Translator, _
from app.views.widgets.fact_html import NARROW
from app.views.widgets.insurance_pages import INSURANCE_PAGES, QUOTE, WRITERS
from app.views.widgets.loan_cover import cover_html
from app.views.widgets.loan_facility import facility_html
from app.views.widgets.loan_pages import LOAN_PAGES, TEXTS, loan_page_html
from app.views.widgets.loan_stress import stress_html
from app.views.widgets.result_page import ResultPage
from app.views.widgets.value_evidence import EvidencePage
from app.views.widgets.value_levels import LevelPages
from app.views.widgets.value_parts import BEING_DRAWN, EARLIER, STOPPED, PageParts
from app.views.widgets.value_risk import RiskPages

if TYPE_CHECKING:
    from app.services.workbench import Computed

OVERVIEW, VALUATION, CASH_FLOW, EVIDENCE = "overview", "valuation", "cash_flow", "evidence"
DISTRIBUTION, SENSITIVITY, SCENARIOS = "distribution", "sensitivity", "scenarios"
OPTIONS, TOOL, CHANGES = "options", "tool", "changes"
FACILITY, COVER, STRESS = "facility", "cover", "stress"


def _valued(computed: "Computed") -> bool:
    return computed.results.values is not None


def _flows(computed: "Computed") -> bool:
    values = computed.results.values
    return values is not None and bool(values.cash_flow)


def _evidence(computed: "Computed") -> bool:
    values = computed.results.values
    return values is not None and values.evidence is not None


def _simulated(computed: "Computed") -> bool:
    appraisal = computed.file.case.appraisal
    return _valued(computed) and appraisal is not None and appraisal.simulation is not None


def _scenarios(computed: "Computed") -> bool:
    values = computed.results.values
    return values is not None and bool(values.scenarios)


def _options(computed: "Computed") -> bool:
    values = computed.results.values
    return values is not None and bool(values.options)


def _lent(computed: "Computed") -> bool:
    return computed.results.loan is not None


def _tool(computed: "Computed") -> bool:
    values = computed.results.values
    return values is not None and values.tool is not None


PAGES: tuple[ResultPage, ...] = (
    ResultPage(OVERVIEW, N_("Overview"), lambda _computed: True, "cash_flow"),
    ResultPage(EVIDENCE, N_("Price evidence"), _evidence, "evidence", led=310),
    ResultPage(VALUATION, N_("Waterfall"), _valued, "waterfall", led=310),
    ResultPage(CASH_FLOW, N_("Cash flow"), _flows, "cash_flow"),
    ResultPage(SENSITIVITY, N_("Sensitivity"), _flows, "tornado", led=310),
    ResultPage(SCENARIOS, N_("Scenarios"), _scenarios, "scenarios", led=310),
    ResultPage(DISTRIBUTION, N_("Distribution"), _simulated, "distribution", led=310),
    ResultPage(OPTIONS, N_("Options"), _options, "cash_flow"),
    ResultPage(TOOL, N_("Cost tool"), _tool, "cash_flow"),
    ResultPage(FACILITY, N_("Facility"), _lent, "sizing", led=320),
    ResultPage(COVER, N_("Debt cover"), _lent, "coverage_path", led=372),
    ResultPage(STRESS, N_("Stress"), _lent, "heat_coverage", led=250),
    *LOAN_PAGES,
    *INSURANCE_PAGES,
)
"""The pages in their order; that of the changes is added when a version is there to compare."""

_LOAN_CODES = (FACILITY, COVER, STRESS, *(page.code for page in LOAN_PAGES))
_INSURANCE_CODES = tuple(page.code for page in INSURANCE_PAGES)

CHANGES_PAGE = ResultPage(CHANGES, N_("Changes"), lambda _computed: True, "waterfall")


def pages_of(computed: "Computed", *, compared: bool) -> tuple[ResultPage, ...]:
    """Return the pages a case has something for; only the overview is always there."""
    found = tuple(page for page in PAGES if page.there(computed))
    return (*found, CHANGES_PAGE) if compared else found


def groups_of(pages: tuple[ResultPage, ...]) -> dict[str, str]:
    """Return the title of the group of each page, in the active language.

    A case of one part has few pages, in no groups; overview and changes are in none.
    """
    groups = {page.code: _("Appraisal") for page in PAGES if page.code != OVERVIEW}
    groups |= dict.fromkeys(_LOAN_CODES, _("Loan"))
    groups |= dict.fromkeys(_INSURANCE_CODES, _("Insurance"))
    found = {page.code: groups[page.code] for page in pages if page.code in groups}
    return found if len(set(found.values())) > 1 else {}


def first_page(computed: "Computed") -> str:
    """Return the page a case opens on: a quotation alone on its quote, others on the overview."""
    results = computed.results
    alone = results.values is None and results.loan is None
    return QUOTE if alone and results.insurance is not None else OVERVIEW


def with_earlier(results: Results, earlier: Results | None) -> tuple[Results, bool]:
    """Return results filled up with what was drawn before, and whether anything was taken."""
    if earlier is None:
        return results, False
    filled = replace(
        results,
        value_range=results.value_range or earlier.value_range,
        sensitivity=results.sensitivity or earlier.sensitivity,
    )
    return filled, filled != results


_LOAN_WRITERS: dict[str, Callable[["Computed", Translator, int], str]] = {
    FACILITY: facility_html,
    COVER: cover_html,
    STRESS: stress_html,
}
FITTED = (*_LOAN_WRITERS, *TEXTS, *WRITERS)
"""Pages whose tables are set for the room there is."""


class ValuePages:
    """Writes each page but the first of one computed case in one language.

    `earlier` are results drawn for an earlier state of the draft; they stand in, marked, until
    the new ones are there. `drawing` says that these are on their way. `room` is how many signs
    stand beside each other.
    """

    def __init__(
        self,
        computed: "Computed",
        tr: Translator,
        *,
        earlier: Results | None = None,
        drawing: bool = True,
        room: int = NARROW,
    ) -> None:
        self._computed, self._tr, self._room = computed, tr, room
        self._earlier, self._drawing = earlier, drawing
        self._parts = PageParts(tr)

    def html(self, code: str) -> str:
        """Return the page of a code, "" where the case has nothing for it."""
        if code in _LOAN_WRITERS:
            return _LOAN_WRITERS[code](self._computed, self._tr, self._room)
        if any(page.code == code for page in LOAN_PAGES):
            return loan_page_html(code, self._computed, self._tr, self._room)
        if code in WRITERS:
            return WRITERS[code](self._computed, self._tr, self._room)
        results = self._computed.results
        values, appraisal = results.values, self._computed.file.case.appraisal
        if values is None or appraisal is None:
            return ""
        levels = LevelPages(results, values, self._tr)
        risk = RiskPages(results, self._tr)
        writers: dict[str, Callable[[], str]] = {
            VALUATION: levels.valuation,
            OPTIONS: levels.options,
            TOOL: levels.tool,
            SCENARIOS: lambda: risk.scenarios(values),
            DISTRIBUTION: lambda: self._distribution(risk),
            SENSITIVITY: lambda: self._sensitivity(risk),
        }
        if code == EVIDENCE and values.evidence is not None:
            return EvidencePage(appraisal, values.evidence, self._tr).html()
        return writers[code]() if code in writers else ""

    def _waiting(self) -> str:
        return f"<p>{self._parts.say(BEING_DRAWN if self._drawing else STOPPED)}</p>"

    def _marked(self, fresh: object) -> str:
        if fresh is not None:
            return ""
        return self._parts.note(EARLIER if self._drawing else STOPPED)

    def _distribution(self, risk: RiskPages) -> str:
        fresh = self._computed.results.value_range
        found = fresh or (self._earlier.value_range if self._earlier is not None else None)
        if found is None:
            return self._waiting()
        again = self._parts.field(N_("Change the simulation"), "appraisal.simulation.scenarios")
        return self._marked(fresh) + risk.distribution(found) + f"<p>{again}</p>"

    def _sensitivity(self, risk: RiskPages) -> str:
        fresh = self._computed.results.sensitivity
        found = fresh or (self._earlier.sensitivity if self._earlier is not None else None)
        if found is None:
            return self._waiting()
        asked = ""
        if not found.sobol:
            text = N_("With a simulation of the value the global indices are shown as well.")
            asked = self._parts.empty(text, "appraisal.simulation", N_("Enter a simulation"))
        return self._marked(fresh) + risk.sensitivity(found) + asked


_MISSING: tuple[tuple[str, str, str], ...] = (
    (
        "evidence",
        "appraisal.evidence",
        N_("Price evidence: comparable deals that the price rests on"),
    ),
    ("scenarios", "appraisal.scenarios", N_("Scenarios: bear market, late issuance, typhoon year")),
    ("simulation", "appraisal.simulation", N_("Distribution: how far the value ranges")),
    ("conclusion", "appraisal.conclusion", N_("Conclusion: approaches, weights, type of value")),
)


def missing_html(computed: "Computed", tr: Translator) -> str:
    """Return what could be entered besides, each a link to its place in the form."""
    appraisal = computed.file.case.appraisal
    if appraisal is None:
        return ""
    parts = PageParts(tr)
    links = [
        f"<br/>{parts.field(text, path)}"
        for name, path, text in _MISSING
        if not getattr(appraisal, name)
    ]
    if not links:
        return ""
    intro = parts.say(N_("Not in this appraisal yet:"))
    return f'<p><span class="small">{intro}</span>{"".join(links)}</p>'
