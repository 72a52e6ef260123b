"""The value on the way from one version of a case to another: one group of inputs at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from app.finance.case.appraisal import Appraisal
from app.finance.case.case import Case
from app.finance.case.project import Project
from app.finance.case.rules import check, is_in_use
from app.finance.case.valuation.cost_tool import IncomeMethod
from app.finance.case.valuation.evidence import PriceEvidence
from app.finance.case.valuation.price_inputs import PriceBasis
from app.finance.engine import last_plan_year
from app.finance.errors import DomainError
from app.finance.fields import specs_by_path
from app.finance.money import ZERO
from app.finance.sink.credits import CarbonResult, compute_carbon
from app.finance.sink.tables import SinkTables
from app.finance.valuation.evidence import price_evidence
from app.finance.valuation.income import find_income, price_of_valuation_date
from app.finance.valuation.levels import levels


@dataclass(frozen=True, slots=True)
class Amounts:
    """The four levels of the value, or what a step does to each of them; yuan."""

    gross_yuan: Decimal
    net_yuan: Decimal
    prudent_yuan: Decimal
    liquidation_yuan: Decimal

    def less(self, other: "Amounts") -> "Amounts":
        """Return the difference of each level."""
        return Amounts(
            self.gross_yuan - other.gross_yuan,
            self.net_yuan - other.net_yuan,
            self.prudent_yuan - other.prudent_yuan,
            self.liquidation_yuan - other.liquidation_yuan,
        )

    @property
    def is_zero(self) -> bool:
        """Whether no level differs by a fen."""
        levels = (self.gross_yuan, self.net_yuan, self.prudent_yuan, self.liquidation_yuan)
        return all(level == ZERO for level in levels)


@dataclass(frozen=True, slots=True)
class ChangeStep:
    """Inputs moved together, in the order of the form: the effect, and the value after it."""

    paths: tuple[str, ...]
    effect: Amounts
    after: Amounts


Group = tuple[str, ...]


def _value_at(case: Case, path: str) -> Any:
    value: Any = case
    for name in path.split("."):
        if value is None:
            return None
        value = getattr(value, name)
    return value


def _absent_section(before: Case, after: Case, path: str) -> str | None:
    """Return the outermost section above `path` that one of the versions does not have."""
    names = path.split(".")
    for end in range(1, len(names)):
        section = ".".join(names[:end])
        if _value_at(before, section) is None or _value_at(after, section) is None:
            return section
    return None


def _leaders(before: Case, after: Case, path: str, changed: set[str]) -> Iterator[str]:
    """Yield what `path` must move with: its section, and the choices that gave it its meaning."""
    section = _absent_section(before, after, path)
    if section is not None:
        yield section
    if section is None and is_in_use(before, path) == is_in_use(after, path):
        return
    specs = specs_by_path(Case)
    names = path.split(".")
    for end in range(1, len(names) + 1):
        declared = specs[".".join(names[:end])].field
        condition = declared.needed or declared.offered
        if condition is not None and condition[0] in changed:
            yield condition[0]


def groups_of(before: Case, after: Case, paths: Sequence[str]) -> list[Group]:
    """Return the inputs that move together, in the order of the form."""
    changed = set(paths)
    root: dict[str, str] = {}

    def find(name: str) -> str:
        while root.setdefault(name, name) != name:
            name = root[name]
        return name

    for path in paths:
        for leader in _leaders(before, after, path, changed):
            root[find(path)] = find(leader)
    found: dict[str, list[str]] = {}
    for path in paths:
        found.setdefault(find(path), []).append(path)
    return [tuple(group) for group in found.values()]


def _with(owner: Any, names: Sequence[str], value: Any) -> Any:
    if len(names) == 1:
        return replace(owner, **{names[0]: value})
    inner = _with(getattr(owner, names[0]), names[1:], value)
    return replace(owner, **{names[0]: inner})


def _moved(state: Case, after: Case, group: Group) -> Case:
    """Return `state` with the inputs of a group as they are in `after`."""
    for path in group:
        place = _absent_section(state, after, path) or path
        state = _with(state, place.split("."), _value_at(after, place))
    return state


def _counting_evidence(appraisal: Appraisal) -> PriceEvidence | None:
    """Return the evidence when the price of the valuation date comes from it."""
    from_evidence = appraisal.price_basis is PriceBasis.EVIDENCE
    by_tool = appraisal.income_method is IncomeMethod.COST_TOOL
    return appraisal.evidence if from_evidence and not by_tool else None


def _amounts(project: Project, appraisal: Appraisal, carbon: CarbonResult) -> Amounts:
    evidence = None if appraisal.evidence is None else price_evidence(appraisal, project)
    price = price_of_valuation_date(appraisal, evidence)
    income = find_income(project, appraisal, carbon, price_yuan_t=price)
    found = levels(income.plan, appraisal, price_today_yuan_t=price, rate=income.rate.rate)
    return Amounts(found.gross_yuan, found.net_yuan, found.prudent_yuan, found.liquidation_yuan)


class Valuer:
    """Values states of a case; what the state before it had is computed once."""

    def __init__(self, tables: SinkTables) -> None:
        self._tables = replace(tables, explain=False)
        self._carbon: tuple[Any, CarbonResult] | None = None
        self._last: tuple[Any, Amounts] | None = None

    def value(self, case: Case) -> Amounts | None:
        """Return the levels of the value, None without an appraisal.

        Raises:
            DomainError: the state cannot be computed.
        """
        if case.appraisal is None:
            return None
        appraisal = replace(
            case.appraisal,
            evidence=_counting_evidence(case.appraisal),
            issued=None,
            market_approach=None,
            cost_approach=None,
            conclusion=None,
            scenarios=(),
            simulation=None,
            options=(),
            change_reason="",
        )
        key = (case.project, appraisal)
        if self._last is None or self._last[0] != key:
            self._last = (key, _amounts(case.project, appraisal, self._credits(case)))
        return self._last[1]

    def _credits(self, case: Case) -> CarbonResult:
        key = (case.project, last_plan_year(case))
        if self._carbon is None or self._carbon[0] != key:
            found = compute_carbon(case.project, last_year=key[1], tables=self._tables)
            self._carbon = (key, found)
        return self._carbon[1]


def _valid(valuer: Valuer, state: Case) -> Amounts | None:
    """Return the value of a state between the versions, None when it is no valid case."""
    if check(state):
        return None
    try:
        return valuer.value(state)
    except DomainError:
        return None


def steps_between(
    valuer: Valuer, before: Case, after: Case, groups: list[Group]
) -> list[ChangeStep]:
    """Move one group at a time; one that makes no valid case alone takes another along."""
    end, start = valuer.value(after), valuer.value(before)
    if start is None or end is None:
        return []
    state, level, waiting = before, start, list(groups)
    found = []
    while waiting:
        group = waiting.pop(0)
        value = _valid(valuer, _moved(state, after, group)) if waiting else end
        if value is None:
            group, value = _joined(valuer, state, after, group, waiting)
        if value is None:
            group, value = tuple(p for g in (group, *waiting) for p in g), end
            waiting = []
        found.append(ChangeStep(group, value.less(level), value))
        state, level = _moved(state, after, group), value
    return found


def _joined(
    valuer: Valuer, state: Case, after: Case, group: Group, waiting: list[Group]
) -> tuple[Group, Amounts | None]:
    """Return the group with the first later one that makes a valid case with it, taken out."""
    for number, other in enumerate(waiting):
        value = _valid(valuer, _moved(state, after, group + other))
        if value is not None:
            del waiting[number]
            return group + other, value
    return group, None
