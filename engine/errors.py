"""Everything that can go wrong, as one tree.

    AuditError                  the run cannot do what it was asked for
    ├── UsageError              wrong options or arguments (exit 2)
    ├── ConfigurationError      company.yaml, a settings file or a missing secret
    ├── FactError               a record that is not a fact
    ├── SourceError             a source that cannot be read
    │   ├── AccessError         it refuses us: which permission is missing
    │   └── UnparsableError     it answers in a shape that we do not know
    ├── SnapshotError           a snapshot, run or report pack that is damaged or not ours
    ├── HistoryError            a history that cannot be opened, or an entry that it cannot take
    ├── IssueError              a run that may not be issued as it stands
    ├── CatalogueError          checks that do not fit together
    ├── RulesError              rules that may not be loaded
    └── EngineError             the policy engine cannot be had, or has gone

A message says where, what was found and what is right; `help` says what to do. Lower case, no full stop.
"""


class AuditError(Exception):
    """Root of all errors that a user is shown: one line of what is wrong, one of what to do."""

    def __init__(self, message: str, help: str = "") -> None:  # noqa: A002  # the word a user sees
        super().__init__(message)
        self.help = help


class UsageError(AuditError):
    """The command was called in a way that it does not know."""


class ConfigurationError(AuditError):
    """`company.yaml`, a register's declaration, a setting or a secret is wrong or missing."""


class FactError(AuditError):
    """A record does not satisfy the model of its fact."""


class SourceError(AuditError):
    """A source could not be read; the snapshot says so and goes on."""

    reason = "source_failed"


class AccessError(SourceError):
    """A source refuses us; the message names the permission that is missing."""

    reason = "not_permitted"


class UnparsableError(SourceError):
    """A source answers in a shape that its parser does not know."""

    reason = "unparsable"


class SnapshotError(AuditError):
    """A folder is not what it says, was changed, or is not ours to write into."""


class HistoryError(AuditError):
    """A history cannot be opened or believed, or cannot take an entry."""


class IssueError(AuditError):
    """A run may not be issued as it stands: not reviewed, issued before, or not what it is said to correct."""


class CatalogueError(AuditError):
    """Descriptions, rules and answers of the checks do not fit together."""


class RulesError(AuditError):
    """Rules use what they may not use, or do not compile."""


class EngineError(AuditError):
    """No policy engine, or one that does not answer."""
