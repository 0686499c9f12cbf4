"""HDF is what its own library takes it for: inspecjs, by which Heimdall reads it, sees no pass where the run gave none."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from installed import absent  # it lies in the folder above
from made import ROOT

from tools.get_inspecjs import VERSION

_READ = """
const {convertFile, contextualizeEvaluation} = require(process.argv[1]);
const files = require("fs");
console.log(JSON.stringify(process.argv.slice(2).map(path => {
  try {
    const read = convertFile(files.readFileSync(path, "utf8"))["1_0_ExecJson"];
    return contextualizeEvaluation(read).contains.flatMap(
      profile => profile.contains.map(control => [control.data.id, control.root.hdf.status]));
  } catch (error) {
    return String(error);
  }
})));
"""

_CALLED = {
    "pass": "Passed",
    "fail": "Failed",
    "partly": "Failed",
    "waived": "Not Applicable",
    "not_applicable": "Not Applicable",
    "not_assessed": "Not Reviewed",
}
"""Our answers, and what Heimdall calls them."""


@pytest.fixture
def inspecjs() -> Path:
    home = ROOT / ".cache" / f"inspecjs-{VERSION}"
    if not home.exists() or shutil.which("node") is None:
        absent("no inspecjs to read with: install Node.js with npm, then run: make servers")
    return home


def test_inspecjs_reads_of_every_department_what_the_run_answered(inspecjs: Path, every_format: Path) -> None:
    files = sorted((every_format / "hdf").iterdir())
    lines = (every_format / "lines" / "results.jsonl").read_text("utf-8").splitlines()
    answered = {(row["department"], row["check"]): _CALLED[row["word"]] for row in map(json.loads, lines)}

    read = {
        (path.stem, check): said
        for path, controls in zip(files, _read(inspecjs, files), strict=True)
        for check, said in controls
    }

    assert read == answered
    assert {*answered.values()} == {*_CALLED.values()}


def test_what_is_no_hdf_is_not_read(inspecjs: Path, every_format: Path, tmp_path: Path) -> None:
    body = json.loads(next((every_format / "hdf").iterdir()).read_bytes())
    del body["profiles"][0]["controls"][0]["results"]
    spoilt = tmp_path / "spoilt.json"
    spoilt.write_text(json.dumps(body), "utf-8")

    (said,) = _read(inspecjs, [spoilt])

    assert isinstance(said, str), said


def _read(inspecjs: Path, files: list[Path]) -> list:
    words = ["node", "-e", _READ, inspecjs, *files]
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
