"""Get a developer tool at its pinned version: found, downloaded by its digest, or built.

python tools/get_tool.py opa|regal --into DIR
"""

import argparse
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from engine.errors import AuditError
from engine.opa.acquire import Release, build, download
from engine.opa.locate import OPA

REGAL = Release(
    name="Regal",
    version="0.42.0",
    address="https://github.com/open-policy-agent/regal/releases/download/v0.42.0",
    files={
        ("linux", "x86_64"): (
            "regal_Linux_x86_64",
            "2ebd3c93e4b325b735dbc4851a033e4d7830e88a79c47c8d087ea75c061cec67",
        ),
        ("linux", "aarch64"): (
            "regal_Linux_arm64",
            "13a2ba4a049fa8f3f64ed602a56bad1378eec253d36a977799ff51e694e47c77",
        ),
        ("darwin", "x86_64"): (
            "regal_Darwin_x86_64",
            "b8fe86028a9730ab6c6fbdf2ef292596b1a0037c3c1accbd0dd00a8724935ff7",
        ),
        ("darwin", "arm64"): (
            "regal_Darwin_arm64",
            "c3ee16c956b8cd5b3aeb53414afbd2a11b0dff1aa1e726fc91e33e7adef31845",
        ),
    },
    module="github.com/open-policy-agent/regal",
)

# its sources are pinned by a module of ours: Regal's own cannot be installed by version everywhere
SOURCES = {"Regal": Path(__file__).parent / "regal"}


def version_of(program: Path) -> str:
    """What the program says that it is."""
    try:
        done = subprocess.run([program, "version"], capture_output=True, text=True, timeout=30, check=False)
    except OSError:
        return ""
    return next((line.split()[-1] for line in done.stdout.splitlines() if line.startswith("Version:")), "")


def main() -> int:
    """Put the tool into the folder; 1 if it cannot be had."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tool", choices=["opa", "regal"])
    parser.add_argument("--into", type=Path, required=True)
    options = parser.parse_args()
    release = OPA if options.tool == "opa" else REGAL
    target: Path = options.into / options.tool
    # a tool that was built does not always know its own version: so what was put there is noted beside it
    stamp = options.into / f".{options.tool}-{release.version}"
    if stamp.exists() and target.exists():
        return 0
    options.into.mkdir(parents=True, exist_ok=True)
    for found in _at_hand(options.tool, release):
        target.unlink(missing_ok=True)
        target.symlink_to(found.resolve())
        stamp.touch()
        return 0
    problems = [download(release, (sys.platform, platform.machine()), target, _quiet)]
    if problems[0]:
        print(
            f"{release.name}: {problems[0]}; building it instead, this takes a minute or two", file=sys.stderr
        )
        problems.append(build(release, target, os.environ, _quiet, SOURCES.get(release.name)))
    if not problems[-1]:
        stamp.touch()
        return 0
    print(
        f"{release.name} {release.version} cannot be had: {'; '.join(problems)}\nhelp: put it on PATH, or install Go",
        file=sys.stderr,
    )
    return 1


def _at_hand(tool: str, release: Release) -> list[Path]:
    """The pinned version, where the user or the engine has it already."""
    kept = os.environ.get("CLAUSEWISE_CACHE")
    places = [shutil.which(tool), *([f"{kept}/{tool}-{release.version}/{tool}"] if kept else [])]
    return [Path(place) for place in places if place and version_of(Path(place)) == release.version]


def _quiet(_text: str, _share: float) -> None:
    return None


if __name__ == "__main__":
    try:
        sys.exit(main())
    except AuditError as error:
        sys.exit(f"{error}\nhelp: {error.help}")
