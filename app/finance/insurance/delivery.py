"""Failure of sales and reversal of credits: expected loss over the years of deliveries."""

from collections.abc import Iterator
from functools import reduce

import numpy as np

from app.finance.case.cover.delivery_inputs import DeliveryCover
from app.finance.explain import Step, Term
from app.finance.insurance.aggregate import YearLaw
from app.finance.insurance.delivery_loss import (
    YearLosses,
    loss_variance,
    reversal_law,
    sale_laws,
    year_losses,
)
from app.finance.insurance.delivery_plan import DeliveryPlan, plan_of
from app.finance.insurance.part_results import DeliveryResult, DeliveryYear
from app.finance.text import N_

_KEY = "insurance.delivery"
_FAILURE = N_("Failure of the counterparty")
_SHOCK = N_("Common shock")
_SHORTFALL = N_("Shortfall of delivery")
_REVERSAL = N_("Reversal beyond the buffer")
_PURE = N_("Pure premium of deliveries")
_BLACK = N_(
    "Black (1976) on the forward at the time of the failure; Gauss copula of price and failure"
)


def compute_delivery(delivery: DeliveryCover) -> tuple[DeliveryResult, YearLaw, tuple[Step, ...]]:
    """Price the cover of deliveries; the law is that of the present value of its loss, yuan.

    Year t counts from 1, deliveries fall at its end, v_t = (1 + r)^-t. The sale fails in year t
    with probability q_t, or a common shock c stops it, when it had not failed before:

        alive_t    = product over s < t of (1 - q_s)(1 - c);  1 where a failure takes a year only
        failure_t  = alive_t q_t (1 - c) (1 - R) sum over s >= t of v_s N_s l_ts
        shock_t    = alive_t c (1 - R) sum over s >= t of v_s N_s l'_ts
        shortfall_t = alive_t (1 - q_t)(1 - c) m v_t N_t l"_t
        reversal_t = rate x max(reversed share - buffer, 0) x tonnes issued up to t x price_t v_t

    with s = t alone where a failure takes the year only. The loss of a tonne l is its contract
    price, or what a replacement costs above it at the time of the failure (`replacement`): tied
    to the failure in l, not in l', given no failure in l". A year with both counts as a shock.
    The timing is that of case R41 in tests/cases/insurance_reference.csv.

    Raises:
        DomainError: `failure_missing`, `needed` a price of a replacement.
    """
    plan = plan_of(delivery)
    losses = year_losses(plan)
    sales = sale_laws(plan, losses)
    beyond = reversal_law(plan)
    parts = sales if beyond is None else [*sales, beyond]
    law = reduce(YearLaw.plus, parts) if parts else YearLaw.nothing()
    cover = float(plan.present_tonnes @ plan.prices)
    pure = float(losses.total.sum())
    result = DeliveryResult(
        years=tuple(_years(plan, losses)),
        cover_yuan=cover,
        failure_yuan=float(losses.failed.sum()),
        shock_yuan=float(losses.shocked.sum()),
        shortfall_yuan=float(losses.short.sum()),
        reversal_yuan=float(losses.reversed_.sum()),
        pure_premium_yuan=pure,
        rate=pure / cover if cover else 0.0,
        sd_yuan=float(np.sqrt(loss_variance(sales, plan))),
    )
    return result, law, tuple(_steps(plan, result))


def _years(plan: DeliveryPlan, losses: YearLosses) -> Iterator[DeliveryYear]:
    total, exposed, alive = losses.total, plan.exposed_yuan, plan.alive
    for place in range(plan.years):
        yield DeliveryYear(
            policy_year=place + 1,
            tonnes=float(plan.tonnes[place]),
            price_yuan_t=float(plan.prices[place]),
            failure=float(plan.failures[place]),
            alive=float(alive[place]),
            exposed_yuan=float(exposed[place]),
            loss_per_tonne_yuan=float(losses.per_tonne[place]),
            expected_loss_yuan=float(total[place]),
            discount_factor=float(plan.discounts[place]),
        )


