"""Results of an insurance with every part, written by hand, for window, paper and JSON."""

import copy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

from app.finance.case.case import CaseFile
from app.finance.case.cover.placed import PlacedCover
from app.finance.engine import Results
from app.finance.explain import Step, Term
from app.finance.insurance.part_results import (
    BasisRisk,
    ClaimStep,
    Credibility,
    DeliveryResult,
    DeliveryYear,
    EventLoss,
    EventResult,
    ExperienceResult,
    ExperienceYear,
    FittedIndex,
    IndexResult,
    PayoutStep,
    ReturnPoint,
    SettlementResult,
    SiteShare,
    YearPayout,
)
from app.finance.insurance.results import (
    RETURN_YEARS,
    AskedResult,
    CoInsurerShare,
    CurvePoint,
    EngineCheck,
    HeadResult,
    InsuranceResult,
    LoadLine,
    LossDistribution,
    OptionResult,
    PartResult,
    PerilResult,
    PlacedComparison,
    SubsidyShare,
)
from app.reference.tables import load_reference
from app.services.case_file import validate
from app.services.workbench import compute
from tests.insurance_policy import POLICY


def yuan(amount: str) -> Decimal:
    """Return an amount of yuan."""
    return Decimal(amount)


HEADS = (
    HeadResult(
        "Kelp", "harvest_value", "North", 100.0, "mu", 5000.0, yuan("500000.00"),
        (500000.0, 400000.0), 52000.0, 30000.0, 60000.0, 0.25, 12000.0, yuan("60000.00"), 0.12,
        50000.0, 300000.0,
    ),
    HeadResult(
        "Stock", "carbon_stock", "South", 2000.0, "tCO2e", 50.0, yuan("100000.00"), (100000.0,),
        2000.0, 0.0, 0.0, 0.0, 0.0, yuan("0.00"), 0.0, 0.0, None,
    ),
)  # fmt: skip
PERILS = (
    PerilResult("typhoon_wind", "Kelp", "", "lognormal", 0.5, 0.4, 150000.0, 26000.0, "bulletin"),
    PerilResult("any", "", "", "beta", 0.1, 0.08, 40000.0, 4000.0, ""),
)
LAW = LossDistribution(
    method="exact",
    mean_yuan=30000.0,
    sd_yuan=60000.0,
    skewness=3.2,
    p_no_loss=0.75,
    quantiles=(0.0, 1000.0, 90000.0, 150000.0, 220000.0, 280000.0, 300000.0),
    tvar=(60000.0, 110000.0, 200000.0, 240000.0, 280000.0, 320000.0, 350000.0),
    returns=tuple(
        ReturnPoint(years, 3000.0 * years, 2800.0 * years if years > 2 else 0.0)
        for years in RETURN_YEARS
    ),
    curve=tuple(
        CurvePoint(3000.0 / chance, chance, 0.9 * chance)
        for chance in (0.25, 0.1, 0.05, 0.02, 0.01, 0.005, 0.0005)
    ),
    step_yuan=15.26,
    tail_mass=2e-12,
    checks=(
        EngineCheck("panjer", 30000.0, 60000.0, 280000.0),
        EngineCheck("simulation", 30090.0, 60100.0, 281000.0, 60.0),
    ),
)
INDEX = IndexResult(
    sum_insured_yuan=yuan("200000.00"),
    payout_table=(
        PayoutStep("wind", 24.5, 0.1, 20000.0),
        PayoutStep("wind", 32.7, 0.5, 100000.0),
    ),
    payout_curve=((20.0, 0.0), (24.5, 0.0), (24.5, 0.1), (32.7, 0.1), (32.7, 0.5), (40.0, 0.5)),
    history=(
        YearPayout(2020, True, 26.0, 1, 0.1, 20000.0, 0.05),
        YearPayout(2021, True, None, 0, 0.0, 0.0, 0.2),
        YearPayout(2022, True, 33.0, 1, 0.5, 100000.0, 0.4),
        YearPayout(2023, False, None, 0, 0.0, 0.0),
    ),
    observed_years=3,
    paying_years=2,
    burn_share=0.2,
    burn_error=0.1528,
    burn_low=0.0,
    burn_high=0.5,
    fitted=FittedIndex(0.8, 20.0, "gpd", 5.0, 0.1, 12, 0.18, 0.181, 0.001),
    basis=BasisRisk(3, False, 0.9, 0.14, 0.5, 0.0, 1, 0, 0.8),
    pricing="burn",
    pure_share=0.2,
    pure_premium_yuan=40000.0,
)
WORST = EventLoss("Gaemi 2024", 0.02, 250000.0, (150000.0, 100000.0))
EVENTS = EventResult(
    sites=(
        SiteShare("North", 12000.0, 40000.0, 150000.0),
        SiteShare("South", 8000.0, 30000.0, 50000.0),
    ),
    events=(EventLoss("small", 0.5, 20000.0, (20000.0, 0.0)), WORST),
    mean_yuan=20000.0,
    sd_yuan=55000.0,
    independent_sd_yuan=50000.0,
    correlation=((1.0, 0.58), (0.58, 1.0)),
    returns=(ReturnPoint(50, 250000.0, None),),
    worst=WORST,
)
EXPERIENCE = ExperienceResult(
    years=(
        ExperienceYear(2018, True, 1, 60000.0, 50000.0, 600000.0, 0.0833),
        ExperienceYear(2019, False, 0, 0.0, 0.0, 600000.0, 0.0),
        ExperienceYear(2020, True, 0, 0.0, 0.0, 600000.0, 0.0),
    ),
    observed_years=2,
    paying_years=1,
    burn_rate=0.0417,
    burn_error=0.0417,
    burn_low=0.0,
    burn_high=0.0833,
    pure_premium_yuan=25000.0,
    credibility=Credibility(
        "unbiased", 0.0417, 0.06, 0.0004, 0.0001, 4.0, 2.0, 1 / 3, 0.0539,
        (("own", 0.0417, 1 / 3, 0.0539), ("other", 0.07, 0.5, 0.065)),
    ),
)  # fmt: skip
DELIVERY = DeliveryResult(
    years=(DeliveryYear(1, 2000.0, 50.0, 0.03, 1.0, 100000.0, 50.0, 3000.0, 0.98),),
    cover_yuan=100000.0,
    failure_yuan=3000.0,
    shock_yuan=0.0,
    shortfall_yuan=0.0,
    reversal_yuan=0.0,
    pure_premium_yuan=3000.0,
    rate=0.03,
    sd_yuan=17000.0,
)


