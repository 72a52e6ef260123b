"""Numbered and signed documents, templates of the house, and what the file refuses to change."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_GUARDS = (
    "CREATE TRIGGER case_versions_no_update BEFORE UPDATE ON case_versions"
    " BEGIN SELECT RAISE(ABORT, 'a version is never changed'); END",
    "CREATE TRIGGER case_versions_no_delete BEFORE DELETE ON case_versions"
    " BEGIN SELECT RAISE(ABORT, 'a version is never changed'); END",
    "CREATE TRIGGER case_versions_no_replace BEFORE INSERT ON case_versions"
    " WHEN EXISTS (SELECT 1 FROM case_versions WHERE"
    " case_id = NEW.case_id AND number = NEW.number OR rowid = NEW.rowid)"
    " BEGIN SELECT RAISE(ABORT, 'a version is never changed'); END",
    "CREATE TRIGGER approvals_no_update BEFORE UPDATE ON approvals"
    " BEGIN SELECT RAISE(ABORT, 'an approval is never changed'); END",
    "CREATE TRIGGER approvals_no_delete BEFORE DELETE ON approvals"
    " BEGIN SELECT RAISE(ABORT, 'an approval is never changed'); END",
    "CREATE TRIGGER approvals_no_replace BEFORE INSERT ON approvals"
    " WHEN EXISTS (SELECT 1 FROM approvals WHERE"
    " case_id = NEW.case_id AND version = NEW.version OR rowid = NEW.rowid)"
    " BEGIN SELECT RAISE(ABORT, 'an approval is never changed'); END",
    "CREATE TRIGGER house_templates_no_update BEFORE UPDATE ON house_templates"
    " BEGIN SELECT RAISE(ABORT, 'a template is never changed'); END",
    "CREATE TRIGGER house_templates_no_delete BEFORE DELETE ON house_templates"
    " BEGIN SELECT RAISE(ABORT, 'a template is never changed'); END",
    "CREATE TRIGGER house_templates_no_replace BEFORE INSERT ON house_templates"
    " WHEN EXISTS (SELECT 1 FROM house_templates WHERE"
    " version = NEW.version OR rowid = NEW.rowid)"
    " BEGIN SELECT RAISE(ABORT, 'a template is never changed'); END",
    "CREATE TRIGGER documents_no_update BEFORE UPDATE ON documents"
    " BEGIN SELECT RAISE(ABORT, 'a document is never changed'); END",
    "CREATE TRIGGER documents_no_delete BEFORE DELETE ON documents"
    " WHEN OLD.status = 'final'"
    " BEGIN SELECT RAISE(ABORT, 'a final document is never changed'); END",
    "CREATE TRIGGER documents_no_replace BEFORE INSERT ON documents"
    " WHEN EXISTS (SELECT 1 FROM documents WHERE status = 'final' AND"
    " (document_id = NEW.document_id OR number = NEW.number OR rowid = NEW.rowid))"
    " BEGIN SELECT RAISE(ABORT, 'a final document is never changed'); END",
    "CREATE TRIGGER documents_final_is_approved BEFORE INSERT ON documents"
    " WHEN NEW.status = 'final' AND NOT EXISTS (SELECT 1 FROM approvals WHERE"
    " case_id = NEW.case_id AND version = NEW.version)"
    " BEGIN SELECT RAISE(ABORT, 'a final document needs an approval'); END",
    "CREATE TRIGGER document_serials_only_on BEFORE UPDATE ON document_serials"
    " WHEN NEW.last <= OLD.last OR NEW.kind != OLD.kind OR NEW.year != OLD.year"
    " BEGIN SELECT RAISE(ABORT, 'a serial number that was given is never changed'); END",
    "CREATE TRIGGER document_serials_no_delete BEFORE DELETE ON document_serials"
    " BEGIN SELECT RAISE(ABORT, 'a serial number that was given is never changed'); END",
)


def upgrade() -> None:
    """Give documents number and signature; those that are there have neither."""
    op.create_index("ix_case_versions_input_hash", "case_versions", ["input_hash"])
    op.rename_table("documents", "documents_0003")
    op.create_table(
        "documents",
        sa.Column("document_id", sa.String(32), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("issued_at", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("template", sa.String(12), nullable=False),
        sa.Column("signer", sa.Text(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("unsigned_sha256", sa.String(64), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "version"],
            ["case_versions.case_id", "case_versions.number"],
            name="fk_documents_case_id_version_case_versions",
        ),
        sa.UniqueConstraint("number", name="uq_documents_number"),
        sa.CheckConstraint(
            "(status = 'final') = (number IS NOT NULL)", name="ck_documents_final_is_numbered"
        ),
        sa.CheckConstraint(
            "(signer = '') = (signed_on IS NULL)", name="ck_documents_signer_and_day"
        ),
        sa.PrimaryKeyConstraint("document_id", name="pk_documents"),
    )
    op.execute(
        "INSERT INTO documents SELECT document_id, case_id, version, kind, language, status,"
        " issued_at, NULL, '', '', NULL, sha256, sha256, size, content FROM documents_0003"
    )
    op.drop_table("documents_0003")
    op.create_index("ix_documents_sha256", "documents", ["sha256"])
    op.create_index("ix_documents_unsigned_sha256", "documents", ["unsigned_sha256"])
    op.create_table(
        "document_serials",
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.CheckConstraint("last >= 1", name="ck_document_serials_last_from_one"),
        sa.PrimaryKeyConstraint("kind", "year", name="pk_document_serials"),
    )
    op.create_table(
        "house_templates",
        sa.Column("version", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("logo", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", sa.Text(), nullable=False),
        sa.CheckConstraint("version >= 1", name="ck_house_templates_version_from_one"),
        sa.PrimaryKeyConstraint("version", name="pk_house_templates"),
    )
    for statement in _GUARDS:
        op.execute(statement)


def downgrade() -> None:
    """Undo is by the backup made before the upgrade."""
    raise RuntimeError("restore the backup made before the upgrade")
