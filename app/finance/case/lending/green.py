"""Green classification of the loan, its indicators and the rate that follows them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.finance.fields import Field
from app.finance.text import N_

ITEM = N_("Catalogue item")
DECISION = N_("Decision")
LINKED = N_("Sustainability-linked rate")
STATISTICS = N_("Statistics")


class GreenAnswer(StrEnum):
    GREEN = "green"
    NOT_GREEN = "not_green"
    OPEN = "open"


class KpiDirection(StrEnum):
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True)
class KpiLine:
    """One indicator with its target and what was found."""

    name: Annotated[
        str,
        Field(N_("Indicator"), min_length=1, max_length=120, suggestions="green_kpis"),
    ]
    test_day: Annotated[date, Field(N_("Tested on"))]
    target: Annotated[float, Field(N_("Target"), minimum=-1e12, maximum=1e12)]
    unit: Annotated[str, Field(N_("Unit"), max_length=40)] = ""
    baseline: Annotated[float | None, Field(N_("Baseline"), minimum=-1e12, maximum=1e12)] = None
    direction: Annotated[
        KpiDirection,
        Field(
            N_("Target is"),
            choices=(("at_least", N_("at least")), ("at_most", N_("at most"))),
        ),
    ] = KpiDirection.AT_LEAST
    actual: Annotated[
        float | None,
        Field(N_("Found"), minimum=-1e12, maximum=1e12, help=N_("Empty: not tested yet.")),
    ] = None
    verifier: Annotated[str, Field(N_("Verified by"), max_length=120)] = ""


@dataclass(frozen=True, kw_only=True)
class Green:
    """Edition and item of the catalogue, who decided and when, and what is measured."""

    edition: Annotated[
        str,
        Field(
            N_("Catalogue edition"),
            min_length=1,
            max_length=120,
            group=ITEM,
            suggestions="green_editions",
        ),
    ]
    answer: Annotated[
        GreenAnswer,
        Field(
            N_("Classified as"),
            group=ITEM,
            choices=(
                ("green", N_("green")),
                ("not_green", N_("not green")),
                ("open", N_("not decided yet")),
            ),
        ),
    ] = GreenAnswer.OPEN
    item: Annotated[
        str,
        Field(
            N_("Item"),
            max_length=200,
            group=ITEM,
            suggestions="green_items",
            help=N_("As the catalogue words it."),
        ),
    ] = ""
    item_code: Annotated[
        str,
        Field(
            N_("Item code"),
            max_length=40,
            group=ITEM,
            help=N_("Copy it from the official text; the program ships no unverified code."),
        ),
    ] = ""
    evidence: Annotated[
        str,
        Field(N_("Evidence"), max_length=1000, multiline=True, group=ITEM),
    ] = ""
    approved_on: Annotated[
        date | None,
        Field(
            N_("Loan approved on"),
            group=DECISION,
            help=N_("Decides by which edition a loan of the transition is classified."),
        ),
    ] = None
    decided_by: Annotated[
        str, Field(N_("Decided by"), max_length=120, group=DECISION, help=N_("Role, not a name."))
    ] = ""
    decided_on: Annotated[date | None, Field(N_("Decided on"), group=DECISION)] = None
    checked_by: Annotated[str, Field(N_("Checked by"), max_length=120, group=DECISION)] = ""
    checked_on: Annotated[date | None, Field(N_("Checked on"), group=DECISION)] = None
    kpis: Annotated[
        tuple[KpiLine, ...],
        Field(N_("Indicators"), group=LINKED, max_length=20),
    ] = ()
    step_bp: Annotated[
        float | None,
        Field(
            N_("Step of the rate"),
            "bp",
            minimum=0,
            maximum=200,
            group=LINKED,
            help=N_("Down when all indicators tested on a day are met, up when one is missed."),
        ),
    ] = None
    steps_up: Annotated[
        bool,
        Field(
            N_("A missed target raises the rate"),
            group=LINKED,
            default_source=N_("house convention: it only falls"),
        ),
    ] = False
    avoided_tco2e_yr: Annotated[
        float | None,
        Field(
            N_("Removed or saved"),
            "tCO2e/yr",
            minimum=0,
            maximum=1e9,
            group=STATISTICS,
            help=N_("Empty: the mean yearly credits of this case."),
        ),
    ] = None
    restored_ha: Annotated[
        float | None,
        Field(N_("Area restored"), "ha", minimum=0, maximum=1e8, group=STATISTICS),
    ] = None
    energy_saved_tce_yr: Annotated[
        float | None,
        Field(
            N_("Energy saved"),
            "tce/yr",
            minimum=0,
            maximum=1e9,
            group=STATISTICS,
            help=N_("Tonnes of standard coal; 绿色融资统计制度."),
        ),
    ] = None
    jobs: Annotated[
        int | None, Field(N_("Jobs"), minimum=0, maximum=1_000_000, group=STATISTICS)
    ] = None
