"""Exchange files for the market book: preview, conversion, duplicates, what was refused."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path

from app.finance.case.problems import Problem
from app.finance.fields import FieldSpec
from app.finance.notices import Notice, Severity
from app.i18n import Translator
from app.messages import expected_text, given_text
from app.reference.market_data import DAILY, SeriesObservation
from app.services.imported import RefusedRow, file_refused, row_problems
from app.services.market_cells import MONEY, PRICES, cell_reader, currency_in, day_read
from app.services.market_lines import Row, Target, table_of
from app.services.market_rows import BUILDERS, Entry, Key, differs, key_of, repeats
from app.services.market_sheet import MarketSheet, read_market_sheet
from app.services.sheet_cells import TOLD_EVERY
from app.services.table_headings import columns_of

LONGEST_GAP_DAYS = 31
Progress = Callable[[int, int], None]
"""Lines done, and of how many; 0 while the file is being read."""
MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line that the book does not have yet: its number in the file and its row."""

    line: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class DuplicateLine:
    """A line that repeats a row of the book, or an earlier line of the file (`repeats_line`).

    `differs` when the price of the day, or the rate, is another one.
    """

    line: int
    entry: Entry
    repeats: Entry
    repeats_line: int | None
    differs: bool


@dataclass(frozen=True, slots=True)
class MarketPreview:
    """What taking a file would do; nothing is stored yet.

    `columns` maps column names to the headings they were taken from; `unmatched` are the
    headings that no column was taken from. `refused` holds the reasons by line. `remarks`
    are notices with facts `line` or `first` and `last`.
    """

    target: Target
    file: str
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    unmatched: tuple[str, ...] = ()
    new: tuple[NewLine, ...] = ()
    duplicates: tuple[DuplicateLine, ...] = ()
    refused: tuple[RefusedRow, ...] = ()
    remarks: tuple[Notice, ...] = ()

    @property
    def refused_lines(self) -> int:
        """How many lines of the file were left out."""
        return len({entry.line for entry in self.refused})


@dataclass(frozen=True, slots=True)
class RefusedText:
    """A refused line in words: its number, the column, what stands there, what is expected."""

    line: int
    column: str
    value: str
    expected: str


def column_label(path: str, tr: Translator) -> str:
    """Return the printed name of the column at `market.<target>.<line>.<column>`."""
    _, target, *_, name = path.split(".")
    columns = columns_of(table_of(Target(target)))
    return next((tr(c.field.label) for c in columns if c.name == name), path)


def refused_text(entry: RefusedRow, tr: Translator) -> RefusedText:
    """Return the words of a refused line."""
    problem = entry.problem
    return RefusedText(
        line=entry.line,
        column=column_label(problem.path, tr),
        value=given_text(problem.value),
        expected=expected_text(problem, tr),
    )


def preview_market(
    path: Path,
    target: Target,
    known: Iterable[Entry],
    *,
    today: date,
    sheet: str | None = None,
    columns: Mapping[str, str] | None = None,
    same: Mapping[str, str] | None = None,
    progress: Progress = lambda _done, _total: None,
) -> MarketPreview:
    """Read an exchange file against the rows the book has.

    Args:
        path: CSV or XLSX file.
        target: what its lines are.
        known: rows of the book that a line may repeat.
        today: no deal is later.
        sheet: sheet of a workbook, the first one by default.
        columns: headings of columns by hand, by name of the column.
        same: texts that count in every line whose own cell is blank, by column.
        progress: called every 500 lines with lines done and their number, the number 0 while
            the file is being read; what it raises ends the work.

    Raises:
        CaseRefused: the file is not understood as a whole.
    """
    table = table_of(target)
    found = read_market_sheet(path, table, sheet, columns, lambda lines: progress(lines, 0))
    _check_same(table, same or {})
    sorting = _Sorting(target, known)
    for done, (line, row, texts, span) in enumerate(_lines(found, table, dict(same or {}))):
        if done % TOLD_EVERY == 0:
            progress(done, len(found.rows))
        problems = row_problems(table, row, texts)
        if problems:
            sorting.refuse(line, problems)
            continue
        built = BUILDERS[target]({"day_precision": span, **row}, today)
        if built.entry is None:
            sorting.refuse(line, _as_given(built.problems, texts))
            continue
        sorting.put(line, built.entry)
        if built.total_differs:
            sorting.total_differs.append(line)
        if target is Target.SERIES and span != "day":
            sorting.spans.append(line)
    taken = set(found.columns)
    return MarketPreview(
        target=target,
        file=path.name,
        sheet=found.sheet,
        sheets=found.sheets,
        headings=found.headings,
        columns={name: found.headings[place] for place, name in found.columns.items()},
        unmatched=tuple(h for n, h in enumerate(found.headings) if h and n not in taken),
        new=tuple(sorting.new),
        duplicates=tuple(sorting.duplicates),
        refused=tuple(sorting.refused),
        remarks=tuple(sorting.remarks()),
    )


