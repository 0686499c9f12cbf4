"""Descriptions are read from YAML; what does not fit is told with the file and the place in it."""

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from engine.errors import CatalogueError

_Model = TypeVar("_Model", bound=BaseModel)
_YAML = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> dict[str, Any]:
    """A YAML file that holds a map.

    Raises:
        CatalogueError: it cannot be read, or holds something else
    """
    try:
        body = yaml.load(path.read_bytes(), Loader=_YAML)  # noqa: S506  # it is the safe loader, in C where there is one
    except (OSError, yaml.YAMLError) as error:
        raise CatalogueError(f"{path}: {' '.join(str(error).split())}", "mend the file") from error
    if not isinstance(body, dict):
        raise CatalogueError(
            f"{path}: found {type(body).__name__}, needs a map of names and values", "mend the file"
        )
    return body


def read_model(path: Path, model: type[_Model]) -> _Model:
    """A YAML file as a model.

    Raises:
        CatalogueError: it cannot be read, or does not fit
    """
    return fitted(path, model, read_yaml(path))


def fitted(path: Path, model: type[_Model], body: Any, place: str = "") -> _Model:
    """What was read as a model.

    Args:
        path: where it was read
        model: what it has to be
        body: what was read
        place: where in the file it stands

    Raises:
        CatalogueError: it does not fit
    """
    try:
        return model.model_validate(body)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join([*([place] if place else []), *(str(part) for part in first["loc"])]) or "file"
        raise CatalogueError(f"{path}: {where}: {first['msg']}", f"found {first['input']!r:.120}") from error
