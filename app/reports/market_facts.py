"""What screen, paper and terminal all say of the exits for the credits, open ones first."""

from collections.abc import Mapping

from app.finance.engine import Results
from app.finance.sink.eligibility import HOME, Answer, Compliance, MarketAnswer
from app.formats import dates
from app.i18n import N_, Translator

ANSWER_SIGNS: Mapping[Answer, str] = {
    Answer.YES: "✓",
    Answer.CONDITIONAL: "◐",
    Answer.UNKNOWN: "?",
    Answer.NO: "×",
}
"""The sign of each answer; in this order they are listed, open exits first."""

ANSWER_LABELS: Mapping[Answer, str] = {
    Answer.YES: N_("open"),
    Answer.CONDITIONAL: N_("open on a condition"),
    Answer.UNKNOWN: N_("not known"),
    Answer.NO: N_("closed"),
}

COMPLIANCE_LABELS: Mapping[Compliance, str] = {
    Compliance.YES: N_("compliance"),
    Compliance.BOTH: N_("compliance and voluntary"),
    Compliance.NO: N_("voluntary"),
}

FIRM_SPACE = "\u00a0"

NO_COMPLIANCE_EXIT = N_("■ None: no compliance market takes these credits.")
"""What stands in the place of the compliance exits when there are none."""


def exits(results: Results) -> tuple[MarketAnswer, ...]:
    """Return the answers of the markets, open exits first, else in the order of the table."""
    order = list(ANSWER_SIGNS)
    return tuple(sorted(results.eligibility, key=lambda answer: order.index(answer.answer)))


def market_name(answer: MarketAnswer, tr: Translator) -> str:
    """Return the name of a market."""
    return answer.name_zh if tr.language == "zh" else answer.market


def market_rule(answer: MarketAnswer, tr: Translator) -> str:
    """Return the rule the answer rests on; a dash when none is known."""
    return (answer.rule_zh if tr.language == "zh" else answer.rule) or "–"


def market_reason(answer: MarketAnswer, tr: Translator) -> str:
    """Return why a market answers as it does: what its rule says, else the general reason."""
    detail = answer.detail_zh if tr.language == "zh" else answer.detail
    return detail or tr(answer.reason)


def _serves_duty_here(answer: MarketAnswer) -> bool:
    return answer.compliance is not Compliance.NO and not is_abroad(answer)


def as_of(answer: MarketAnswer, tr: Translator) -> str:
    """Return the date of an answer; a dash when it is not known."""
    return dates(answer.as_of, tr)


def is_abroad(answer: MarketAnswer) -> bool:
    """Whether the market takes projects of another land only."""
    return answer.territory.split("-")[0] not in ("", HOME)


def exit_groups(results: Results) -> tuple[tuple[str, tuple[MarketAnswer, ...]], ...]:
    """Return the markets to name, by what they are good for: label and markets, not all empty.

    The first group, of markets here that serve a duty, is there even when it is empty.
    """
    found = exits(results)
    duty = tuple(answer for answer in found if answer.open and _serves_duty_here(answer))
    voluntary = tuple(
        answer for answer in found
        if answer.open and answer.compliance is Compliance.NO and not is_abroad(answer)
    )  # fmt: skip
    abroad = tuple(answer for answer in found if answer.open and is_abroad(answer))
    unknown = tuple(answer for answer in found if answer.answer is Answer.UNKNOWN)
    groups = (
        (N_("Compliance exits"), duty),
        (N_("Voluntary exits"), voluntary),
        (N_("Elsewhere only"), abroad),
        (N_("Not known"), unknown),
    )
    return tuple(group for group in groups if group[1] or group is groups[0])


def named_markets(
    answers: tuple[MarketAnswer, ...], tr: Translator, *, gap: str = FIRM_SPACE
) -> str:
    """Name markets, each after the sign of its answer and a gap that no line break uses."""
    names = (f"{ANSWER_SIGNS[answer.answer]}{gap}{market_name(answer, tr)}" for answer in answers)
    return tr(N_("; ")).join(names)


def signs_explained(tr: Translator) -> str:
    """Say what the signs of the answers mean."""
    return " · ".join(
        f"{sign} {tr(ANSWER_LABELS[answer])}" for answer, sign in ANSWER_SIGNS.items()
    )
