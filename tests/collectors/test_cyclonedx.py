"""Bills of materials: what becomes of them, and one of a real environment that the real program made."""

import hashlib
import json
import subprocess
from pathlib import Path

import pytest
from contract import MOMENT, Files, outcome
from contracted.cyclonedx import CONTRACT, SYNAPSE, document
from installed import python_of  # it lies in the folder above

from collectors import Source, live
from collectors.inventory import CyclonedxCollector, InventoryOptions

_ROOT = Path(__file__).resolve().parents[2]


def _of(collected, entity: str) -> list[dict]:
    return [fact.record() for fact in collected.facts if fact.entity == entity]


def _installs(tmp_path: Path, *parts: dict, **more: object):
    collected = outcome(CONTRACT, Files({"inv/srv-01.cdx.json": document(*parts, **more)}), tmp_path)
    return [
        (one["name"], one.get("version"), one["ecosystem"]) for one in _of(collected, "software_install")
    ], collected


def test_a_communication_tool_is_an_install_on_the_host_that_the_file_is_called_after(tmp_path):
    collected = outcome(CONTRACT, CONTRACT.good, tmp_path)

    assert [(host["name"], host["last_seen_at"]) for host in _of(collected, "host")] == [
        ("srv-01", "2026-09-28T02:00:00Z"),
        ("srv-02", "2026-09-28T02:00:00Z"),
    ]
    (install,) = _of(collected, "software_install")
    assert {
        name: install[name]
        for name in install
        if name not in {"unknown", "installed_at_kind", "update_state"}
    } == {
        "uid": "src/software_install/srv-01/matrix-synapse",
        "host": "src/host/srv-01",
        "name": "matrix-synapse",
        "version": "1.163.2",
        "ecosystem": "pypi",
        "application": "key:element",
    }
    assert collected.report.source_version.startswith("3 packages of 2 hosts looked at")


@pytest.mark.parametrize(
    ("part", "found"),
    [
        (
            {"name": "wechat", "purl": "pkg:deb/debian/wechat@4.0%2B1?arch=amd64"},
            [("wechat", "4.0+1", "deb")],
        ),
        ({"name": "x", "purl": "pkg:rpm/wechat@4.0", "version": "4.1"}, [("wechat", "4.1", "rpm")]),
        ({"name": "wechat", "purl": "pkg:npm/wechat@2.1.0"}, []),
        ({"name": "wechat", "version": "4.0"}, []),
        (
            {"name": "app", "purl": "pkg:generic/app@1", "components": [SYNAPSE]},
            [("matrix-synapse", "1.163.2", "pypi")],
        ),
    ],
)
def test_a_library_that_is_called_like_a_program_is_none(part, found, tmp_path):
    assert _installs(tmp_path, part)[0] == found


def test_a_document_that_does_not_list_all_or_is_not_dated_says_so(tmp_path):
    (tmp_path / "a").mkdir()
    _, partly = _installs(tmp_path / "a", SYNAPSE, compositions=[{"aggregate": "incomplete"}])
    _, undated = _installs(tmp_path, SYNAPSE, metadata={})

    assert "says of itself that it does not list all parts" in partly.report.problems[0]
    assert "found None, needs an instant" in undated.report.problems[0]
    assert {partly.report.completeness, undated.report.completeness} == {"partial"}


@pytest.mark.parametrize(
    "body", [b"[]", b"no", b'{"bomFormat": "SPDX", "components": []}', b'{"bomFormat": "CycloneDX"}']
)
def test_what_is_no_bill_of_materials_is_said(body, tmp_path):
    collected = outcome(CONTRACT, CONTRACT.good.but(**{"inv/srv-02__cdx__json": body}), tmp_path)

    assert "found no bill of materials" in " ".join(collected.report.problems)
    assert collected.report.completeness == "partial"


@pytest.fixture(scope="module")
def made() -> Path:
    """The folder of what cyclonedx-py lists in the environment of a real chat server, made once for each content of their locks."""
    lister, listed = python_of("cyclonedx", "cyclonedx-py"), python_of("synapse", "chat server")
    locks = (_ROOT / "requirements-cyclonedx.lock").read_bytes() + (
        _ROOT / "requirements-servers.lock"
    ).read_bytes()
    home = _ROOT / ".cache" / f"cyclonedx-{hashlib.sha256(locks).hexdigest()[:16]}"
    if not (home / "chat01.cdx.json").exists():
        home.mkdir(parents=True, exist_ok=True)
        program = lister.with_name("cyclonedx-py")
        how = ("environment", listed, "--of", "JSON", "--sv", "1.6", "-o", home / "new")
        subprocess.run([program, *how], check=True, capture_output=True, timeout=300)
        (home / "new").rename(home / "chat01.cdx.json")
    return home


def test_a_real_document_is_read_to_the_last_part_and_nothing_of_the_machine_is_kept(made):
    options = InventoryOptions(folder=".", expected_hosts=("chat01",))
    source, collector = Source("sbom", "Sbom", options), CyclonedxCollector()
    with live(collector, source, "", made) as transport:
        collected = collector.collect(source, transport, MOMENT)

    document = json.loads((made / "chat01.cdx.json").read_text())
    assert (collected.report.completeness, collected.report.problems) == ("complete", ())
    assert collected.report.source_version.startswith(f"{len(document['components'])} packages of 1 hosts")
    (install,) = _of(collected, "software_install")
    stated = next(part["version"] for part in document["components"] if part["name"] == "matrix-synapse")
    assert (install["name"], install["version"], install["ecosystem"]) == ("matrix-synapse", stated, "pypi")
    assert not [record for record in collected.raw if str(_ROOT) in record.body or "licen" in record.body]
