"""Rules between the fields of the value simulation."""

from app.finance.case.case import Case
from app.finance.case.problems import Problem
from app.finance.case.valuation.simulation import FACTOR_CHOICES, FactorKind, ValueSimulation

_PATH = "appraisal.simulation"


def _factor_problems(simulation: ValueSimulation, name: str) -> list[Problem]:
    """Lowest <= most likely <= highest, and lowest below highest, of a bounded factor."""
    kind = getattr(simulation, f"{name}_kind")
    if kind not in (FactorKind.TRIANGULAR, FactorKind.PERT, FactorKind.UNIFORM):
        return []
    low, high = getattr(simulation, f"{name}_low"), getattr(simulation, f"{name}_high")
    mode = low if kind is FactorKind.UNIFORM else getattr(simulation, f"{name}_mode")
    if low is None or high is None or mode is None:
        return []
    if low < high and low <= mode <= high:
        return []
    facts = {"low": low, "high": high}
    return [Problem(f"{_PATH}.{name}_high", "distribution_order", high, facts)]


def simulation_problems(case: Case) -> list[Problem]:
    """Return the problems of the simulation of `case`; an empty list when there are none.

    The bounds of a factor are in order, and the further markets leave a share of the tonnes
    to the price of the appraisal. A number of scenarios is never refused: Sobol points are
    rounded up to a power of two (`app.finance.valuation.sampling.plan_draws`).
    """
    simulation = None if case.appraisal is None else case.appraisal.simulation
    if simulation is None:
        return []
    found = [
        *_factor_problems(simulation, "yield"),
        *_factor_problems(simulation, "cost"),
    ]
    if simulation.yield_kind is FactorKind.CARBON and not case.project.distributions:
        found.append(Problem(f"{_PATH}.yield_kind", "uncertain_inputs_needed", "carbon"))
    if simulation.cost_kind is FactorKind.CARBON:
        choices = ", ".join(code for code, _label in FACTOR_CHOICES)
        facts = {"choices": choices}
        found.append(Problem(f"{_PATH}.cost_kind", "not_a_choice", "carbon", facts))
    shares = sum(line.share for line in simulation.series)
    if shares >= 1:
        found.append(Problem(f"{_PATH}.series", "series_shares_below_one", round(shares, 12)))
    return found
