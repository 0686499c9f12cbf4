"""What of an answer may leave the transport: a list of fields, shaped like the answer; all else is dropped."""

import json
from collections.abc import Mapping
from typing import Any, Final

SCALAR: Final = "scalar"
"""A text, a number, yes or no, or null: nothing that could hold more than it says."""

Shape = Any
"""`SCALAR`; a list with the shape of each member; a mapping of names to shapes."""


def kept(body: bytes, shape: Shape) -> bytes:
    """The answer with nothing but the fields of the shape; what is no JSON comes back empty."""
    try:
        answer = json.loads(body)
    except ValueError:
        return b""
    return json.dumps(
        _kept(answer, shape), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()


def _kept(value: Any, shape: Shape) -> Any:
    if isinstance(shape, Mapping):
        return (
            {name: _kept(value[name], inner) for name, inner in shape.items() if name in value}
            if isinstance(value, dict)
            else _odd(value)
        )
    if isinstance(shape, list):
        return [_kept(one, shape[0]) for one in value] if isinstance(value, list) else _odd(value)
    return value if value is None or isinstance(value, (str, int, float)) else {}


def _odd(value: Any) -> Any:
    """What stands where something else is expected: kept only if it can hold nothing, so that the parser can name it."""
    return value if value is None or isinstance(value, bool) else {} if isinstance(value, dict) else 0
