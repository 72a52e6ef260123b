"""What screen, paper and terminal all say of carbon: rows of tonnes, issues, drawn ranges."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.finance.case.project import Project
from app.finance.explain import Step
from app.finance.fields import choice_label
from app.finance.sink.crediting import OUTSIDE_THE_SINK
from app.finance.sink.credits import CarbonResult, CarbonYear
from app.finance.sink.issuance import Issue
from app.finance.sink.ledger import VintageBalance
from app.finance.sink.pools import POOL_LABELS, Pool
from app.finance.sink.simulation import CarbonRange, Spread
from app.formats import number, percent, sentence
from app.i18n import N_, Translator
from app.messages import field_label

SPREAD_COLUMNS: tuple[tuple[str, str], ...] = (
    ("mean", N_("Mean")),
    ("p5", "P5"),
    ("p10", "P10"),
    ("p50", "P50"),
    ("p90", "P90"),
    ("p95", "P95"),
)
"""Attribute of a `Spread` and its head."""

LEDGER_COLUMNS: tuple[tuple[str, str], ...] = (
    ("forecast_tco2", N_("Forecast")),
    ("verified_tco2", N_("Verified")),
    ("issued_tco2", N_("Issued")),
    ("sold_tco2", N_("Sold")),
    ("retired_tco2", N_("Retired")),
    ("pledged_tco2", N_("Pledged")),
    ("free_tco2", N_("Free")),
)
"""Attribute of a vintage's balance and its head."""

POOLS_BESIDE = 6
"""Pools that fit beside year, removals and credits."""

_SHARE_TERMS = ("u", "l", "b")
_OWN_TERM = "o"
_BUFFER_TERM = "b"
_STOCK_TERM = "B"
"""Tonnes withheld where the buffer is a share of the change of stocks."""

_POOLS = {pool.value: pool for pool in Pool}


def tonnes(amount: float | None) -> str:
    """Tonnes with two places; a dash for none, and no minus before a zero."""
    text = number(amount)
    return "0.00" if text == "−0.00" else text


@dataclass(frozen=True, slots=True)
class TonnesRow:
    """One line of the way from pools to credits, t CO2e.

    `tonnes` holds a figure for each of `shown_years` and one for the whole plan, None where
    none is computed; `share` is what is taken off (negative) or kept, None where it is none.
    """

    label: str
    tonnes: tuple[float | None, ...]
    share: float | None = None
    step: str = ""
    strong: bool = False


def pool_label(code: str) -> str:
    """Return the message id of a pool's name."""
    return POOL_LABELS[_POOLS[code]]


def pool_name(code: str, tr: Translator) -> str:
    """Return a pool's name as it stands at the start of a line or over a column."""
    return sentence(tr(pool_label(code)))


def method_label(carbon: CarbonResult) -> str:
    """Return the message id of the method's name."""
    return choice_label(Project, "quantity_method", carbon.method)


def counted(carbon: CarbonResult, tr: Translator) -> str:
    """Name the pools that are counted."""
    return tr(N_(", ")).join(tr(pool_label(code)) for code in _own_pools(carbon))


def _own_pools(carbon: CarbonResult) -> list[str]:
    """Return the pools of the project itself, without baseline, leakage and emissions."""
    outside = {pool.value for pool in OUTSIDE_THE_SINK}
    return [code for code in carbon.total_by_pool if code not in outside]


def drawn_pools(carbon: CarbonResult) -> list[str]:
    """Return the pools that differ from zero in some year."""
    return [
        code
        for code in carbon.total_by_pool
        if any(row.pools.get(code, 0.0) for row in carbon.years)
    ]


def shown_years(carbon: CarbonResult) -> tuple[CarbonYear, ...]:
    """Return the first year and the one of the highest removals, once if they are the same."""
    if not carbon.years:
        return ()
    first = carbon.years[0]
    peak = max(carbon.years, key=lambda row: row.removals_tco2)
    return (first,) if peak.removals_tco2 <= first.removals_tco2 else (first, peak)


def year_heads(carbon: CarbonResult, tr: Translator) -> tuple[str, ...]:
    """Return the heads of the columns of `shown_years`."""
    names = (N_("First year ({year})"), N_("Highest year ({year})"))
    shown = shown_years(carbon)
    return tuple(tr(name).format(year=row.year) for name, row in zip(names, shown, strict=False))


def _pool_row(carbon: CarbonResult, code: str) -> TonnesRow:
    years = (row.pools.get(code, 0.0) for row in shown_years(carbon))
    return TonnesRow(pool_label(code), (*years, carbon.total_by_pool[code]))


