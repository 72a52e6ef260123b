"""Reading and writing case files (`*.bcd.json`): parse, migrate, validate, name each problem."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from app.finance.case.case import Case, CaseFile
from app.finance.case.problems import Problem
from app.finance.case.provenance import Provenance
from app.finance.case.rules import check
from app.finance.fields import FieldSpec, fields_of, specs_by_path
from app.services import documents
from app.services.case_migrations import covers_to_heads
from app.services.unit_text import with_numbers

SCHEMA_VERSION = 2
SUFFIX = ".bcd.json"
MAX_BYTES = 5_000_000

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)
"""Dates of a case lie between these; terms counted from the last stay within the calendar."""

Document = documents.Document
MIGRATIONS: dict[int, Callable[[Document], Document]] = {1: covers_to_heads}
"""Step from version n to n + 1, by n; each takes and gives a plain document."""

_STRICT = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)
_CODES = {
    "missing": "missing",
    "extra_forbidden": "unknown_field",
    "unexpected_keyword_argument": "unknown_field",
    "float_type": "not_a_number",
    "float_parsing": "not_a_number",
    "decimal_type": "not_a_number",
    "decimal_parsing": "not_a_number",
    "int_type": "not_whole",
    "int_from_float": "not_whole",
    "int_parsing": "not_whole",
    "bool_type": "not_true_or_false",
    "bool_parsing": "not_true_or_false",
    "finite_number": "not_finite",
    "string_type": "not_text",
    "date_type": "not_a_date",
    "date_parsing": "not_a_date",
    "date_from_datetime_parsing": "not_a_date",
    "date_from_datetime_inexact": "not_a_date",
    "enum": "not_a_choice",
    "tuple_type": "not_a_table",
    "dataclass_type": "not_a_section",
    "dict_type": "not_a_section",
    "greater_than_equal": "minimum",
    "greater_than": "above",
    "less_than_equal": "maximum",
    "string_too_short": "too_short",
    "too_short": "too_short",
    "string_too_long": "too_long",
    "too_long": "too_long",
}
_FACT_NAMES = {"ge": "minimum", "gt": "above", "le": "maximum"}
_MAGIC = ((b"%PDF", "PDF"), (b"PK\x03\x04", "ZIP"), (b"\xff\xd8", "JPEG"), (b"\x89PNG", "PNG"))


class CaseRefused(Exception):
    """A case that cannot be taken; `problems` names each field, value and what is expected."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{p.path}: {p.code}" for p in problems))
        self.problems = problems


def _set_strict() -> None:
    """Forbid unknown keys in every section and line of a case."""
    sections = {Case, *(s.kind for s in fields_of(Case) if s.section or s.table)}
    for cls in sections:
        cls.__pydantic_config__ = _STRICT  # type: ignore[attr-defined]


_set_strict()
CASE_ADAPTER: TypeAdapter[Case] = TypeAdapter(Case)
PROVENANCE_ADAPTER: TypeAdapter[Provenance] = TypeAdapter(Provenance)


def _problem(error: Mapping[str, Any], prefix: str = "") -> Problem:
    """Turn one of pydantic's errors into a Problem."""
    path = prefix + ".".join(str(part) for part in error["loc"])
    context = error.get("ctx", {})
    code = _CODES.get(error["type"], "invalid")
    facts = {_FACT_NAMES[key]: context[key] for key in _FACT_NAMES if key in context}
    if code in ("too_short", "too_long"):
        facts["length"] = context.get("min_length", context.get("max_length"))
    if code == "not_a_choice":
        facts["choices"] = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
    if code == "unknown_field":
        facts["known"] = _known_names(path)
    value = None if code == "missing" else error.get("input")
    return Problem(path, code, value, facts)


def _known_names(path: str) -> list[str]:
    parent = path.rpartition(".")[0]
    while parent and parent.rpartition(".")[2].isdigit():
        parent = parent.rpartition(".")[0]
    spec = specs_by_path(Case).get(parent)
    owner = Case if spec is None else spec.kind
    names = [field.path for field in fields_of(owner) if "." not in field.path]
    return names if parent else ["schema_version", *names, "provenance"]


def _pairs(pairs: list[tuple[str, Any]]) -> Document:
    seen: Document = {}
    for key, value in pairs:
        if key in seen:
            raise CaseRefused([Problem(key, "duplicate_key", key)])
        seen[key] = value
    return seen


def _refuse_constant(name: str) -> float:
    raise CaseRefused([Problem("", "not_finite", name)])


