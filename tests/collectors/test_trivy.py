"""Trivy: what its reports say, recorded from the real program and written by it anew (`trivy_scans.py`), and what they leave out."""

from pathlib import Path

import pytest
from contract import MOMENT, Files, outcome
from contracted.trivy import CONTRACT, FLAW, scanned
from trivy_scans import write_reports

from collectors import Source, live
from collectors.trivy import TrivyCollector, TrivyOptions
from engine.errors import SourceError

_RECORDED = Path(__file__).parent / "trivy_recorded"
_PROGRAMS = Path(__file__).parents[2] / ".cache" / "bin"


def _of(collected, entity: str) -> list[dict]:
    return [fact.record() for fact in collected.facts if fact.entity == entity]


def _collect(folder: Path, *files: bytes, **options):
    files = {f"scans/{number}.json": body for number, body in enumerate(files)}
    source = Source("scan", "Scan", TrivyOptions(folder="scans", **options))
    transport = Files(files)(CONTRACT, folder)
    collector = TrivyCollector()
    strip = collector.strip

    class Stripped:
        def fetch(self, request):
            return strip(source, request, transport.fetch(request))

    return collector.collect(source, Stripped(), MOMENT)


@pytest.fixture(scope="module", params=["recorded", "live"])
def real(request, tmp_path_factory):
    """What the reports of the real program come to, those that are kept and those that it writes now."""
    folder = _RECORDED if request.param == "recorded" else tmp_path_factory.mktemp("reports")
    if request.param == "live":
        if not (_PROGRAMS / "trivy").exists():
            pytest.skip("Trivy is not built: `make scanner` builds it, as .ci/run does")
        write_reports(_PROGRAMS, tmp_path_factory.mktemp("scanned"), folder)
    source, collector = Source("scan", "Scan", TrivyOptions(folder=".", expected_hosts=4)), TrivyCollector()
    with live(collector, source, "", folder) as transport:
        return collector.collect(source, transport, MOMENT)


def test_a_real_scan_covers_its_host_with_the_age_of_its_database(real):
    scans = {scan["scope"][0].rpartition("/")[2]: scan for scan in _of(real, "vuln_scan")}

    assert {host: scan["result"] for host, scan in scans.items()} == {
        "clean": "success",
        "found": "success",
        "ignored": "success",
        "nothing": "failed",
    }
    assert {scan["db_built_at"] for scan in scans.values()} == {"2026-09-28T00:00:00Z"}
    assert {(scan["authenticated"], scan["tool"]) for scan in scans.values()} == {("yes", "Trivy 0.74.0")}
    assert real.report.completeness == "complete"
    assert [problem.partition(": the")[0] for problem in real.report.problems] == ["nothing"]
    assert not [record for record in real.raw if "canary" in record.body]


def test_a_real_vulnerability_is_open_though_a_repair_is_out_and_one_that_was_hidden_is_accepted_at_best(
    real,
):
    hidden, found = sorted(_of(real, "vuln_finding"), key=lambda finding: finding["status"])

    assert (hidden["status"], hidden["acceptance"]) == ("accepted", "key:AP-0042")
    assert {name: found[name] for name in found if name not in {"scan", "last_seen_at"}} == {
        "uid": "scan/vuln_finding/found/openssl/CVE-2026-0001",
        "unknown": {"first_seen_at": "not_collected"},
        "target": "scan/host/found",
        "target_kind": "host",
        "vuln_id": "CVE-2026-0001",
        "component": "openssl",
        "severity": "high",
        "fixed_version": "3.0.19-1~deb12u9",
        "status": "open",
    }


def test_one_that_was_hidden_without_an_approval_is_accepted_by_nobody(tmp_path):
    for number, (statement, kept) in enumerate(
        {"not our problem": None, "": None, "AP-7": "key:AP-7"}.items()
    ):
        hidden = {"Type": "vulnerability", "Status": "ignored", "Statement": statement, "Finding": FLAW}
        body = scanned("srv-01", ExperimentalModifiedFindings=[hidden])
        (finding,) = _of(_collect(tmp_path / str(number), body), "vuln_finding")
        assert (finding["status"], finding.get("acceptance")) == ("accepted", kept)
        assert "acceptance" not in finding["unknown"]

    both = scanned("srv-01", FLAW, ExperimentalModifiedFindings=[hidden])
    (finding,) = _of(_collect(tmp_path / "both", both), "vuln_finding")
    assert finding["status"] == "open"


