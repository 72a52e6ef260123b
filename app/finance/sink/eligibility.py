"""Which market takes the credits of a project, by the kind of sink and the activity."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.finance.case.carbon.kinds import Activity, Ecosystem, QuantityMethod
from app.finance.case.project import Project
from app.finance.text import N_


class SinkKind(StrEnum):
    """Kinds of sink that markets tell apart; values are columns of the market table."""

    MANGROVE_PLANTING = "mangrove_planting"
    MANGROVE_PROTECTION = "mangrove_protection"
    SALT_MARSH = "salt_marsh"
    SEAGRASS = "seagrass"
    FARMED_SHELLFISH = "farmed_shellfish"
    FARMED_MACROALGAE = "farmed_macroalgae"
    WILD_MACROALGAE_BED = "wild_macroalgae_bed"
    RDOC_OR_SEDIMENT = "rdoc_or_sediment"


SINK_KIND_LABELS: Mapping[SinkKind, str] = {
    SinkKind.MANGROVE_PLANTING: N_("Mangrove, planted"),
    SinkKind.MANGROVE_PROTECTION: N_("Mangrove, protected"),
    SinkKind.SALT_MARSH: N_("Salt marsh"),
    SinkKind.SEAGRASS: N_("Seagrass"),
    SinkKind.FARMED_SHELLFISH: N_("Farmed shellfish"),
    SinkKind.FARMED_MACROALGAE: N_("Farmed algae"),
    SinkKind.WILD_MACROALGAE_BED: N_("Wild algal bed"),
    SinkKind.RDOC_OR_SEDIMENT: N_("Dissolved or buried carbon of farming"),
}
"""Message id of each kind."""


class Answer(StrEnum):
    """What a market says to a kind of sink."""

    YES = "yes"
    NO = "no"
    CONDITIONAL = "conditional"
    UNKNOWN = "unknown"


class Compliance(StrEnum):
    """Whether a market's credits meet a duty: always, never, or beside voluntary use."""

    YES = "yes"
    NO = "no"
    BOTH = "both"


HOME = "CN"
"""Land in which a project of this program usually lies."""

_ACCEPTED = N_("The market accepts this sink under its own rule.")
_ON_CONDITION = N_("The market accepts this sink on a condition only.")
_NO_METHOD = N_("No rule of this market takes this sink.")
_RULE_NOT_SEEN = N_("The rule was not seen: ask the market before you count on it.")
_NO_KIND = N_("No market is known to have a method for this sink and activity.")
_ACTIVITY_MISSING = N_("Enter the activity: markets treat planting and protection apart.")
_ACTIVITY_NOT_SEEN = N_("The rule was not seen for this activity: ask the market first.")

REASONS: Mapping[Answer, str] = {
    Answer.YES: _ACCEPTED,
    Answer.CONDITIONAL: _ON_CONDITION,
    Answer.NO: _NO_METHOD,
    Answer.UNKNOWN: _RULE_NOT_SEEN,
}
"""Message id of the reason when the table says no more than its answer."""

_WILD = (Activity.WILD_BED, Activity.PLANTING, Activity.PROTECTION)
_RESTORING = (Activity.PLANTING, None)
_TABLE_ACTIVITIES: Mapping[SinkKind, tuple[Activity | None, ...]] = {
    SinkKind.MANGROVE_PLANTING: _RESTORING,
    SinkKind.MANGROVE_PROTECTION: (Activity.PROTECTION,),
    SinkKind.SALT_MARSH: _RESTORING,
    SinkKind.SEAGRASS: _RESTORING,
    SinkKind.FARMED_SHELLFISH: (Activity.FARMING, None),
    SinkKind.FARMED_MACROALGAE: (Activity.FARMING, None),
    SinkKind.WILD_MACROALGAE_BED: _WILD,
    SinkKind.RDOC_OR_SEDIMENT: (Activity.ACCOUNTING,),
}
"""Activities the plain columns of the market table speak of; others need a row of their own."""


@dataclass(frozen=True, slots=True)
class Detail:
    """What a market's rule says of one kind of sink, and of one activity when that is given.

    `answer` replaces the one of the market table; None leaves it. The texts are whole sentences.
    """

    sink: SinkKind
    activity: Activity | None
    answer: Answer | None
    text: str
    text_zh: str


