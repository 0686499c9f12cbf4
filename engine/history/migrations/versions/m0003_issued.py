"""Which version of the reports a run is, and what an inspector withheld."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds both; runs that are there already are drafts, and nothing of them was withheld."""
    for table, name in (("run", "version"), ("roll", "withheld")):
        op.add_column(table, sa.Column(name, sa.Integer, nullable=False, server_default="0"))


def downgrade() -> None:
    """Drops them."""
    for table, name in (("run", "version"), ("roll", "withheld")):
        with op.batch_alter_table(table) as batch:
            batch.drop_column(name)
