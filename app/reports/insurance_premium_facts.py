"""What window, paper and command line say of the premium: build-up, heads, payers, comparison."""

from decimal import Decimal

from app.finance.insurance.results import InsuranceResult, LoadLine
from app.formats import money, percent
from app.i18n import N_
from app.messages.insurance_words import LOADS, PARTS, choice_word
from app.reports.fact_tables import (
    EMPTY_CELL,
    FactCell,
    FactHead,
    FactTable,
    share,
    words,
    yuan,
)
from app.reports.insurance_facts import RATE_DIGITS, head_step, known_step, of_several_years
from app.reports.value_facts import FactRow


def premium_step(insurance: InsuranceResult) -> str:
    """Return the key of the working of the gross premium, "" where it has none."""
    return known_step(insurance, "insurance.gross_premium")


def rate_label(insurance: InsuranceResult) -> str:
    """Return what the rate is of: the sum insured, of several policy years that of the first."""
    if of_several_years(insurance):
        return N_("Rate on the sum insured of the first policy year")
    return N_("Rate on the sum insured")


def premium_rows(insurance: InsuranceResult) -> tuple[FactRow, ...]:
    """Return gross premium and rate first, then sum insured, pure and technical premium."""
    rows = [
        FactRow(
            N_("Gross premium"),
            money(insurance.gross_premium_yuan),
            "yuan",
            premium_step(insurance),
            strong=True,
        ),
        FactRow(
            rate_label(insurance),
            percent(insurance.rate, RATE_DIGITS),
            "",
            known_step(insurance, "insurance.rate"),
            strong=True,
        ),
        *_level_rate(insurance),
        FactRow(
            N_("Sum insured"),
            money(insurance.sum_insured_yuan),
            "yuan",
            known_step(insurance, "insurance.sum_insured"),
        ),
        FactRow(
            N_("Pure premium"),
            money(insurance.pure_premium_yuan),
            "yuan",
            known_step(insurance, "insurance.pure_premium"),
            note=choice_word("basis", insurance.basis),
        ),
    ]
    if insurance.basis != "model" and insurance.model_pure_yuan is not None:
        label = N_("Pure premium of the model, for comparison")
        rows.append(FactRow(label, money(insurance.model_pure_yuan), "yuan"))
    rows.append(
        FactRow(
            N_("Technical premium"),
            money(insurance.technical_premium_yuan),
            "yuan",
            known_step(insurance, "insurance.technical_premium"),
            note=N_("before rate coefficient, minimum and rounding"),
        )
    )
    return tuple(rows)


def _level_rate(insurance: InsuranceResult) -> tuple[FactRow, ...]:
    """The rate over the sums insured of all policy years, of a policy of several."""
    if not of_several_years(insurance):
        return ()
    label = N_("Rate on the sums insured of all policy years")
    rate = percent(insurance.rate_of_all_years, RATE_DIGITS)
    step = known_step(insurance, "insurance.rate_of_all_years")
    note = N_("later years discounted as the losses are; placed rates are held against this one")
    return (FactRow(label, rate, "", step, note=note),)


_LEAST_YUAN = 0.005
_LOAD_STEPS = {"pure": "insurance.pure_premium", "risk": "insurance.risk_load"}
"""Workings of steps of the build-up that are not named like the step."""


def _load_step(insurance: InsuranceResult, code: str) -> str:
    """Return the key of the working of a step of the build-up, "" where it has none."""
    return known_step(insurance, _LOAD_STEPS.get(code, f"insurance.{code}"))


def shown_loads(insurance: InsuranceResult) -> tuple[LoadLine, ...]:
    """Return the steps of the build-up that move the premium by half a fen or more."""
    return tuple(
        line
        for line in insurance.loadings
        if line.code == "pure" or abs(line.amount_yuan) >= _LEAST_YUAN
    )


def build_up_table(insurance: InsuranceResult) -> FactTable:
    """Return each step from pure to gross premium: yuan, share of sum insured and of premium.

    Steps that move nothing are left out.
    """
    gross = float(insurance.gross_premium_yuan)

    def of_gross(amount: float) -> FactCell:
        return share(amount / gross if gross else None)

    rows = tuple(
        (
            words(LOADS[line.code]),
            yuan(line.amount_yuan, _load_step(insurance, line.code)),
            share(line.rate, RATE_DIGITS),
            of_gross(line.amount_yuan),
        )
        for line in shown_loads(insurance)
    )
    heads = (
        FactHead(N_("Step of the premium"), numeric=False),
        FactHead(N_("Amount"), "yuan"),
        FactHead(N_("Of the sum insured")),
        FactHead(N_("Of the gross premium")),
    )
    totals = (
        words(N_("Gross premium")),
        yuan(insurance.gross_premium_yuan, premium_step(insurance)),
        share(insurance.rate, RATE_DIGITS),
        of_gross(gross),
    )
    return FactTable(heads, rows, totals)


