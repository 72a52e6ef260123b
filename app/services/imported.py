"""Lines taken from a file, and those that were refused, each with its place in the file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.finance.case.problems import Problem
from app.finance.fields import FieldSpec
from app.services.case_file import MAX_BYTES, CaseRefused, line_problems

Row = dict[str, Any]
MOST_REPEATED = 100
"""How far back the same reason for the same line is looked for."""


@dataclass(frozen=True)
class RefusedRow:
    """One reason why a line was left out: its number in the file and what is wrong.

    The problem's path ends in the column; its value is what stands in the file.
    """

    line: int
    problem: Problem


@dataclass(frozen=True)
class Converted:
    """Lines as a case document stores them, and the reasons for those that were left out."""

    rows: tuple[Row, ...] = ()
    refused: tuple[RefusedRow, ...] = ()
    unmatched: tuple[str, ...] = ()
    """Headings of the file that name no column of the table."""

    @property
    def refused_lines(self) -> int:
        """How many lines of the file were left out, whatever the number of reasons."""
        return len({entry.line for entry in self.refused})


def file_refused(code: str, value: object, **facts: object) -> CaseRefused:
    """Return the refusal of a whole file."""
    return CaseRefused([Problem("", code, value, facts)])


def bounded(data: bytes, name: str, most: int = MAX_BYTES) -> bytes:
    """Return the data of a file unless there is too much of it.

    Raises:
        CaseRefused: more than `most` bytes, by default what a case file may hold.
    """
    if len(data) > most:
        raise file_refused("too_large", name, limit_mb=most // 10**6)
    return data


def read_bounded(path: Path, most: int = MAX_BYTES) -> bytes:
    """Read a file of bounded size.

    Raises:
        CaseRefused: too large.
        OSError: it cannot be read.
    """
    with path.open("rb") as stream:
        return bounded(stream.read(most + 1), path.name, most)


def _years_out_of_order(table: FieldSpec, row: Row) -> list[Problem]:
    first, last = row.get("first_year"), row.get("last_year")
    if not isinstance(first, int) or not isinstance(last, int) or first <= last:
        return []
    return [Problem(f"{table.path}.0.last_year", "before_start", last, {"start": first})]


def row_problems(table: FieldSpec, row: Row, texts: Mapping[str, str]) -> list[Problem]:
    """Check a line as a case file is checked; values are shown as they stand in the file."""
    found = line_problems(table, row) or _years_out_of_order(table, row)
    return [
        Problem(
            problem.path,
            problem.code,
            texts.get(problem.path.rpartition(".")[2], problem.value) or None,
            problem.facts,
        )
        for problem in found
    ]


def sorted_out(table: FieldSpec, lines: Iterable[tuple[int, Row, Mapping[str, str]]]) -> Converted:
    """Check lines (number in the file, stored values, texts) and keep the good ones."""
    rows: list[Row] = []
    refused: list[RefusedRow] = []
    for number, row, texts in lines:
        problems = row_problems(table, row, texts)
        if problems:
            entries = (RefusedRow(number, problem) for problem in problems)
            refused += [entry for entry in entries if entry not in refused[-MOST_REPEATED:]]
        else:
            rows.append(row)
    return Converted(tuple(rows), tuple(refused))