def _steps(plan: DeliveryPlan, found: DeliveryResult) -> Iterator[Step]:
    yield from _sale_steps(plan, found)
    cover = plan.cover
    if cover.reversals_per_year:
        yield _step(
            ("reversal", _REVERSAL, "λ × max(g − b, 0) × Σ v × P × Σ N"),
            (
                Term("λ", N_("Reversals a year"), cover.reversals_per_year, "events/yr"),
                Term("g", N_("Reversed in a reversal"), cover.reversed_share, "share"),
                Term("b", N_("Buffer"), cover.buffer_share, "share"),
            ),
            found.reversal_yuan,
            N_("reversed tonnes less buffer; the buffer stands ready for each reversal"),
        )
    yield _step(
        ("pure_premium", _PURE, "F + C + M + U"),
        (
            Term("F", _FAILURE, found.failure_yuan, "yuan"),
            Term("C", _SHOCK, found.shock_yuan, "yuan"),
            Term("M", _SHORTFALL, found.shortfall_yuan, "yuan"),
            Term("U", _REVERSAL, found.reversal_yuan, "yuan"),
        ),
        found.pure_premium_yuan,
        N_("sum of the parts, present value"),
    )
    yield Step(
        f"{_KEY}.rate",
        N_("Pure rate on what is delivered"),
        "P / B",
        (
            Term("P", _PURE, found.pure_premium_yuan, "yuan"),
            Term("B", N_("Deliveries at contract price, present value"), found.cover_yuan, "yuan"),
        ),
        found.rate,
        "share",
        N_("pure premium over the present value of the deliveries"),
    )


def _sale_steps(plan: DeliveryPlan, found: DeliveryResult) -> Iterator[Step]:
    cover = plan.cover
    source = _BLACK if plan.replaces else N_("expected loss of a credit cover, year by year")
    shared = (
        Term("T", N_("Policy years"), plan.years, "yr"),
        Term("c", N_("Common shock"), cover.common_shock, "1/yr"),
        Term("R", N_("Recovered"), cover.recovery_share, "share"),
        Term("r", N_("Discount rate"), cover.discount_rate, "1/yr"),
    )
    first = found.years[0]
    of_first = (
        Term("q", N_("Fails in the first year"), first.failure, "share"),
        Term("l", N_("Loss of a tonne in the first year"), first.loss_per_tonne_yuan, "yuan/t"),
    )
    yield _step(
        ("failure", _FAILURE, "Σ a × q × (1 − c) × (1 − R) × Σ v × N × l"),
        (*of_first, *shared, *_price_terms(plan)),
        found.failure_yuan,
        source,
    )
    if cover.common_shock:
        formula = "Σ a × c × (1 − R) × Σ v × N × l"
        yield _step(("shock", _SHOCK, formula), shared, found.shock_yuan, source)
    if cover.shortfall_share:
        yield _step(
            ("shortfall", _SHORTFALL, "Σ a × (1 − q) × (1 − c) × m × v × N × l"),
            (Term("m", N_("Expected shortfall of delivery"), cover.shortfall_share, "share"),),
            found.shortfall_yuan,
            N_("mean share the sink does not yield"),
        )


def _price_terms(plan: DeliveryPlan) -> tuple[Term, ...]:
    if not plan.replaces:
        return ()
    model = plan.price_model
    return (
        Term("σ", N_("Volatility"), model.volatility, "1/yr^0.5"),
        Term("ρ", N_("Dependence of price and failure"), model.dependence, ""),
    )


def _step(
    named: tuple[str, str, str], terms: tuple[Term, ...], amount_yuan: float, source: str
) -> Step:
    """Return a working in yuan; `named` is its key, its label and its formula."""
    key, label, formula = named
    return Step(f"{_KEY}.{key}", label, formula, terms, amount_yuan, "yuan", source)
