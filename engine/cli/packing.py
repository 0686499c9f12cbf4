"""`clausewise pack`: everything that an auditor needs, in one ZIP."""

import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import orjson

from engine.canonical import canonical, load
from engine.checks.catalogue import Catalogue, load_catalogue
from engine.cli.company import load_company
from engine.cli.kept import configured
from engine.cli.pack_keys import Key, read_key
from engine.cli.pack_log import entry_under, log_of
from engine.cli.places import policies
from engine.cli.runs import rows, trusted_run
from engine.cli.talk import say
from engine.cli.trust import trusted
from engine.errors import SnapshotError, UsageError
from engine.snapshot import Snapshot
from engine.snapshot.folder import MANIFEST, differences, read_manifest
from reports import LANGUAGES, OFFERED
from reports.auditor import Archive, Material, Pseudonyms, contents, masked, names_in
from reports.auditor.contents import manifest
from reports.auditor.pseudonyms import Named
from reports.auditor.verify import digest_of
from reports.clean import clean
from reports.model import build
from reports.run_folder import RunFolder, read

DEFAULT_KEY = "pseudonyms.key.json"

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_VIOLATIONS = re.compile(r"^violations contains\b", re.MULTILINE)


@click.command("pack")
@click.argument("run", type=_FOLDER)
@click.option(
    "--into", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The ZIP; a new file."
)
@click.option(
    "--snapshot", type=_FOLDER, help="Snapshot of the run: for samples, digests, and all names on file."
)
@click.option("--reports", type=_FOLDER, help="The reports as issued.")
@click.option("-c", "--config", type=_FILE, help="company.yaml, for its packs of checks and its history.")
@click.option(
    "--policies", "packs", type=_FOLDER, multiple=True, help="Folder with further checks; repeatable."
)
@click.option(
    "--history", help="History whose log of findings is included [default: what -c says, else none]."
)
@click.option(
    "--language",
    "languages",
    type=click.Choice(OFFERED),
    multiple=True,
    help=f"Of the reports in it; repeatable [default: those of --reports, else {' and '.join(LANGUAGES)}].",
)
@click.option(
    "--key",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path(DEFAULT_KEY),
    show_default=True,
    help="Key of the pseudonyms, made if there is none; never give it away with the pack.",
)
@click.option("--real-names", is_flag=True, help="No pseudonyms: the pack names people, and says so.")
def pack_command(
    run: Path,
    into: Path,
    snapshot: Path | None,
    reports: Path | None,
    config: Path | None,
    packs: tuple[Path, ...],
    history: str | None,
    languages: tuple[str, ...],
    key: Path,
    real_names: bool,
) -> None:
    """Write the auditor's pack: a ZIP with results, evidence, rules, reports, and a script that verifies it.

    People, accounts, groups and devices stand in it under pseudonyms. The key to them is kept in a file of its own;
    the same key gives the same pseudonyms next quarter.

    \b
    Example:
      clausewise pack demo/run --into pack.zip --snapshot demo/snapshot --reports demo/reports
    """
    if into.exists():
        raise UsageError(f"{into.name}: exists", "name a new file; nothing is ever written over")
    trusted_run(run)
    found = read(run)
    company = load_company(config) if config else None
    catalogue = load_catalogue(policies(), (*(company.packs if company else ()), *packs))
    sealed = _snapshot(snapshot, found)
    names = None if real_names else read_key(key)
    masks = Pseudonyms(names.secret, _named(found, sealed), _kept(found)) if names else None
    kept = configured(company, history)
    log, chain = (None, []) if kept is None else log_of(*kept, found, masks)
    shown = masked(found, masks) if masks else found
    rules, missing, lines = _rules(run, found, catalogue)
    issued = _issued(reports, found)
    given = Material(
        found=shown,
        model=build(shown),
        languages=languages or _languages(issued or {}) or LANGUAGES,
        crosswalk=catalogue.crosswalk,
        rules=rules,
        rules_missing=missing,
        rule_lines=lines,
        delivered=_delivered(sealed),
        samples=_samples(sealed, masks),
        log=log,
        log_chain=chain,
        issued=None
        if reports is None or masks is not None
        else {name: (reports / name).read_bytes() for name in issued or {}},
        issued_digests=issued,
        withheld=_withheld(run, masks),
        pseudonymous=masks is not None,
        key=names.mark if names else "",
    )
    told = _written(given, into, names, masks)
    if names:
        say(f"pseudonyms: their key is {names.path}; keep it apart, and never send it with the pack")
    else:
        say("real names: this pack names people; keep it accordingly")
    say(f"digest {told}; tell it by another way, so that a pack that was made anew is noticed")
    click.echo(str(into))


def _written(given: Material, into: Path, key: Key | None, masks: Pseudonyms | None) -> str:
    """Writes the archive beside its place and puts it there when it is whole, after the key is safe; its digest."""
    try:
        into.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=f".{into.name}.", dir=into.parent)
    except OSError as error:
        raise UsageError(f"{into}: {error.strerror}", "name a file that can be written") from error
    try:
        with os.fdopen(descriptor, "wb") as file, Archive(file) as archive:
            for path, data in contents(given):
                archive.add(path, data)
            said = manifest(given, archive.files)
            digest = digest_of(said)
            archive.add(MANIFEST, canonical({**said, "digest": digest}) + b"\n")
        if key and masks:
            key.write(masks.given, masks.digests)
        Path(name).replace(into)
    finally:
        Path(name).unlink(missing_ok=True)
    return digest