def claim(head: str, payable: str, reason: str, *, covered: bool) -> ClaimStep:
    """Return a claim of 80,000.00 yuan of which some is payable, 10,000.00 of it paid before."""
    before = yuan("10000.00") if covered else yuan("0.00")
    return ClaimStep(
        "Gaemi", date(2026, 7, 26), head, yuan("80000.00"), yuan("50000.00"), yuan("0.00"),
        yuan("0.00"), yuan("0.00"), yuan(payable), before, yuan(payable) - before, yuan("0.00"),
        None, covered, reason,
    )  # fmt: skip


SETTLEMENT = SettlementResult(
    (claim("Kelp", "30000.00", "", covered=True), claim("Stock", "0.00", "", covered=False)),
    yuan("30000.00"), yuan("10000.00"), yuan("20000.00"), yuan("0.00"), 0.5,
)  # fmt: skip
PLACED = PlacedComparison(
    ("weather_index",),
    (
        PlacedCover(
            "F1", "2022-06", "weather_index", "Insurer", "某保险", "Fujian", "福建", "kelp",
            "海带", "typhoon", 1000.0, 60.0, "CNY", 0.06, None, None, "stated", "notice 2022",
        ),
    ),
    0.06, 0.06, 0.06,
)  # fmt: skip


def _step(name: str, value: Decimal | float) -> Step:
    term = Term("P", "Pure premium", 30000.0, "yuan")
    return Step(f"insurance.{name}", "Pure premium", "P", (term,), value, "yuan", "hand")


