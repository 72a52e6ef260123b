"""A case while it is being entered: a plain document that may be incomplete."""

from app.finance.case.case import Case
from app.finance.case.problems import Problem
from app.finance.fields import FieldSpec, fields_of
from app.services.case_file import SCHEMA_VERSION
from app.services.documents import ABSENT, Document, applies, value_at, with_value

__all__ = [
    "applies",
    "inputs_of",
    "is_open",
    "new_document",
    "provenance_at",
    "table_columns",
    "value_at",
    "with_provenance",
    "with_value",
]


def new_document() -> Document:
    """Return the draft of a new case: nothing is entered."""
    return {"schema_version": SCHEMA_VERSION, "project": {}, "appraisal": {}, "provenance": {}}


def provenance_at(document: Document, path: str) -> tuple[str, str]:
    """Return kind and source of an input of the draft, ("", "") when none was chosen."""
    entry = document.get("provenance", {}).get(path, {})
    return entry.get("kind", ""), entry.get("source", "")


def with_provenance(document: Document, path: str, kind: str, source: str) -> Document:
    """Return a draft that says where the input at `path` comes from."""
    entries = {p: entry for p, entry in document.get("provenance", {}).items() if p != path}
    if kind:
        entries[path] = {"kind": kind, "source": source}
    return {**document, "provenance": entries}


def is_open(problem: Problem, document: Document) -> bool:
    """Whether a problem is only that something has not been entered yet."""
    return problem.code in ("missing", "needed") and value_at(document, problem.path) in (
        ABSENT,
        [],
        {},
    )


def table_columns(spec: FieldSpec) -> tuple[FieldSpec, ...]:
    """Return the columns of a table field."""
    return fields_of(spec.kind)


def inputs_of(section: str) -> tuple[FieldSpec, ...]:
    """Return the fields straight under a section of a case, without those of its sections."""
    prefix = f"{section}." if section else ""
    return tuple(
        spec
        for spec in fields_of(Case)
        if spec.path.startswith(prefix) and "." not in spec.path[len(prefix) :]
    )
