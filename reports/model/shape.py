"""What every part of the model is."""

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """A part of the model: frozen, closed."""

    model_config = ConfigDict(frozen=True, extra="forbid")
