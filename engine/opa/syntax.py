"""What rules may use, read from the embedded engine's own syntax trees: it knows no capabilities itself.

Refused by default: a call is a function of the list, or one that the rules define; anything else has no business there. And a name
that the engine would take for a function of its own is not lent to a library, so that a call cannot mean two things.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engine.errors import RulesError
from engine.opa.guard import RuleFile, RuleSet, allowed_functions
from engine.opa.resolve import imports, syntax_tree

FORBIDDEN = frozenset({
    "http.send", "io.jwt.decode_verify", "io.jwt.encode_sign", "io.jwt.encode_sign_raw", "net.lookup_ip_addr", "opa.runtime",
    "rand.intn", "time.now_ns", "uuid.rfc4122",
})  # fmt: skip
"""Network, environment, clock, randomness: refused wherever the name stands, called or not."""


def refuse_functions(rules: RuleSet, capabilities: Path) -> None:
    """Check every call of the rules against the capabilities.

    Raises:
        RulesError: a rule does not parse, or uses what it may not use; file, row and function are named
    """
    # NOTE: `print` is what rules write, `internal.print` what OPA's compiler makes of it
    allowed = allowed_functions(capabilities) | {"print"}
    namespaces = {name.partition(".")[0] for name in allowed | FORBIDDEN if "." in name}
    trees = [(file, syntax_tree(file.name, file.text)) for file in rules.files]
    defined = _defined(trees)
    problems = []
    for file, tree in trees:
        aliases = {alias: row for alias, _, row in imports(tree, file.text.encode())}
        problems += [
            f"{file.name}:{row}: an import is called {name}, as functions of the engine are"
            for name, row in aliases.items()
            if name in namespaces
        ]
        for name, row, called in _names(tree):
            first = name.partition(".")[0]
            ours = first == "data" or first in aliases or (file.package, first) in defined
            if name in FORBIDDEN or (called and not ours and name not in allowed):
                problems.append(f"{file.name}:{row}: {name} may not be used")
    if problems:
        raise RulesError(
            f"no audit was performed: {'; '.join(dict.fromkeys(problems))}",
            "rules may use what policies/capabilities.json lists: no network, environment, clock or randomness",
        )


def _defined(trees: list[tuple[RuleFile, dict[str, Any]]]) -> set[tuple[tuple[str, ...], str]]:
    """Package and first part of the name of every rule."""
    found = set()
    for file, tree in trees:
        for rule in tree["rules"]:
            body = next(iter(rule.values()))
            head = next(iter(body["head"].values())) if "head" in body else body
            reference = head["refr"]
            while "Var" not in reference:
                reference = next(iter(reference.values()))["refr"]
            found.add((file.package, reference["Var"]["value"]))
    return found


def _names(node: Any) -> Iterator[tuple[str, int, bool]]:
    """Each dotted name below the node, its row, and whether it is called."""
    if isinstance(node, list):
        for item in node:
            yield from _names(item)
    if not isinstance(node, dict):
        return
    call = node.get("Call")
    if isinstance(call, dict):
        yield _path(call["fcn"]) or "a computed name", call["span"]["line"], True
    path = _path(node)
    if path is not None:
        yield path, next(iter(node.values()))["span"]["line"], False
    for value in node.values():
        yield from _names(value)


def _path(node: Any) -> str | None:
    """A reference as dotted words; none if it is computed, or no reference."""
    if not isinstance(node, dict) or len(node) != 1:
        return None
    match next(iter(node.items())):
        case "Var", {"value": str(name)}:
            return name
        case "RefDot", {"refr": inner, "field": [_, str(field)]}:
            path = _path(inner)
            return path and f"{path}.{field}"
        case "RefBrack", {"refr": inner, "index": {"String": {"value": str(field)}}}:
            path = _path(inner)
            return path and f"{path}.{field}"
    return None
