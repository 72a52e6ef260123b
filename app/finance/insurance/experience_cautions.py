"""What a signatory must know of the experience part of a quote."""

from collections.abc import Iterator

from app.finance.case.cover.experience_inputs import Experience, history_years, listed_years
from app.finance.case.cover.premium_inputs import PureBasis
from app.finance.case.experience_rules import LEAST_YEARS
from app.finance.case.insurance import Insurance
from app.finance.insurance.part_results import Credibility, ExperienceResult
from app.finance.insurance.results import InsuranceResult
from app.finance.notices import Notice, Severity

_PATH = "insurance.experience"

FEW_YEARS = 10
LARGE_ERROR = 0.5
LOW_CREDIBILITY = 0.3
"""House conventions: fewer years, a larger error of the burn, a lower Z than these are told."""


def experience_cautions(insurance: Insurance, result: InsuranceResult) -> Iterator[Notice]:
    """Yield warnings and red flags."""
    experience, found = insurance.experience, result.experience
    if experience is None or found is None:
        return
    priced = insurance.pure_basis is not PureBasis.MODEL
    yield from _years(experience, found, priced=priced)
    yield from _lines(insurance, experience)
    yield from _fit_to_policy(insurance, priced=priced)
    if found.credibility is not None:
        yield from _credibility(found.credibility)


def _warning(code: str, field: str, **facts: object) -> Notice:
    return Notice(code, Severity.WARNING, f"{_PATH}.{field}", dict(facts))


def _years(experience: Experience, found: ExperienceResult, *, priced: bool) -> Iterator[Notice]:
    """How many years there are, how many of them paid, how far the burn may be off."""
    years, paying = found.observed_years, found.paying_years
    if years < LEAST_YEARS:
        facts = {"years": years, "least": LEAST_YEARS}
        yield Notice("history_too_short", Severity.RED_FLAG, f"{_PATH}.losses", facts)
    elif years < FEW_YEARS:
        yield _warning("history_under_ten", "losses", years=years, usual=FEW_YEARS)
    if years >= LEAST_YEARS and paying < LEAST_YEARS:
        severity = Severity.RED_FLAG if priced else Severity.WARNING
        facts = {"paying": paying, "years": years, "least": LEAST_YEARS}
        yield Notice("few_paying_years", severity, f"{_PATH}.losses", facts)
    error = found.burn_error
    if error is not None and found.burn_rate > 0 and error > LARGE_ERROR * found.burn_rate:
        yield _warning("burn_error_large", "losses", percent=100 * error / found.burn_rate)
    silent = set(history_years(experience)) - set(listed_years(experience.missing_years))
    silent -= {line.year for line in experience.losses}
    if silent:
        yield _warning("years_without_line", "losses", count=len(silent))
    if not experience.source:
        yield _warning("history_without_source", "source")


def _lines(insurance: Insurance, experience: Experience) -> Iterator[Notice]:
    """Losses above the sum insured of their year."""
    above = [
        line.year
        for line in experience.losses
        if line.exposure_yuan is not None and line.loss_yuan > line.exposure_yuan
    ]
    if above:
        years = sorted(set(above))
        yield _warning("loss_over_exposure", "losses", count=len(above), years=years)
    name = experience.head or (insurance.heads[0].name if insurance.heads else "")
    if any(head.name == name and head.deductible_days > 0 for head in insurance.heads):
        yield _warning("history_without_days", "head", head=name)


def _fit_to_policy(insurance: Insurance, *, priced: bool) -> Iterator[Notice]:
    """Where the rate of a history is stretched over more than it is of."""
    if len(insurance.heads) > 1:
        yield _warning("history_of_several_heads", "head", count=len(insurance.heads))
    if priced and insurance.period_months % 12:
        facts = {"months": insurance.period_months}
        yield Notice("burn_of_whole_years", Severity.WARNING, "insurance.period_months", facts)


def _credibility(found: Credibility) -> Iterator[Notice]:
    if found.mean_variance == 0:
        yield _warning("class_alike", "estimator")
    elif found.z < LOW_CREDIBILITY:
        yield _warning("credibility_low", "estimator", percent=100 * found.z)
