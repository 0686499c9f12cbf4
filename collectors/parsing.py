"""An answer in its own shape, or in words why it has another; and no more of it than is read."""

import json
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from collectors.transport import Request, Response
from engine.errors import UnparsableError

Answer = TypeVar("Answer", bound=BaseModel)


def parsed(model: type[Answer], request: Request, response: Response, help_: str) -> Answer:
    """The answer in its own shape.

    Args:
        model: the shape
        request: what was asked, for the message
        response: the answer
        help_: what to do if it has another shape

    Raises:
        UnparsableError: it has another shape than this version of the collector knows
    """
    try:
        return model.model_validate(json.loads(response.body))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "answer"
        message = f"{request.key}: {place}: {first['msg'].lower()}"
    except ValueError:
        message = f"{request.key}: the answer is not JSON"
    raise UnparsableError(message, help_)


def only(record: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """The fields of a record that are read; all others stay where they are."""
    return {name: record[name] for name in names if name in record}
