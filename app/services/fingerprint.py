"""The fingerprint of a case: what is printed to show that two documents rest on one input."""

import hashlib
import json
from typing import Any

from app.finance.case.case import Case, CaseFile
from app.finance.fields import fields_of
from app.finance.lending.schedule_results import Schedule
from app.services.case_file import to_document


def _entered(part: Any, cls: type) -> Any:
    """Return a section or line without what equals the declared default."""
    if not isinstance(part, dict):
        return part
    defaults = {spec.name: spec for spec in fields_of(cls) if "." not in spec.path}
    kept = {}
    for name, value in part.items():
        spec = defaults[name]
        held = value
        if spec.section:
            held = _entered(value, spec.kind)
        elif spec.table:
            held = [_entered(line, spec.kind) for line in value]
        if held not in (spec.default, None, []):
            kept[name] = held
    return kept


def _version_of(file: CaseFile) -> int:
    """Return the first schema version that holds the inputs of a case as they are today."""
    return 1 if file.case.insurance is None else 2


def input_hash(file: CaseFile) -> str:
    """SHA-256 (hex) of the case file in canonical form: sorted keys, no spaces, UTF-8.

    Inputs that hold their declared default are left out, so that a later program, which
    declares more of them, gives the same fingerprint.
    """
    document = to_document(file)
    document.pop("schema_version")
    apart = {"schema_version": _version_of(file), "provenance": document.pop("provenance")}
    canonical = json.dumps(
        {**apart, **_entered(document, Case)},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def schedule_hash(schedule: Schedule) -> str:
    """SHA-256 (hex) of the days and the fen of every payment, in their order."""
    lines = [
        [due.isoformat(), interest, principal, fee]
        for due, interest, principal, fee in zip(
            schedule.dues, schedule.interest, schedule.principal, schedule.fees, strict=True
        )
    ]
    return hashlib.sha256(json.dumps(lines, separators=(",", ":")).encode()).hexdigest()
