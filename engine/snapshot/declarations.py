"""The registers that a company declared, as its snapshot keeps them."""

from typing import Any

from pydantic import ValidationError

from engine.errors import SnapshotError
from engine.facts.declared import Declared
from engine.snapshot.folder import MANIFEST


def declared_in(manifest: dict[str, Any]) -> tuple[Declared, ...]:
    """The registers that the company declared, as the manifest of a snapshot keeps them.

    Raises:
        SnapshotError: they are not as this version of clausewise writes them
    """
    try:
        return tuple(Declared.model_validate(one) for one in manifest.get("registers", ()))
    except ValidationError as error:
        raise SnapshotError(
            f"{MANIFEST}: registers: {error.errors()[0]['msg']}",
            "the snapshot was not sealed by this version of clausewise: collect again with this one",
        ) from error
