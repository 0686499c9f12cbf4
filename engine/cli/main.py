"""The group of commands, and what a user sees when something goes wrong."""

import os
import signal
import sys
import threading
from types import FrameType
from typing import Any

import click

from engine.cli.answering import actions_group
from engine.cli.auditing import audit_command, inspect_command, report_command
from engine.cli.authoring import new_command
from engine.cli.checking import checks_group
from engine.cli.collecting import collect_command
from engine.cli.covering import coverage_command
from engine.cli.demonstration import demo_command
from engine.cli.engines import engine_group
from engine.cli.evidence import verify_command
from engine.cli.explaining import diff_command, explain_command
from engine.cli.finding import finding_group
from engine.cli.history import history_group
from engine.cli.init import init_command
from engine.cli.sampling import sample_group
from engine.cli.trying import run_command, test_command
from engine.errors import AuditError, UsageError

FAILED = 1
WRONG_USAGE = 2
INTERRUPTED = 130


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    """Ends a command that is told to stop as if a person had stopped it: children and folders are cleared away."""
    raise KeyboardInterrupt


class Clausewise(click.Group):
    """A group whose commands never show a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Runs a command; what goes wrong becomes one line of what is wrong and one of what to do."""
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, _interrupt)
        try:
            return super().invoke(ctx)
        except AuditError as error:
            click.echo(f"error: {error}", err=True)
            if error.help:
                click.echo(f"help: {error.help}", err=True)
            ctx.exit(WRONG_USAGE if isinstance(error, UsageError) else FAILED)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except KeyboardInterrupt:
            click.echo("stopped; nothing half written is left behind", err=True)
            ctx.exit(INTERRUPTED)
        except Exception as error:
            if os.environ.get("CLAUSEWISE_DEBUG"):
                raise
            click.echo(f"error: a fault of clausewise itself: {type(error).__name__}: {error}", err=True)
            click.echo("help: please report it; CLAUSEWISE_DEBUG=1 shows where it happened", err=True)
            ctx.exit(FAILED)


@click.group(cls=Clausewise, context_settings={"help_option_names": ["-h", "--help"]})
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


for part in (new_command, run_command, test_command):
    checks_group.add_command(part)

for command in (
    actions_group,
    audit_command,
    checks_group,
    collect_command,
    coverage_command,
    demo_command,
    diff_command,
    engine_group,
    explain_command,
    finding_group,
    history_group,
    init_command,
    inspect_command,
    report_command,
    sample_group,
    verify_command,
):
    cli.add_command(command)
