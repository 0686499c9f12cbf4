"""Which engine a user asks for, and where OPA may be: nothing here takes long to import, so that OPA starts before all else."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, Literal

import click

from engine.cli.places import cache
from engine.opa import Places

_PASSED_TO_A_BUILD = (
    "HOME",
    "PATH",
    "GOPATH",
    "GOCACHE",
    "GOMODCACHE",
    "GOPROXY",
    "GOSUMDB",
    "GOFLAGS",
    "GOTOOLCHAIN",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "NO_PROXY",
    "SSL_CERT_FILE",
)


@dataclass(frozen=True)
class EngineWanted:
    """What the user asked for."""

    engine: Literal["auto", "opa", "embedded"] = "auto"
    url: str = ""
    token: str = ""
    workers: int = 0


def engine_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say which engine decides; the command gets them as `wanted`."""

    @click.option(
        "--engine",
        type=click.Choice(["auto", "opa", "embedded"]),
        default="auto",
        show_default=True,
        help="Who decides.",
    )
    @click.option(
        "--opa-url", default="", help="An OPA server that runs already; its token in CLAUSEWISE_OPA_TOKEN."
    )
    @click.option(
        "--workers", type=click.IntRange(1, 256), help="Shards at a time [default: number of cores]."
    )
    @wraps(command)
    def wrapped(
        *args: Any,
        engine: Literal["auto", "opa", "embedded"],
        opa_url: str,
        workers: int | None,
        **kwargs: Any,
    ) -> Any:
        wanted = EngineWanted(engine, opa_url, os.environ.get("CLAUSEWISE_OPA_TOKEN", ""), workers or 0)
        return command(*args, wanted=wanted, **kwargs)

    return wrapped


def places() -> Places:
    """Where OPA may be found on this machine."""
    configured = os.environ.get("CLAUSEWISE_OPA")
    environment = {name: os.environ[name] for name in _PASSED_TO_A_BUILD if name in os.environ}
    return Places(cache(), Path(configured) if configured else None, os.environ.get("PATH", ""), environment)