def test_the_newest_scan_that_came_to_something_decides_and_the_older_ones_say_since_when(tmp_path):
    old = FLAW | {"VulnerabilityID": "CVE-2026-0009"}
    new = FLAW | {"VulnerabilityID": "CVE-2026-0002"}
    files = (
        scanned("srv-01", FLAW, old, at="2026-07-01T02:00:00Z"),
        scanned("srv-01", FLAW, old, at="2026-08-01T02:00:00Z"),
        scanned("srv-01", FLAW, new, at="2026-09-01T02:00:00Z"),
        scanned("srv-01", Class="custom", at="2026-09-02T02:00:00Z"),
        scanned("srv-01", old, at="2026-10-05T02:00:00Z"),
    )
    seen = {}
    for all_kept in (False, True):
        collected = _collect(tmp_path / str(all_kept), *files, all_kept=all_kept)
        findings = _of(collected, "vuln_finding")
        seen[all_kept] = {finding["vuln_id"][-1]: finding.get("first_seen_at") for finding in findings}
        assert {finding["last_seen_at"] for finding in findings} == {"2026-09-01T02:00:00Z"}
        assert len(_of(collected, "vuln_scan")) == 5

    assert seen[False] == {"1": None, "2": "2026-09-01T02:00:00Z"}
    assert seen[True] == {"1": "2026-07-01T02:00:00Z", "2": "2026-09-01T02:00:00Z"}


def test_a_communication_tool_is_judged_by_itself(tmp_path):
    (finding,) = _of(_collect(tmp_path, scanned("pc-1", FLAW | {"PkgName": "wechat"})), "vuln_finding")

    assert (finding["target_kind"], finding["target"]) == ("install", "key:pc-1/wechat")


@pytest.mark.parametrize(
    ("change", "field", "value", "reason"),
    [
        ({"Severity": "UNKNOWN"}, "severity", "unknown", "not_collected"),
        ({"Severity": "TERRIBLE"}, "severity", "unknown", "unparsable"),
        ({"Status": "of tomorrow"}, "status", "unknown", "unparsable"),
        ({"Status": "will_not_fix"}, "status", "open", None),
    ],
)
def test_words_become_ours_or_are_not_known(change, field, value, reason, tmp_path):
    (finding,) = _of(_collect(tmp_path, scanned("srv-01", FLAW | change)), "vuln_finding")

    assert (finding[field], finding["unknown"].get(field)) == (value, reason)


def test_a_report_that_lists_no_packages_does_not_say_whether_it_looked(tmp_path):
    (scan,) = _of(_collect(tmp_path, scanned("srv-01", Packages=[])), "vuln_scan")

    assert (scan["result"], scan["unknown"]["result"]) == ("unknown", "not_supported")


def test_a_database_that_does_not_tell_its_age_is_of_unknown_age(tmp_path):
    body = scanned("srv-01").replace(b'"UpdatedAt"', b'"Other"')
    (scan,) = _of(_collect(tmp_path, body), "vuln_scan")

    assert scan["unknown"] == {"db_built_at": "not_collected"}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"host": "srv-02"}', "report: field required"),
        (b"[]", "not JSON"),
        (scanned("srv-02", at="yesterday"), "found a time that is none"),
        (scanned("srv-01"), "there is another report of srv-01 of 2026-09-28T02:00:00Z"),
    ],
)
def test_a_file_that_is_none_makes_the_source_partial(body, said, tmp_path):
    collected = _collect(tmp_path, scanned("srv-01", FLAW), body)

    assert collected.report.completeness == "partial"
    assert said in collected.report.problems[0]


def test_no_report_at_all_is_a_failure(tmp_path):
    assert isinstance(outcome(CONTRACT, Files({"scans/a.json": b"hello"}), tmp_path), SourceError)
