"""What somebody can set right so that a check passes: the facts that its remedy changes, and nothing else.

Left to itself a search for facts that satisfy a rule finds that the account might be a robot's, or the leaver not have
left. So a check names the fields that a remedy changes; what to change them to is found by asking the rule.
"""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from engine.facts import FACT_TYPES


class Mend(BaseModel):
    """A field that a remedy changes, or a record that it makes; exactly one of the two."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    field: str = Field(
        default="", description="such as incident.closed_at; of the subject, or of what the evidence names"
    )
    add: str = Field(
        default="", description="fact type of a record that is missing; one like those of others is tried"
    )
    label: str = Field(
        default="", description="key of the evidence by whose label it is called; empty: the field's name"
    )
    to: tuple[str, ...] = Field(
        default=(), description="of a closed list the words that a remedy may bring about; empty: any"
    )
    like: str = Field(
        default="", description="of a field for words: the key of the evidence where the right ones stand"
    )
    along: dict[str, str] = Field(
        default_factory=dict, description="fields of the same record that change with it: status: closed"
    )

    @model_validator(mode="after")
    def _names_something(self) -> Self:
        if bool(self.field) == bool(self.add):
            raise ValueError("needs field or add, and not both")
        names = [self.name, *self.along] if self.field else []
        model = FACT_TYPES.get(self.entity)
        if model is None:
            raise ValueError(f"{self.field or self.add}: no fact type is called {self.entity!r}")
        for name in names:
            if name not in model.model_fields:
                raise ValueError(f"{self.entity}.{name}: no such field")
        return self

    @property
    def entity(self) -> str:
        """The fact type."""
        return self.add or self.field.partition(".")[0]

    @property
    def name(self) -> str:
        """The field; empty for a record that is added."""
        return self.field.partition(".")[2]

    @property
    def called(self) -> str:
        """The key of the evidence whose label says what it is; empty for a record, which its type says."""
        return "" if self.add else self.label or self.name
