"""Lets real programs live in the company's third quarter."""

import time
from datetime import datetime
from pathlib import Path

from tools.record_sources.programs import MissingError

EVENING = "2026-09-30T13:30:00+00:00"
"""When stores of backups are read: in the last evening, as a check of a store counts only if it was made before the end."""

MORNING = "2026-10-01T01:00:00+00:00"
"""When all else is read: in the first morning after."""


def at(instant: str, host: str = "") -> dict[str, str]:
    """What a program must have in its environment to begin at an instant, and to find itself on a host of the company.

    Files look as much older as the instant is back.
    """
    libraries = [_library("faketime/libfaketimeMT.so.1", "faketime")]
    if host:
        libraries.append(_library("libnss_wrapper.so", "libnss-wrapper"))
    back = round(datetime.fromisoformat(instant).timestamp() - time.time())
    return {
        "LD_PRELOAD": ":".join(libraries),
        **({"NSS_WRAPPER_HOSTNAME": host} if host else {}),
        "FAKETIME": f"{back:+d}s",
        "TZ": "UTC",
    }


def _library(name: str, package: str) -> str:
    found = sorted(Path("/usr/lib").glob(f"*/{name}"))
    if not found:
        raise MissingError(name.rpartition("/")[2], package)
    return str(found[0])
