"""Working of the event-based model."""

from app.finance.case.insurance import Insurance
from app.finance.explain import Step, Term
from app.finance.insurance.event_sets import SPREAD_EDGES
from app.finance.insurance.part_results import EventResult
from app.finance.text import N_

_EVENTS = N_("Events in the set")
_SPREAD = N_("Spread of the damage")
_WHOLE_YEARS = N_(
    "Rates count whole years, their events spread evenly over the months; only those of the time "
    "covered count, at the value on risk of their month."
)


def event_working(
    insurance: Insurance, result: EventResult, *, simulated: bool
) -> tuple[Step, ...]:
    """Return the steps of mean, standard deviation and tail of the event set."""
    model = insurance.events
    if model is None:
        return ()
    count = len({line.event for line in model.event_lines})
    rate = sum({line.event: line.rate for line in model.event_lines}.values())
    terms = [
        Term("n", _EVENTS, count),
        Term("Λ", N_("Events a year, all together"), rate, "events/yr"),
    ]
    if model.spread:
        terms.append(Term("cv", _SPREAD, model.spread, "sd/mean"))
        terms.append(Term("k", N_("Points of the spread"), len(SPREAD_EDGES) - 1))
    if simulated:
        terms.append(Term("m", N_("Simulated years"), insurance.simulated_years, "yr"))
        terms.append(Term("s", N_("Seed"), insurance.seed))
    campbell = N_("mean and covariance of Poisson events (Campbell's formulas)")
    drawn = N_("year loss table: each year's events drawn and taken through the terms")
    source = drawn if simulated else campbell
    mean, variance = "E = Σ λ_i x_i", "σ = √(Σ λ_i x_i²)"
    if simulated:
        mean, variance = "E = Σ S_j / m", "σ = √(Σ (S_j − E)² / (m − 1))"
    worst: tuple[Term, ...] = ()
    if result.worst is not None:
        worst = (Term("x", N_("Costliest event"), result.worst.loss_yuan, "yuan"),)
    return (
        Step(
            "insurance.events.mean",
            N_("Mean yearly loss of the event set"),
            mean,
            (*terms, *worst),
            result.mean_yuan,
            "yuan",
            source,
            _WHOLE_YEARS,
        ),
        Step(
            "insurance.events.sd",
            N_("Standard deviation of the yearly loss of the event set"),
            variance,
            (
                Term(
                    "σ₀",
                    N_("The same with sites that are independent"),
                    result.independent_sd_yuan,
                    "yuan",
                ),
            ),
            result.sd_yuan,
            "yuan",
            source,
        ),
        Step(
            "insurance.events.tail",
            N_("Mean of the worst 1 % of the years, event set"),
            "TVaR = Σ E[S_s | S ≥ VaR]",
            tuple(
                Term(f"C{number}", site.site or N_("All sites"), site.co_tvar_yuan, "yuan")
                for number, site in enumerate(result.sites, start=1)
            ),
            sum(site.co_tvar_yuan for site in result.sites),
            "yuan",
            N_("co-TVaR: the part of each site in the worst years of the policy"),
        ),
    )