@dataclass(frozen=True, slots=True)
class Market:
    """A market and what it takes: an `Answer` value for each `SinkKind` value in `accepts`.

    `territory` is where its projects lie, an ISO 3166 code of a land ("AU") or of a part of it
    ("CN-GD"), "" for any; `compliance` says whether credits count against a duty; `rule`,
    `use` and `non_permanence` describe its rules; `status` says what was verified.
    """

    key: str
    name_zh: str
    as_of: str
    kind: str
    kind_zh: str
    compliance: Compliance
    territory: str
    accepts: Mapping[str, str]
    rule: str
    rule_zh: str
    use: str
    use_zh: str
    non_permanence: str
    non_permanence_zh: str
    note: str
    note_zh: str
    status: str
    source: str
    details: tuple[Detail, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class MarketAnswer:
    """Whether a market takes the project's credits, and why.

    `reason` is the message id of a sentence; `detail` and `detail_zh` add what the rule says in
    a sentence of their own, empty when the rule says no more.
    """

    market: str
    name_zh: str
    sink: SinkKind | None
    answer: Answer
    compliance: Compliance
    territory: str
    reason: str
    detail: str
    detail_zh: str
    rule: str
    rule_zh: str
    as_of: str
    source: str

    @property
    def open(self) -> bool:
        """Whether the exit is open, be it on a condition."""
        return self.answer in (Answer.YES, Answer.CONDITIONAL)


_MANGROVE_KINDS: Mapping[Activity | None, SinkKind] = {
    Activity.PLANTING: SinkKind.MANGROVE_PLANTING,
    Activity.HYDROLOGY: SinkKind.MANGROVE_PLANTING,
    Activity.PROTECTION: SinkKind.MANGROVE_PROTECTION,
}
_KINDS: Mapping[Ecosystem, SinkKind] = {
    Ecosystem.SALT_MARSH: SinkKind.SALT_MARSH,
    Ecosystem.SEAGRASS: SinkKind.SEAGRASS,
    Ecosystem.SHELLFISH: SinkKind.FARMED_SHELLFISH,
    Ecosystem.MACROALGAE: SinkKind.FARMED_MACROALGAE,
}
_FARMED = (Ecosystem.SHELLFISH, Ecosystem.MACROALGAE)


def sink_kind(ecosystem: Ecosystem, activity: Activity | None) -> SinkKind | None:
    """Return the kind that markets would call the sink, None when they know no such kind.

    Without an activity, shellfish and algae count as farmed, marsh and seagrass as restored;
    mangrove stays open. Plankton has no kind: no market with a method for it was found.
    """
    if ecosystem is Ecosystem.MANGROVE:
        return _MANGROVE_KINDS.get(activity)
    if activity is Activity.ACCOUNTING:
        return SinkKind.RDOC_OR_SEDIMENT if ecosystem in _FARMED else None
    if ecosystem is Ecosystem.MACROALGAE and activity in _WILD:
        return SinkKind.WILD_MACROALGAE_BED
    return _KINDS.get(ecosystem)


_PLANTING_METHODS = (
    QuantityMethod.PLANTING,
    QuantityMethod.AR_AM0014,
    QuantityMethod.CCER_14_002,
)


def project_activity(project: Project) -> Activity | None:
    """Return the activity of the case, or the one its method of accounting presupposes."""
    if project.activity is None and project.quantity_method in _PLANTING_METHODS:
        return Activity.PLANTING
    return project.activity


def _detail(market: Market, kind: SinkKind, activity: Activity | None) -> Detail | None:
    """The row for this very activity, else the one for any."""
    rows = [row for row in market.details if row.sink is kind]
    for wanted in (activity, None):
        for row in rows:
            if row.activity is wanted:
                return row
    return None


def _answered(
    market: Market, kind: SinkKind, activity: Activity | None
) -> tuple[Answer, str, Detail | None]:
    detail = _detail(market, kind, activity)
    of_activity = detail is not None and detail.activity is not None
    answer = Answer(market.accepts[kind])
    if detail is not None and detail.answer is not None:
        answer = detail.answer
    elif activity not in _TABLE_ACTIVITIES[kind] and not of_activity and answer is not Answer.NO:
        return Answer.UNKNOWN, _ACTIVITY_NOT_SEEN, None
    return answer, REASONS[answer], detail


def eligible_markets(project: Project, markets: Iterable[Market]) -> tuple[MarketAnswer, ...]:
    """Ask each market, in the order of the table, whether it takes the project's credits."""
    activity = project_activity(project)
    kind = sink_kind(project.ecosystem, activity)
    answers = []
    for market in markets:
        detail: Detail | None = None
        if kind is not None:
            answer, reason, detail = _answered(market, kind, activity)
        elif project.ecosystem is Ecosystem.MANGROVE and activity is None:
            answer, reason = Answer.UNKNOWN, _ACTIVITY_MISSING
        else:
            answer, reason = Answer.NO, _NO_KIND
        answers.append(
            MarketAnswer(
                market=market.key,
                name_zh=market.name_zh,
                sink=kind,
                answer=answer,
                compliance=market.compliance,
                territory=market.territory,
                reason=reason,
                detail=detail.text if detail else "",
                detail_zh=detail.text_zh if detail else "",
                rule=market.rule,
                rule_zh=market.rule_zh,
                as_of=market.as_of,
                source=market.source,
            )
        )
    return tuple(answers)


def no_compliance_exit(answers: Iterable[MarketAnswer], land: str = HOME) -> bool:
    """Whether no market that serves a duty answers yes or on conditions.

    Markets of another land than `land` (ISO 3166 code) are no exit.
    """
    return not any(
        answer.open
        and answer.compliance is not Compliance.NO
        and answer.territory.split("-")[0] in ("", land)
        for answer in answers
    )
