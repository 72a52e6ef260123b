"""Cases with their versions, approvals and issued documents."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the first tables."""
    op.create_table(
        "cases",
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_cases"),
    )
    op.create_table(
        "case_versions",
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column("input_hash", sa.String(64), nullable=False),
        sa.Column("program_version", sa.String(40), nullable=False),
        sa.Column("data_version", sa.String(40), nullable=False),
        sa.Column("saved_at", sa.Text(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.CheckConstraint("number >= 1", name="ck_case_versions_number_from_one"),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.case_id"], name="fk_case_versions_case_id_cases"
        ),
        sa.PrimaryKeyConstraint("case_id", "number", name="pk_case_versions"),
    )
    op.create_table(
        "approvals",
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("prepared_by", sa.Text(), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=False),
        sa.Column("approved_at", sa.Text(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "version"],
            ["case_versions.case_id", "case_versions.number"],
            name="fk_approvals_case_id_version_case_versions",
        ),
        sa.PrimaryKeyConstraint("case_id", "version", name="pk_approvals"),
    )
    op.create_table(
        "documents",
        sa.Column("document_id", sa.String(32), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("issued_at", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "version"],
            ["case_versions.case_id", "case_versions.number"],
            name="fk_documents_case_id_version_case_versions",
        ),
        sa.PrimaryKeyConstraint("document_id", name="pk_documents"),
    )


def downgrade() -> None:
    """Undo is by the backup made before the upgrade."""
    raise RuntimeError("restore the backup made before the upgrade")
