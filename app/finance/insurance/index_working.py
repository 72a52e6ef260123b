"""Working of an index cover: sum insured, burn, fitted model, pure premium, basis risk."""

from collections.abc import Iterator

from app.finance.case.cover.index_inputs import EventsPaid, IndexCover
from app.finance.case.cover.index_tables import PayoutForm
from app.finance.explain import Step, Term
from app.finance.insurance.bootstrap import RESAMPLES
from app.finance.insurance.index_fit import IndexFit
from app.finance.insurance.part_results import FittedIndex, IndexResult
from app.finance.text import N_

_INSURED = N_("Sum insured of the index cover")
_BURN = N_("Mean payout of the observed years")
_PURE = N_("Pure premium of the index cover")
_YEARS = N_("Observed years")
_THRESHOLD = N_("Threshold of the fit")
_RATE = N_("Events a season above the threshold")
_SCALE = N_("Scale of the law above the threshold")
_SHAPE = N_("Shape of the law above the threshold")
_MODEL = N_("Expected payout of a season, fitted model")

_FORMULAS = {
    (EventsPaid.LARGEST, True): "E = Σ_k (p_k − p_(k−1)) [1 − exp(−λ S(t_k))]",
    (EventsPaid.LARGEST, False): "E = ∫ g'(v) [1 − exp(−λ S(v))] dv",
    (EventsPaid.FIRST, True): "E = [1 − exp(−λ S(t_1))] Σ_k (p_k − p_(k−1)) S(t_k) / S(t_1)",
    (EventsPaid.FIRST, False): "E = [1 − exp(−λ S(t_1))] ∫ g'(v) S(v) dv / S(t_1)",
    (EventsPaid.EVERY, True): "E = E[min(g(X_1) + … + g(X_N), A)],  N ~ Poisson(λ)",
    (EventsPaid.EVERY, False): "E = E[min(g(X_1) + … + g(X_N), A)],  N ~ Poisson(λ)",
}
"""By the events that pay and whether the payout has steps; g is the payout of an event."""
_SURVIVAL = "S(v) = (1 + ξ (v − u) / β)^(−1/ξ),  ξ = 0: exp(−(v − u) / β)"


def index_steps(
    index: IndexCover, result: IndexResult, fit: IndexFit, seed: int
) -> tuple[Step, ...]:
    """Return the steps of an index cover; keys begin with `insurance.index.`."""
    return (
        _insured_step(index, result),
        *_burn_steps(result, seed),
        *([] if fit.fitted is None else _fit_steps(index, fit.fitted, fit, seed)),
        _pure_step(result),
        *_basis_step(index, result),
    )


def _insured_step(index: IndexCover, result: IndexResult) -> Step:
    return Step(
        "insurance.index.sum_insured",
        _INSURED,
        "V = Q × u",
        (
            Term("Q", N_("Insured quantity"), index.quantity, index.quantity_unit.value),
            Term("u", N_("Agreed value of a unit"), index.unit_value_yuan, "yuan"),
        ),
        result.sum_insured_yuan,
        "yuan",
        N_("inputs of this case"),
    )


def _burn_steps(result: IndexResult, seed: int) -> Iterator[Step]:
    if result.burn_share is None:
        return
    years = Term("n", _YEARS, result.observed_years, "yr")
    paid = sum(year.payout_share for year in result.history if year.observed)
    source = N_("burning cost: payouts of past years on the terms of today")
    yield Step(
        "insurance.index.burn",
        _BURN,
        "b = Σ_t p_t / n",
        (
            Term("Σ p", N_("Payouts of the observed years together"), paid, "share"),
            years,
            Term("m", N_("Years that would have paid"), result.paying_years, "yr"),
        ),
        result.burn_share,
        "share",
        source,
        N_("Years without data are left out; they are not years without loss."),
    )
    if result.burn_error is None:
        return
    yield Step(
        "insurance.index.burn_error",
        N_("Standard error of the mean payout"),
        "s = sd(p) / √n",
        (
            years,
            Term("b5", N_("Bootstrap, 5 %"), result.burn_low, "share"),
            Term("b95", N_("Bootstrap, 95 %"), result.burn_high, "share"),
            Term("B", N_("Times the years are drawn again"), RESAMPLES),
            Term("seed", N_("Seed"), seed),
        ),
        result.burn_error,
        "share",
        N_("Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13"),
    )


