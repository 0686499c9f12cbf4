"""An audit from the command line: everything read, the engine asked, what was found said."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.audit import Inputs, audit
from engine.audit.superseded import read_superseded
from engine.checks.catalogue import load_catalogue
from engine.cli.ahead import Ahead
from engine.cli.correcting import superseded_lines
from engine.cli.pack_lines import changes_by_packs
from engine.cli.places import policies
from engine.cli.runs import must_be_as_issued
from engine.cli.starting import started
from engine.cli.talk import console, progress, say, summary, tell_errors, tell_failed
from engine.cli.trust import trusted
from engine.cli.wanted import EngineWanted
from engine.findings import Run
from engine.history import read_previous
from engine.settings import resolve
from engine.snapshot.folder import fresh_folder

if TYPE_CHECKING:
    from engine.cli.company import Company


def run_audit(
    snapshot: Path,
    into: Path,
    *,
    company: "Company | None",
    packs: Sequence[Path],
    previous: Path | None,
    first_run: bool,
    notice_on: date | None,
    wanted: EngineWanted,
    superseded: Path | None = None,
    what_would_pass: bool = False,
    ahead: Ahead | None = None,
) -> Run:
    """Audits a snapshot into a folder and says what was found."""
    must_be_as_issued(previous)
    sealed = trusted(snapshot)
    catalogue = load_catalogue(policies(), packs)
    changes: dict[str, Any] = dict(company.settings) if company else {}
    origin = company.path.name if company and changes else "default"
    settings = resolve(catalogue.settings, changes, origin, catalogue.origins)
    for line in changes_by_packs(catalogue):
        say(line)
    if origin == "default":
        say(
            f"settings: the defaults of the policy{' and its packs' if catalogue.origins else ''}"
            + ("" if company else "; -c company.yaml takes those of a company")
        )
    inputs = Inputs(
        sealed,
        catalogue,
        settings,
        origin,
        read_previous(previous),
        notice_on,
        first_run=first_run,
        superseded=read_superseded(superseded) if superseded else None,
    )
    if inputs.before.as_of == "" and not first_run:
        say(
            "no earlier run is named: what became of earlier findings is not assessed; --first-run says that there is none"
        )
    with (
        fresh_folder(into) as work,
        started(wanted, catalogue, inputs.documents(), sealed, packs, ahead) as asked,
        progress("auditing") as tell,
    ):
        run = audit(inputs, asked, work, tell, what_would_pass=what_would_pass)
    console().print(summary(run))
    tell_failed(run.failed_rules or ())
    tell_errors(len(sealed.manifest["data_errors"]), f"{into.name}/coverage.json, and in the reports")
    for line in superseded_lines(run):
        say(line)
    return run
