"""Market approach, cost approach, issued units, and the conclusion over the approaches.

Income, market and cost approach, conclusion and validity: 资产评估基本准则 (财资〔2017〕43号).
"""

from datetime import date
from decimal import Decimal

from app.finance.case.appraisal import Appraisal
from app.finance.case.valuation.approaches import MarketApproach, MarketQuantity, TypeOfValue
from app.finance.dates import add_months
from app.finance.errors import DomainError
from app.finance.explain import Step, Term
from app.finance.money import round_to_fen
from app.finance.sink.credits import CarbonResult
from app.finance.text import N_
from app.finance.valuation.results import Approach, Concluded, EvidenceResult, IssuedValue

LEAST_COMPARABLES = 3
TOLERANCE = 1e-9

Steps = tuple[Step, ...]


def _in_ledger(carbon: CarbonResult) -> bool:
    return any(row.issued_tco2 > 0 for row in carbon.ledger)


def issued_tonnes(carbon: CarbonResult, valuation_date: date) -> tuple[float, float]:
    """Return tonnes issued and unsold on the valuation date, and those of them pledged.

    Where the ledger has issues: issued less sold less retired, vintage by vintage. Otherwise
    what listed verifications issue before that day, less what is sold or retired.
    """
    if not _in_ledger(carbon):
        return carbon.unsold_issued(date.min, valuation_date), 0.0
    left = pledged = 0.0
    for row in carbon.ledger:
        if row.issued_tco2 > 0:
            held = max(row.issued_tco2 - row.sold_tco2 - row.retired_tco2, 0.0)
            left += held
            pledged += min(row.pledged_tco2, held)
    return left, pledged


def issued_value(
    appraisal: Appraisal, carbon: CarbonResult, *, price_yuan_t: float
) -> tuple[IssuedValue | None, Steps]:
    """Value of issued and unsold credits: V = Q x P x (1 - d), yuan; apart from the right.

    Q is the entered tonnes, else `issued_tonnes`; P the entered spot price, else the price of
    the valuation date. Pledged tonnes are in Q and named: they secure a debt already.

    Raises:
        DomainError: `issued_over_ledger` when more is entered than the ledger holds.
    """
    units = appraisal.issued
    if units is None:
        return None, ()
    held, pledged = issued_tonnes(carbon, appraisal.valuation_date)
    tonnes = held if units.tonnes is None else units.tonnes
    if _in_ledger(carbon) and tonnes > held + TOLERANCE:
        raise DomainError(
            "issued_over_ledger", path="appraisal.issued.tonnes", value=tonnes, available=held
        )
    pledged = min(pledged, tonnes)
    price = price_yuan_t if units.price_yuan_t is None else units.price_yuan_t
    value = round_to_fen(tonnes * price * (1 - units.liquidity_discount))
    found = IssuedValue(
        tonnes_tco2e=tonnes,
        pledged_tco2e=pledged,
        price_yuan_t=price,
        liquidity_discount=units.liquidity_discount,
        value_yuan=value,
        from_ledger=units.tonnes is None and _in_ledger(carbon),
    )
    terms = [
        Term("Q", N_("Issued and unsold"), tonnes, "tCO2e"),
        Term("P", N_("Spot price"), price, "yuan/t"),
        Term("d", N_("Liquidity discount"), units.liquidity_discount, "share"),
    ]
    if pledged > 0:
        terms.append(Term("Q_p", N_("Of these, already pledged"), pledged, "tCO2e"))
    step = Step(
        key="value.issued",
        label=N_("Issued and unsold credits"),
        formula="V_issued = Q × P × (1 − d)",
        terms=tuple(terms),
        value=value,
        unit="yuan",
        source=N_("market approach for units that exist; they are not in the net value"),
        note=N_("Pledged tonnes secure a debt already.") if pledged > 0 else "",
    )
    return found, (step,)


def _market_tonnes(
    approach: MarketApproach,
    horizon_tonnes: float,
    one_year_tonnes: float,
    issued: IssuedValue | None,
) -> tuple[float, str]:
    if approach.quantity is MarketQuantity.HORIZON:
        return horizon_tonnes, N_("Credits within the horizon")
    if approach.quantity is MarketQuantity.ONE_YEAR:
        return one_year_tonnes, N_("Credits of the first year that has any")
    if issued is None:
        raise DomainError(
            "needed",
            path="appraisal.issued",
            value=None,
            other="appraisal.market_approach.quantity",
        )
    return issued.tonnes_tco2e, N_("Issued and unsold")


