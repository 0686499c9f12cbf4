"""Where the facts came from, how complete they are and what is wrong in them."""

from reports.model.shape import Shape


class SourceView(Shape):
    """A source and how complete it was."""

    id: str
    title: str
    completeness: str
    problems: tuple[str, ...]
    collected: str
    as_of: str
    received: dict[str, int]
    records: int
    limits: int
    unmapped: tuple[str, ...]


class DataErrorView(Shape):
    """Something wrong in the data."""

    kind: str
    subject: str
    detail: str
    department: str
