"""What is said to the person at the terminal: progress, and tables at the end. Never on stdout, never in a pipe."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from engine.clean import clean, printable
from engine.findings import SEVERITIES, FailedRule, Run


def console() -> Console:
    """Where talk goes: stderr."""
    return Console(stderr=True, highlight=False)


def say(text: str) -> None:
    """Tell the person at the terminal; what data of the company put into the text steers nothing there."""
    click.echo(printable(text), err=True)


def put(text: str) -> None:
    """Lines of what was asked for, on stdout; cleaned likewise, because mostly it is a terminal that shows them."""
    click.echo(printable(text))


def tell_errors(number: int, place: str) -> None:
    """How many errors in the data there are, if any, and where they are listed."""
    if number:
        say(f"{number} error{'s' if number > 1 else ''} in the data: see data_errors in {place}")


def tell_failed(rules: Sequence[FailedRule]) -> None:
    """Each rule that gave no answer, where, and what the engine said of it."""
    for rule in rules:
        say(f"{rule.check}: the rule failed in {', '.join(rule.departments)}: {rule.message}")


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar while something long is going on; nothing where nobody watches."""
    with waiting(what) as tell:
        yield lambda done, total: tell(done, total, ())


@contextmanager
def waiting(what: str) -> Iterator[Callable[[int, int, Sequence[str]], None]]:
    """Such a bar that also names what is being waited for."""
    screen = console()
    if not screen.is_terminal:
        yield lambda _done, _total, _names: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=screen, transient=True) as bars:
        task = bars.add_task(what, total=None)

        def tell(done: int, total: int, names: Sequence[str]) -> None:
            shown = what + (f" ({', '.join(names)})" if names else "")
            bars.update(task, completed=done, total=total, description=_shown(shown))

        yield tell


def summary(run: Run) -> Table:
    """The run in a small table: what was found, and how much was not looked at."""
    totals = run.totals
    table = Table(
        title=_shown(f"{run.organisation}, {run.period.label}, as of {run.as_of}"),
        title_justify="left",
        show_header=False,
    )
    table.add_row("open findings", ", ".join(f"{totals[severity]} {severity}" for severity in SEVERITIES))
    table.add_row(
        "against last quarter",
        f"{totals['new']} new, {totals['persisting']} persisting, {totals['closed']} closed, {totals['unverified']} not verified",
    )
    table.add_row("subjects concerned", str(totals["instances"]))
    table.add_row(
        "checks x departments",
        f"{totals['pass']} pass, {totals['fail']} fail, {totals['waived']} waived, {totals['not_applicable']} not applicable",
    )
    table.add_row("not looked at", f"{totals['not_assessed']} not assessed")
    table.add_row("dates count from", _shown(run.notice_on))
    table.add_row(
        "engine",
        _shown(
            f"{run.engine.name} {run.engine.version}" + (f" ({run.engine.note})" if run.engine.note else "")
        ),
    )
    table.add_row("settings", _shown(run.settings_origin))
    return table


def _shown(text: str) -> str:
    """Text in a table or beside a bar: neither the terminal nor rich takes a part of it for an order."""
    return escape(str(clean(text)))
