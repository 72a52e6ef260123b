"""What a quote is held against: options side by side, the premium asked, placed rates."""

from app.finance.case.case import Case
from app.finance.insurance.results import (
    AskedResult,
    InsuranceResult,
    OptionResult,
    PlacedComparison,
)
from app.formats import money, percent, plain
from app.i18n import N_
from app.messages.insurance_words import COVER_CLASSES, RATE_BASES
from app.reports.fact_tables import (
    EMPTY_CELL,
    FactCell,
    FactHead,
    FactTable,
    free_row,
    listed,
    published,
    share,
    without_empty,
    words,
    yuan,
)
from app.reports.insurance_facts import RATE_DIGITS, known_step, of_several_years
from app.reports.value_facts import FactRow

_OPTION_TERMS = {
    "deductible_yuan": N_("deductible {figure} yuan"),
    "deductible_share": N_("deductible {figure} of the value on risk"),
    "deductible_loss_share": N_("deductible {figure} of the loss"),
    "event_limit_yuan": N_("limit for an event {figure} yuan"),
    "year_limit_yuan": N_("limit of the policy year {figure} yuan"),
    "share": N_("share {figure}"),
    "season_cap_share": N_("season pays at most {figure}"),
}
"""What an option changes, by column of its line."""


def option_table(case: Case, insurance: InsuranceResult) -> FactTable | None:
    """Return the policy as entered and each option side by side; None without options.

    Premiums of options stand beside what they are off the premium as entered.
    """
    found = insurance.options
    if not found:
        return None
    heads = (
        FactHead(N_("Option"), numeric=False),
        FactHead(N_("Pure premium"), "yuan"),
        FactHead(N_("Risk loading"), "yuan"),
        FactHead(N_("Gross premium"), "yuan"),
        FactHead(N_("Off the premium as entered"), "yuan"),
        FactHead(N_("Premium rate")),
        FactHead(N_("Chance of no loss")),
        FactHead(N_("Standard deviation"), "yuan"),
        FactHead(N_("Loss of a year once in 100 years"), "yuan"),
        FactHead(N_("What differs"), numeric=False),
    )
    entered = found[0].gross_premium_yuan
    rows = tuple(
        (
            words(N_("terms as entered")) if option.option is None else FactCell(option.name),
            yuan(option.pure_premium_yuan),
            yuan(option.risk_load_yuan),
            yuan(option.gross_premium_yuan),
            EMPTY_CELL if option.option is None else yuan(option.gross_premium_yuan - entered),
            share(option.rate, RATE_DIGITS),
            share(option.p_no_loss),
            yuan(option.loss_sd_yuan),
            yuan(option.year_100_yuan),
            _changes(case, option),
        )
        for option in found
    )
    marked = tuple(place for place, option in enumerate(found) if option.option is None)
    return without_empty(FactTable(heads, rows, marked=marked), (6, 7, 8))


def _changes(case: Case, option: OptionResult) -> FactCell:
    """The terms an option changes, each in words with its figure."""
    if option.option is None or case.insurance is None:
        return EMPTY_CELL
    line = case.insurance.options[option.option]
    parts = []
    for name, message in _OPTION_TERMS.items():
        amount = getattr(line, name)
        if amount is not None:
            shown = money(amount) if name.endswith("_yuan") else percent(amount)
            parts.append(words(message, figure=shown))
    return listed(*parts) if parts else words(N_("nothing"))


def asked_rows(insurance: InsuranceResult) -> tuple[FactRow, ...]:
    """Return the premium asked against the technical one, with the reason; () without one."""
    asked = insurance.asked
    if asked is None:
        return ()
    return (
        FactRow(
            N_("Premium asked"),
            money(asked.asked_yuan),
            "yuan",
            note=N_("{rate} of the sum insured"),
            facts={"rate": percent(asked.asked_rate, RATE_DIGITS)},
        ),
        FactRow(N_("Technical premium"), money(asked.technical_yuan), "yuan"),
        _difference(insurance, asked),
        FactRow(N_("Expected loss ratio at the premium asked"), percent(asked.loss_ratio)),
        free_row(N_("Reason for the difference"), asked.reason.strip()),
    )


def _difference(insurance: InsuranceResult, asked: AskedResult) -> FactRow:
    return FactRow(
        N_("Asked less technical"),
        money(asked.difference_yuan),
        "yuan",
        known_step(insurance, "insurance.asked"),
        note=N_("{share} of the technical premium"),
        facts={"share": percent(asked.difference_share)},
        strong=asked.difference_yuan < 0,
    )


def placed_rows(insurance: InsuranceResult) -> tuple[FactRow, ...]:
    """Return the rate beside the lowest, middle and highest placed one; () without any.

    Placed rates are those of a year: of several policy years the level rate stands beside them.
    """
    placed = insurance.placed
    if placed is None or not placed.covers:
        return ()
    label = N_("Rate of this quotation")
    if of_several_years(insurance):
        label = N_("Rate of this quotation, on the sums insured of all policy years")
    rate = percent(insurance.rate_of_all_years, RATE_DIGITS)
    return (
        FactRow(label, rate, strong=True),
        FactRow(N_("Lowest placed rate of the like"), percent(placed.low)),
        FactRow(N_("Middle placed rate of the like"), percent(placed.middle)),
        FactRow(N_("Highest placed rate of the like"), percent(placed.high)),
        FactRow(N_("Published covers with a rate"), plain(len(placed.covers))),
    )


def placed_table(placed: PlacedComparison | None) -> FactTable | None:
    """Return the published covers of the like with their rates and sources; None without any."""
    if placed is None or not placed.covers:
        return None
    heads = (
        FactHead(N_("Published"), numeric=False),
        FactHead(N_("Place"), numeric=False),
        FactHead(N_("Insured object"), numeric=False),
        FactHead(N_("Class"), numeric=False),
        FactHead(N_("Premium rate")),
        FactHead(N_("Lowest rate")),
        FactHead(N_("Highest rate")),
        FactHead(N_("Rate is"), numeric=False),
        FactHead(N_("Source"), numeric=False),
    )
    rows = tuple(
        (
            published(cover.day_text, cover.day_text_zh),
            published(cover.place, cover.place_zh),
            published(cover.insured_object, cover.insured_object_zh),
            words(COVER_CLASSES[cover.cover_class]),
            share(cover.rate),
            share(cover.rate_low),
            share(cover.rate_high),
            words(RATE_BASES[cover.rate_basis]) if cover.rate_basis else EMPTY_CELL,
            published(cover.source, cover.source_zh),
        )
        for cover in placed.covers
    )
    return without_empty(FactTable(heads, rows), (5, 6))


def placed_classes(placed: PlacedComparison) -> FactCell:
    """Return the classes that were looked through."""
    return listed(*(words(COVER_CLASSES[code]) for code in placed.cover_classes))
