"""OSCAL is what a reader of the very version that the files state takes it for: compliance-trestle, in an environment of its own."""

import json
import subprocess
from pathlib import Path

import pytest
from installed import python_of  # it lies in the folder above

_READ = """
import sys
from pathlib import Path
from trestle.common.err import TrestleError
from trestle.core.duplicates_validator import DuplicatesValidator
from trestle.oscal import OSCAL_VERSION
from trestle.oscal.assessment_results import AssessmentResults
from trestle.oscal.poam import PlanOfActionAndMilestones

models = {"assessment-results": AssessmentResults, "poam": PlanOfActionAndMilestones}
print(OSCAL_VERSION)
for path in map(Path, sys.argv[1:]):
    try:
        read = models[path.stem].oscal_read(path)
        print("read" if DuplicatesValidator().model_is_valid(read, True) else "an id twice")
    except TrestleError as error:
        print(" ".join(str(error).split()))
"""


@pytest.mark.xdist_group("trestle")
def test_trestle_reads_both_files_and_refuses_what_the_version_does_not_know(
    every_format: Path, tmp_path: Path
) -> None:
    files = [every_format / "oscal" / f"{name}.json" for name in ("assessment-results", "poam")]
    plan = json.loads(files[1].read_bytes())
    stated = plan["plan-of-action-and-milestones"]["metadata"]["oscal-version"]
    plan["plan-of-action-and-milestones"]["metadata"]["colour"] = "red"
    spoilt = tmp_path / "poam.json"
    spoilt.write_text(json.dumps(plan), "utf-8")

    python = python_of("trestle", "reader of OSCAL")
    words = [python, "-c", _READ, *files, spoilt]
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)

    assert done.returncode == 0, done.stderr
    version, *read, refused = done.stdout.splitlines()
    assert (version, read) == (stated, ["read", "read"])
    assert "colour" in refused
