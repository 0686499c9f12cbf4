"""Reports of the real Trivy on small systems, with a database of one vulnerability, as hosts would write them.

`python tests/collectors/trivy_scans.py` makes the recordings in `trivy_recorded/` anew, after `make scanner`.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

_RELEASE = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\n'
_IGNORED = "vulnerabilities:\n  - id: CVE-2026-0001\n    statement: AP-0042\n"
_PACKAGE = """Package: {name}
Status: install ok installed
Section: utils
Architecture: amd64
Version: {version}
Maintainer: canary-maintainer <canary@corp.test>
Description: x

"""


def write_reports(programs: Path, work: Path, target: Path) -> None:
    """One file a scan into `target`: a hole that is found, one that is hidden, none, and nothing that is recognised.

    Args:
        programs: where `trivy` and `trivy-database` lie
        work: an empty folder
        target: where the reports shall lie
    """
    holed, sound, nothing = work / "holed", work / "sound", work / "nothing"
    _system(holed, bash="5.2.15-2+b8", openssl="3.0.17-1~deb12u2")
    _system(sound, bash="5.2.15-2+b8")
    nothing.mkdir()
    (work / "ignored.yaml").write_text(_IGNORED)
    cache = work / "cache"
    _said(programs / "trivy-database", cache / "db")
    version = json.loads(_said(programs / "trivy", "version", "-f", "json", "--cache-dir", cache))
    ignoring = ("--show-suppressed", "--ignorefile", "ignored.yaml")
    for name, root, further in (
        ("clean", sound, ()),
        ("found", holed, ()),
        ("ignored", holed, ignoring),
        ("nothing", nothing, ()),
    ):
        alone = ("--cache-dir", cache, "--skip-db-update", "--offline-scan", "--scanners", "vuln")
        words = ("rootfs", "-q", "--format", "json", *alone, *further, root.name)
        report = json.loads(_said(programs / "trivy", *words, cwd=work))
        body = {"host": name, "version": version, "report": report}
        (target / f"{name}.json").write_text(json.dumps(body, indent=1) + "\n")


def _system(root: Path, **packages: str) -> None:
    (root / "etc").mkdir(parents=True)
    (root / "var" / "lib" / "dpkg").mkdir(parents=True)
    (root / "etc" / "os-release").write_text(_RELEASE)
    (root / "etc" / "debian_version").write_text("12.11\n")
    listed = "".join(_PACKAGE.format(name=name, version=version) for name, version in packages.items())
    (root / "var" / "lib" / "dpkg" / "status").write_text(listed)


def _said(*words: object, cwd: Path | None = None) -> bytes:
    done = subprocess.run(list(map(str, words)), check=True, capture_output=True, timeout=120, cwd=cwd)
    return done.stdout


if __name__ == "__main__":
    here = Path(__file__).resolve()
    with tempfile.TemporaryDirectory() as folder:
        write_reports(here.parents[2] / ".cache" / "bin", Path(folder), here.with_name("trivy_recorded"))
    sys.exit(0)
