"""The part of the model that tells what little work closes much."""

from pydantic import Field

from reports.model.shape import Shape


class BudgetAction(Shape):
    """One deed done to one thing, and what that closes."""

    deed: str = Field(description="word of the closed list of deeds")
    subject: str = Field(description="uid of the thing")
    kind: str = Field(description="fact type of the thing")
    name: str
    by: str = Field(description="earliest day among those of the findings that it closes or helps to close")
    is_overdue: bool = Field(description="that day had ended when the snapshot was taken")
    has_passed: bool = Field(description="that day lies before the notice of the report")
    closes: tuple[str, ...] = Field(
        description="checks whose findings are closed by this and those before it"
    )
    helps: tuple[str, ...] = Field(description="checks of whose findings it closes some instances only")
    instances: int = Field(description="open instances that it closes")


class Budget(Shape):
    """The fewest actions that close the most findings."""

    actions: tuple[BudgetAction, ...]
    closes: int = Field(description="findings that they close together")
    open: int = Field(description="findings that are open")
    is_most: bool = Field(description="no other actions of the kind, as many or fewer, close more")
    all_actions: int = Field(description="how many actions close all findings that such actions can close")
    all_close: int = Field(description="how many findings those are")
    is_fewest: bool = Field(description="fewer would not do")
