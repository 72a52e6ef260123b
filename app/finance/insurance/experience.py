"""Burning cost of the own history, and credibility between it and the class."""

from collections.abc import Sequence

from app.finance.case.cover.model_inputs import Experience
from app.finance.explain import Step
from app.finance.insurance.exposure import Exposure
from app.finance.insurance.results import ExperienceResult


def compute_experience(
    experience: Experience, exposures: Sequence[Exposure], *, sum_insured_yuan: float, seed: int
) -> tuple[ExperienceResult, tuple[Step, ...]]:
    """Return burning cost and credibility; `sum_insured_yuan` is that of the policy today."""
    raise NotImplementedError
