"""What a rule answered where a test of it fails: the test is asked once more, with a print at each of its conditions.

OPA says that a test does not hold and not why. So the failing tests are copied with a print in front of each comparison, of its two sides, and
one behind each condition that holds: the first that is not followed by one is what failed. Nothing else of the test changes.
"""

import base64
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from engine.checks.places import Source
from engine.errors import EngineError
from engine.opa.lints import parsed

_MARK = "clausewise:"
_ASKED = re.compile(r"(\w+) := ")
_LINE = re.compile(rf"{_MARK} (?P<row>\d+) (?P<kind>\w+) «(?P<case>.*?)» (?P<value>.*)")
_ANSWERS = ("population", "violations", "unknown")
_LIMIT_S = 120
_LONGEST = 2000
"""Characters of a value that are shown."""


@dataclass
class _Asked:
    """What one case of a test came to, in the order of its conditions."""

    held: list[int] = field(default_factory=list)
    values: dict[tuple[int, str], str] = field(default_factory=dict)
    answers: list[str] = field(default_factory=list)


def told(
    program: Path, folders: Sequence[Path], test: Path, failing: Mapping[str, Sequence[str]]
) -> dict[str, list[str]]:
    """For each failing test the condition that does not hold, its two sides, and the answer of the rule; a line each.

    Args:
        program: OPA
        folders: all rules
        test: the test file
        failing: name of each test that fails, with the names of its cases if it has any

    Raises:
        EngineError: the file does not parse
    """
    source = Source(test.read_bytes())
    rules = {
        rule["head"]["ref"][0]["value"]: rule
        for rule in parsed(program, test).get("rules") or ()
        if rule["head"]["ref"][0]["value"] in failing
    }
    text = test.read_bytes()
    changes = sorted((change for rule in rules.values() for change in _prints(source, rule)), reverse=True)
    for offset, _, added in changes:
        text = text[:offset] + added.encode() + text[offset:]
    outputs = _run(program, folders, test, text, sorted(rules))
    return {
        name: list(_lines(source, rules[name], outputs[name], cases))
        for name, cases in failing.items()
        if name in rules and name in outputs
    }


def _run(
    program: Path, folders: Sequence[Path], test: Path, text: bytes, names: Sequence[str]
) -> dict[str, str]:
    """Test -> what it printed; empty if that cannot be asked."""
    with tempfile.TemporaryDirectory(prefix="clausewise-") as name:
        copy = Path(name, "shown_test.rego")
        copy.write_bytes(text)
        command = [str(program), "test", "--format", "json", "--timeout", "60s", "--ignore", "*.yaml"]
        command += ["--run", rf"_test\"\]\.({'|'.join(map(re.escape, names))})$", "--ignore", test.name]
        command += [*map(str, folders), str(copy)]
        try:
            done = subprocess.run(command, env={}, capture_output=True, timeout=_LIMIT_S, check=False)  # noqa: S603  # our own arguments
            found = orjson.loads(done.stdout) or []
        except ValueError:
            return {}
        except (OSError, subprocess.TimeoutExpired) as error:
            raise EngineError(f"{program}: {error}", "run: clausewise engine show") from error
    return {
        one["name"].partition("[")[0]: base64.b64decode(one.get("output") or "").decode("utf-8", "replace")
        for one in found
        if Path(one["location"]["file"]).name == copy.name
    }


def _prints(source: Source, rule: dict[str, Any]) -> Iterator[tuple[int, int, str]]:
    """Where something is added to a test, in which order at the same place, and what."""
    case = _key(rule)
    places = [source.place(expression) for expression in rule["body"]]
    if any(place is None for place in places) or "{" not in _head(source, rule):
        return
    for expression, place in zip(rule["body"], places, strict=True):
        if place is None:
            continue

        def line(kind: str, value: str, row: int = place.row) -> str:
            return f'print("{_MARK}", {row}, "{kind}", sprintf("«%v»", [{case}]), {value})'

        sides = _sides(source, expression)
        if sides:
            both = f"{line('found', sides[0])}\n\t{line('expected', sides[1])}\n\t"
            yield place.start, 0, both
        behind = f"\n\t{line('held', '1')}"
        asked = _ASKED.match(place.text)
        if asked and expression.get("with"):
            behind += "".join(f"\n\t{line(part, f'{asked[1]}.{part}')}" for part in _ANSWERS)
        yield place.end, 1, behind


def _key(rule: dict[str, Any]) -> str:
    """The variable by which the cases of a test are named; an empty text if it has none."""
    for part in rule["head"]["ref"][1:]:
        if part["type"] == "var":
            return str(part["value"])
    key = rule["head"].get("key")
    return str(key["value"]) if key and key["type"] == "var" else '""'


def _head(source: Source, rule: dict[str, Any]) -> str:
    """What stands in front of the first condition."""
    whole, first = source.place(rule), source.place(rule["body"][0])
    return source.between(whole.start, first.start) if whole and first else ""


def _sides(source: Source, expression: dict[str, Any]) -> tuple[str, str] | None:
    """The two sides of a comparison, as they are written."""
    terms = expression["terms"]
    if not isinstance(terms, list) or len(terms) != 3 or expression.get("with"):  # noqa: PLR2004  # an operator and two operands
        return None
    if terms[0].get("type") != "ref" or terms[0]["value"][0]["value"] != "equal":
        return None
    operator, place = source.place(terms[0]), source.place(expression)
    if operator is None or place is None or operator.text != "==":
        return None
    return source.between(place.start, operator.start).strip(), source.between(
        operator.end, place.end
    ).strip()


def _lines(source: Source, rule: dict[str, Any], output: str, cases: Sequence[str]) -> Iterator[str]:
    asked: dict[str, _Asked] = {}
    for line in output.splitlines():
        found = _LINE.match(line)
        if not found:
            continue
        one = asked.setdefault(found["case"], _Asked())
        if found["kind"] == "held":
            one.held.append(int(found["row"]))
        elif found["kind"] in _ANSWERS:
            one.answers.append(f"{found['kind']} {found['value']}")
        else:
            one.values[int(found["row"]), found["kind"]] = found["value"]
    for case in cases or [""]:
        yield from _case(source, rule, case, asked.get(case, _Asked()))


def _case(source: Source, rule: dict[str, Any], case: str, one: _Asked) -> Iterator[str]:
    rows = [(place.row, place.text) for e in rule["body"] if (place := source.place(e))]
    failed = next(((row, text) for row, text in rows if row not in one.held), None)
    if failed is None:
        return
    row, text = failed
    yield f"  {f'{case!r}: ' if case else ''}row {row} does not hold: {' '.join(text.split())}"
    for kind in ("found", "expected"):
        if (row, kind) in one.values:
            yield f"    {kind + ':':10}{_short(one.values[row, kind])}"
    for number, answer in enumerate(one.answers):
        yield f"    {'' if number else 'the rule said:':14} {_short(answer)}"


def _short(value: str) -> str:
    return value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"
