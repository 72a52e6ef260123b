"""What a document is made of, before it is drawn: blocks of texts, figures and tables."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from app.finance.engine import Results
from app.finance.explain import Step
from app.i18n import Translator, translator


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

    def each(self, write: Any) -> Text:
        """Return what `write` says in each language, once when all say the same."""
        lines = tuple(write(tr) for tr in self.translators)
        return Text(lines[:1] if len(set(lines)) == 1 else lines)


def free(text: str) -> Text:
    """A text of the case, printed once as it was entered."""
    return Text((text,))


class Tone(Enum):
    PLAIN = "plain"
    STRONG = "strong"
    ALERT = "alert"


@dataclass(frozen=True, slots=True)
class Fact:
    """A line label - value: `value` a figure or text, `step` the key of its working."""

    label: Text
    value: Text
    unit: Text = Text(("",))
    step: str = ""
    note: Text = Text(("",))
    strong: bool = False


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
    """Facts under each other; figures are set flush right."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Hero:
    """The figure nothing else may outshine, with a second one beside it."""

    label: Text
    value: str
    step: str
    second_label: Text
    second_value: str
    note: Text


@dataclass(frozen=True, slots=True)
class Notices:
    """Red flags and warnings: (is a red flag, text, rule)."""

    title: Text
    items: tuple[tuple[bool, Text, Text], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; `widths` are shares of the line, `numeric` says which columns are flush right."""

    head: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    widths: tuple[float, ...]
    numeric: tuple[bool, ...]
    total: bool = False
    marked: int | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """The cash-flow chart of the results."""

    results: Results
    caption: Text


@dataclass(frozen=True, slots=True)
class Workings:
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Signatures:
    """Roles that sign, each with the name when it is known."""

    roles: tuple[tuple[Text, str, str], ...]


@dataclass(frozen=True, slots=True)
class NewPage:
    pass


Block = Heading | Prose | Facts | Hero | Notices | Grid | Chart | Workings | Signatures | NewPage


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document: title, blocks, and what header and footer say."""

    title: Text
    subject: str
    status: Text
    watermark: tuple[str, ...]
    header: tuple[str, str]
    footer: tuple[str, ...]
    page_label: str
    language: str
    blocks: tuple[Block, ...]
    step_numbers: dict[str, int]
