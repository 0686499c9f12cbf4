"""Rules as the embedded engine reads them rightly: what an import names is written out in full.

regorus evaluates a whole package when a rule of it is asked for by an import, and from then on takes the imports of that package's own
functions for undefined, without an error: `people.by_uid[…]` in a library is then nothing, and what depends on it unknown. Full paths
are not affected, and only what they name is evaluated. Rows stay where they are, so that messages name the right place.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import orjson

from engine.errors import RulesError
from engine.opa.worker import explained


def syntax_tree(name: str, text: str) -> dict[str, Any]:
    """The embedded engine's syntax tree of a file.

    Raises:
        RulesError: the file does not parse
    """
    import regorus  # noqa: PLC0415  # an extra: only those who chose this engine have it

    engine = regorus.Engine()
    problem = ""
    try:
        engine.add_policy(name, text)
    except BaseException as error:  # noqa: BLE001  # its panics are no Exception
        problem = explained(error)
    if problem:
        # NOTE: an engine may be dropped by its own thread only, and a traceback would keep it until any thread clears up
        del engine
        raise RulesError(f"no audit was performed: {problem}", "mend the rule")
    tree: dict[str, Any] = orjson.loads(engine.get_ast_as_json())[0]["ast"]
    return tree


def imports(tree: dict[str, Any], text: bytes) -> Iterator[tuple[str, str, int]]:
    """The names under which a file knows rules of others: alias, full path, row."""
    for row in tree["imports"]:
        span = next(iter(row["refr"].values()))["span"]
        path = text[span["start"] : span["end"]].decode()
        if path.partition(".")[0] in {"data", "input"}:
            alias = row.get("as")
            field = row["refr"].get("RefDot", {}).get("field", [None, path])[1]
            yield (_text_of(alias, text) if alias else field), path, row["span"]["line"]


@lru_cache(maxsize=1024)
def resolved(name: str, text: str) -> str:
    """The file with every imported name written out in full.

    Raises:
        RulesError: the file does not parse, or a variable is called as an import is
    """
    tree, body = syntax_tree(name, text), text.encode()
    paths = {alias: path for alias, path, _ in imports(tree, body)}
    bound = sorted({(row, variable) for variable, row in _bound(tree["rules"], body) if variable in paths})
    if bound:
        row, variable = bound[0]
        raise RulesError(
            f"no audit was performed: {name}:{row}: a variable is called {variable}, as an import is",
            "give the variable a name of its own",
        )
    places = {
        (span["start"], span["end"], variable)
        for variable, span in _variables(tree["rules"])
        if variable in paths
    }
    for start, end, variable in sorted(places, reverse=True):
        body = body[:start] + paths[variable].encode() + body[end:]
    return body.decode()


def _variables(node: Any) -> Iterator[tuple[str, dict[str, int]]]:
    """Each variable below the node, and where it stands."""
    if isinstance(node, list):
        for item in node:
            yield from _variables(item)
    elif isinstance(node, dict):
        for kind, value in node.items():
            if kind == "Var" and isinstance(value, dict):
                yield value["value"], value["span"]
            yield from _variables(value)


def _bound(node: Any, text: bytes) -> Iterator[tuple[str, int]]:
    """The names that rules, arguments and statements below the node declare, and their rows."""
    if isinstance(node, list):
        for item in node:
            yield from _bound(item, text)
    elif isinstance(node, dict):
        for kind, value in node.items():
            yield from _declared(kind, value, text)
            yield from _bound(value, text)


def _declared(kind: str, value: Any, text: bytes) -> Iterator[tuple[str, int]]:
    match kind, value:
        case ("SomeVars", {"vars": list(spans)}):
            yield from ((_text_of(span, text), span["line"]) for span in spans)
        case ("Every", {"key": key, "value": span}):
            yield from ((_text_of(part, text), part["line"]) for part in (key, span) if part)
        case ("SomeIn", {"key": key, "value": pattern}):
            yield from _patterns([key, pattern])
        case ("AssignExpr", {"op": "ColEq", "lhs": pattern}):
            yield from _patterns([pattern])
        case ("Func", {"args": list(arguments)}):
            yield from _patterns(arguments)


def _patterns(patterns: list[Any]) -> Iterator[tuple[str, int]]:
    for pattern in patterns:
        match pattern:
            case {"Var": {"value": str(name), "span": {"line": int(row)}}}:
                yield name, row
            case {"Array": {"items": list(items)}}:
                yield from _patterns(items)
            case {"Object": {"fields": list(fields)}}:
                yield from _patterns([part for field in fields for part in field if isinstance(part, dict)])


def _text_of(span: dict[str, int], text: bytes) -> str:
    return text[span["start"] : span["end"]].decode()
