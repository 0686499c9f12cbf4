"""Runs, their findings and instances, and their roll-forwards."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_ROLL = (
    "opening",
    "new",
    "recurred",
    "resumed",
    "moved_in",
    "moved_out",
    "merged",
    "closed",
    "waived",
    "closing",
    "unverified",
)


def _run() -> sa.Column[str]:
    return sa.Column("run", sa.String(64), sa.ForeignKey("run.digest", ondelete="CASCADE"), primary_key=True)


def _text(name: str, length: int, *, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), primary_key=key, nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "run",
        _text("digest", 64, key=True),
        _text("id", 80),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("organisation", "policy", "policy_version")),
        _text("period", 8),
        _text("as_of", 20),
        _text("notice_on", 10),
        *(_text(name, 64) for name in ("previous", "snapshot", "rules", "settings")),
        sa.Column("engine", sa.Text, nullable=False),
    )
    op.create_index("ix_run_period", "run", ["period"])
    op.create_table(
        "run_check",
        _run(),
        _text("check", 80, key=True),
        _text("rule", 64),
        _text("method", 16),
        _text("severity", 8),
    )
    op.create_table(
        "finding",
        _run(),
        _text("fingerprint", 64, key=True),
        *(_text(name, 80) for name in ("number", "check", "department")),
        _text("severity", 8),
        _text("state", 16),
        _text("issued_in", 8),
        *(_text(name, 10) for name in ("notice_on", "contain_by", "correct_by")),
        *(_number(name) for name in ("population", "violations", "unknown", "waived")),
    )
    op.create_index("ix_finding_number", "finding", ["number"])
    op.create_table(
        "instance",
        _run(),
        _text("finding", 64, key=True),
        _text("fingerprint", 64, key=True),
        _text("severity", 8),
        _text("state", 16),
        _number("waived"),
    )
    op.create_table(
        "roll",
        _run(),
        _text("department", 80, key=True),
        _text("level", 16, key=True),
        *(_number(name) for name in _ROLL),
    )
    op.create_table(
        "point",
        _run(),
        _text("department", 80, key=True),
        _text("severity", 8, key=True),
        _number("open"),
        _number("fresh"),
    )
    op.create_table("trend_break", _run(), _text("check", 80, key=True), _text("what", 16, key=True))


def downgrade() -> None:
    """Drops them."""
    for name in ("trend_break", "point", "roll", "instance", "finding", "run_check", "run"):
        op.drop_table(name)
