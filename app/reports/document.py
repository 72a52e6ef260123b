"""What a document is made of, before it is drawn: blocks of texts, figures and tables."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from app.finance.case.carbon.sites import Site
from app.finance.engine import Results
from app.finance.explain import Step
from app.i18n import Translator, translator
from app.reports.house import House


@dataclass(frozen=True, slots=True)
class Text:
    """One text in the languages of the document, the first one leading; free text has one."""

    lines: tuple[str, ...]

    @property
    def leading(self) -> str:
        """The text in the first language."""
        return self.lines[0]


@dataclass(frozen=True)
class Words:
    """Makes texts in the languages of a document: "zh", "en" or "both"."""

    language: str

    @property
    def translators(self) -> tuple[Translator, ...]:
        """The translators, Chinese first when both are printed."""
        names = ("zh", "en") if self.language == "both" else (self.language,)
        return tuple(translator(name) for name in names)

    def __call__(self, message: str, **facts: object) -> Text:
        """Translate a message id; `facts` fill its placeholders."""
        return self.each(lambda tr: tr(message).format(**facts) if facts else tr(message))

    def each(self, write: Callable[[Translator], str]) -> Text:
        """Return what `write` says in each language, once when all say the same."""
        lines = tuple(write(tr) for tr in self.translators)
        return Text(lines[:1] if len(set(lines)) == 1 else lines)


def free(text: str) -> Text:
    """A text of the case, printed once as it was entered."""
    return Text((text,))


NOTHING = free("")
DASH = free("–")


class Place(Enum):
    """How a fact stands on the page: half a line or the whole of it."""

    HALF = "half"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value; a figure is set flush right before its unit.

    `step` is the key of the working that leads to the figure; `alert` sets the value in red.
    `note` stands beside a figure that has the whole line.
    """

    label: Text
    value: Text
    unit: Text = NOTHING
    step: str = ""
    figure: bool = False
    strong: bool = False
    place: Place = Place.HALF
    alert: bool = False
    note: Text = NOTHING


@dataclass(frozen=True, slots=True)
class Heading:
    text: Text
    level: int = 1


@dataclass(frozen=True, slots=True)
class Prose:
    text: Text
    small: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts in reading order, two to a line where they are short.

    `tight` sets them in the type of a table, with less room between the lines.
    """

    facts: tuple[Fact, ...]
    tight: bool = False


@dataclass(frozen=True, slots=True)
class Strip:
    """Short facts beside each other on one line, each label above its value."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Hero:
    """The figure nothing else may outshine, with a second one beside it."""

    label: Text
    value: Text
    step: str
    second_label: Text
    second_value: Text
    note: Text


@dataclass(frozen=True, slots=True)
class Flag:
    """A red flag or a warning, with the rule it stands on."""

    red: bool
    text: Text
    rule: Text


@dataclass(frozen=True, slots=True)
class Flags:
    """Red flags first, then warnings; `none` is said when there are none.

    `note` says below them what they keep from happening.
    """

    title: Text
    red_label: Text
    warning_label: Text
    none: Text
    flags: tuple[Flag, ...]
    note: Text = NOTHING


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of a table: its text, the working behind it, how many columns it spans.

    The places it spans are filled with `EMPTY`. A figure is set flush right, and so is a text
    that stands among figures (`right`). A `formula` has its exponents raised and its indexes
    lowered.
    """

    text: Text
    step: str = ""
    strong: bool = False
    figure: bool = False
    span: int = 1
    right: bool = False
    formula: bool = False


EMPTY = Cell(NOTHING)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: head, share of the line, and whether it holds figures, set flush right."""

    head: Text
    share: float
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; `bands` are the rows that head a group or stand out, `marked` the one that decides.

    `failing` are the rows of what does not suffice. `whole` keeps a short table on one page,
    `dense` sets a wide one in smaller type, `roomy` leaves each row room to write in by hand,
    `tight` leaves less room between the rows.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: bool = False
    marked: int | None = None
    bands: frozenset[int] = frozenset()
    whole: bool = False
    failing: frozenset[int] = frozenset()
    dense: bool = False
    roomy: bool = False
    tight: bool = False


class ChartKind(Enum):
    """What a chart shows of the results."""

    CASH_FLOW = "cash_flow"
    CARBON = "carbon"
    WATERFALL = "waterfall"
    EVIDENCE = "evidence"
    SCENARIOS = "scenarios"
    DISTRIBUTION = "distribution"
    PRICE_FAN = "price_fan"
    TORNADO = "tornado"
    SIZING = "sizing"
    COVERAGE_PATH = "coverage_path"
    SCHEDULE = "schedule"
    DSCR = "dscr"
    HEAT_COVERAGE = "heat_coverage"
    HEAT_DSCR = "heat_dscr"
    EXCEEDANCE = "exceedance"
    PREMIUM_BUILD_UP = "premium_build_up"
    PAYOUT_CURVE = "payout_curve"
    HISTORY_BURN = "history_burn"


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of the results."""

    kind: ChartKind
    results: Results
    caption: Text


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart of something else than the results of one case.

    `height` gives its inches from the languages and the width in inches; `draw` takes the same
    with `width_inch` and `height_inch` and returns the figure.
    """

    height: Callable[[tuple[Translator, ...], float], float]
    draw: Callable[..., Any]
    caption: Text


@dataclass(frozen=True, slots=True)
class SiteMap:
    """The sites by their numbers, on the coast."""

    sites: tuple[Site, ...]


@dataclass(frozen=True, slots=True)
class Workings:
    """Workings in their order; `first` is the number of the first of them."""

    steps: tuple[Step, ...]
    first: int = 1


@dataclass(frozen=True, slots=True)
class Signature:
    """A role that signs, with name and date when they are known."""

    role: Text
    name: str
    day: str


@dataclass(frozen=True, slots=True)
class Signatures:
    """Who signs, under the statement of what the sheet is not; `seal` names room for a seal."""

    signatures: tuple[Signature, ...]
    sign_label: Text
    date_label: Text
    statement: Text
    seal: Text = NOTHING


@dataclass(frozen=True, slots=True)
class Address:
    """The head of a letter: to whom it goes, line by line, from where and when."""

    to: tuple[Text, ...]
    place_and_day: Text
    reference: Text = NOTHING


@dataclass(frozen=True, slots=True)
class NewPage:
    """The place of a new page: where little of the present one is free, or `always`."""

    always: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    """The headings of the first level, each with its page."""

    title: Text


Block = (
    Heading
    | Prose
    | Facts
    | Strip
    | Hero
    | Flags
    | Grid
    | Chart
    | Drawing
    | SiteMap
    | Workings
    | Signatures
    | Address
    | Contents
    | NewPage
)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document: title, blocks, and what header and footer say.

    `confidentiality` stands above the header of each page. `house` gives logo, colour and the
    head of the first page. `facts` is what the file says of itself (keys: `seal.FACT_NAMES`);
    with a number and a code among them the first page has a code to scan.
    """

    title: Text
    subject: str
    watermark: tuple[str, ...]
    header: tuple[str, str]
    footer: tuple[str, ...]
    page_label: tuple[str, ...]
    language: str
    blocks: tuple[Block, ...]
    step_numbers: dict[str, int]
    confidentiality: Text = NOTHING
    house: House = field(default_factory=House)
    facts: Mapping[str, str] = field(default_factory=dict)
