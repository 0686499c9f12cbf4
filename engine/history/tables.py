"""The tables of the history. What changes here needs a migration beside those in `migrations/versions`; a test compares."""

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData()
"""All tables, as the newest migration leaves them."""

_DIGEST = String(64)

runs = Table(
    "run",
    metadata,
    Column("digest", _DIGEST, primary_key=True, doc="of the manifest"),
    Column("id", String(80), nullable=False),
    Column("organisation", Text, nullable=False),
    Column("policy", Text, nullable=False),
    Column("policy_version", Text, nullable=False),
    Column("period", String(8), nullable=False, index=True),
    Column("as_of", String(20), nullable=False),
    Column("notice_on", String(10), nullable=False),
    Column("previous", _DIGEST, nullable=False, doc="manifest's digest of the run before; empty: none"),
    Column("snapshot", _DIGEST, nullable=False),
    Column("rules", _DIGEST, nullable=False),
    Column("settings", _DIGEST, nullable=False),
    Column("engine", Text, nullable=False),
    Column("version", Integer, nullable=False, doc="of the issued reports; 0: a draft"),
)


def _of_run() -> Column[str]:
    return Column("run", _DIGEST, ForeignKey("run.digest", ondelete="CASCADE"), primary_key=True)


checks = Table(
    "run_check",
    metadata,
    _of_run(),
    Column("check", String(80), primary_key=True),
    Column("rule", String(64), nullable=False, doc="SHA-256 of the rule; empty: not implemented"),
    Column("method", String(16), nullable=False),
    Column("severity", String(8), nullable=False),
)

findings = Table(
    "finding",
    metadata,
    _of_run(),
    Column("fingerprint", _DIGEST, primary_key=True),
    Column("number", String(80), nullable=False, index=True),
    Column("check", String(80), nullable=False),
    Column("department", String(80), nullable=False),
    Column("severity", String(8), nullable=False),
    Column("state", String(16), nullable=False),
    Column("issued_in", String(8), nullable=False),
    Column("notice_on", String(10), nullable=False),
    Column("contain_by", String(10), nullable=False),
    Column("correct_by", String(10), nullable=False),
    Column("population", Integer, nullable=False),
    Column("violations", Integer, nullable=False),
    Column("unknown", Integer, nullable=False),
    Column("waived", Integer, nullable=False),
)

instances = Table(
    "instance",
    metadata,
    _of_run(),
    Column("finding", _DIGEST, primary_key=True),
    Column("fingerprint", _DIGEST, primary_key=True, doc="whom it concerns is not kept here"),
    Column("severity", String(8), nullable=False),
    Column("state", String(16), nullable=False),
    Column("waived", Integer, nullable=False, doc="1: under a waiver in force"),
)

rolls = Table(
    "roll",
    metadata,
    _of_run(),
    Column("department", String(80), primary_key=True, doc="empty: the company"),
    Column("level", String(16), primary_key=True),
    *(
        Column(term, Integer, nullable=False)
        for term in (
            "opening",
            "new",
            "recurred",
            "resumed",
            "moved_in",
            "moved_out",
            "merged",
            "closed",
            "waived",
            "withheld",
            "closing",
            "unverified",
        )
    ),
)

points = Table(
    "point",
    metadata,
    _of_run(),
    Column("department", String(80), primary_key=True, doc="empty: the company"),
    Column("severity", String(8), primary_key=True),
    Column("open", Integer, nullable=False),
    Column("fresh", Integer, nullable=False, doc="of these, of checks that were new"),
)

breaks = Table(
    "trend_break",
    metadata,
    _of_run(),
    Column("check", String(80), primary_key=True),
    Column("what", String(16), primary_key=True, doc="rule, setting or population"),
)

events = Table(
    "event",
    metadata,
    Column("serial", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(24), nullable=False),
    Column("finding", String(80), nullable=False, index=True, doc="its number"),
    Column("fingerprint", _DIGEST, nullable=False),
    Column("by", Text, nullable=False, doc="who did it"),
    Column("on_day", String(10), nullable=False, doc="day on which it was done"),
    Column("recorded_at", String(20), nullable=False, doc="instant at which it was written down"),
    Column("said", Text, nullable=False, doc="what else was said, canonical JSON"),
    Column("previous", _DIGEST, nullable=False, doc="digest of the entry before; empty: the first"),
    Column("digest", _DIGEST, nullable=False, unique=True),
)
