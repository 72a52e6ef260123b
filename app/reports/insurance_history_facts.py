"""What window, paper and command line say of the own history: burning cost and credibility."""

from app.finance.case.case import Case
from app.finance.insurance.part_results import Credibility, ExperienceResult
from app.formats import money, percent
from app.i18n import N_
from app.messages.insurance_words import choice_word
from app.reports.facility_facts import label_of
from app.reports.fact_tables import (
    FactCell,
    FactHead,
    FactTable,
    figure,
    free_row,
    share,
    words,
    yuan,
)
from app.reports.insurance_index_facts import GAP, interval_row, observed_row
from app.reports.value_facts import FactRow

_KEY = "insurance.experience"
"""Where the workings of the own history stand."""

_VARIANCE_DIGITS = 6


def experience_rows(case: Case, found: ExperienceResult | None) -> tuple[FactRow, ...]:
    """Return the burning cost of the own history with its error, source and gaps."""
    entered = case.insurance.experience if case.insurance is not None else None
    if found is None or entered is None:
        return ()
    rows = [
        observed_row(found.observed_years, found.paying_years),
        FactRow(
            N_("Burning cost, rate of the sum insured"),
            percent(found.burn_rate, 4),
            "",
            f"{_KEY}.burn_rate",
            strong=True,
        ),
        FactRow(N_("Standard error of the burning cost"), percent(found.burn_error, 4)),
    ]
    if found.burn_low is not None and found.burn_high is not None:
        rows.append(interval_row(found.burn_low, found.burn_high))
    rows += [
        FactRow(
            N_("Pure premium by burning cost"),
            money(found.pure_premium_yuan),
            "yuan",
            f"{_KEY}.pure_premium",
        ),
        free_row(label_of("insurance.experience.missing_years"), entered.missing_years),
        free_row(label_of("insurance.experience.source"), entered.source),
    ]
    return tuple(rows)


def experience_table(found: ExperienceResult | None) -> FactTable | None:
    """Return the own history by year on today's terms and values; gaps say so; None without."""
    if found is None or not found.years:
        return None
    heads = (
        FactHead(N_("Year"), numeric=False),
        FactHead(N_("Number of losses")),
        FactHead(N_("Indexed and developed loss"), "yuan"),
        FactHead(N_("Paid as if today's terms had held"), "yuan"),
        FactHead(N_("Sum insured of the year, indexed"), "yuan"),
        FactHead(N_("Loss over sum insured")),
    )
    rows = tuple(
        (
            FactCell(str(year.year)),
            FactCell(str(year.events)),
            yuan(year.indexed_loss_yuan),
            yuan(year.as_if_yuan),
            yuan(year.exposure_yuan),
            share(year.rate, 4),
        )
        if year.observed
        else (FactCell(str(year.year)), FactCell("–"), words(GAP), *[FactCell("–")] * 3)
        for year in found.years
    )
    return FactTable(heads, rows)


def credibility_rows(found: Credibility | None) -> tuple[FactRow, ...]:
    """Return own and class rate, the estimator by its name, Z and the credibility rate."""
    if found is None:
        return ()
    return (
        FactRow(N_("Credibility by"), words=choice_word("estimator", found.estimator)),
        FactRow(N_("Own rate"), percent(found.own_rate, 4)),
        FactRow(N_("Rate of the class"), percent(found.class_rate, 4)),
        FactRow(N_("Mean variance within"), figure(found.process_variance, _VARIANCE_DIGITS).text),
        FactRow(N_("Variance between"), figure(found.mean_variance, _VARIANCE_DIGITS).text),
        FactRow(N_("k of the credibility"), figure(found.k, 4).text),
        FactRow(N_("Weight of the own history"), figure(found.weight).text),
        FactRow(N_("Credibility Z"), percent(found.z), "", f"{_KEY}.credibility"),
        FactRow(
            N_("Credibility rate"),
            percent(found.credibility_rate, 4),
            "",
            f"{_KEY}.credibility_rate",
            strong=True,
        ),
    )


def _member(name: str) -> FactCell:
    """A member of the class; without a name it is the own history."""
    return FactCell(name) if name else words(N_("own history"))


def member_table(found: Credibility | None) -> FactTable | None:
    """Return mean, Z and credibility premium of each member of the class; None without."""
    if found is None or not found.members:
        return None
    heads = (
        FactHead(N_("Member of the class"), numeric=False),
        FactHead(N_("Own mean")),
        FactHead(N_("Credibility Z")),
        FactHead(N_("Credibility premium")),
    )
    rows = tuple(
        (_member(name), figure(own, _VARIANCE_DIGITS), share(z), figure(premium, _VARIANCE_DIGITS))
        for name, own, z, premium in found.members
    )
    return FactTable(heads, rows)
