"""Papers attached to a case."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of attachments."""
    op.create_table(
        "attachments",
        sa.Column("attachment_id", sa.String(32), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("size >= 1", name="ck_attachments_not_empty"),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.case_id"], name="fk_attachments_case_id_cases"
        ),
        sa.PrimaryKeyConstraint("attachment_id", name="pk_attachments"),
    )
    op.create_index("ix_attachments_case_id", "attachments", ["case_id"])


def downgrade() -> None:
    """Undo is by the backup made before the upgrade."""
    raise RuntimeError("restore the backup made before the upgrade")
