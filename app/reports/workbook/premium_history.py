"""The pure premium of the heads by the rate of the own history, or by credibility."""

from app.finance.case.cover.premium_inputs import PureBasis
from app.finance.case.insurance import Insurance
from app.finance.insurance.part_results import Credibility, ExperienceResult
from app.finance.insurance.results import InsuranceResult
from app.i18n import N_
from app.reports.workbook.looks import Kind
from app.reports.workbook.value_rows import ValueRows

STILL = N_("computed by the program; it does not move")
"""What is said beside a figure that the laws of damage give."""


def of_history(rows: ValueRows, insurance: Insurance, result: InsuranceResult, value: float) -> str:
    """Write the rate of the history and what it comes to; return the cell of the pure premium."""
    experience, label = result.experience, N_("Pure premium of the heads")
    if experience is None:
        return rows.still(label, value, kind=Kind.MONEY, unit="yuan", note=STILL)
    known = experience.credibility
    if insurance.pure_basis is not PureBasis.CREDIBILITY:
        known = None
    rate = experience.burn_rate if known is None else known.credibility_rate
    if not rate:
        return rows.still(label, value, kind=Kind.MONEY, unit="yuan", note=STILL)
    held = _burn(rows, experience)
    if known is not None:
        held = _credible(rows, known)
    base = rows.still(
        N_("Values of the policy years, later ones discounted"),
        value / rate,
        kind=Kind.MONEY,
        unit="yuan",
        note=STILL,
    )
    return rows.live(label, f"{held}*{base}", value)


def _rate(rows: ValueRows, label: str, value: float) -> str:
    return rows.still(label, value, kind=Kind.PERCENT, unit="", note=STILL)


def _burn(rows: ValueRows, experience: ExperienceResult) -> str:
    """The mean of the years with data on the terms of today."""
    words = rows.page.book.words
    cells = [
        rows.still(
            words(N_("Loss of {year} on today's terms, of the sum insured"), year=year.year),
            year.rate,
            kind=Kind.PERCENT,
            unit="",
        )
        for year in experience.years
        if year.observed
    ]
    if not cells:
        return _rate(rows, N_("Burning cost"), experience.burn_rate)
    mean = f"AVERAGE({cells[0]}:{cells[-1].rpartition('!')[2]})"
    return rows.live(N_("Burning cost"), mean, experience.burn_rate, kind=Kind.PERCENT, unit="")


def _credible(rows: ValueRows, known: Credibility) -> str:
    z = rows.still(N_("Credibility Z"), known.z, kind=Kind.PLAIN, unit="", note=STILL)
    own = _rate(rows, N_("Own mean"), known.own_rate)
    mean = _rate(rows, N_("Mean of the class"), known.class_rate)
    return rows.live(
        N_("Rate by credibility"),
        f"{z}*{own}+(1-{z})*{mean}",
        known.credibility_rate,
        kind=Kind.PERCENT,
        unit="",
    )
