"""What runs in a process of the embedded engine: a script that knows nothing of ours, so that it starts at once.

    python worker.py FOLDER-OF-REGORUS

Messages come on stdin and go to stdout, each a length and a pickle of plain values. In: `("load", files, documents)`,
`("prepare",)` or `("ask", check, shard)`. Out: `(True, JSON)`, the JSON empty if undefined, or `(False, what is wrong)`.
"""

import json
import pickle
import re
import struct
import sys
from typing import IO, Any

_LENGTH = struct.Struct("!Q")
_UNDEFINED = '"<undefined>"'
_PLACE = re.compile(r"--> (?P<file>.+?):(?P<row>\d+):\d+")
_WHY = re.compile(r"^error: (?P<why>.*)$", re.MULTILINE)


def send(pipe: IO[bytes], message: tuple[Any, ...]) -> None:
    """Write one message."""
    body = pickle.dumps(message)
    pipe.write(_LENGTH.pack(len(body)))
    pipe.write(body)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Any:
    """Read one message; `None` when there will be no more."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    body = pipe.read(_LENGTH.unpack(head)[0])
    return pickle.loads(body)  # noqa: S301  # from the process that we started, or that started us


def explained(error: BaseException) -> str:
    """A message of regorus as one line: file, row, what is wrong; without its stack."""
    text = str(error)
    place, why = _PLACE.search(text), _WHY.search(text)
    said = why["why"].strip() if why else " ".join(text.partition("Stack backtrace")[0].split())
    return f"{place['file']}:{place['row']}: {said}" if place else said


def main() -> None:
    """Answer until nobody asks any more."""
    engine = None
    while (message := receive(sys.stdin.buffer)) is not None:
        try:
            if message[0] == "load":
                engine, said = _engine(*message[1:]), ""
            elif message[0] == "prepare":
                _prepare(engine)
                said = ""
            else:
                said = _said(engine, *message[1:])
            answer = (True, said)
        except BaseException as error:  # noqa: BLE001  # regorus panics are no Exception
            answer = (False, explained(error))
        send(sys.stdout.buffer, answer)


def _engine(files: tuple[tuple[str, str], ...], documents: str) -> Any:
    import regorus  # noqa: PLC0415  # an extra: only those who chose this engine have it

    engine = regorus.Engine()
    for name, text in files:
        engine.add_policy(name, text)
    if documents:
        engine.add_data_json(documents)
    # NOTE: the first query orders the statements of all rules; copies made after it need not
    engine.set_input_json("{}")
    engine.eval_query_as_json("true")
    return engine


def _prepare(engine: Any) -> None:
    """Lay what the rules say of the company's registers alone beside them, as for the other engine."""
    try:
        found = json.loads(engine.eval_query_as_json("data.lib.prepared.company")).get("result", [])
    except RuntimeError:
        return  # a rule that fails over these registers fails in the checks that need it, too, and they say so
    if found:
        engine.add_data({"company": {"prepared": found[0]["expressions"][0]["value"]}})


def _said(engine: Any, check: str, shard: bytes) -> str:
    fresh = engine.clone()
    fresh.set_input_json(shard.decode())
    return _one(fresh, check) if check else _all(fresh)


def _all(engine: Any) -> str:
    text: str = engine.eval_rule_as_json("data.audit.report")
    return "" if text == _UNDEFINED else text


def _one(engine: Any, check: str) -> str:
    """The value of a path below `data`, or the answers of a check."""
    # NOTE: `data.audit.answer` would evaluate every check here; constant paths evaluate this one
    path = f"data.checks[{json.dumps(check)}]"
    answers = ", ".join(f'"{name}": {path}.{name}' for name in ("population", "violations", "unknown"))
    query = check if check.startswith("data.") else f"{{{answers}}}"
    if _is_supposed(engine):
        query = f"{query} with data.company as input.supposed"
    results = json.loads(engine.eval_query_as_json(query)).get("result", [])
    return json.dumps(results[0]["expressions"][0]["value"], ensure_ascii=False) if results else ""


def _is_supposed(engine: Any) -> bool:
    """Whether the question is what would be said if the company's registers were others."""
    found = json.loads(engine.eval_query_as_json("is_object(input.supposed)")).get("result", [])
    return bool(found) and found[0]["expressions"][0]["value"] is True


if __name__ == "__main__":
    sys.path.append(sys.argv[1])
    main()
