"""Who bears what of a premium, to the fen: heads, subsidies, co-insurers."""

from collections.abc import Sequence
from decimal import Decimal

from app.finance.case.cover.policy import CoInsurer
from app.finance.case.cover.premium_inputs import SubsidyLine
from app.finance.insurance.results import CoInsurerShare, SubsidyShare
from app.finance.money import ZERO, round_to_fen


def split_to_fen(total: Decimal, weights: Sequence[float]) -> tuple[Decimal, ...]:
    """Return a total in proportion to weights, to the fen; the remainder goes to the largest.

    Weights that are all 0 share equally. House convention.
    """
    whole = sum(weights)
    if not weights:
        return ()
    parts = [
        round_to_fen(float(total) * (weight / whole if whole > 0 else 1 / len(weights)))
        for weight in weights
    ]
    largest = max(range(len(parts)), key=lambda place: parts[place])
    parts[largest] += total - sum(parts, ZERO)
    return tuple(parts)


def subsidy_shares(gross: Decimal, lines: Sequence[SubsidyLine]) -> tuple[SubsidyShare, ...]:
    """Return who pays the premium; each subsidy rounded to the fen, the rest is the insured's.

    () without a subsidy. A payer that comes too late for the last fen gets what is left.
    """
    if not lines:
        return ()
    left, found = gross, []
    for line in lines:
        amount = min(round_to_fen(gross * Decimal(str(line.share))), left)
        left -= amount
        found.append(SubsidyShare(line.payer.value, line.share, amount))
    rest = max(1 - sum(line.share for line in lines), 0.0)
    return (*found, SubsidyShare("insured", rest, left))


def coinsurer_shares(
    gross: Decimal, sum_insured: Decimal, lines: Sequence[CoInsurer]
) -> tuple[CoInsurerShare, ...]:
    """Return what each insurer carries; the leader takes the remainder of fen.

    Without a leader the largest share takes it.
    """
    premiums = by_insurer(gross, lines)
    sums = by_insurer(sum_insured, lines)
    return tuple(
        CoInsurerShare(line.name, line.leads, line.share, insured, premium)
        for line, insured, premium in zip(lines, sums, premiums, strict=True)
    )


def by_insurer(total: Decimal, lines: Sequence[CoInsurer]) -> tuple[Decimal, ...]:
    """Return what each insurer carries of a total, to the fen, the remainder on the leader."""
    if not lines:
        return ()
    leader = max(range(len(lines)), key=lambda place: (lines[place].leads, lines[place].share))
    parts = [round_to_fen(total * Decimal(str(line.share))) for line in lines]
    parts[leader] += total - sum(parts, ZERO)
    return tuple(parts)
