"""Numbers that a server draws by chance become such as stay: else every new recording would be of other accounts."""

import uuid
from collections.abc import Mapping
from pathlib import Path


def renamed(recording: Path, names: Mapping[str, str]) -> Path:
    """The recording, with names that stay in place of those that the server drew, in its files and in what they are called.

    Args:
        recording: its folder, which is changed
        names: name that the server drew, as it stands in the recording -> name that stays
    """
    for path in sorted(recording.iterdir()):
        path.write_text(_with(path.read_text("utf-8"), names), "utf-8")
        path.rename(path.with_name(_with(path.name, names)))
    return recording


def _with(text: str, names: Mapping[str, str]) -> str:
    for drawn, stays in names.items():
        text = text.replace(drawn, stays)
    return text


def steady_id(source: str, name: str) -> uuid.UUID:
    """The number of an account."""
    return uuid.uuid5(uuid.NAMESPACE_DNS, f"{name}.{source}.qinglan.test")