def _check_same(table: FieldSpec, same: Mapping[str, str]) -> None:
    known = [column.name for column in columns_of(table)]
    for name in same:
        if name not in known:
            raise file_refused("not_a_column", name, known=known)


def _as_given(problems: Sequence[Problem], texts: Mapping[str, str]) -> list[Problem]:
    return [
        Problem(p.path, p.code, texts.get(p.path.rpartition(".")[2]) or p.value, p.facts)
        for p in problems
    ]


def _lines(
    found: MarketSheet, table: FieldSpec, same: Mapping[str, str]
) -> Iterator[tuple[int, Row, dict[str, str], str]]:
    """Yield number, stored values, texts and the precision of the date of each line."""
    specs = {column.name: column for column in columns_of(table)}
    readers = [
        (place, name, cell_reader(specs[name], found.units[place]))
        for place, name in found.columns.items()
    ]
    if found.currency:
        same = {"currency": found.currency, **same}
    unit = next(iter(found.units.values()))
    fixed = {name: cell_reader(specs[name], unit)(text) for name, text in same.items()}
    day = next((place for place, name in found.columns.items() if name == "day"), None)
    for number, cells in zip(found.lines, found.rows, strict=True):
        row: Row = dict(fixed)
        texts = dict(same)
        for place, name, read in readers:
            value = read(cells[place])
            if value is not None:
                row[name] = value
                texts[name] = cells[place]
                if name in PRICES or name in MONEY:
                    _take_currency(row, texts, name)
        known_to = None if day is None else day_read(cells[day])
        yield number, row, texts, "day" if known_to is None else known_to[1]


def _take_currency(row: Row, texts: Mapping[str, str], name: str) -> None:
    """Let the currency a cell names count for its line; against that of the line it is refused."""
    own = currency_in(texts[name], name)
    if own and row.setdefault("currency", own) != own:
        row[name] = texts[name]


class _Sorting:
    """Sorts the lines of a file into new ones, repeated ones and refused ones."""

    def __init__(self, target: Target, known: Iterable[Entry]) -> None:
        self._target = target
        self._seen: dict[Key, list[tuple[Entry, int | None]]] = {}
        for entry in known:
            self._seen.setdefault(key_of(entry), []).append((entry, None))
        self.new: list[NewLine] = []
        self.duplicates: list[DuplicateLine] = []
        self.refused: list[RefusedRow] = []
        self.total_differs: list[int] = []
        self.spans: list[int] = []

    def refuse(self, line: int, problems: Sequence[Problem]) -> None:
        self.refused += [RefusedRow(line, problem) for problem in problems]

    def put(self, line: int, entry: Entry) -> None:
        earlier = self._seen.setdefault(key_of(entry), [])
        for other, at in earlier:
            if repeats(entry, other):
                found = DuplicateLine(line, entry, other, at, differs(entry, other))
                self.duplicates.append(found)
                return
        earlier.append((entry, line))
        self.new.append(NewLine(line, entry))

    def remarks(self) -> Iterator[Notice]:
        """Yield what is worth a look: totals that do not fit, repeated days, gaps."""
        table = f"market.{self._target.value}"
        groups = (
            ("market_total_differs", self.total_differs),
            ("market_span_of_days", self.spans),
            ("market_repeat_differs", [d.line for d in self.duplicates if d.differs]),
        )
        for code, lines in groups:
            if lines:
                facts = {"count": len(lines), "lines": _said(lines)}
                yield Notice(code, Severity.WARNING, table, facts)
        yield from self._gaps(table)

    def _gaps(self, table: str) -> Iterator[Notice]:
        days: dict[str, set[date]] = {}
        for entry in [line.entry for line in self.new]:
            if isinstance(entry, SeriesObservation) and entry.basis in DAILY:
                days.setdefault(entry.series, set()).add(entry.day)
        gaps = [
            (series, first, last)
            for series, found in days.items()
            for first, last in pairwise(sorted(found))
            if (last - first).days > LONGEST_GAP_DAYS
        ]
        for series, first, last in gaps[:MOST_TOLD]:
            facts = {
                "series": series,
                "first": first.isoformat(),
                "last": last.isoformat(),
                "days": (last - first).days,
            }
            yield Notice("market_series_gap", Severity.WARNING, table, facts)


def _said(lines: Sequence[int]) -> str:
    text = ", ".join(str(line) for line in lines[:MOST_TOLD])
    return f"{text}, …" if len(lines) > MOST_TOLD else text
