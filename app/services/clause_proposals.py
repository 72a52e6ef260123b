"""Usual clauses of a term sheet the program proposes: undertakings, conditions, defaults.

Each proposal is one change of the draft and says where it comes from. None is a default: a clause
is in a case only when somebody took or typed it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.i18n import N_, Translator
from app.paths import resources
from app.services.documents import Document, value_at, with_value
from app.services.draft import with_provenance

AGREEMENT = "loan.agreement"
TABLES = {
    "covenants": N_("undertaking"),
    "conditions": N_("condition"),
    "default_events": N_("event of default"),
}
"""Tables of the agreement with what one of their lines is called."""

SOURCE_STATES = {
    "yes": N_("its source was read"),
    "recalled": N_("its source was not compared with the text"),
    "house": N_("house proposal"),
}
"""How well the source of a clause is known, by `ProposedClause.verified`."""

_COLUMNS = ("chinese", "english", "tested", "due", "cure_days")
_LONGEST_SOURCE = 500


@dataclass(frozen=True, slots=True)
class ProposedClause:
    """A clause: key, table of the agreement, its line, and where it comes from.

    `line` holds the columns of the table; texts with `_zh` are Chinese.
    """

    key: str
    table: str
    line: Mapping[str, Any]
    source: str
    source_zh: str
    verified: str

    def text(self, language: str) -> str:
        """Return the clause in a language."""
        return str(self.line["chinese" if language == "zh" else "english"])

    def source_in(self, language: str) -> str:
        """Return its source in a language."""
        return self.source_zh if language == "zh" else self.source


@cache
def load_clauses() -> tuple[ProposedClause, ...]:
    """Return the shipped clauses in their order: undertakings, conditions, events of default."""
    path = resources() / "templates" / "loan" / "clauses.json"
    raw = json.loads(path.read_text(encoding="utf-8"))["clauses"]
    return tuple(
        ProposedClause(
            key=entry["key"],
            table=entry["table"],
            line={name: entry[name] for name in _COLUMNS if entry.get(name) not in (None, "")},
            source=entry["source"],
            source_zh=entry["source_zh"],
            verified=entry["verified"],
        )
        for entry in raw
    )


def clause_json(clause: ProposedClause) -> dict[str, Any]:
    """Return a clause as JSON prints it."""
    return {
        "key": clause.key,
        "table": f"{AGREEMENT}.{clause.table}",
        "line": dict(clause.line),
        "source": clause.source,
        "source_zh": clause.source_zh,
        "verified": clause.verified,
    }


def with_clauses(document: Document, keys: Iterable[str], tr: Translator) -> Document:
    """Return a draft whose agreement holds these clauses behind what was entered, as assumed.

    A clause that stands there already is not added again. The draft keeps the text: a later
    edition of the shipped clauses does not change a case.

    Raises:
        KeyError: no clause of this key.
    """
    known = {clause.key: clause for clause in load_clauses()}
    chosen = [known[key] for key in dict.fromkeys(keys)]
    for table in TABLES:
        added = [clause for clause in chosen if clause.table == table]
        if added:
            document = _with_lines(document, table, added, tr)
    return document


def _with_lines(
    document: Document, table: str, clauses: Iterable[ProposedClause], tr: Translator
) -> Document:
    path = f"{AGREEMENT}.{table}"
    held = value_at(document, path)
    lines = list(held) if isinstance(held, list) else []
    entered = {line.get("chinese", "") for line in lines}
    fresh = [clause for clause in clauses if clause.line["chinese"] not in entered]
    if not fresh:
        return document
    said = document.get("provenance", {}).get(path, {}).get("source", "")
    sources = dict.fromkeys([*filter(None, [said]), *(c.source_in(tr.language) for c in fresh)])
    changed = with_value(document, path, [*lines, *(dict(clause.line) for clause in fresh)])
    return with_provenance(changed, path, "assumed", tr(N_("; ")).join(sources)[:_LONGEST_SOURCE])