def _share_rows(carbon: CarbonResult) -> list[TonnesRow]:
    """The shares that are taken off and the one that is pledged, as the method applied them."""
    step = next((step for step in carbon.working if step.key == "carbon.credits"), None)
    if step is None:
        return []
    blank = (None,) * len(shown_years(carbon))
    named = {term.symbol: term.label for term in step.terms}
    rows = []
    for term in step.terms:
        if term.symbol not in (*_SHARE_TERMS, _OWN_TERM) or not isinstance(term.value, float):
            continue
        share = term.value if term.symbol == _OWN_TERM else 0.0 - term.value
        label, held = term.label, None
        if term.symbol == _BUFFER_TERM:
            label = named.get(_STOCK_TERM, label)
            held = -carbon.withheld_tco2 or None
        rows.append(TonnesRow(label, (*blank, held), share))
    return rows


def tonnes_rows(carbon: CarbonResult) -> tuple[TonnesRow, ...]:
    """Return the lines from the pools over the removals and what comes off to the credits."""
    shown = shown_years(carbon)
    own = _own_pools(carbon)
    pools = [_pool_row(carbon, code) for code in own] if len(own) > 1 else []
    removals = TonnesRow(
        N_("Removals"),
        (*(row.removals_tco2 for row in shown), carbon.total_removals_tco2),
        strong=bool(pools),
    )
    taken_off = [_pool_row(carbon, code) for code in carbon.total_by_pool if code not in own]
    credits_of_the_right = TonnesRow(
        N_("Credits of the right"),
        (*(row.credits_tco2 for row in shown), carbon.total_credits_tco2),
        None if carbon.credit_share is None else carbon.credit_share + 0.0,
        "carbon.credits",
        strong=True,
    )
    return (*pools, removals, *taken_off, *_share_rows(carbon), credits_of_the_right)


@dataclass(frozen=True, slots=True)
class Issuance:
    """All credits issued after one verification."""

    issues: tuple[Issue, ...]

    @property
    def vintages(self) -> str:
        """The vintages from the first to the last."""
        years = [issue.vintage for issue in self.issues]
        first, last = min(years), max(years)
        return str(first) if first == last else f"{first}–{last}"

    @property
    def credits_tco2(self) -> float:
        """Credits of all vintages."""
        return sum(issue.credits_tco2 for issue in self.issues)


def issuances(carbon: CarbonResult) -> tuple[Issuance, ...]:
    """Return the issues of each verification together, in the order of the verifications."""
    groups: dict[tuple[object, object], list[Issue]] = {}
    for issue in carbon.issues:
        groups.setdefault((issue.verified_on, issue.issued_on), []).append(issue)
    return tuple(Issuance(tuple(issues)) for issues in groups.values())


def has_entries(row: VintageBalance) -> bool:
    """Whether anything is recorded of a vintage."""
    return any(getattr(row, name) for name, _ in LEDGER_COLUMNS[1:-1])


def ledger_totals(rows: tuple[VintageBalance, ...]) -> tuple[float, ...]:
    """Return the sum of each of `LEDGER_COLUMNS`."""
    return tuple(sum(getattr(row, name) for row in rows) for name, _ in LEDGER_COLUMNS)


def input_label(path: str, tr: Translator) -> str:
    """Return the printed name of an input; that of a table with the number of its line."""
    lines = [int(part) + 1 for part in path.split(".") if part.isdigit()]
    label = field_label(path, tr)
    return f"{label} [{lines[0]}]" if lines else label


def step_names(steps: Sequence[Step], tr: Translator) -> list[str]:
    """Name workings; those of one label are told apart by the words or years put in.

    Where these are the same too, they are counted.
    """
    shared = Counter(step.label for step in steps)
    names = [
        tr(step.label) + (_apart(step, tr) if shared[step.label] > 1 else "") for step in steps
    ]
    same, seen = Counter(names), Counter[str]()
    for at, name in enumerate(names):
        if same[name] > 1:
            seen[name] += 1
            names[at] = tr(N_("{label} ({unit})")).format(label=name, unit=seen[name])
    return names


def _apart(step: Step, tr: Translator) -> str:
    words = (term.value for term in step.terms if isinstance(term.value, str) and term.value)
    return "".join(f" · {tr(word)}" for word in words)


def range_said(carbon: CarbonResult, found: CarbonRange, tr: Translator) -> str:
    """Say how a range was drawn and where the single estimate lies in it."""
    text = tr(
        N_(
            "{draws} draws from seed {seed}; standard error of the mean {error} tCO₂e. "
            "{share} of the draws reach the single estimate of {estimate} tCO₂e. Below P5 "
            "lie 5% of the draws, below P95 95%."
        )
    )
    return text.format(
        draws=f"{found.draws:,}",
        seed=found.seed,
        error=tonnes(found.standard_error_tco2),
        share=percent(found.reach_estimate_share),
        estimate=tonnes(carbon.total_credits_tco2),
    )


def spread_texts(spread: Spread) -> tuple[str, ...]:
    """Return the figures of `SPREAD_COLUMNS`."""
    return tuple(tonnes(getattr(spread, name)) for name, _ in SPREAD_COLUMNS)
