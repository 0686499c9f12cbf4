"""The real sslyze at two endpoints of the chat: a good one, and one whose certificate nobody renewed."""

import shlex
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from fixtures.maker.recorded import TLS_AUTHORITY, TLS_ENDPOINTS
from tools.record_sources.clock import EVENING, at
from tools.record_sources.collecting import collect
from tools.record_sources.programs import found, run
from tools.servers import environment
from tools.started import tls

SOURCE = "tls"
_DAYS = 90


def record(work: Path) -> Path:
    """The servers are of this time, which does not matter: their certificates and the scanner are of the quarter."""
    openssl = found("openssl", "openssl")
    folder = work / Path(TLS_AUTHORITY).parent
    folder.mkdir()
    tls.authority(partial(run, openssl, cwd=folder, env=at("2026-01-05T01:00:00+00:00")), "Qinglan Root CA")
    (folder / "ca.pem").rename(work / TLS_AUTHORITY)
    (folder / "ca.pem").symlink_to(work / TLS_AUTHORITY)
    hosts = []
    with ExitStack() as running:
        for number, (address, made_on) in enumerate(TLS_ENDPOINTS.items(), start=2):
            host, _, port = address.partition(":")
            made = partial(run, openssl, cwd=folder, env=at(f"{made_on}T01:00:00+00:00"))
            tls.certificate(made, folder, host, host, _DAYS)
            here = f"127.0.0.{number}"
            running.enter_context(tls.served(tls.context(folder, host), here, int(port)))
            hosts.append(f"{here} {host}\n")
        (work / "hosts").write_text("".join(hosts))
        scanner = environment("sslyze").with_name("sslyze")
        settings = at(EVENING, "audit01") | {"NSS_WRAPPER_HOSTS": str(work / "hosts")}
        words = ["exec", "env", *(f"{name}={value}" for name, value in settings.items()), str(scanner)]
        program = work / "sslyze"
        program.write_text(f'#!/bin/sh\n{shlex.join(words)} "$@"\n')
        program.chmod(0o700)
        return collect(work, SOURCE, EVENING, program=str(program))