def _market_price(
    approach: MarketApproach, price_yuan_t: float, evidence: EvidenceResult | None
) -> tuple[float, str]:
    """Return the price and where it comes from: own input, evidence, price of the day."""
    if approach.price_yuan_t is not None:
        return approach.price_yuan_t, N_("Adjusted price, as entered")
    if evidence is None:
        return price_yuan_t, N_("Carbon price of the valuation date")
    if evidence.conclusion_yuan_t is not None:
        return evidence.conclusion_yuan_t, N_("Conclusion of the price evidence")
    count = evidence.spread.count
    if evidence.weighted_yuan_t is None or count < LEAST_COMPARABLES:
        raise DomainError(
            "market_too_few_comparables",
            path="appraisal.market_approach.price_yuan_t",
            value=None,
            count=count,
            least=LEAST_COMPARABLES,
        )
    return evidence.weighted_yuan_t, N_("Weighted price of the comparables")


def market_value(
    appraisal: Appraisal,
    *,
    price_yuan_t: float,
    evidence: EvidenceResult | None,
    horizon_tonnes: float,
    one_year_tonnes: float,
    issued: IssuedValue | None,
) -> tuple[Decimal | None, Steps]:
    """Market approach, yuan: V = Q x P x (1 - d); None without the section.

    P is the entered price, else the conclusion of the evidence, else its weighted price when
    3 or more comparables carry it, else, without evidence, the price of the valuation date.

    Raises:
        DomainError: `market_too_few_comparables` when evidence is there and too thin;
            `needed` when issued credits are to be valued and there are none.
    """
    approach = appraisal.market_approach
    if approach is None:
        return None, ()
    tonnes, tonnes_label = _market_tonnes(approach, horizon_tonnes, one_year_tonnes, issued)
    price, price_label = _market_price(approach, price_yuan_t, evidence)
    value = round_to_fen(tonnes * price * (1 - approach.discount))
    step = Step(
        key="value.market",
        label=N_("Value by the market approach"),
        formula="V_market = Q × P × (1 − d)",
        terms=(
            Term("Q", tonnes_label, tonnes, "tCO2e"),
            Term("P", price_label, price, "yuan/t"),
            Term("d", N_("Discount for waiting and risk"), approach.discount, "share"),
        ),
        value=value,
        unit="yuan",
        source=N_("market approach: tonnes times adjusted price of comparable deals"),
    )
    return value, (step,)


def cost_value(appraisal: Appraisal) -> tuple[Decimal | None, Steps]:
    """Cost approach, yuan: (C_dev + C_cert + C_cap + profit) x (1 - obsolescence)."""
    approach = appraisal.cost_approach
    if approach is None:
        return None, ()
    anew = (
        approach.development_yuan
        + approach.certification_yuan
        + approach.capital_yuan
        + approach.profit_yuan
    )
    value = round_to_fen(anew * (1 - approach.obsolescence))
    step = Step(
        key="value.cost",
        label=N_("Value by the cost approach"),
        formula="V_cost = (C_dev + C_cert + C_cap + G) × (1 − o)",
        terms=(
            Term("C_dev", N_("Development"), approach.development_yuan, "yuan"),
            Term("C_cert", N_("Certification"), approach.certification_yuan, "yuan"),
            Term("C_cap", N_("Cost of capital tied up"), approach.capital_yuan, "yuan"),
            Term("G", N_("Developer's profit"), approach.profit_yuan, "yuan"),
            Term("o", N_("Obsolescence"), approach.obsolescence, "share"),
        ),
        value=value,
        unit="yuan",
        source=N_("cost approach: what it would cost to build the right anew"),
    )
    return value, (step,)


_ENTERING = {
    TypeOfValue.MARKET: N_("Net value, income approach"),
    TypeOfValue.INVESTMENT: N_("Net value, income approach"),
    TypeOfValue.PLEDGE: N_("Prudent value, income approach"),
    TypeOfValue.LIQUIDATION: N_("Liquidation value, income approach"),
}


