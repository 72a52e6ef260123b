"""Words of the reference tables: what a market says of a sink, and equations written out."""

from collections.abc import Iterator, Mapping

from app.finance.case.case import Case
from app.finance.fields import choice_label
from app.finance.sink.allometry import ABOVE, GENERAL, LN_D2H, LOG10, POWER, AllometricEquation
from app.finance.sink.eligibility import (
    REASONS,
    SINK_KIND_LABELS,
    Answer,
    Compliance,
    Detail,
    Market,
    SinkKind,
)
from app.formats import dates, plain
from app.i18n import N_, Translator

ANSWER_ORDER = (Answer.YES, Answer.CONDITIONAL, Answer.UNKNOWN, Answer.NO)
ANSWER_CELLS: Mapping[Answer, str] = {
    Answer.YES: N_("✓ yes"),
    Answer.CONDITIONAL: N_("◐ limited"),
    Answer.UNKNOWN: N_("? unknown"),
    Answer.NO: N_("× no"),
}
"""Message id of an answer with its sign."""

_COMPLIANCE: Mapping[Compliance, str] = {
    Compliance.YES: N_("for compliance"),
    Compliance.BOTH: N_("for compliance and voluntary use"),
    Compliance.NO: N_("for voluntary use only"),
}
_TERRITORIES: Mapping[str, str] = {
    "": N_("projects of any land"),
    "CN": N_("projects in China"),
    "CN-GD": N_("projects in Guangdong"),
    "CN-FJ": N_("projects in Fujian"),
    "CN-HI": N_("projects in Hainan"),
    "CN-ZJ": N_("projects in Zhejiang"),
    "TW": N_("projects in Taiwan"),
    "US": N_("projects in the United States"),
    "JP": N_("projects in Japan"),
    "AU": N_("projects in Australia"),
}
_TWO_WORKS = ", as two works encode it"
_ONE_WORK = ", as one work encodes it"


def market_name(market: Market, tr: Translator) -> str:
    """Return the name of a market in the language."""
    return market.name_zh if tr.language == "zh" else market.key


def territory_text(code: str, tr: Translator) -> str:
    """Say where the projects of a market lie; an unknown code stays as it is."""
    return tr(_TERRITORIES.get(code, code))


def _detail_text(detail: Detail, tr: Translator) -> str:
    text = detail.text_zh if tr.language == "zh" else detail.text
    if detail.activity is None:
        return text
    activity = tr(choice_label(Case, "project.activity", detail.activity.value))
    if detail.answer is None:
        return tr(N_("{label}: {text}")).format(label=activity, text=text)
    answer = tr(ANSWER_CELLS[detail.answer])
    message = tr(N_("{activity}: {answer}. {text}"))
    return message.format(activity=activity, answer=answer, text=text)


def conditions(market: Market, sink: SinkKind, tr: Translator) -> tuple[str, ...]:
    """Return what a market's rule says of a kind of sink, else why its answer is what it is."""
    said = tuple(_detail_text(row, tr) for row in market.details if row.sink is sink)
    return said or (tr(REASONS[Answer(market.accepts[sink])]),)


def market_tip(market: Market, sink: SinkKind, tr: Translator) -> str:
    """Return what stands at a cell of the table while the pointer rests on it."""
    answer = tr(ANSWER_CELLS[Answer(market.accepts[sink])])
    head = tr(N_("{label}: {text}")).format(label=tr(SINK_KIND_LABELS[sink]), text=answer)
    return "\n".join((head, *conditions(market, sink, tr)))


def market_byline(market: Market, tr: Translator) -> tuple[str, ...]:
    """Return kind, duty, land and date of a market."""
    dated = market.as_of not in ("", "-")
    return (
        market.kind_zh if tr.language == "zh" else market.kind,
        tr(_COMPLIANCE[market.compliance]),
        territory_text(market.territory, tr),
        tr(N_("as of {date}")).format(date=dates(market.as_of, tr))
        if dated
        else tr(N_("no date seen")),
    )


def market_facts(market: Market, tr: Translator) -> tuple[tuple[str, str], ...]:
    """Return rule, use and the rest of what is known of a market, label and text."""
    chinese = tr.language == "zh"
    pairs = (
        (N_("Rule"), market.rule_zh if chinese else market.rule),
        (N_("Use of the credits"), market.use_zh if chinese else market.use),
        (
            N_("Non-permanence"),
            market.non_permanence_zh if chinese else market.non_permanence,
        ),
        (N_("Note"), market.note_zh if chinese else market.note),
        (N_("Source"), "" if market.source == "not seen" else market.source),
    )
    not_seen = tr(N_("not seen"))
    unneeded = (N_("Note"),)
    return tuple(
        (tr(label), text or not_seen) for label, text in pairs if text or label not in unneeded
    )


def species_name(equation: AllometricEquation, tr: Translator) -> str:
    """Return the species of an equation, with its Latin name."""
    if equation.species == GENERAL:
        return tr(N_("any mangrove of known wood density"))
    if tr.language == "zh":
        return f"{equation.name_zh} {equation.species}"
    return equation.species


def part_name(equation: AllometricEquation, tr: Translator) -> str:
    """Return the part of the tree that an equation weighs."""
    return tr(N_("above ground")) if equation.part == ABOVE else tr(N_("roots"))


def written_out(equation: AllometricEquation) -> str:
    """Return an equation with its figures: m in kg, D in cm, H in m, ρ in g/cm³."""
    return "m = " + " × ".join(_factors(equation))


def _factors(equation: AllometricEquation) -> Iterator[str]:
    if equation.a != 1:
        yield plain(equation.a)
    slope = plain(equation.b)
    if equation.form == POWER:
        if equation.c is not None:
            yield "ρ" if equation.c == 1 else f"ρ^{plain(equation.c)}"
        yield f"D^{slope}"
        return
    intercept = f"{plain(equation.c)} + " if equation.c is not None else ""
    if equation.form == LOG10:
        yield f"10^({intercept}{slope} × log₁₀ D)"
    else:
        size = "(D² × H)" if equation.form == LN_D2H else " D²"
        yield f"exp({intercept}{slope} × ln{size})"


def equation_source(equation: AllometricEquation, tr: Translator) -> str:
    """Return the publication of an equation, and through what it was read."""
    for ending, message in (
        (_TWO_WORKS, N_("{source}, as two works encode it")),
        (_ONE_WORK, N_("{source}, as one work encodes it")),
    ):
        if equation.source.endswith(ending):
            return tr(message).format(source=equation.source.removesuffix(ending))
    return equation.source
