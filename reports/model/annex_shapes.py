"""How a long annex is divided into pages."""

from pydantic import Field

from reports.model.shape import Shape


class AnnexPart(Shape):
    """Rows of one list that stand on a page."""

    check: str = Field(description="check of the finding whose instances they are; empty: what is undecided")
    start: int = Field(description="first row, counted from nought")
    stop: int = Field(description="row after the last")
    rows: int
    total: int = Field(description="rows of the whole list")
    first: str = Field(description="number of the first row, as it stands there")
    last: str


class AnnexPage(Shape):
    """A page of the annex, a file of its own."""

    name: str = Field(description="the file's name after that of the report")
    number: int
    pages: int
    parts: tuple[AnnexPart, ...]
