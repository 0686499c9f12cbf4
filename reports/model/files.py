"""How the files of a department are called: safe on every file system, and different from each other on all of them."""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence

_SAFE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,63}")

_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}
)
"""Names that Windows keeps for devices."""


def file_names(codes: Sequence[str]) -> dict[str, str]:
    """Code of a department -> name of its files: the code itself where that is safe, else made from its digest."""
    folded = Counter(code.casefold() for code in codes)
    return {
        code: code if _is_safe(code) and folded[code.casefold()] == 1 else _digest(code) for code in codes
    }


def _is_safe(code: str) -> bool:
    return _SAFE.fullmatch(code) is not None and code.casefold() not in _RESERVED


def _digest(code: str) -> str:
    return f"department-{hashlib.sha256(code.encode()).hexdigest()[:12]}"