def _snapshot(path: Path | None, found: RunFolder) -> Snapshot | None:
    if path is None:
        return None
    sealed = trusted(path)
    if sealed.manifest["digest"] != found.run.digests.snapshot:
        raise SnapshotError(
            f"{path.name}: its digest is {sealed.manifest['digest'][:12]}…, the run is of "
            f"{found.run.digests.snapshot[:12]}…",
            "name the snapshot that was audited",
        )
    return sealed


def _named(found: RunFolder, sealed: Snapshot | None) -> Iterator[Named]:
    """Every person and account that is known: those that the run names, and all that the snapshot has."""
    yield from names_in(found.subjects)
    for code in sealed.codes if sealed else ():
        shard = clean(load(sealed.shard(code))) if sealed else {}
        for person in shard["people"]:
            tail = person["uid"].split("/", 2)[-1]
            yield "person", person["uid"], (person["name"], person["employee_no"], tail)
        for account in shard["accounts"]:
            tail = account["uid"].split("/", 2)[-1]
            yield "account", account["uid"], (account["login"], account.get("display_name", ""), tail)


def _kept(found: RunFolder) -> Iterator[str]:
    for row in found.run.departments:
        yield from (row.code, row.name)


def _withheld(run: Path, masks: Pseudonyms | None) -> list[dict[str, Any]] | None:
    """What an inspector decided about each finding, where a run was reviewed."""
    if not (run / "review.jsonl").is_file():
        return None
    decisions = [clean(row) for row in rows(run, "review")]
    return [entry_under(row, masks) for row in decisions] if masks else decisions


def _rules(
    run: Path, found: RunFolder, catalogue: Catalogue
) -> tuple[dict[str, bytes], tuple[str, ...], dict[str, tuple[str, int]]]:
    """Rules, tests and library as they ran; checks whose rule at hand is another; and where each says what violates it."""
    ran = {row["id"]: row.get("rule", "") for row in load(run / "catalogue.json")["checks"]}
    whole = catalogue.rules_digest == found.run.digests.rules
    taken: dict[str, bytes] = {}
    lines: dict[str, tuple[str, int]] = {}
    for number, folder in enumerate(catalogue.rule_folders):
        for path in sorted(folder.rglob("*.rego")):
            check = path.stem.removesuffix("_test")
            if not (whole or (check in ran and ran[check] == catalogue.rule_digest(check))):
                continue
            name = path.relative_to(folder).as_posix()
            name = f"pack-{number}/{name}" if number else name
            taken[name] = path.read_bytes()
            if path.stem in ran:
                text = path.read_text("utf-8")
                at = _VIOLATIONS.search(text)
                lines[check] = (name, text.count("\n", 0, at.start()) + 1 if at else 1)
    missing = tuple(check for check, rule in sorted(ran.items()) if rule and check not in lines)
    return taken, missing if whole or missing else ("lib",), lines


def _issued(reports: Path | None, found: RunFolder) -> dict[str, dict[str, Any]] | None:
    """Bytes and digest of every report as issued.

    Raises:
        SnapshotError: they were changed, or are those of another run
    """
    if reports is None:
        return None
    listed = read_manifest(reports, "reports/1")["files"]
    wrong = differences(reports, listed)
    if wrong:
        raise SnapshotError(f"{reports.name}/{wrong[0]}", "name the reports as they were issued")
    of = load(reports / "model.json")["run"]["id"]
    if of != found.run.id:
        raise SnapshotError(
            f"{reports.name}: reports of run {of}, not of {found.run.id}", "name its own reports"
        )
    return dict(listed)


def _languages(issued: Mapping[str, object]) -> tuple[str, ...]:
    """The languages of reports as issued, by the names of their files."""
    return tuple(
        language for language in OFFERED if any(f".{language}." in Path(name).name for name in issued)
    )


def _delivered(sealed: Snapshot | None) -> dict[str, dict[str, Any]] | None:
    """Records and digests of what every source delivered; less where raw records were purged."""
    if sealed is None:
        return None
    path = sealed.path / "raw" / MANIFEST
    listed = orjson.loads(path.read_bytes()).get("sources", {}) if path.is_file() else {}
    return {
        name: {
            "records": entry.get("records", 0),
            "raw_sha256": entry.get("sha256", ""),
            "facts_sha256": entry.get("delivered", {}).get("sha256", ""),
        }
        for name, entry in sorted(listed.items())
    }


def _samples(sealed: Snapshot | None, masks: Pseudonyms | None) -> Sequence[Mapping[str, Any]] | None:
    """Samples with what was drawn and what came out, and every drawn message by its number; never a text."""
    if sealed is None:
        return None
    made = []
    for code in sealed.codes:
        shard = clean(load(sealed.shard(code)))
        for sample in shard["samples"]:
            items = [item for item in shard["sample_items"] if item["sample"] == sample["uid"]]
            whole = {**sample, "items": items}
            made.append(masks.anything(whole) if masks else whole)
    return [row for row in made if isinstance(row, dict)]
