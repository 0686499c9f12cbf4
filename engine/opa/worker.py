"""What runs in a process of the embedded engine. Imports little: it starts once for each worker."""

import json
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from engine.opa.explain import explained

_UNDEFINED = '"<undefined>"'


@dataclass(frozen=True)
class Load:
    """Rules and documents for the questions that follow."""

    files: tuple[tuple[str, str], ...]
    documents: str


@dataclass(frozen=True)
class Said:
    """JSON, empty if undefined; or what is wrong."""

    well: bool
    text: str


def work(pipe: Connection) -> None:
    """Load what a message brings, answer questions about it, until nobody asks any more."""
    engine = None
    try:
        while True:
            message = pipe.recv()
            if isinstance(message, Load):
                engine, said = _loaded(message)
            else:
                said = _said(engine, *message)
            pipe.send(said)
    except (EOFError, OSError, KeyboardInterrupt):
        return


def _loaded(load: Load) -> tuple[Any, Said]:
    try:
        return _engine(load), Said(well=True, text="")
    except BaseException as error:  # noqa: BLE001  # regorus panics are no Exception
        return None, Said(well=False, text=explained(error))


def _engine(load: Load) -> Any:
    import regorus  # noqa: PLC0415  # an extra: only those who chose this engine have it

    engine = regorus.Engine()
    for name, text in load.files:
        engine.add_policy(name, text)
    if load.documents:
        engine.add_data_json(load.documents)
    return engine


def _said(engine: Any, check: str, shard: bytes) -> Said:
    fresh = engine.clone()
    try:
        fresh.set_input_json(shard.decode())
        return Said(well=True, text=_one(fresh, check) if check else _all(fresh))
    except BaseException as error:  # noqa: BLE001  # regorus panics are no Exception
        return Said(well=False, text=explained(error))


def _all(engine: Any) -> str:
    text: str = engine.eval_rule_as_json("data.audit.report")
    return "" if text == _UNDEFINED else text


def _one(engine: Any, check: str) -> str:
    """The value of a path below `data`, or the answers of a check."""
    # NOTE: `data.audit.answer` would evaluate every check here; constant paths evaluate this one
    path = f"data.checks[{json.dumps(check)}]"
    answers = ", ".join(f'"{name}": {path}.{name}' for name in ("population", "violations", "unknown"))
    query = check if check.startswith("data.") else f"{{{answers}}}"
    results = json.loads(engine.eval_query_as_json(query)).get("result", [])
    return json.dumps(results[0]["expressions"][0]["value"], ensure_ascii=False) if results else ""
