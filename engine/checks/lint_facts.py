"""What a check reads and its description does not declare: an audit believes a check only where what it declares is complete."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from engine.checks.description import Description
from engine.checks.lint_forms import Fault
from engine.checks.trees import File, Place, name_of, references, walked
from engine.checks.vocabulary import COMPANY_ARRAYS, ENTITIES, SHARD_ARRAYS
from engine.facts.declared import PREFIX

ALWAYS_THERE = frozenset({"department"})
"""No snapshot is sealed without departments."""

FOLLOWED = frozenset({
    "account", "application", "approval", "backup_plan", "data_set", "group", "host", "membership", "person",
    "service_endpoint", "storage_location",
})  # fmt: skip
"""What the library looks up by the uid that another record names. Where it is missing, the reference leads nowhere and the answer is
not known, so a check that reads it through the library alone need not declare it."""

_STATED = re.compile(r"^# not declared: ([a-z_, ]+): \S", re.MULTILINE)
"""A rule file may say in a comment which fact types it reads without declaring them, and why: `# not declared: host: why`."""


def undeclared(file: File, files: Iterable[File], checks: Mapping[str, Description]) -> Iterator[Fault]:
    """The fact types that a check reads and does not declare.

    Args:
        file: its rules
        files: all rules, the library among them
        checks: the descriptions, by id
    """
    if file.check not in checks:
        return
    facts = checks[file.check].facts
    declared = {
        name.partition(":")[0] for name in (*facts.subject, *facts.exonerating, *facts.derived)
    } | ALWAYS_THERE
    declared |= stated(file.path.read_text("utf-8"))
    uses = _uses(tuple(files))
    for rule in file.rules:
        here = uses.get((file.package, name_of(rule)), frozenset())
        for use in sorted(here, key=str):
            if isinstance(use, str):
                found = {use} - declared
            elif use[0] == file.package:
                continue
            else:
                found = _through(use, uses) - declared - FOLLOWED
            for entity in sorted(found):
                through = "" if isinstance(use, str) else f" through {'.'.join((*use[0], use[1]))}"
                yield Fault(
                    int(rule["location"]["row"]),
                    f"reads {entity}{through}, which {file.check}.yaml does not declare",
                    f"write it under facts, as subject or exonerating; or in the rule: # not declared: {entity}: why not",
                )


def entities_read(file: File, files: Iterable[File]) -> set[str]:
    """The fact types that a check's rules read, themselves or through the library."""
    uses = _uses(tuple(files))
    return {entity for rule in file.rules for entity in _through((file.package, name_of(rule)), uses)}


def stated(text: str) -> set[str]:
    """The fact types that a rule file says it reads without declaring them."""
    return {word.strip() for names in _STATED.findall(text) for word in names.split(",")}


@lru_cache(maxsize=4)
def _uses(files: tuple[File, ...]) -> Mapping[Place, frozenset[str | Place]]:
    """Rule -> the entities that it reads itself, and the rules that it uses."""
    packages = frozenset(file.package for file in files)
    found: dict[Place, set[str | Place]] = {}
    for file in files:
        for rule in file.rules:
            uses = found.setdefault((file.package, name_of(rule)), set())
            for reference, _ in references(rule):
                array = _array(file.resolved(reference))
                if array:
                    uses.add(ENTITIES.get(array, array))
                place = file.place(reference, packages)
                if place:
                    uses.add(place)
            for node, _ in walked(rule):
                if node.get("type") == "var" and node["value"] in file.names:
                    uses.add((file.package, node["value"]))
    return {place: frozenset(uses) for place, uses in found.items()}


def _array(parts: tuple[str | None, ...]) -> str:
    """The array of facts that a reference reads; empty if none."""
    match parts:
        case (
            ("input", "context", "registers", str(name), *_)
            | ("input", "registers", str(name), *_)
            | ("data", "company", "registers", str(name), *_)
        ):
            return f"{PREFIX}{name}"
        case ("input", "context", str(name), *_) if name in SHARD_ARRAYS:
            return name
        case ("input", str(name), *_) if name in SHARD_ARRAYS:
            return name
        case ("data", "company", str(name), *_) if name in COMPANY_ARRAYS:
            return name
    return ""


def _through(start: Place, uses: Mapping[Place, frozenset[str | Place]]) -> set[str]:
    """The entities that a rule reads, itself or through others."""
    found: set[str] = set()
    seen: set[Place] = set()
    todo = [start]
    while todo:
        place = todo.pop()
        if place in seen:
            continue
        seen.add(place)
        for use in uses.get(place, ()):
            if isinstance(use, str):
                found.add(use)
            else:
                todo.append(use)
    return found
