"""Build the scanner Trivy from its pinned source, and what writes it a database of one vulnerability, for their tests.

python tools/get_trivy.py --into DIR

With nothing at hand that takes ten minutes of a processor and a gigabyte of sources; what is built is kept.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

VERSION = "0.74.0"
_MODULE = "github.com/aquasecurity/trivy"
_SOURCES = Path(__file__).parent / "trivy"
"""Its `go.mod` and `go.sum` pin every module."""

_LIMIT_S = 1800


def main() -> int:
    """Put both programs into the folder; 1 if they cannot be had."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, required=True)
    into: Path = parser.parse_args().into.resolve()
    stamp = into / f".trivy-{VERSION}"
    if stamp.exists() and (into / "trivy").exists() and (into / "trivy-database").exists():
        return 0
    into.mkdir(parents=True, exist_ok=True)
    print(f"building Trivy {VERSION} from its source, once (some minutes)", file=sys.stderr)
    own_version = f"-s -w -X {_MODULE}/pkg/version/app.ver={VERSION}"
    environment = os.environ | {"CGO_ENABLED": "0", "GOEXPERIMENT": "jsonv2", "GOFLAGS": "-mod=readonly"}
    for name, package in (("trivy-database", "./database"), ("trivy", f"{_MODULE}/cmd/trivy")):
        part = into / f".{name}.{os.getpid()}.part"
        command = ["go", "build", "-ldflags", own_version, "-o", str(part), package]
        try:
            subprocess.run(command, cwd=_SOURCES, env=environment, check=True, timeout=_LIMIT_S)
        except (OSError, subprocess.SubprocessError) as error:
            part.unlink(missing_ok=True)
            print(f"Trivy {VERSION} cannot be had: {error}\nhelp: install Go", file=sys.stderr)
            return 1
        part.replace(into / name)
    stamp.touch()
    return 0


if __name__ == "__main__":
    sys.exit(main())
