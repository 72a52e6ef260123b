"""A book with an approved version for the tests of final documents, and what signs them."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from app.models.database import open_book
from app.reference.tables import load_reference
from app.reports.kinds import Choice, DocumentKind
from app.services.certificates import demonstration_pkcs12
from app.services.signing import FileSigner
from app.services.workbench import Workbench
from tests.integration.test_signed_loan import SIGNED, TERMS

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
PASSPHRASE = "示范 passphrase"  # noqa: S105
HOLDER = "示范银行股份有限公司"
SHORT = Choice(DocumentKind.PLEDGE_LIST)
"""A document that is drawn quickly."""


def workbench_at(path: Path) -> Workbench:
    """Return the use cases on the book at `path`, made where there is none."""
    return Workbench(open_book(path, now=NOW), load_reference(), lambda: NOW)


def approved(workbench: Workbench, name: str = "Mangroves of a bay") -> str:
    """Save and approve a case; return its number."""
    project = {**TERMS["project"], "name": name}
    (version,) = workbench.save_new([{**TERMS, "project": project}])
    workbench.approve(version.case_id, 1, **SIGNED)
    return version.case_id


@cache
def certificate() -> bytes:
    """A certificate for demonstration, made once: its key takes a while."""
    return demonstration_pkcs12(HOLDER, PASSPHRASE, NOW)


def file_signer(folder: Path) -> FileSigner:
    """Return what signs with the certificate for demonstration."""
    path = folder / "demo.p12"
    path.write_bytes(certificate())
    return FileSigner(path, PASSPHRASE)