def parse_json(data: bytes) -> Document:
    """Return the object in `data`.

    Raises:
        CaseRefused: empty, too large, not text, not JSON, NaN or Infinity, a key twice.
    """
    if len(data) > MAX_BYTES:
        raise CaseRefused(
            [Problem("", "too_large", f"{len(data):,} bytes", {"limit_mb": MAX_BYTES // 10**6})]
        )
    if not data.strip():
        raise CaseRefused([Problem("", "empty_file")])
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise CaseRefused([Problem("", "not_text_file", kind, {"kind": kind})])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CaseRefused([Problem("", "not_utf8")]) from error
    try:
        document = json.loads(text, object_pairs_hook=_pairs, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:  # no JSON, or a number of thousands of digits
        line, column = getattr(error, "lineno", 1), getattr(error, "colno", 1)
        shown = text[max(0, getattr(error, "pos", 0) - 20) :][:40].strip()
        raise CaseRefused(
            [Problem("", "not_json", shown, {"line": line, "column": column})]
        ) from error
    if not isinstance(document, dict):
        raise CaseRefused([Problem("", "not_a_section", type(document).__name__)])
    return document


def migrate(document: Document) -> Document:
    """Bring a document of an older schema version to the present one.

    Raises:
        CaseRefused: no version, or one this program does not know.
    """
    version = document.get("schema_version")
    facts = {"newest": SCHEMA_VERSION}
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise CaseRefused([Problem("schema_version", "schema_version", version, facts)])
    if version > SCHEMA_VERSION:
        raise CaseRefused([Problem("schema_version", "newer_schema", version, facts)])
    while version < SCHEMA_VERSION:
        document = MIGRATIONS[version](document)
        version += 1
        document = {**document, "schema_version": version}
    return document


def _read_provenance(raw: Any) -> tuple[dict[str, Provenance], list[Problem]]:
    if not isinstance(raw, dict):
        return {}, [Problem("provenance", "not_a_section", type(raw).__name__)]
    known = specs_by_path(Case)
    found: dict[str, Provenance] = {}
    problems = []
    for path, entry in raw.items():
        if path not in known or known[path].section:
            problems.append(Problem(f"provenance.{path}", "not_an_input", path))
            continue
        try:
            found[path] = PROVENANCE_ADAPTER.validate_json(json.dumps(entry), strict=True)
        except ValidationError as error:
            problems += [_problem(e, f"provenance.{path}.") for e in _errors(error)]
    return found, problems


def _errors(error: ValidationError) -> list[Mapping[str, Any]]:
    return [dict(entry) for entry in error.errors(include_url=False)]


def _without_echoes(problems: list[Problem]) -> list[Problem]:
    """Leave out that a table is too short when that is only because its lines are refused."""
    return [
        problem
        for problem in problems
        if problem.code != "too_short"
        or not any(other.path.startswith(f"{problem.path}.") for other in problems)
    ]


@cache
def _date_columns(table: type) -> tuple[str, ...]:
    return tuple(spec.name for spec in fields_of(table) if spec.kind is date)


def _far_dates(file: CaseFile) -> Iterator[Problem]:
    """Yield the dates that no calendar of a right reaches."""
    for spec in fields_of(Case):
        if spec.kind is date:
            days = [(spec.path, file.value_at(spec.path))]
        elif spec.table and _date_columns(spec.kind):
            days = [
                (f"{spec.path}.{place}.{name}", getattr(line, name))
                for place, line in enumerate(file.value_at(spec.path) or ())
                for name in _date_columns(spec.kind)
            ]
        else:
            continue
        for path, day in days:
            if day is not None and not FIRST_DAY <= day <= LAST_DAY:
                facts = {"first": FIRST_DAY.isoformat(), "last": LAST_DAY.isoformat()}
                yield Problem(path, "date_too_far", day.isoformat(), facts)


def validate(document: Document) -> CaseFile:
    """Turn a document of the present schema version into a case file.

    Sections of methods that are not chosen are no part of the case; see `documents`.

    Raises:
        CaseRefused: with every problem found.
    """
    entered = {k: v for k, v in document.items() if k not in ("schema_version", "provenance")}
    provenance, problems = _read_provenance(document.get("provenance", {}))
    body = with_numbers(documents.with_chosen_sections(entered))
    provenance = {
        path: entry
        for path, entry in provenance.items()
        if not documents.was_left_out(path, entered, body)
    }
    try:
        case = CASE_ADAPTER.validate_json(json.dumps(body, default=_plain), strict=True)
    except ValidationError as error:
        found = [_problem(entry) for entry in _errors(error)]
        raise CaseRefused(_without_echoes(found) + problems) from error
    file = CaseFile(case, provenance)
    far = list(_far_dates(file))
    problems = (far or check(case)) + problems
    if problems:
        raise CaseRefused(problems)
    return file


@cache
def _line_adapter(kind: type) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def read_line(table: FieldSpec, line: Document) -> Any:
    """Return one line of a table as its record, by the checks of a case file.

    Raises:
        CaseRefused: what is wrong with it; the paths are those of the table's first line.
    """
    text = json.dumps(line, default=_plain)
    try:
        return _line_adapter(table.kind).validate_json(text, strict=True)
    except ValidationError as error:
        problems = [_problem(entry, f"{table.path}.0.") for entry in _errors(error)]
        raise CaseRefused(problems) from error


def line_problems(table: FieldSpec, line: Document) -> list[Problem]:
    """Return what is wrong with one line of a table, as `read_line` refuses it."""
    try:
        read_line(table, line)
    except CaseRefused as refused:
        return refused.problems
    return []


def read_document(data: bytes) -> CaseFile:
    """Parse, migrate and validate the bytes of a case file."""
    return validate(migrate(parse_json(data)))


def read_file(path: Path) -> CaseFile:
    """Read a case file from disk; the size is looked at before anything is read.

    Raises:
        CaseRefused: unreadable or refused.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise CaseRefused(
                [Problem("", "too_large", f"{size:,} bytes", {"limit_mb": MAX_BYTES // 10**6})]
            )
        data = path.read_bytes()
    except OSError as error:
        raise CaseRefused(
            [Problem("", "not_readable", str(path), {"reason": error.strerror or str(error)})]
        ) from error
    return read_document(data)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    raise TypeError(type(value).__name__)


def to_document(file: CaseFile) -> Document:
    """Return the plain document of a case file, ready for JSON."""
    body: Document = CASE_ADAPTER.dump_python(file.case, mode="python")
    plain: Document = json.loads(json.dumps(body, default=_json_value))
    provenance = {
        path: {"kind": entry.kind.value, "source": entry.source}
        for path, entry in sorted(file.provenance.items())
    }
    return {"schema_version": SCHEMA_VERSION, **plain, "provenance": provenance}


def _json_value(value: object) -> object:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return _plain(value)


def to_json(file: CaseFile) -> str:
    """Return the text of a case file, indented, as it is written to disk."""
    return json.dumps(to_document(file), ensure_ascii=False, indent=2) + "\n"