WORKING = (
    _step("pure_premium", 30000.0),
    _step("gross_premium", yuan("60000.00")),
    *(
        _step(name, 1.0)
        for name in (
            "distribution.mean", "distribution.sd", "distribution.p_no_loss",
            "distribution.var_99", "distribution.tvar_99", "distribution.pml_100",
            "distribution.pml_200", "events.mean", "events.sd",
            "events.tail", "index.fit", "index.fitted_pure", "index.simulated", "index.basis",
            "experience.burn_rate", "experience.pure_premium", "experience.credibility",
            "experience.credibility_rate", "settlement.due", "settlement.loss_ratio",
            *(f"settlement.steps.{place}.payable" for place in range(len(SETTLEMENT.steps))),
        )
    ),
)  # fmt: skip
"""Workings that the core gives of every part that is there."""


RESULT = InsuranceResult(
    heads=HEADS,
    perils=PERILS,
    sum_insured_yuan=yuan("600000.00"),
    basis="model",
    model_pure_yuan=30000.0,
    pure_premium_yuan=30000.0,
    risk_load_yuan=12000.0,
    technical_premium_yuan=61594.20,
    gross_premium_yuan=yuan("60000.00"),
    rate=0.1,
    rate_of_all_years=0.06,
    loadings=(
        LoadLine("pure", 30000.0, 0.05),
        LoadLine("risk", 12000.0, 0.02),
        LoadLine("fixed", 500.0, 500 / 600000),
        LoadLine("variable", 9239.13, 9239.13 / 600000),
        LoadLine("tax", 9855.07, 9855.07 / 600000),
        LoadLine("coefficient", -1594.20, -1594.20 / 600000),
    ),
    subsidies=(
        SubsidyShare("province", 0.2, yuan("12000.00")),
        SubsidyShare("insured", 0.8, yuan("48000.00")),
    ),
    coinsurers=(
        CoInsurerShare("Insurer One", True, 0.6, yuan("360000.00"), yuan("36000.00")),
        CoInsurerShare("Insurer Two", False, 0.4, yuan("240000.00"), yuan("24000.00")),
    ),
    distribution=LAW,
    index=INDEX,
    events=EVENTS,
    experience=EXPERIENCE,
    delivery=DELIVERY,
    settlement=SETTLEMENT,
    asked=AskedResult(
        yuan("50000.00"), yuan("61594.20"), yuan("-11594.20"), -0.1882, 0.0833, 0.6, "neighbour"
    ),
    placed=PLACED,
    parts=(
        PartResult("heads", yuan("400000.00"), 20000.0, 8000.0, yuan("40000.00")),
        PartResult("index", yuan("200000.00"), 10000.0, 4000.0, yuan("20000.00")),
    ),
    options=(
        OptionResult("", None, 30000.0, 12000.0, yuan("60000.00"), 0.1, 0.75, 60000.0, 280000.0),
        OptionResult("B", 0, 20000.0, 9000.0, yuan("45000.00"), 0.075, 0.8, 50000.0, 250000.0),
    ),
    working=WORKING,
)  # fmt: skip

BARE = replace(
    RESULT, subsidies=(), coinsurers=(), distribution=None, index=None, events=None,
    experience=None, delivery=None, settlement=None, asked=None, placed=None, parts=(), options=(),
)  # fmt: skip
"""The same without all that a policy may lack."""

_RIGHT = {
    "schema_version": 2,
    "project": {
        "name": "Kelp bay",
        "ecosystem": "macroalgae",
        "quantity_method": "stated",
        "uncertainty_discount": 0,
        "leakage_share": 0,
        "buffer_share": 0,
        "stated_unit": "tCO2e",
        "stated": [{"first_year": 2026, "last_year": 2026, "tonnes_per_year": 2000}],
    },
}


@cache
def insured_case() -> tuple[CaseFile, Results]:
    """Return an account of tonnes with the policy and its results."""
    file = validate(copy.deepcopy(_RIGHT))
    results = compute(file, load_reference(), draw=False).results
    file = replace(file, case=replace(file.case, insurance=POLICY))
    return file, replace(results, insurance=RESULT)
