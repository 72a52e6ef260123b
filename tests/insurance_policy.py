"""The inputs of an insurance with every part, for window, paper and JSON."""

from datetime import date
from decimal import Decimal

from app.finance.case.cover.delivery_inputs import DeliveryCover
from app.finance.case.cover.experience_inputs import Experience
from app.finance.case.cover.head_tables import StageLine
from app.finance.case.cover.heads import HeadKind, HeadLine, InsuredUnit
from app.finance.case.cover.index_inputs import IndexCover
from app.finance.case.cover.index_tables import BandLine, GapLine, Measure, PayoutForm, TriggerLine
from app.finance.case.cover.model_inputs import EventModel
from app.finance.case.cover.option_inputs import TermsLine
from app.finance.case.cover.perils import DamageLaw, FrequencyBasis, Peril, PerilLine
from app.finance.case.cover.settlement_inputs import Settlement
from app.finance.case.insurance import Insurance

POLICY = Insurance(
    period_start=date(2026, 4, 1),
    period_months=12,
    insurer="Insurer One",
    insured="Kelp Co-operative",
    first_beneficiary="Bank of the Bay",
    policy_no="Q-2026-1",
    quote_valid_days=30,
    subsidised=True,
    exclusions="War and seizure.",
    policy_year_limit_yuan=Decimal("0.00"),
    heads=(
        HeadLine(
            "Kelp", HeadKind.HARVEST_VALUE, InsuredUnit.MU, 5000.0, quantity=100.0,
            deductible_share=0.1, deductible_yuan=1000.0, event_limit_yuan=300000.0,
        ),
        HeadLine(
            "Stock", HeadKind.CARBON_STOCK, InsuredUnit.TCO2E, 50.0, quantity=2000.0,
            year_limit_yuan=0.0,
        ),
    ),
    stages=(StageLine("Kelp", "growing", 11, 5, 0.6),),
    perils=(
        PerilLine(
            Peril.TYPHOON_WIND, 0.4, 0.3, 0.8, frequency_basis=FrequencyBasis.TO_LAYER, head="Kelp",
            first_month=6, last_month=10, source="county bulletin 2025",
        ),
        PerilLine(Peril.ANY, 0.1, 0.2, 1.0, damage_law=DamageLaw.BETA),
    ),
    options=(TermsLine("B", deductible_share=0.2, event_limit_yuan=0.0),),
    fixed_expense_yuan=500.0,
    variable_expense_share=0.15,
    commission_share=0.05,
    profit_share=0.05,
    tax_share=0.06,
    index=IndexCover(
        quantity=100.0, quantity_unit=InsuredUnit.MU, unit_value_yuan=2000.0,
        season_start=date(2026, 6, 1), season_end=date(2026, 10, 31),
        triggers=(TriggerLine("wind", Measure.GUST, PayoutForm.STEP, averaging="3-second gust"),),
        bands=(BandLine("wind", 24.5, 0.1), BandLine("wind", 32.7, 0.5)),
        gaps=(GapLine(2023),), history_source="station 58653",
    ),
    events=EventModel(source="tracks 1977-2024", spread=0.5),
    delivery=DeliveryCover(counterparty="Buyer", failure_per_year=0.03, dependence=0.3),
    experience=Experience(missing_years="2019", source="claims file"),
    settlement=Settlement(claim_no="C-7", payee_account="6222"),
)  # fmt: skip
