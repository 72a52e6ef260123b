"""What the file itself refuses: changing or deleting what was signed, numbered or approved.

The program never tries; the triggers stand against a hand in an SQL shell. Who owns the file can
drop them: then `check_book` says that they are gone.
"""

import hashlib
import sqlite3

Guard = tuple[str, str]
"""Name of a trigger and the statement that makes it."""


def _guard(name: str, event: str, table: str, said: str, when: str = "") -> Guard:
    head = f"CREATE TRIGGER {name} BEFORE {event} ON {table}"
    condition = f" WHEN {when}" if when else ""
    return name, f"{head}{condition} BEGIN SELECT RAISE(ABORT, '{said}'); END"


def _kept(table: str, what: str, key: str) -> tuple[Guard, ...]:
    """Refuse UPDATE, DELETE, and INSERT OR REPLACE, which deletes without asking a trigger."""
    said = f"{what} is never changed"
    held = f"EXISTS (SELECT 1 FROM {table} WHERE {key} OR rowid = NEW.rowid)"  # noqa: S608
    return (
        _guard(f"{table}_no_update", "UPDATE", table, said),
        _guard(f"{table}_no_delete", "DELETE", table, said),
        _guard(f"{table}_no_replace", "INSERT", table, said, held),
    )


_HELD_FINAL = (
    "EXISTS (SELECT 1 FROM documents WHERE status = 'final' AND "
    "(document_id = NEW.document_id OR number = NEW.number OR rowid = NEW.rowid))"
)
_NOT_APPROVED = (
    "NEW.status = 'final' AND NOT EXISTS (SELECT 1 FROM approvals WHERE "
    "case_id = NEW.case_id AND version = NEW.version)"
)
_SET_BACK = "NEW.last <= OLD.last OR NEW.kind != OLD.kind OR NEW.year != OLD.year"
_FINAL_SAID = "a final document is never changed"
_SERIAL_SAID = "a serial number that was given is never changed"

GUARDS: dict[str, str] = dict(
    (
        *_kept("case_versions", "a version", "case_id = NEW.case_id AND number = NEW.number"),
        *_kept("approvals", "an approval", "case_id = NEW.case_id AND version = NEW.version"),
        *_kept("house_templates", "a template", "version = NEW.version"),
        _guard("documents_no_update", "UPDATE", "documents", "a document is never changed"),
        _guard(
            "documents_no_delete", "DELETE", "documents", _FINAL_SAID, "OLD.status = 'final'"
        ),
        _guard("documents_no_replace", "INSERT", "documents", _FINAL_SAID, _HELD_FINAL),
        _guard(
            "documents_final_is_approved", "INSERT", "documents",
            "a final document needs an approval", _NOT_APPROVED,
        ),
        _guard("document_serials_only_on", "UPDATE", "document_serials", _SERIAL_SAID, _SET_BACK),
        _guard("document_serials_no_delete", "DELETE", "document_serials", _SERIAL_SAID),
    )
)  # fmt: skip
"""Statement of each trigger by its name; migrations hold a copy of their own."""


def guard_faults(connection: sqlite3.Connection) -> list[str]:
    """Return which triggers are gone or changed, and which documents are not what was kept."""
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    held = dict(connection.execute(query).fetchall())
    faults = [f"trigger: {name}" for name, sql in GUARDS.items() if held.get(name) != sql]
    for number, digest, content in connection.execute(
        "SELECT coalesce(number, document_id), sha256, content FROM documents"
    ):
        if hashlib.sha256(content).hexdigest() != digest:
            faults.append(f"document: {number}")
    return faults
