"""The log of what became of findings."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


_GUARDS = {
    "sqlite": tuple(
        f"CREATE TRIGGER event_no_{verb} BEFORE {verb.upper()} ON event "
        "BEGIN SELECT RAISE(ABORT, 'entries of the log are only ever added'); END"
        for verb in ("update", "delete")
    ),
    "postgresql": (
        (
            "CREATE FUNCTION event_refused() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'entries of the log are only ever added'; END $$"
        ),
        (
            "CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON event "
            "FOR EACH ROW EXECUTE FUNCTION event_refused()"
        ),
    ),
}
"""The log is append-only: the database itself refuses a change made by mistake; one made on purpose the digests show."""


def upgrade() -> None:
    """Makes the table."""
    op.create_table(
        "event",
        sa.Column("serial", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("finding", sa.String(80), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("on_day", sa.String(10), nullable=False),
        sa.Column("recorded_at", sa.String(20), nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
    )
    op.create_index("ix_event_finding", "event", ["finding"])
    for statement in _GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    """Drops it."""
    op.drop_table("event")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION event_refused")
