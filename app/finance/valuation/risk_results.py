"""What breaks a value: scenarios, waterfall, sensitivity, simulation; plain records."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """One scenario beside the base."""

    kind: str
    name: str
    probability: float | None
    net_yuan: Decimal
    prudent_yuan: Decimal
    liquidation_yuan: Decimal
    credits_tco2e: float
    revenue_yuan: float
    change: float | None


@dataclass(frozen=True, slots=True)
class BridgeStep:
    """One bar of the waterfall: a level (`total`) or one step from the bar before.

    `amount_yuan` of a step is signed, a deduction is negative; of a level it is the level.
    `level_yuan` is where the bar ends. `code` has its words in
    `app.messages.valuation_words.BRIDGE_LABELS`.
    """

    code: str
    amount_yuan: Decimal
    level_yuan: Decimal
    total: bool


@dataclass(frozen=True, slots=True)
class TornadoBar:
    """Net value when one input moves down and up by its step, the others held."""

    path: str
    base: float
    low_input: float
    high_input: float
    low_net_yuan: float
    high_net_yuan: float
    elasticity: float | None


@dataclass(frozen=True, slots=True)
class SpiderLine:
    """Net value over the same relative changes of one input."""

    path: str
    changes: tuple[float, ...]
    net_yuan: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class SensitivityGrid:
    """Net value over two inputs; rows are the first input."""

    row_path: str
    column_path: str
    rows: tuple[float, ...]
    columns: tuple[float, ...]
    net_yuan: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class SobolIndex:
    """Share of the variance of the net value: alone (first) and with interactions (total)."""

    path: str
    first: float
    first_conf: float
    total: float
    total_conf: float


@dataclass(frozen=True, slots=True)
class BreakEven:
    """Value of an input at which the net value is zero; None with a reason code."""

    path: str
    value: float | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """How the net value answers to its inputs; tornado bars from the widest to the narrowest."""

    base_net_yuan: float
    tornado: tuple[TornadoBar, ...]
    spider: tuple[SpiderLine, ...]
    grid: SensitivityGrid | None
    break_even: tuple[BreakEven, ...]
    sobol: tuple[SobolIndex, ...] = ()
    sobol_samples: int = 0
    sobol_seed: int = 0


@dataclass(frozen=True, slots=True)
class ValueRange:
    """Distribution of the net value over the scenarios of a simulation, yuan.

    `standard_error_yuan` is that of `mean_yuan`; with Sobol points both come from `replicates`
    independent scrambles, the mean corrected by control variates whose exact mean is known.
    `probability_below_loan` is None without a loan;
    `expected_shortfall_yuan` is the mean of the worst `shortfall_level` of the scenarios.
    `bins` are edges (n + 1) and `counts` (n) of the histogram; `fan` has the percentiles of
    the price by flow date, `percentiles` of the value by number ("5", "50", "95").
    """

    scenarios: int
    seed: int
    sampling: str
    replicates: int
    mean_yuan: float
    standard_error_yuan: float
    sd_yuan: float
    percentiles: dict[str, float]
    probability_negative: float
    probability_below_loan: float | None
    loan_yuan: float | None
    shortfall_level: float
    expected_shortfall_yuan: float
    bins: tuple[float, ...]
    counts: tuple[int, ...]
    fan_years: tuple[float, ...]
    fan: dict[str, tuple[float, ...]]
    drawn_means: dict[str, float]
