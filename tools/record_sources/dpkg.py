"""The packages of this machine, as those of the company's jump host: with the command that `clausewise init` writes."""

import json
from pathlib import Path

from fixtures.maker.recorded import JUMP_FOLDER
from tools.record_sources.clock import MORNING, at
from tools.record_sources.collecting import collect
from tools.record_sources.programs import found, run

SOURCE = "jump"
_HOST = "jump01"
_SLICE = (
    *(
        "adduser",
        "apt",
        "base-files",
        "bash",
        "bsdutils",
        "coreutils",
        "dash",
        "debianutils",
        "diffutils",
        "dpkg",
    ),
    *(
        "findutils",
        "grep",
        "gzip",
        "hostname",
        "libc6",
        "libssl3",
        "login",
        "mount",
        "ncurses-base",
        "openssl",
    ),
    *("passwd", "perl-base", "sed", "tar", "util-linux"),
)
"""Packages that every Debian has: all of this machine's would be a large file, and tell what else it is used for."""

_KEYS = {
    "name": "${Package}",
    "version": "${Version}",
    "arch": "${Architecture}",
    "status": "${db:Status-Abbrev}",
    "source": "${source:Package}",
    "source_version": "${source:Version}",
    "size_kib": "${Installed-Size}",
    "modified": "${db-fsys:Last-Modified}",
}


def record(work: Path) -> Path:
    """The list was made at six in the morning of the quarter's last day, as those of the other servers."""
    listed = "2026-09-29T22:00:00+00:00"
    form = json.dumps(_KEYS, separators=(",", ":")) + "\\n"
    lines = run(found("dpkg-query", "dpkg"), "-W", f"-f={form}", *_SLICE, cwd=work, env=at(listed))
    header = {
        "host": _HOST,
        "collected_at": listed.replace("+00:00", "Z"),
        "os": "Debian",
        "os_version": Path("/etc/debian_version").read_text().strip(),
        "packages": len(lines.splitlines()),
    }
    folder = work / JUMP_FOLDER
    folder.mkdir(parents=True)
    (folder / f"{_HOST}.jsonl").write_text(f"{json.dumps(header)}\n{lines}")
    return collect(work, SOURCE, MORNING)
