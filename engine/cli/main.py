"""The group of commands, and what a user sees when something goes wrong."""

import os
import signal
import sys
import threading
from types import FrameType
from typing import Any

import click

from engine.clean import printable
from engine.cli.lazy import LazyGroup
from engine.errors import AuditError, UsageError

COMMANDS = {
    "actions": "answering:actions_group",
    "audit": "auditing:audit_command",
    "changes": "changing:changes_command",
    "checks": "checking:checks_group",
    "collect": "collecting:collect_command",
    "coverage": "covering:coverage_command",
    "demo": "demonstration:demo_command",
    "diff": "comparing:diff_command",
    "engine": "engines:engine_group",
    "explain": "explaining:explain_command",
    "finding": "finding:finding_group",
    "handout": "handing:handout_command",
    "history": "history:history_group",
    "identity": "identities:identity_command",
    "init": "init:init_command",
    "inspect": "inspecting:inspect_command",
    "issue": "issuing:issue_command",
    "pack": "packing:pack_command",
    "purge": "purging:purge_command",
    "report": "reporting:report_command",
    "review": "reviewing:review_command",
    "sample": "sampling:sample_group",
    "verify": "evidence:verify_command",
}

FAILED = 1
WRONG_USAGE = 2
INTERRUPTED = 130


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    """Ends a command that is told to stop as if a person had stopped it: children and folders are cleared away."""
    raise KeyboardInterrupt


def _say(text: str) -> None:
    """As `talk.say`, without what that imports: an error may quote whatever a file holds."""
    click.echo(printable(text), err=True)


class Clausewise(LazyGroup):
    """A group whose commands never show a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Runs a command; what goes wrong becomes one line of what is wrong and one of what to do."""
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, _interrupt)
        try:
            return super().invoke(ctx)
        except AuditError as error:
            _say(f"error: {error}")
            if error.help:
                _say(f"help: {error.help}")
            ctx.exit(WRONG_USAGE if isinstance(error, UsageError) else FAILED)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except KeyboardInterrupt:
            click.echo("stopped; nothing half written is left behind", err=True)
            ctx.exit(INTERRUPTED)
        except Exception as error:
            if os.environ.get("CLAUSEWISE_DEBUG"):
                raise
            _say(f"error: a fault of clausewise itself: {type(error).__name__}: {error}")
            click.echo("help: please report it; CLAUSEWISE_DEBUG=1 shows where it happened", err=True)
            ctx.exit(FAILED)


@click.group(cls=Clausewise, places=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="clausewise")
def cli() -> None:
    """Audit a company against its own policy, clause by clause.

    \b
    Example:
      clausewise demo --into demo
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
