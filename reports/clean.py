"""Text from outside, fit for a page: what `engine.clean` makes of it, and no longer than there is room for."""

from engine.clean import clean, escaped

__all__ = ["clean", "escaped", "shortened"]


def shortened(text: str, length: int) -> str:
    """The text, cut to a length with an ellipsis: for places that must not grow, such as page one."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
