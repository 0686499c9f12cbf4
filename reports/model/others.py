"""People of other departments, as a head is told of them: how many, of which department, and no name."""

from collections.abc import Iterable
from typing import Literal

from pydantic import Field

from reports.model.shape import Shape


class Others(Shape):
    """So many people or accounts of a department that is not the reader's."""

    department: str = Field(description="its name")
    of: Literal["person", "account"]
    n: int


def together(atoms: Iterable[str | Others]) -> tuple[str | Others, ...]:
    """The same with the others of each department counted as one, where the first of them stood.

    >>> together(["a", Others(department="x", of="person", n=1), "b", Others(department="x", of="person", n=2)])
    ('a', Others(department='x', of='person', n=3), 'b')
    """
    found: dict[object, str | Others] = {}
    for place, atom in enumerate(atoms):
        if isinstance(atom, str):
            found[place] = atom
            continue
        key = (atom.department, atom.of)
        before = found.get(key)
        n = atom.n + (before.n if isinstance(before, Others) else 0)
        found[key] = atom.model_copy(update={"n": n})
    return tuple(found.values())
