"""What secures the loan: collaterals, account, registration, the form of the pledge."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from app.finance.case.lending.terms import yuan
from app.finance.fields import Field
from app.finance.text import N_

SECURITY = N_("Security and registration")


class CollateralKind(StrEnum):
    CARBON_RIGHT = "carbon_right"
    ISSUED_CREDITS = "issued_credits"
    SEA_AREA_RIGHT = "sea_area_right"
    EQUIPMENT = "equipment"
    GUARANTEE = "guarantee"
    INSURANCE_ASSIGNMENT = "insurance_assignment"
    RECEIVABLE = "receivable"
    OTHER = "other"


class CollateralValue(StrEnum):
    MARKET = "market"
    MORTGAGE = "mortgage"
    LIQUIDATION = "liquidation"
    BOOK = "book"
    NOMINAL = "nominal"
    SUM_INSURED = "sum_insured"


class Allocation(StrEnum):
    BY_RANK = "by_rank"
    PRO_RATA = "pro_rata"


class LegalForm(StrEnum):
    INCOME_RIGHT = "income_right"
    CREDITS = "credits"
    REPO = "repo"


COLLATERAL_CHOICES = (
    ("carbon_right", N_("carbon-sink income right")),
    ("issued_credits", N_("issued credits")),
    ("sea_area_right", N_("sea-area use right, mortgage")),
    ("equipment", N_("equipment")),
    ("guarantee", N_("guarantee")),
    ("insurance_assignment", N_("insurance claim assigned")),
    ("receivable", N_("receivable")),
    ("other", N_("other security")),
)
VALUE_CHOICES = (
    ("market", N_("market value")),
    ("mortgage", N_("value as collateral")),
    ("liquidation", N_("liquidation value")),
    ("book", N_("book value")),
    ("nominal", N_("nominal amount")),
    ("sum_insured", N_("sum insured")),
)


@dataclass(frozen=True)
class CollateralLine:
    """One collateral of the loan."""

    kind: Annotated[CollateralKind, Field(N_("Collateral"), choices=COLLATERAL_CHOICES)]
    name: Annotated[str, Field(N_("Description"), max_length=200)] = ""
    value_yuan: Annotated[
        Decimal | None,
        yuan(
            N_("Value of the collateral"),
            help_text=N_("Empty for the income right or issued credits: the value of this case."),
        ),
    ] = None
    value_kind: Annotated[
        CollateralValue | None,
        Field(
            N_("Type of value"),
            choices=VALUE_CHOICES,
            help=N_("Empty where the value is that of this case."),
        ),
    ] = None
    valued_on: Annotated[date | None, Field(N_("Valued on"))] = None
    valid_until: Annotated[
        date | None,
        Field(
            N_("Valid until"),
            help=N_("End of the appraisal, of the guarantee or of the policy."),
        ),
    ] = None
    pledged_share: Annotated[
        float,
        Field(N_("Share pledged"), "share", above=0, maximum=1, percent=True),
    ] = 1.0
    haircut: Annotated[
        float,
        Field(
            N_("Haircut"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            help=N_("What the lender does not count of the value."),
        ),
    ] = 0.0
    ratio_cap: Annotated[
        float | None,
        Field(
            N_("Ratio, at most"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            help=N_("Empty for the income right: the pledge ratio of the loan; else 100 %."),
        ),
    ] = None
    rank: Annotated[
        int,
        Field(
            N_("Rank"),
            minimum=1,
            maximum=20,
            help=N_("Order in which the loan is laid on the collaterals; 1 first."),
        ),
    ] = 1
    prior_claims_yuan: Annotated[
        Decimal,
        yuan(
            N_("Prior claims"),
            help_text=N_("What others registered earlier are paid first."),
        ),
    ] = Decimal(0)
    secured_maximum_yuan: Annotated[
        Decimal | None,
        yuan(N_("Secured at most"), above=0, help_text=N_("Maximum claim of the contract.")),
    ] = None
    first_registered: Annotated[
        bool | None,
        Field(N_("Registered first"), help=N_("Nobody is registered on it before this lender.")),
    ] = None
    registration_no: Annotated[str, Field(N_("Registration number"), max_length=80)] = ""
    yearly_decline: Annotated[
        float,
        Field(
            N_("Loses a year"),
            "1/yr",
            minimum=0,
            maximum=1,
            percent=True,
            help=N_("Of its value; the income right follows its own cash flow."),
        ),
    ] = 0.0


@dataclass(frozen=True, kw_only=True)
class SecurityInputs:
    """Collaterals and what makes them enforceable."""

    legal_form: Annotated[
        LegalForm,
        Field(
            N_("Form of the security"),
            group=SECURITY,
            choices=(
                ("income_right", N_("pledge of the income right")),
                ("credits", N_("pledge of issued credits")),
                ("repo", N_("sale and repurchase")),
            ),
            default_source=N_("house convention: pledge of the income right"),
        ),
    ] = LegalForm.INCOME_RIGHT
    collaterals: Annotated[
        tuple[CollateralLine, ...],
        Field(
            N_("Collaterals"),
            group=SECURITY,
            max_length=40,
            help=N_("Empty: the income right of this case alone, at the pledge ratio."),
        ),
    ] = ()
    allocation: Annotated[
        Allocation,
        Field(
            N_("Loan laid on them"),
            group=SECURITY,
            choices=(
                ("by_rank", N_("in the order of the ranks")),
                ("pro_rata", N_("in proportion to what each carries")),
            ),
            default_source=N_("house convention: in the order of the ranks"),
        ),
    ] = Allocation.BY_RANK
    secured_margin: Annotated[
        float | None,
        Field(
            N_("Secured above the principal"),
            "share",
            minimum=0,
            maximum=2,
            percent=True,
            group=SECURITY,
            help=N_("Interest, penalties and costs that the registered amount covers as well."),
        ),
    ] = None
    specified_account: Annotated[
        str,
        Field(
            N_("Specified account number"),
            max_length=80,
            group=SECURITY,
            help=N_(
                "Account into which the income is paid and from which the lender is paid first."
            ),
        ),
    ] = ""
    account_bank: Annotated[str, Field(N_("Account bank"), max_length=120, group=SECURITY)] = ""
    registration_no: Annotated[
        str,
        Field(
            N_("Registration number"),
            max_length=80,
            group=SECURITY,
            help=N_("Number in the unified movable-property financing registration system."),
        ),
    ] = ""
    registration_end: Annotated[date | None, Field(N_("Registration ends"), group=SECURITY)] = None
    query_certificate_no: Annotated[
        str,
        Field(
            N_("Query certificate number"),
            max_length=80,
            group=SECURITY,
            help=N_("Certificate of the search for earlier registrations, before drawdown."),
        ),
    ] = ""
    query_day: Annotated[date | None, Field(N_("Searched on"), group=SECURITY)] = None
    right_buffer_months: Annotated[
        int,
        Field(
            N_("Matures before the right ends by"),
            "month",
            minimum=0,
            maximum=360,
            group=SECURITY,
            default_source=N_("house convention: 12 months"),
        ),
    ] = 12
    registration_tail_months: Annotated[
        int,
        Field(
            N_("Registration outlasts maturity by"),
            "month",
            minimum=0,
            maximum=360,
            group=SECURITY,
            default_source=N_("house convention: none entered"),
            help=N_("Time to enforce after maturity; lenders take 24 to 36 months."),
        ),
    ] = 0
    other_security: Annotated[
        str, Field(N_("Other security"), max_length=500, group=SECURITY, multiline=True)
    ] = ""
