"""What the sheet says of the insurance: sums insured, terms and premiums."""

from collections.abc import Iterator

from app.finance.case.case import Case, CaseFile
from app.finance.case.insurance import CarbonCover, HarvestCover
from app.finance.engine import Results
from app.finance.fields import choice_label
from app.finance.insurance.premium import CoverResult
from app.formats import money, number, percent, plain
from app.i18n import N_
from app.reports.document import Block, Fact, Facts, Heading, Hero, Words, free
from app.reports.entries import capitals, choice, day, entered, figure, yuan


def premium_first(words: Words, results: Results) -> Iterator[Block]:
    """Premium and rate, first on the sheet of a case that is a quotation only."""
    found = results.insurance
    if found is None or results.loan is not None:
        return
    single = f"insurance.{found.covers[0].name}.gross_premium" if len(found.covers) == 1 else ""
    yield Hero(
        words(N_("Gross premium (yuan)")),
        free(money(found.gross_premium_yuan)),
        single,
        words(N_("Premium rate")),
        free(percent(found.rate)),
        words(N_("Sum insured {amount} yuan."), amount=money(found.sum_insured_yuan)),
    )


def _cover(words: Words, case: Case, found: CoverResult) -> Iterator[Block]:
    cls = CarbonCover if found.name == "carbon_cover" else HarvestCover
    title = N_("Carbon-loss cover") if cls is CarbonCover else N_("Harvest-loss cover")
    inputs = getattr(case.insurance, found.name)
    key = f"insurance.{found.name}"
    events = plain(inputs.events_per_year)
    yield Heading(words(title), 2)
    facts: list[Fact] = [
        choice(words, N_("Head of cover"), choice_label(cls, "head", found.head)),
        figure(words, N_("Insured quantity"), number(found.quantity), found.quantity_unit),
        entered(words, N_("Perils"), inputs.perils),
        yuan(words, N_("Agreed value of a unit"), inputs.unit_value_yuan),
        yuan(words, N_("Sum insured"), found.sum_insured_yuan, f"{key}.sum_insured", strong=True),
        *capitals(words, N_("Sum insured in capitals"), found.sum_insured_yuan),
        yuan(words, N_("Deductible of an event"), found.deductible_yuan),
        yuan(words, N_("Limit of an event"), found.event_limit_yuan),
        figure(words, N_("Deductible, share of sum insured"), percent(inputs.deductible_share)),
        figure(words, N_("Loss events a year, before the deductible"), events),
        yuan(words, N_("Pure premium"), found.expected_loss_yuan, f"{key}.expected_loss"),
        yuan(words, N_("Risk loading"), found.risk_load_yuan, f"{key}.risk_load"),
        yuan(words, N_("Gross premium"), found.gross_premium_yuan, f"{key}.gross_premium",
             strong=True),
        figure(words, N_("Premium rate"), percent(found.rate), step=f"{key}.rate"),
    ]  # fmt: skip
    yield Facts(tuple(facts))


def insurance(words: Words, file: CaseFile, results: Results) -> Iterator[Block]:
    """The policy, then each cover with sum insured, terms and premium."""
    found, inputs = results.insurance, file.case.insurance
    if found is None or inputs is None:
        return
    yield Heading(words(N_("Insurance")))
    yield Facts(
        (
            entered(words, N_("Insurer"), inputs.insurer),
            entered(words, N_("Insured"), inputs.insured),
            entered(words, N_("First beneficiary"), inputs.first_beneficiary),
            day(words, N_("Cover starts"), inputs.period_start),
            figure(words, N_("Period"), str(inputs.period_months), "month"),
            yuan(words, N_("Sum insured"), found.sum_insured_yuan),
            yuan(words, N_("Gross premium"), found.gross_premium_yuan, strong=True),
        )
    )
    for cover in found.covers:
        yield from _cover(words, file.case, cover)
