"""The working of the premium: from the pure premium to the rate, and who bears it."""

from collections.abc import Iterator

from app.finance.case.cover.premium_inputs import PureBasis, RiskLoad
from app.finance.case.insurance import Insurance
from app.finance.explain import Step, Term
from app.finance.insurance.premium_build import Build, year_sd
from app.finance.insurance.pricing import Priced
from app.finance.insurance.results import AskedResult, CoInsurerShare, SubsidyShare
from app.finance.text import N_

_HOUSE = N_("house convention")


def premium_steps(insurance: Insurance, priced: Priced) -> Iterator[Step]:
    """Yield the steps from the pure premium of the parts to the premium rate."""
    yield _pure_step(insurance, priced)
    build = priced.build
    if build.safety_yuan:
        yield Step(
            "insurance.safety",
            N_("Safety loading"),
            "B = b × P",
            (
                Term("b", N_("Safety loading, share of the pure premium"), insurance.safety_share,
                     "share"),
                Term("P", N_("Pure premium"), build.pure_yuan, "yuan"),
            ),
            build.safety_yuan,
            "yuan",
            N_("house convention: for what the parameters may be wrong by"),
        )  # fmt: skip
    yield _risk_step(insurance, priced)
    if build.reinstatement_yuan:
        yield _reinstatement_step(build)
    yield _technical_step(insurance, build)
    yield _gross_step(insurance, build)
    insured = priced.sum_insured_yuan
    yield Step(
        "insurance.rate",
        N_("Premium rate"),
        "G / S",
        (
            Term("G", N_("Gross premium"), build.gross_yuan, "yuan"),
            Term("S", N_("Sum insured"), insured, "yuan"),
        ),
        float(build.gross_yuan / insured) if insured else 0.0,
        "share",
        N_("gross premium over sum insured"),
    )
    if len(priced.discounts) > 1:
        yield Step(
            "insurance.rate_of_all_years",
            N_("Rate on the sums insured of all policy years"),
            "G / Σ v × S",
            (
                Term("G", N_("Gross premium"), build.gross_yuan, "yuan"),
                Term("Σ v × S", N_("Sums insured, later years discounted"), priced.all_years_yuan,
                     "yuan"),
            ),
            priced.rate_of_all_years,
            "share",
            N_("level rate: the same of the sum insured of each policy year"),
        )  # fmt: skip


def _pure_step(insurance: Insurance, priced: Priced) -> Step:
    """The parts of the pure premium; with several policy years the heads of each."""
    terms, symbols = [], []
    if priced.heads and insurance.pure_basis is PureBasis.MODEL:
        for place, (factor, year) in enumerate(
            zip(priced.discounts, priced.heads, strict=True), start=1
        ):
            symbol = f"P{place}"
            terms.append(Term(symbol, N_("Pure premium of a policy year"), year.mean, "yuan"))
            if factor != 1:
                terms.append(Term(f"v{place}", N_("Discount factor"), factor, ""))
            symbols.append(symbol if factor == 1 else f"v{place} × {symbol}")
    elif priced.exposures:
        terms.append(Term("H", N_("Pure premium of the heads"), priced.heads_yuan, "yuan"))
        symbols.append("H")
    others = (
        ("I", N_("Pure premium of the index cover"), priced.index),
        ("D", N_("Pure premium of deliveries"), priced.delivery),
    )
    for symbol, label, found in others:
        if found is not None:
            terms.append(Term(symbol, label, found[1].mean, "yuan"))
            symbols.append(symbol)
    limit = insurance.policy_year_limit_yuan
    formula = "P = " + " + ".join(symbols or ["0"])
    if limit is not None:
        terms.append(Term("L", N_("Limit of the policy for a policy year"), limit, "yuan"))
        formula = "P = E[S ∧ L], S = " + " + ".join(symbols or ["0"])
    return Step(
        "insurance.pure_premium",
        N_("Pure premium"),
        formula,
        tuple(terms),
        priced.build.pure_yuan,
        "yuan",
        N_("expected loss of the insurer after all terms; the parts add up"),
    )


_PRINCIPLES = {
    RiskLoad.STANDARD_DEVIATION: ("R = a × σ", N_("standard deviation principle")),
    RiskLoad.VARIANCE: ("R = b × σ²", N_("variance principle")),
    RiskLoad.TVAR: (
        "R = c × (TVaR − E)",
        N_("cost of the capital that the tail value at risk calls for"),
    ),
    RiskLoad.WANG: (
        "R = ∫ Φ(Φ^(−1)(S(x)) + λ) dx − E",
        "Wang, A class of distortion operators, Journal of Risk and Insurance 67, 2000",
    ),
    RiskLoad.PROPORTIONAL_HAZARD: (
        "R = ∫ S(x)^(1/ρ) dx − E",
        "Wang, Insurance pricing by proportional hazards transforms, IME 17, 1995",
    ),
}
"""Formula and source of each risk loading."""