def part_table(insurance: InsuranceResult) -> FactTable | None:
    """Return sum insured and premium of heads, index and deliveries; None with one part only."""
    found = insurance.parts
    if len(found) < 2:
        return None
    heads = (
        FactHead(N_("Part of the policy"), numeric=False),
        FactHead(N_("Sum insured"), "yuan"),
        FactHead(N_("Pure premium"), "yuan"),
        FactHead(N_("Risk loading"), "yuan"),
        FactHead(N_("Gross premium"), "yuan"),
    )
    rows = tuple(
        (
            words(PARTS[part.part]),
            yuan(part.sum_insured_yuan),
            yuan(part.pure_premium_yuan),
            yuan(part.risk_load_yuan),
            yuan(part.gross_premium_yuan),
        )
        for part in found
    )
    totals = (
        words(N_("Total")),
        yuan(sum((part.sum_insured_yuan for part in found), Decimal(0))),
        yuan(sum(part.pure_premium_yuan for part in found)),
        yuan(sum(part.risk_load_yuan for part in found)),
        yuan(sum((part.gross_premium_yuan for part in found), Decimal(0))),
    )
    return FactTable(heads, rows, totals)


def head_premium_table(insurance: InsuranceResult) -> FactTable | None:
    """Return sum insured, expected loss, spread, premium and rate of each head; None without."""
    if not insurance.heads:
        return None
    heads = (
        FactHead(N_("Head"), numeric=False),
        FactHead(N_("Sum insured"), "yuan"),
        FactHead(N_("Expected loss before terms"), "yuan"),
        FactHead(N_("Pure premium"), "yuan"),
        FactHead(N_("Standard deviation"), "yuan"),
        FactHead(N_("Chance of a payment")),
        FactHead(N_("Risk loading"), "yuan"),
        FactHead(N_("Gross premium"), "yuan"),
        FactHead(N_("Premium rate")),
    )
    rows = tuple(
        (
            FactCell(head.name),
            yuan(head.sum_insured_yuan),
            yuan(head.ground_up_yuan),
            yuan(head.pure_premium_yuan, head_step(insurance, place, "pure_premium")),
            yuan(head.loss_sd_yuan),
            share(head.p_payment),
            yuan(head.risk_load_yuan),
            yuan(head.gross_premium_yuan),
            share(head.rate, RATE_DIGITS),
        )
        for place, head in enumerate(insurance.heads)
    )
    found = insurance.heads
    totals = (
        words(N_("Total")),
        yuan(sum((head.sum_insured_yuan for head in found), Decimal(0))),
        yuan(sum(head.ground_up_yuan for head in found)),
        yuan(sum(head.pure_premium_yuan for head in found)),
        EMPTY_CELL,
        EMPTY_CELL,
        yuan(sum(head.risk_load_yuan for head in found)),
        yuan(sum((head.gross_premium_yuan for head in found), Decimal(0))),
        EMPTY_CELL,
    )
    return FactTable(heads, rows, totals if len(rows) > 1 else ())


def subsidy_table(insurance: InsuranceResult) -> FactTable | None:
    """Return who pays what of the premium; None when the insured pays all of it."""
    if len(insurance.subsidies) < 2:
        return None
    heads = (
        FactHead(N_("Paid by"), numeric=False),
        FactHead(N_("Share")),
        FactHead(N_("Premium"), "yuan"),
    )
    rows = tuple(
        (
            words(choice_word("payer", line.payer)),
            share(line.share),
            yuan(line.amount_yuan, _payer_step(insurance, line.payer)),
        )
        for line in insurance.subsidies
    )
    total = sum((line.amount_yuan for line in insurance.subsidies), Decimal(0))
    return FactTable(heads, rows, (words(N_("Total")), share(1.0), yuan(total)))


def _payer_step(insurance: InsuranceResult, payer: str) -> str:
    """Return the key of the working of what the insured pays, "" for another payer."""
    return known_step(insurance, "insurance.insured_pays") if payer == "insured" else ""


def coinsurer_table(insurance: InsuranceResult) -> FactTable | None:
    """Return what each insurer carries, the leading one told; None with one insurer."""
    if not insurance.coinsurers:
        return None
    heads = (
        FactHead(N_("Insurer"), numeric=False),
        FactHead(N_("Share underwritten")),
        FactHead(N_("Sum insured"), "yuan"),
        FactHead(N_("Premium"), "yuan"),
        FactHead(N_("Role"), numeric=False),
    )
    rows = tuple(
        (
            FactCell(line.name),
            share(line.share),
            yuan(line.sum_insured_yuan),
            yuan(line.premium_yuan, known_step(insurance, f"insurance.coinsurers.{place}")),
            words(N_("leads") if line.leads else N_("follows")),
        )
        for place, line in enumerate(insurance.coinsurers)
    )
    found = insurance.coinsurers
    totals = (
        words(N_("Total")),
        share(sum(line.share for line in found)),
        yuan(sum((line.sum_insured_yuan for line in found), Decimal(0))),
        yuan(sum((line.premium_yuan for line in found), Decimal(0))),
        EMPTY_CELL,
    )
    return FactTable(heads, rows, totals)
