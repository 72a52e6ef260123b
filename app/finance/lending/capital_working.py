"""Working of the capital of a loan and of the return on it."""

from app.finance.case.lending.credit import CapitalApproach
from app.finance.explain import Step, Term
from app.finance.lending.capital import (
    LEAST_PD,
    RWA_OF_CAPITAL,
    asset_correlation,
    maturity_slope,
)
from app.finance.lending.credit_parts import CreditParts
from app.finance.text import N_

_LGD = N_("Loss given default")
_EAD = N_("Exposure at default")
_NO_RELIEF = N_(
    "A pledge of carbon units or of their income is no eligible collateral: it leaves the risk "
    "weight as it is."
)


def irb_steps(parts: CreditParts) -> tuple[Step, ...]:
    """Return the steps of K and of the risk weight by internal ratings."""
    result = parts.result
    if result.irb_k is None or result.pd is None:
        return ()
    weight = Step(
        "credit.irb_weight",
        N_("Risk weight by internal ratings"),
        "RW = 12.5 K",
        (Term("K", N_("Capital by internal ratings"), result.irb_k, "share"),),
        result.irb_weight,
        "share",
        N_("Basel Framework, CRE31.5"),
    )
    if result.pd >= 1:
        terms: tuple[Term, ...] = (
            Term("LGD", _LGD, parts.irb_lgd, "share"),
            Term("BE", N_("Best estimate of the loss"), result.lgd, "share"),
        )
        formula, source = "K = max(0, LGD − BE)", N_("Basel Framework, CRE31.3")
    else:
        held = max(result.pd, LEAST_PD)
        terms = (
            Term("PD", N_("Probability of default, 0.05 % at least"), held, "1/yr"),
            Term("LGD", _LGD, parts.irb_lgd, "share"),
            Term("R", N_("Correlation"), asset_correlation(held)),
            Term("b", N_("Maturity adjustment"), maturity_slope(held)),
            Term("M", N_("Effective maturity"), result.maturity_yr, "yr"),
        )
        formula = (
            "K = [LGD × N((G(PD) + √R G(0.999)) / √(1 − R)) − PD × LGD] "
            "× (1 + (M − 2.5) b) / (1 − 1.5 b)"
        )
        source = N_("Basel Framework, CRE31.5 and CRE32.47; corporate, no firm-size adjustment")
    label = N_("Capital by internal ratings")
    return (Step("credit.irb", label, formula, terms, result.irb_k, "share", source), weight)


def capital_steps(parts: CreditParts) -> tuple[Step, ...]:
    """Return the steps of risk-weighted assets and capital by the approach chosen."""
    result, credit = parts.result, parts.credit
    irb = credit.approach is CapitalApproach.IRB
    if result.rwa_yuan is None:
        return ()
    weight = result.irb_weight if irb else result.standard_weight
    exposure = Term("EAD", _EAD, result.ead_yuan, "yuan")
    found = [
        Step(
            "credit.rwa",
            N_("Risk-weighted assets"),
            "RWA = RW × EAD",
            (Term("RW", N_("Risk weight"), weight, "share"), exposure),
            result.rwa_yuan,
            "yuan",
            N_("Basel Framework, CRE31.5") if irb else N_("risk weight as entered"),
            "" if irb else _NO_RELIEF,
        )
    ]
    if result.capital_yuan is not None:
        assets = Term("RWA", N_("Risk-weighted assets"), result.rwa_yuan, "yuan")
        ratio = 1 / RWA_OF_CAPITAL if irb else credit.capital_ratio
        found.append(
            Step(
                "credit.capital",
                N_("Capital"),
                "C = q × RWA",
                (assets, Term("q", N_("Capital over risk-weighted assets"), ratio, "share")),
                result.capital_yuan,
                "yuan",
                N_("Basel Framework, CRE31.5") if irb else N_("capital ratio as entered"),
            )
        )
    return tuple(found)


def return_steps(parts: CreditParts) -> tuple[Step, ...]:
    """Return the steps of the return on capital and of the least rate."""
    pricing, result = parts.pricing, parts.result
    if pricing is None:
        return ()
    terms = (
        Term("f", N_("Fee income"), pricing.fee, "1/yr"),
        Term("q", N_("Funds transfer price"), pricing.funds, "1/yr"),
        Term("o", N_("Operating cost"), pricing.operation, "1/yr"),
        Term("EL", N_("Expected loss over the principal"), pricing.expected_loss, "1/yr"),
        Term("t", N_("Income tax of the lender"), pricing.tax_rate, "share"),
        Term("C", N_("Capital over the principal"), pricing.capital, "share"),
        Term("c", N_("Return on the capital held"), pricing.capital_credit, "1/yr"),
        Term("v", N_("VAT in the interest"), pricing.interest_tax, "share"),
    )
    source = N_("bank pricing: return after funds, cost, expected loss and tax over capital")
    found = []
    if result.raroc is not None:
        found.append(
            Step(
                "credit.raroc",
                N_("Risk-adjusted return on capital"),
                "RAROC = ((R (1 − v) + f − q − o − EL) (1 − t) + C c (1 − t)) / C",
                (Term("R", N_("Rate of the contract on the day"), pricing.rate, "1/yr"), *terms),
                result.raroc,
                "1/yr",
                source,
            )
        )
    if result.min_rate is not None:
        found.append(
            Step(
                "credit.min_rate",
                N_("Least rate for the hurdle"),
                "R_min = (q + o + EL + C H / (1 − t) − C c − f) / (1 − v)",
                (Term("H", N_("Hurdle rate"), parts.credit.hurdle, "1/yr"), *terms),
                result.min_rate,
                "1/yr",
                source,
            )
        )
    return tuple(found)