def _risk_step(insurance: Insurance, priced: Priced) -> Step:
    formula, source = _PRINCIPLES[insurance.risk_load]
    deviation = Term(
        "σ", N_("Standard deviation of the period's loss"), year_sd(priced.years), "yuan"
    )
    first = priced.years[0].law if priced.years else None
    mean = Term("E", N_("Mean loss of the first policy year"), first.mean if first else 0.0, "yuan")
    terms: tuple[Term, ...]
    match insurance.risk_load:
        case RiskLoad.STANDARD_DEVIATION:
            factor = insurance.risk_load_factor
            terms = (Term("a", N_("Multiple of the standard deviation"), factor, "x sd"), deviation)
        case RiskLoad.VARIANCE:
            factor = insurance.variance_factor
            terms = (Term("b", N_("Multiple of the variance"), factor, "1/yuan"), deviation)
        case RiskLoad.TVAR:
            level = insurance.tvar_level or 0.0
            tail = first.tvar(level) if first else 0.0
            terms = (
                Term("c", N_("Cost of capital"), insurance.cost_of_capital, "1/yr"),
                Term("q", N_("Level of the TVaR"), level, "share"),
                Term("TVaR", N_("Tail value at risk of the first policy year"), tail, "yuan"),
                mean,
            )
        case RiskLoad.WANG:
            terms = (Term("λ", N_("λ of the Wang transform"), insurance.wang_lambda, ""), mean)
        case _:
            label = N_("ρ of the proportional hazard")
            terms = (Term("ρ", label, insurance.hazard_rho, ""), mean)
    note = ""
    if len(priced.years) > 1:
        note = N_("Policy years are independent; each is loaded and discounted as its losses are.")
    return Step(
        "insurance.risk_load",
        N_("Risk loading"),
        formula,
        terms,
        priced.build.risk_yuan,
        "yuan",
        source,
        note,
    )


def _reinstatement_step(build: Build) -> Step:
    return Step(
        "insurance.reinstatement",
        N_("Earned by reinstatement premiums"),
        "Z = P − Σ EL / (1 + r), r = (1 / l) Σ c E[min(max(S − (k − 1) l, 0), l)]",
        (Term("P", N_("Pure premium"), build.pure_yuan, "yuan"),),
        build.reinstatement_yuan,
        "yuan",
        "Sundt, On excess of loss reinsurance with reinstatements, Bulletin of the Swiss "
        "Association of Actuaries, 1991",
        N_("Head by head; what is earned later need not be charged at the start."),
    )


def _technical_step(insurance: Insurance, build: Build) -> Step:
    formula = "T = (P + R + F) / (1 − e − c − p − t)"
    if build.safety_yuan or build.reinstatement_yuan:
        formula = "T = (P − Z + B + R + F) / (1 − e − c − p − t)"
    extra = (
        Term("Z", N_("Earned by reinstatement premiums"), build.reinstatement_yuan, "yuan"),
        Term("B", N_("Safety loading"), build.safety_yuan, "yuan"),
    )
    return Step(
        "insurance.technical_premium",
        N_("Technical premium"),
        formula,
        (
            Term("P", N_("Pure premium"), build.pure_yuan, "yuan"),
            *(extra if "Z" in formula else ()),
            Term("R", N_("Risk loading"), build.risk_yuan, "yuan"),
            Term("F", N_("Fixed expense"), build.fixed_yuan, "yuan"),
            Term("e", N_("Variable expense"), insurance.variable_expense_share, "share"),
            Term("c", N_("Commission"), insurance.commission_share, "share"),
            Term("p", N_("Profit margin"), insurance.profit_share, "share"),
            Term("t", N_("Tax on premium"), insurance.tax_share, "share"),
        ),
        build.technical_yuan,
        "yuan",
        N_("expense-loaded premium; shares are of the gross premium"),
    )


def _gross_step(insurance: Insurance, build: Build) -> Step:
    terms = [
        Term("T", N_("Technical premium"), build.technical_yuan, "yuan"),
        Term("k", N_("Rate coefficient"), insurance.rate_coefficient, ""),
    ]
    formula = "T × k"
    if insurance.minimum_premium_yuan:
        terms.append(Term("M", N_("Minimum premium"), insurance.minimum_premium_yuan, "yuan"))
        formula = "max(T × k, M)"
    source = N_("to the fen, half up")
    if insurance.round_premium_to_yuan is not None:
        terms.append(
            Term("u", N_("Premium rounded up to"), insurance.round_premium_to_yuan, "yuan")
        )
        formula = f"u × ceil({formula} / u)"
        source = N_("to the next multiple of u")
    return Step(
        "insurance.gross_premium",
        N_("Gross premium"),
        f"G = {formula}",
        tuple(terms),
        build.gross_yuan,
        "yuan",
        source,
    )


def share_steps(
    build: Build,
    subsidies: tuple[SubsidyShare, ...],
    coinsurers: tuple[CoInsurerShare, ...],
    asked: AskedResult | None,
) -> Iterator[Step]:
    """Yield the steps of what the insured pays, what the leader carries, what is asked."""
    gross = Term("G", N_("Gross premium"), build.gross_yuan, "yuan")
    if subsidies:
        paid = subsidies[:-1]
        symbols = [f"s{place}" for place in range(1, len(paid) + 1)]
        yield Step(
            "insurance.insured_pays",
            N_("Premium the insured pays"),
            "G − " + " − ".join(f"G × {symbol}" for symbol in symbols),
            (
                gross,
                *(
                    Term(symbol, N_("Share of a subsidy"), line.share, "share")
                    for symbol, line in zip(symbols, paid, strict=True)
                ),
            ),
            subsidies[-1].amount_yuan,
            "yuan",
            N_("each subsidy to the fen, half up; the rest is the insured's"),
        )
    for place, line in enumerate(coinsurers):
        yield Step(
            f"insurance.coinsurers.{place}",
            N_("Premium of an insurer of several"),
            "G × w",
            (gross, Term("w", N_("Share"), line.share, "share")),
            line.premium_yuan,
            "yuan",
            N_("to the fen, half up; the leader takes what is left over"),
        )
    if asked is not None:
        yield Step(
            "insurance.asked",
            N_("Premium asked less technical premium"),
            "A − T",
            (
                Term("A", N_("Premium asked"), asked.asked_yuan, "yuan"),
                Term("T", N_("Technical premium"), asked.technical_yuan, "yuan"),
            ),
            asked.difference_yuan,
            "yuan",
            N_("inputs of the case"),
        )
