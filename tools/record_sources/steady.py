"""Numbers that a server draws by chance become such as stay: else every new recording would be of other accounts."""

import uuid
from collections.abc import Callable, Mapping
from pathlib import Path


def renamed(
    recording: Path, source: str, names: Mapping[str, str], written: Callable[[uuid.UUID], str] = str
) -> Path:
    """The recording, with a number made of the name in place of each that the server drew.

    Args:
        recording: its folder, which is changed
        source: id of the source
        names: number that the server drew, as it stands in the recording -> name of the account
        written: how the source writes a number
    """
    steady = {drawn: written(steady_id(source, name)) for drawn, name in names.items()}
    for path in recording.iterdir():
        text = path.read_text("utf-8")
        for drawn, stays in steady.items():
            text = text.replace(drawn, stays)
        path.write_text(text, "utf-8")
    return recording


def steady_id(source: str, name: str) -> uuid.UUID:
    """The number of an account."""
    return uuid.uuid5(uuid.NAMESPACE_DNS, f"{name}.{source}.qinglan.test")