def _model_terms(fitted: FittedIndex) -> tuple[Term, ...]:
    return (
        Term("λ", _RATE, fitted.events_per_year, "events/yr"),
        Term("u", _THRESHOLD, fitted.threshold),
        Term("β", _SCALE, fitted.scale),
        Term("ξ", _SHAPE, fitted.shape),
    )


def _fit_steps(index: IndexCover, fitted: FittedIndex, fit: IndexFit, seed: int) -> Iterator[Step]:
    if fitted.exceedances:
        yield Step(
            "insurance.index.fit",
            _SCALE,
            _SURVIVAL,
            (
                Term("m", N_("Values above the threshold"), fitted.exceedances),
                Term("u", _THRESHOLD, fitted.threshold),
                Term("ξ", _SHAPE, fitted.shape),
            ),
            fitted.scale,
            "",
            N_("maximum likelihood; Coles, Statistical Modeling of Extreme Values (2001), ch. 4"),
        )
    steps = index.triggers[0].form is PayoutForm.STEP
    yield Step(
        "insurance.index.fitted_pure",
        _MODEL,
        f"{_FORMULAS[index.events_paid, steps]};  {_SURVIVAL}",
        (
            *_model_terms(fitted),
            Term("A", N_("The season pays at most"), index.season_cap_share, "share"),
        ),
        fitted.pure_share,
        "share",
        N_("Poisson number of events, Coles (2001), chapter 7; every event: compound Poisson law"),
    )
    yield Step(
        "insurance.index.simulated",
        N_("The same, simulated"),
        "E ≈ Σ p / n",
        (
            Term("n", N_("Simulated years"), fit.simulated_years, "yr"),
            Term("se", N_("Standard error"), fitted.standard_error, "share"),
            Term("seed", N_("Seed"), seed),
        ),
        fitted.simulated_share,
        "share",
        N_("drawn from the same model, as a check"),
    )


def _pure_step(result: IndexResult) -> Step:
    burn = result.pricing == "burn"
    label = _BURN if burn else _MODEL
    return Step(
        "insurance.index.pure_premium",
        _PURE,
        "P = p × V",
        (
            Term("p", label, result.pure_share, "share"),
            Term("V", _INSURED, result.sum_insured_yuan, "yuan"),
        ),
        result.pure_premium_yuan,
        "yuan",
        N_("expected payout of a season"),
    )


def _basis_step(index: IndexCover, result: IndexResult) -> Iterator[Step]:
    basis = result.basis
    if basis is None:
        return
    yield Step(
        "insurance.index.basis",
        N_("Hedge effectiveness"),
        "1 − Var(L − p) / Var(L)",
        (
            Term("n", N_("Years with payout and loss"), basis.years, "yr"),
            Term("d", N_("A loss that should be paid"), index.basis_loss_share, "share"),
            Term(
                "P(p=0 | L>d)", N_("Unpaid, given such a loss"), basis.p_unpaid_given_loss, "share"
            ),
            Term("P(p>0 | L≤d)", N_("Paid, given none"), basis.p_paid_without_loss, "share"),
            Term("ρ", N_("Correlation of payout and loss"), basis.correlation),
        ),
        basis.hedge_effectiveness,
        "share",
        N_("Ederington, The Hedging Performance of the New Futures Markets (1979)"),
        N_("The losses are those the perils of the case model.") if basis.modelled else "",
    )
