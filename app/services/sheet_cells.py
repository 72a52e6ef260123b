"""The cells of a CSV or XLSX table as text, as a person sees them in the spreadsheet."""

import csv
import io
import statistics
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
from openpyxl.utils.exceptions import InvalidFileException

from app.services.case_file import MAX_BYTES
from app.services.imported import file_refused, read_bounded

CSV_SUFFIXES = (".csv", ".tsv", ".txt")
WORKBOOK_SUFFIXES = (".xlsx", ".xlsm")
MAX_LINES = 2_000
MAX_COLUMNS = 256

TOLD_EVERY = 500
"""Lines between two words of how far the reading is."""

_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127), " ")
"""Signs of a CSV file that are no text: a terminal would obey them."""

_SEPARATORS = ",;\t"
_LOOKED_AT = 30
_LAST_ROW = 100_000
_UNPACKED = 20

_DAMAGED = (
    csv.Error,
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    SyntaxError,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What the readers raise on a file that is cut off, locked or holds something else."""

Line = tuple[int, list[str]]
"""Number of a line in the file, counted from 1, and its cells."""
Told = Callable[[int], None]


def _say_nothing(_lines: int) -> None:
    """Tell nobody how far the reading is."""


@dataclass(frozen=True)
class Limits:
    """How much of a file is read: lines that hold something, and bytes."""

    lines: int = MAX_LINES
    size: int = MAX_BYTES


SMALL = Limits()


@dataclass(frozen=True)
class Sheet:
    """A table of texts.

    Attributes:
        frame: the cells that hold something; the index is the number of the line in the file.
        name: name of the sheet read, "" for CSV.
        names: names of all sheets of the workbook.
    """

    frame: pd.DataFrame
    name: str = ""
    names: tuple[str, ...] = ()


def read_cells(
    path: Path, sheet: str | None = None, limits: Limits = SMALL, told: Told = _say_nothing
) -> Sheet:
    """Read a table; blank lines and columns are left out. Percent cells keep their sign.

    CSV is UTF-8, UTF-16 with its mark, or GB 18030, separated by commas, semicolons or tabs.
    `told` hears now and then how many lines are read; what it raises ends the reading.

    Raises:
        CaseRefused: another kind of file, too large, damaged, or without such a sheet.
    """
    suffix = path.suffix.lower()
    try:
        if suffix in CSV_SUFFIXES:
            data = read_bounded(path, limits.size)
            return Sheet(_frame(_csv_lines(data, path.name), path.name, limits.lines, told))
        if suffix in WORKBOOK_SUFFIXES:
            return _workbook_sheet(path, sheet, limits, told)
    except OSError as error:
        reason = error.strerror or str(error)
        raise file_refused("not_readable", path.name, reason=reason) from error
    except _DAMAGED as error:
        raise file_refused("damaged_file", path.name) from error
    raise file_refused("not_a_table_file", path.name)


def _frame(lines: Iterable[Line], name: str, most: int, told: Told) -> pd.DataFrame:
    """Return the lines that hold something, as long as there are not too many."""
    kept: list[Line] = []
    for number, cells in lines:
        if number % TOLD_EVERY == 0:
            told(number)
        if not any(cell.strip() for cell in cells):
            continue
        if len(kept) == most:
            raise file_refused("too_many_lines", name, limit=most)
        kept.append((number, [cell.strip() for cell in cells[:MAX_COLUMNS]]))
    if not kept:
        raise file_refused("empty_table", name)
    width = max(len(cells) for _, cells in kept)
    filled = [cells + [""] * (width - len(cells)) for _, cells in kept]
    frame = pd.DataFrame(filled, index=[number for number, _ in kept])
    return frame[[column for column in frame.columns if frame[column].any()]]


def decoded(data: bytes, name: str) -> str:
    """Return the text of a file in UTF-8, UTF-16 with its mark, or GB 18030.

    Raises:
        CaseRefused: `unknown_encoding`.
    """
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding).translate(_CONTROLS)
        except UnicodeDecodeError:
            continue
    raise file_refused("unknown_encoding", name)


def _csv_lines(data: bytes, name: str) -> Iterator[Line]:
    text = decoded(data, name)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text))
    begins = 1
    for cells in reader:
        yield begins, cells
        begins = reader.line_num + 1


def separator_of(text: str) -> str:
    """Return the separator that gives most lines the most cells; a comma when none does."""
    head = [line for line in text.splitlines() if line.strip()][:_LOOKED_AT]

    def usual_cells(separator: str) -> int:
        counts = [len(cells) for cells in csv.reader(head, delimiter=separator)]
        return statistics.median_high(counts) if counts else 0

    return max(_SEPARATORS, key=usual_cells)


def _workbook_sheet(path: Path, wanted: str | None, limits: Limits, told: Told) -> Sheet:
    data = read_bounded(path, limits.size)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _UNPACKED * limits.size:
            raise file_refused("too_large", path.name, limit_mb=limits.size // 10**6)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl leaves out is of no use here
        shown = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        written = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
        names = tuple(entry.title for entry in shown.worksheets)
        if not names:
            raise file_refused("empty_table", path.name)
        name = wanted if wanted is not None else names[0]
        if name not in names:
            raise file_refused("unknown_sheet", name, known=list(names))
        lines = _workbook_lines(shown[name], written[name], max(_LAST_ROW, limits.lines + 1))
        return Sheet(_frame(lines, path.name, limits.lines, told), name, names)


def _workbook_lines(shown: Any, written: Any, last: int) -> Iterator[Line]:
    """Yield the cells with their results; a formula without a result stays as it is written."""
    area = {"max_row": last, "max_col": MAX_COLUMNS}
    rows = zip(shown.iter_rows(**area), written.iter_rows(**area), strict=False)
    for number, (results, formulas) in enumerate(rows, start=1):
        yield (
            number,
            [
                _text(formula if result.value is None else result)
                for result, formula in zip(results, formulas, strict=False)
            ],
        )


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ").removesuffix(" 00:00:00")
    if isinstance(value, int | float):
        percent = "%" in str(cell.number_format)
        return f"{Decimal(str(value)) * 100:f}%" if percent else str(value)
    return str(value)
