"""Results of a loan written by hand, for tests of what window, paper and JSON say of them."""

from datetime import date
from decimal import Decimal

from app.finance.explain import Step
from app.finance.lending.effective_rate import EffectiveRate
from app.finance.lending.results import (
    Bound,
    CollateralResult,
    CoverResult,
    LoanResult,
    LoanYear,
    PathPoint,
    PathResult,
    Remedy,
    SecurityResult,
)
from app.finance.lending.risk_results import (
    CreditResult,
    EclScenarioResult,
    EclYear,
    HeatTable,
    StressCase,
    StressResult,
)
from app.finance.lending.schedule_results import Schedule
from tests.loan_life_results import CHECKLIST, DRAWN, FIRST, GREEN, LIFE, REGISTRATION, SECOND, yuan

_NIL = Decimal("0.00")


def schedule() -> Schedule:
    """Return two payments on 1,000.00 yuan, 500.00 of them drawn in the second period."""
    return Schedule(
        starts=(DRAWN, FIRST),
        ends=(FIRST, SECOND),
        dues=(FIRST, SECOND),
        rates=(0.04, 0.042),
        drawn=(50000, 50000),
        interest=(500, 1000),
        principal=(20000, 80000),
        fees=(0, 250),
        closing=(30000, 0),
        kinds=("payment", "prepayment"),
        upfront_fee=1000,
        drawdowns=((DRAWN, 50000), (date(2025, 5, 1), 50000)),
    )


BOUNDS = (
    Bound(
        "pledge_ratio",
        "Pledge ratio times value",
        yuan("600.00"),
        binding=True,
        detail=0.5,
        detail_unit="share",
        step="loan.bound.pledge_ratio",
        remedies=(
            Remedy("ratio", 0.8333, "share"),
            Remedy("security", 400.0, "yuan"),
            Remedy("price", None, "yuan/t"),
        ),
    ),
    Bound("dscr", "DSCR", yuan("0.00"), binding=False, reason="no_cash_flow", detail=0.0,
          detail_unit="x"),
    Bound("option", "Ratio by an option", None, binding=False, reason="no_risk_free_rate"),
    Bound("ltv_path", "Loan over remaining value", yuan("900.00"), binding=False, detail=1.25,
          detail_unit="share", remedies=(Remedy("ratio", 0.9, "share"),)),
    Bound("purpose", "Need of the purpose", yuan("1200.00"), binding=False),
)  # fmt: skip

COLLATERALS = (
    CollateralResult(
        None, "carbon_right", "", yuan("1200.00"), "net", True, 0.0, 0.5, 1, _NIL, None, None,
        yuan("1200.00"), yuan("600.00"), yuan("600.00"), 0.5, 2.0,
    ),
    CollateralResult(
        1, "sea_area_right", "Certificate 12", yuan("500.00"), "mortgage", False, 0.2, 0.5, 2,
        yuan("100.00"), yuan("300.00"), True, yuan("300.00"), yuan("150.00"), yuan("150.00"), 0.3,
        3.3333,
    ),
    CollateralResult(
        2, "issued_credits", "", None, "", False, 0.0, 1.0, 3, _NIL, None, False, _NIL, _NIL, _NIL,
        None, None,
    ),
)  # fmt: skip

SECURITY = SecurityResult(
    COLLATERALS, yuan("1700.00"), yuan("1500.00"), yuan("750.00"), yuan("750.00"), yuan("250.00"),
    0.588235, 1.5, yuan("1200.00"),
)  # fmt: skip

COVER = CoverResult(
    (LoanYear(1, DRAWN, date(2026, 1, 14), 1000.0, 15.0, 700.0, 100.0, 0.788177),),
    0.788177, 0.788177, 0.79, 2.5, date(2026, 1, 14),
)  # fmt: skip

PATH = PathResult(
    "net",
    (
        PathPoint(DRAWN, yuan("500.00"), 1200.0, 300.0, 0.3333, 3.0, 2.4, (40.0, 35.0, None)),
        PathPoint(FIRST, yuan("300.00"), -5.0, 300.0, 1.0, 1.0, None, (None, None, None),
                  before_payment=True),
    ),
    1.0, FIRST, 1.0, None, (1.6, 1.4, 1.2),
)  # fmt: skip


def stress_case(code: str, name: str = "", **more: object) -> StressCase:
    """Return a stress that changes what is given."""
    changes = {key: float(str(value)) for key, value in more.items()}
    return StressCase(
        code, name, changes, 840.0, -0.3, 0.55, None, FIRST, 0.7, SECOND, 120.5, 12.0, 61.25
    )


STRESS = StressResult(
    (
        stress_case("S1", price_change=-0.3),
        stress_case("S6", price_change=-0.3, tonnes_change=-0.4, delay_months=24),
        stress_case("S8", spot_sale=0.35),
        stress_case("own", "Red tide", delisting_year=2031, rate_bp=200, other_cash_change=0.125),
    ),
    HeatTable((-0.3, 0.0), (-0.2, 0.0, 0.2), ((0.5, 0.6, None),) * 2, ((None, 1.2, 1.4),) * 2),
)

CREDIT = CreditResult(
    as_of=DRAWN,
    pd=0.02,
    pd_from="entered",
    ead_yuan=1000.0,
    lgd=0.45,
    lgd_from="collaterals",
    el_yuan=9.0,
    stage=2,
    stage_reason="past_due_30",
    ecl_12_months_yuan=9.0,
    ecl_lifetime_yuan=15.5,
    ecl_yuan=15.5,
    years=(EclYear(0, 1000.0, 0.02, 0.45, 1.0, 9.0), EclYear(1, 700.0, 0.0196, 0.48, 0.96, 6.5)),
    scenarios=(EclScenarioResult("Base", 0.7, 8.0, 14.0),),
    irb_k=0.0738534411,
    irb_weight=0.9231680139,
    maturity_yr=2.5,
    standard_weight=1.0,
    rwa_yuan=1000.0,
    capital_yuan=105.0,
    raroc=None,
    min_rate=0.0494,
    missing=("loan.credit.hurdle", "loan.credit.funds_rate"),
)


def loan_result() -> LoanResult:
    """Return the whole of a loan of 1,000.00 yuan."""
    return LoanResult(
        amount_yuan=yuan("1000.00"),
        basis_value_yuan=yuan("1200.00"),
        bounds=BOUNDS,
        supported_yuan=yuan("600.00"),
        uncovered_yuan=yuan("400.00"),
        loan_to_gross=0.25,
        loan_to_net=0.8333,
        loan_to_liquidation=None,
        loan_to_one_year=16.0,
        plan=schedule(),
        effective=EffectiveRate(0.004, 0.049070, 0.048),
        security=SECURITY,
        cover=COVER,
        path=PATH,
        stress=STRESS,
        credit=CREDIT,
        registration=REGISTRATION,
        life=LIFE,
        green=GREEN,
        working=(Step("loan.annual_rate", "Rate", "", (), 0.04907, "1/yr", ""),),
        checklist=CHECKLIST,
    )
