"""Working of the credit risk: the steps of PD, EAD, LGD, losses, capital and return."""

from app.finance.explain import Step, Term
from app.finance.lending.capital_working import capital_steps, irb_steps, return_steps
from app.finance.lending.credit_parts import CreditParts
from app.finance.text import N_

_PD = N_("Probability of default")
_LGD = N_("Loss given default")
_EAD = N_("Exposure at default")
_EIR = N_("Effective rate of the contract, compound")
_LIFETIME = N_("Expected credit loss, lifetime")
_IFRS = N_("IFRS 9, 5.5; 企业会计准则第22号 (CAS 22)")


def _pd_step(parts: CreditParts) -> tuple[Step, ...]:
    result = parts.result
    if result.pd_from == "grade":
        grade = Term("G", N_("Grade of the borrower"), parts.credit.grade)
        source = N_("the lender's table of grades")
        return (Step("credit.pd", _PD, "PD = PD(G)", (grade,), result.pd, "1/yr", source),)
    if result.pd_from == "default":
        late = Term("S", N_("Stage"), result.stage)
        source = N_("a loan in default has a probability of default of 1")
        return (Step("credit.pd", _PD, "PD = 1", (late,), result.pd, "1/yr", source),)
    return ()


def _exposure_step(parts: CreditParts) -> Step:
    outlook = parts.outlook
    beside: tuple[Term, ...] = ()
    if parts.result.stage == 3:
        owed = outlook.beside_yuan
        beside = (Term("I", N_("Interest and penalty owed on the day"), owed, "yuan"),)
    return Step(
        "credit.exposure",
        _EAD,
        "EAD = D + I + CCF × U" if beside else "EAD = D + CCF × U",
        (
            Term("D", N_("Principal owed on the day"), float(outlook.balances[0]), "yuan"),
            *beside,
            Term("CCF", N_("Credit conversion factor"), outlook.factor, "share"),
            Term("U", N_("Committed and undrawn"), float(outlook.undrawn[0]), "yuan"),
            Term("T", N_("Day the figures stand for"), outlook.day),
        ),
        parts.result.ead_yuan,
        "yuan",
        N_("balances of the schedule; on a day watched those of the ledger"),
    )


def _lgd_step(parts: CreditParts) -> tuple[Step, ...]:
    result, recovery = parts.result, parts.recovery
    if result.lgd_from in ("entered", ""):
        return ()
    return (
        Step(
            "credit.lgd",
            _LGD,
            "LGD = max(F, 1 − R / EAD);  "
            "R = Σ min(max(V (1 − h) − B, 0), M) (1 − c) / (1 + r)^(m/12)",
            (
                Term("R", N_("What the collaterals bring"), parts.money_yuan, "yuan"),
                Term("EAD", _EAD, result.ead_yuan, "yuan"),
                Term("c", N_("Cost of recovery"), recovery.cost_share, "share"),
                Term("m", N_("Time to recover"), recovery.months, "month"),
                Term("r", _EIR, recovery.rate, "1/yr"),
                Term("F", N_("Loss given default, at least"), recovery.floor, "share"),
            ),
            result.lgd,
            "share",
            N_("value V after haircut h and prior claims B, at most the secured maximum M"),
            N_("A liquidation value of this case has its cost and time taken off already."),
        ),
    )


def _el_step(parts: CreditParts) -> tuple[Step, ...]:
    result = parts.result
    if result.el_yuan is None:
        return ()
    return (
        Step(
            "credit.expected_loss",
            N_("Expected loss of a year"),
            "EL = PD × LGD × EAD",
            (
                Term("PD", _PD, result.pd, "1/yr"),
                Term("LGD", _LGD, result.lgd, "share"),
                Term("EAD", _EAD, result.ead_yuan, "yuan"),
            ),
            result.el_yuan,
            "yuan",
            N_("Basel Framework, CRE35.3: PD × LGD, times the exposure"),
        ),
    )


def _ecl_steps(parts: CreditParts) -> tuple[Step, ...]:
    result = parts.result
    if not result.years:
        return ()
    first = result.years[0]
    scenarios = Term("s", N_("Scenarios"), max(len(result.scenarios), 1))
    if result.stage == 3:
        return (
            Step(
                "credit.ecl_lifetime",
                _LIFETIME,
                "ECL = Σ_s w_s LGD_s × EAD",
                (
                    scenarios,
                    Term("LGD", _LGD, first.lgd, "share"),
                    Term("EAD", _EAD, first.exposure_yuan, "yuan"),
                ),
                result.ecl_lifetime_yuan,
                "yuan",
                _IFRS,
                N_("The default has happened, so that nothing is discounted to it."),
            ),
        )
    return (
        Step(
            "credit.ecl_12_months",
            N_("Expected credit loss, 12 months"),
            "ECL₁ = Σ_s w_s PD_s × LGD_s × EAD / (1 + r)^t",
            (
                scenarios,
                Term("PD", _PD, first.marginal_pd, "share"),
                Term("LGD", _LGD, first.lgd, "share"),
                Term("EAD", _EAD, first.exposure_yuan, "yuan"),
                Term("t", N_("End of the year"), float(parts.outlook.to_yr[0]), "yr"),
                Term("r", _EIR, parts.recovery.rate, "1/yr"),
            ),
            result.ecl_12_months_yuan,
            "yuan",
            _IFRS,
            N_("Exposure at the start of the year, loss discounted from its end."),
        ),
        Step(
            "credit.ecl_lifetime",
            _LIFETIME,
            "ECL = Σ_s w_s Σ_t mPD_t × LGD_t × EAD_t / (1 + r)^t;  mPD_t = (1 − PD)^(t−1) × PD",
            (
                scenarios,
                Term("PD", _PD, result.pd, "1/yr"),
                Term("n", N_("Years ahead"), len(result.years)),
                Term("r", _EIR, parts.recovery.rate, "1/yr"),
            ),
            result.ecl_lifetime_yuan,
            "yuan",
            _IFRS,
            N_(
                "The chance of default is the same in every year; a part year takes its part of it."
            ),
        ),
    )


def credit_steps(parts: CreditParts) -> tuple[Step, ...]:
    """Return the working of each figure that is there; keys begin with "credit."."""
    return (
        *_pd_step(parts),
        _exposure_step(parts),
        *_lgd_step(parts),
        *_el_step(parts),
        *_ecl_steps(parts),
        *irb_steps(parts),
        *capital_steps(parts),
        *return_steps(parts),
    )
