"""The own history of losses, and what the class of the cover says beside it."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from app.finance.case.units import MAX_YUAN, MONEY_UNITS
from app.finance.fields import Field
from app.finance.text import N_

EXPERIENCE = N_("Own history")
CREDIBILITY = N_("Credibility")


class Estimator(StrEnum):
    GIVEN = "given"
    UNBIASED = "unbiased"
    ITERATIVE = "iterative"


class ClassMean(StrEnum):
    CREDIBILITY = "credibility"
    EXPOSURE = "exposure"


@dataclass(frozen=True)
class LossLine:
    """One loss of the own history, or the exposure of a year without one (loss 0)."""

    year: Annotated[int, Field(N_("Year"), minimum=1900, maximum=2200)]
    loss_yuan: Annotated[
        float,
        Field(
            N_("Loss"),
            "yuan",
            minimum=0,
            maximum=MAX_YUAN,
            other_units=MONEY_UNITS,
            help=N_("Before all terms; 0 for a year without a loss."),
        ),
    ]
    exposure_yuan: Annotated[
        float | None,
        Field(
            N_("Sum insured of the year"),
            "yuan",
            above=0,
            maximum=MAX_YUAN,
            other_units=MONEY_UNITS,
            help=N_("Empty: the sum insured of today."),
        ),
    ] = None
    index: Annotated[
        float,
        Field(
            N_("Index to today"),
            "",
            above=0,
            maximum=1000,
            help=N_("What brings the loss of the year to today's values."),
        ),
    ] = 1.0
    development: Annotated[
        float,
        Field(
            N_("Loss development"),
            "",
            above=0,
            maximum=100,
            help=N_("What brings a loss that is still open to its end."),
        ),
    ] = 1.0
    event: Annotated[str, Field(N_("Loss event"), max_length=120)] = ""


@dataclass(frozen=True)
class ClassLine:
    """One year of one member of the class."""

    member: Annotated[str, Field(N_("Member"), min_length=1, max_length=120)]
    year: Annotated[int, Field(N_("Year"), minimum=1900, maximum=2200)]
    value: Annotated[
        float,
        Field(N_("Loss for each unit of exposure"), "", minimum=0, maximum=MAX_YUAN),
    ]
    exposure: Annotated[float, Field(N_("Exposure"), "", above=0, maximum=MAX_YUAN)]


@dataclass(frozen=True, kw_only=True)
class Experience:
    """The losses that happened, as if today's terms had held; and what the class says."""

    losses: Annotated[
        tuple[LossLine, ...],
        Field(
            N_("Losses"),
            group=EXPERIENCE,
            max_length=2000,
            help=N_(
                "Years between the first and the last without a line count as without a loss, "
                "unless they are listed as years without data."
            ),
        ),
    ] = ()
    first_year: Annotated[
        int | None, Field(N_("History from"), minimum=1900, maximum=2200, group=EXPERIENCE)
    ] = None
    last_year: Annotated[
        int | None, Field(N_("History to"), minimum=1900, maximum=2200, group=EXPERIENCE)
    ] = None
    missing_years: Annotated[
        str,
        Field(
            N_("Years without data"),
            max_length=300,
            group=EXPERIENCE,
            help=N_("Such as 2009, 2011; they are not years without loss."),
        ),
    ] = ""
    head: Annotated[
        str,
        Field(
            N_("Head"),
            max_length=60,
            group=EXPERIENCE,
            help=N_("Whose terms are applied. Empty: the first head."),
        ),
    ] = ""
    source: Annotated[str, Field(N_("Source"), max_length=300, group=EXPERIENCE)] = ""
    estimator: Annotated[
        Estimator | None,
        Field(
            N_("Credibility by"),
            group=CREDIBILITY,
            choices=(
                ("given", N_("variances entered (Bühlmann)")),
                ("unbiased", N_("lines of the class (Bühlmann-Straub, unbiased)")),
                ("iterative", N_("lines of the class (Bühlmann-Straub, iterative)")),
            ),
            help=N_("Empty: no credibility."),
        ),
    ] = None
    class_rate: Annotated[
        float | None,
        Field(
            N_("Rate of the class"),
            "share of sum insured",
            minimum=0,
            maximum=10,
            percent=True,
            group=CREDIBILITY,
            needed=("insurance.experience.estimator", ("given",)),
            help=N_("Pure premium of the class over sum insured."),
        ),
    ] = None
    process_variance: Annotated[
        float | None,
        Field(
            N_("Mean variance within"),
            "",
            minimum=0,
            maximum=10**12,
            group=CREDIBILITY,
            needed=("insurance.experience.estimator", ("given",)),
            help=N_("Of the yearly rate of one member: mean of the process variances."),
        ),
    ] = None
    mean_variance: Annotated[
        float | None,
        Field(
            N_("Variance between"),
            "",
            minimum=0,
            maximum=10**12,
            group=CREDIBILITY,
            needed=("insurance.experience.estimator", ("given",)),
            help=N_("Of the mean yearly rates of the members."),
        ),
    ] = None
    class_lines: Annotated[
        tuple[ClassLine, ...],
        Field(
            N_("Lines of the class"),
            group=CREDIBILITY,
            max_length=2000,
            help=N_("Rates of other members and years; the own history is added to them."),
        ),
    ] = ()
    own_member: Annotated[
        str,
        Field(
            N_("Own member"),
            max_length=120,
            group=CREDIBILITY,
            help=N_("A member of the lines that stands for this policy. Empty: the own history."),
        ),
    ] = ""
    class_mean: Annotated[
        ClassMean,
        Field(
            N_("Mean of the class weighted by"),
            group=CREDIBILITY,
            choices=(
                ("credibility", N_("credibility of the members")),
                ("exposure", N_("exposure")),
            ),
            default_source=N_("house convention: by credibility, as Bühlmann and Straub do"),
            help=N_("Of lines of the class."),
        ),
    ] = ClassMean.CREDIBILITY


def listed_years(text: str) -> tuple[int, ...]:
    """Return the years named in a text such as "2009, 2011-2013", ascending; () for none.

    Raises:
        ValueError: no year from 1900 to 2200, a span that runs backwards, a year named twice.
    """
    years: list[int] = []
    for part in filter(None, re.split(r"[\s,;，、；]+", text)):
        found = re.fullmatch(r"(\d{4})(?:[-–~～至](\d{4}))?", part)
        if found is None:
            raise ValueError(text)
        first = int(found[1])
        last = int(found[2] or found[1])
        if not 1900 <= first <= last <= 2200:
            raise ValueError(text)
        years += range(first, last + 1)
    if len(set(years)) < len(years):
        raise ValueError(text)
    return tuple(sorted(years))


def history_years(experience: Experience) -> tuple[int, ...]:
    """Return the calendar years looked at: those given, or from the first line to the last."""
    years = [line.year for line in experience.losses]
    first = experience.first_year if experience.first_year is not None else min(years, default=0)
    last = experience.last_year if experience.last_year is not None else max(years, default=-1)
    return tuple(range(first, last + 1))
