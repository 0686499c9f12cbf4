"""`clausewise diff`: what changed between two runs."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from engine.canonical import load
from engine.cli.checking import FOLDER
from engine.cli.pack_lines import pack_lines
from engine.cli.runs import rows, trusted_run
from engine.cli.talk import put

Row = dict[str, Any]


@click.command("diff")
@click.argument("earlier", type=FOLDER)
@click.argument("later", type=FOLDER)
def diff_command(earlier: Path, later: Path) -> None:
    """Tell what changed between two runs: findings, results, settings, checks and rules.

    \b
    Example:
      clausewise diff demo/previous/run demo/run
    """
    before, after = trusted_run(earlier), trusted_run(later)
    put(f"{before['id']} as of {before['as_of']} -> {after['id']} as of {after['as_of']}")
    lines = [
        *_findings(earlier, later),
        *_results(earlier, later),
        *_settings(earlier, later),
        *_checks(earlier, later),
        *_packs(earlier, later),
        *_digests(before, after),
    ]
    for line in lines or ["nothing changed"]:
        put(line)


def _findings(earlier: Path, later: Path) -> Iterator[str]:
    """Findings by what became of them; one that was closed before and still is says nothing new."""
    old = {row["fingerprint"]: row for row in rows(earlier, "findings") if row["state"] != "closed"}
    new = {row["fingerprint"]: row for row in rows(later, "findings")}
    old |= {key: old.pop(was) for was, key in _moved(old, new, _replaced(earlier) | _replaced(later))}
    for key in sorted(old.keys() | new.keys(), key=lambda key: ({**old, **new}[key]["number"], key)):
        was, is_ = old.get(key), new.get(key)
        row = is_ or was or {}
        if was is None and (is_ is None or is_["state"] == "closed"):
            continue
        if was is None:
            word = "new"
        elif is_ is None or is_["state"] == "closed":
            word = "closed"
        else:
            word = "unverified" if is_["state"] == "unverified" else "persisting"
        change = f"{was['violations']} -> {is_['violations']}" if was and is_ else f"{row['violations']}"
        check, department = (_now(was, is_, field) for field in ("check", "department"))
        yield f"finding {word}: {row['number']} {check} in {department}, {row['severity']}, subjects {change}"


def _moved(old: dict[str, Row], new: dict[str, Row], replaced: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """Fingerprints before and after of findings that kept their number under another check or in another department.

    A number alone does not tell: two runs may each have given it, to findings that have nothing to do with each other.
    """
    numbered = {row["number"]: key for key, row in new.items() if key not in old}
    found = []
    for was in sorted(old.keys() - new.keys()):
        before, key = old[was], numbered.get(old[was]["number"], "")
        after = new.get(key, before)
        moved = before["department"] != after["department"]
        same = before["check"] == after["check"]
        if (same and moved) or (before["check"], after["check"]) in replaced:
            found.append((was, key))
    return found


def _replaced(run: Path) -> set[tuple[str, str]]:
    """Every check that is replaced in the run with each that stands in its place, at once or after others; and the way back."""
    heirs = {row["id"]: row.get("replaced_by", ()) for row in load(run / "catalogue.json")["checks"]}
    found = set()
    for check, next_ in heirs.items():
        line = list(next_)
        for heir in line:
            line += heirs.get(heir, ())
        found |= {pair for heir in line for pair in ((check, heir), (heir, check))}
    return found


def _now(was: Row | None, is_: Row | None, field: str) -> str:
    before, after = (was or is_ or {})[field], (is_ or was or {})[field]
    return str(after) if before == after else f"{before} (now {after})"


def _results(earlier: Path, later: Path) -> Iterator[str]:
    old, new = (
        {(row["check"], row["department"]): row for row in rows(run, "results")} for run in (earlier, later)
    )
    for key in sorted(old.keys() & new.keys()):
        one, other = _word(old[key]), _word(new[key])
        if one != other:
            yield f"result: {key[0]} in {key[1]}: {one} -> {other}"


def _word(row: Row) -> str:
    return f"{row['result']} ({row['reason']})" if row["reason"] else str(row["result"])


def _settings(earlier: Path, later: Path) -> Iterator[str]:
    old, new = (load(run / "settings.json")["values"] for run in (earlier, later))
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            yield f"setting: {name}: {old.get(name, 'not there')} -> {new.get(name, 'not there')}"


def _checks(earlier: Path, later: Path) -> Iterator[str]:
    old, new = (
        {row["id"]: row for row in load(run / "catalogue.json")["checks"]} for run in (earlier, later)
    )
    for id_ in sorted(old.keys() | new.keys()):
        if id_ not in old or id_ not in new:
            yield f"check: {id_}: {'new' if id_ in new else 'gone'}"
        elif old[id_]["implemented"] != new[id_]["implemented"]:
            yield f"check: {id_}: {'now written' if new[id_]['implemented'] else 'no longer written'}"
        elif changed := sorted(key for key in old[id_] if old[id_][key] != new[id_].get(key)):
            yield f"check: {id_}: described differently: {', '.join(changed)}"


def _packs(earlier: Path, later: Path) -> Iterator[str]:
    """What packs replace and change in one run and not in the other."""
    old, new = (set(_changes(load(run / "catalogue.json").get("packs", ()))) for run in (earlier, later))
    for line in sorted(old | new):
        if (line in old) != (line in new):
            yield f"{line} ({'new' if line in new else 'no longer'})"


def _changes(packs: Sequence[Row]) -> Iterator[str]:
    for pack in packs:
        name = pack["name"]
        yield f"pack: {name}: adds {', '.join((*pack['clauses'], *pack['checks'])) or 'nothing'}"
        for line in pack_lines(pack):
            yield f"pack: {name}: {line}"


def _digests(before: Row, after: Row) -> Iterator[str]:
    if before["digests"]["rules"] != after["digests"]["rules"]:
        yield f"rules: {before['digests']['rules'][:12]} -> {after['digests']['rules'][:12]}"
    if before["engine"] != after["engine"]:
        yield f"engine: {before['engine']['name']} {before['engine']['version']} -> {after['engine']['name']} {after['engine']['version']}"
    if before["policy_version"] != after["policy_version"]:
        yield f"policy: {before['policy_version']} -> {after['policy_version']}"