def conclude(
    appraisal: Appraisal,
    *,
    income_yuan: Decimal,
    market_yuan: Decimal | None,
    cost_yuan: Decimal | None,
    prudent_yuan: Decimal,
    liquidation_yuan: Decimal,
    rate: float,
) -> tuple[Concluded | None, Steps]:
    """Conclusion, yuan to the fen: the sum of weight x value over the approaches.

    What enters of the income approach depends on the type of value: the net value for market
    and investment value, the prudent value for pledge value, the liquidation value for
    liquidation value. Market and cost approach come down to the same level by the same
    deductions, so that no level is mixed with another: for a pledge value the prudent
    discounts on price and tonnes come off the market approach; for a liquidation value
    discount, cost and time of a forced sale come off both as well. A negative value enters as
    negative. Valid for `valid_months` from the valuation date.
    """
    conclusion = appraisal.conclusion
    if conclusion is None:
        return None, ()
    entering = {
        TypeOfValue.PLEDGE: prudent_yuan,
        TypeOfValue.LIQUIDATION: liquidation_yuan,
    }.get(conclusion.type_of_value, income_yuan)
    deducted = _kept_of_others(appraisal, conclusion.type_of_value, rate)
    if market_yuan is not None:
        market_yuan = round_to_fen(float(market_yuan) * deducted["market"])
    if cost_yuan is not None:
        cost_yuan = round_to_fen(float(cost_yuan) * deducted["cost"])
    lines = (
        ("income", "I", _ENTERING[conclusion.type_of_value], entering, conclusion.weight_income),
        ("market", "M", N_("Value by the market approach"), market_yuan, conclusion.weight_market),
        ("cost", "C", N_("Value by the cost approach"), cost_yuan, conclusion.weight_cost),
    )
    approaches, signs = [], []
    terms: list[Term] = []
    for code, sign, label, amount, weight in lines:
        if amount is None:
            continue
        approaches.append(Approach(code, amount, weight))
        signs.append(sign)
        terms.append(Term(f"V_{sign}", label, amount, "yuan"))
        terms.append(Term(f"w_{sign}", N_("Its weight"), weight, "share"))
        if deducted.get(code, 1.0) != 1:
            kept = N_("Share of it left after the deductions of the type of value")
            terms.append(Term(f"k_{sign}", kept, deducted[code], "share"))
    total = sum((Decimal(str(item.weight)) * item.value_yuan for item in approaches), Decimal(0))
    valid_until = add_months(appraisal.valuation_date, conclusion.valid_months)
    terms.append(Term("valid", N_("Valid until"), valid_until))
    found = Concluded(
        type_of_value=conclusion.type_of_value.value,
        approaches=tuple(approaches),
        value_yuan=round_to_fen(total),
        valid_until=valid_until,
        reasons=conclusion.reasons,
    )
    step = Step(
        key="value.conclusion",
        label=N_("Concluded value"),
        formula="V = " + " + ".join(f"w_{sign} × V_{sign}" for sign in signs),
        terms=tuple(terms),
        value=found.value_yuan,
        unit="yuan",
        source=N_("weights of the approaches, with the reasons given in the appraisal"),
        note=_note(conclusion.type_of_value, len(approaches)),
    )
    return found, (step,)


def _kept_of_others(appraisal: Appraisal, kind: TypeOfValue, rate: float) -> dict[str, float]:
    """Shares of market and cost approach that are left at the level of a type of value."""
    prudent = (1 - appraisal.prudent_price_discount) * (1 - appraisal.prudent_tonnes_discount)
    sale = (
        (1 - appraisal.liquidation_discount)
        * (1 - appraisal.disposal_cost_share)
        * (1 + rate) ** (-appraisal.months_to_sell / 12)
    )
    return {
        TypeOfValue.PLEDGE: {"market": prudent, "cost": 1.0},
        TypeOfValue.LIQUIDATION: {"market": prudent * sale, "cost": sale},
    }.get(kind, {"market": 1.0, "cost": 1.0})


def _note(kind: TypeOfValue, count: int) -> str:
    if count > 1 and kind in (TypeOfValue.PLEDGE, TypeOfValue.LIQUIDATION):
        return N_("Each approach enters at the level of the type of value, after its deductions.")
    return ""
