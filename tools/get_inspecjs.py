"""Fetch inspecjs, the library by which Heimdall reads its data format, for the test that reads ours with it.

python tools/get_inspecjs.py --into DIR

It is one package without others, unpacked where it is and installed nowhere; npm brings it, and only the pinned bytes are taken.
"""

import argparse
import base64
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

VERSION = "2.12.6"
_SHA512 = "XsS4QwuYaknGKJSrkAtiPmpBy/HVRWi4Hsd3U5EaRiYykwnf2BV6SNxedK9QOrFt2geZNWqkaptGXXVMTJtIzQ=="

_LIMIT_S = 300


def main() -> int:
    """Put the package into the folder; 1 if it cannot be had."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, required=True)
    into: Path = parser.parse_args().into.resolve()
    home = into / f"inspecjs-{VERSION}"
    if home.exists():
        return 0
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".inspecjs-", dir=into) as name:
        part = Path(name)
        try:
            archive = _packed(part)
            with tarfile.open(archive) as files:
                files.extractall(part, filter="data")
        except (OSError, ValueError, tarfile.TarError, subprocess.SubprocessError) as error:
            print(
                f"inspecjs {VERSION} cannot be had: {error}\nhelp: install Node.js with npm", file=sys.stderr
            )
            return 1
        shutil.move(part / "package", home)
    return 0


def _packed(folder: Path) -> Path:
    """The archive as npm serves it.

    Raises:
        ValueError: it is not the one that is pinned
    """
    command = ["npm", "pack", "--silent", "--pack-destination", str(folder), f"inspecjs@{VERSION}"]
    subprocess.run(command, cwd=folder, check=True, timeout=_LIMIT_S, stdout=subprocess.DEVNULL)
    (archive,) = folder.glob("*.tgz")
    found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != _SHA512:
        raise ValueError(f"its SHA-512 is {found}, and {_SHA512} is pinned")
    return archive


if __name__ == "__main__":
    sys.exit(main())
