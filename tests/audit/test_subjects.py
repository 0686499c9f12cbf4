"""Names and origins are found in a provenance, whoever wrote it and however."""

import json
from types import SimpleNamespace

import pytest

from engine.audit.people import find_subjects
from engine.canonical import canonical_lines, canonical_model, canonical_record
from engine.findings import Finding, FindingState, Instance, Outcome, Owner, Result

ROW = {
    "collected_at": "2026-09-30T00:00:00Z",
    "name": "n",
    "raw_sha256": "0" * 64,
    "source_id": "s",
    "source_record_id": "1",
}
UIDS = ["a/person/1", 'a/person/"2"', "a/person/\\3", "a/person/人", 'a/person/","uid":"x', "a/person/other"]


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(canonical_lines, id="by us"),
        pytest.param(lambda rows: canonical_lines(rows)[:-1], id="without an end of line"),
        pytest.param(lambda rows: "".join(f"{json.dumps(row)}\n" for row in rows).encode(), id="with spaces"),
        pytest.param(
            lambda rows: b"".join(
                b'{"zone":{"uid":"no"},' + canonical_record(row)[1:] + b"\n" for row in rows
            ),
            id="with another key of that name",
        ),
        pytest.param(
            lambda rows: b"".join(canonical_record(row)[:-1] + b',"zone":{"uid":"no"}}\n' for row in rows),
            id="with another key of that name at the end",
        ),
    ],
)
def test_every_uid_that_is_asked_for_is_found_and_no_other(tmp_path, written):
    rows = [{**ROW, "uid": uid} for uid in UIDS]
    (tmp_path / "d.jsonl").write_bytes(written(rows))
    snapshot = SimpleNamespace(provenance=lambda code: tmp_path / f"{code}.jsonl")

    found = find_subjects(snapshot, {*UIDS[:-1], "a/person/nobody"}, ["d"])

    assert sorted(found) == sorted(UIDS[:-1])
    assert {row.department for row in found.values()} == {"d"}


def test_a_model_is_written_as_its_dump_would_be():
    instance = Instance(
        fingerprint="1",
        subject="s",
        evidence={"b": ["x", {"d": None, "c": 1}], "a": "人"},
        severity="high",
        state=FindingState.NEW,
        waiver="",
        owner="",
        due="",
    )
    result = Result(
        check="1-a",
        clause="1",
        department="d",
        result=Outcome.FAIL,
        method="automated",
        severity="high",
        population=1,
        violations=1,
        unknown=0,
        waived=0,
        reason="",
        reasons={},
        missing=("a",),
    )
    finding = Finding(
        fingerprint="f",
        number="1",
        check="1-a",
        clause="1",
        department="d",
        severity="high",
        state=FindingState.NEW,
        owner=Owner(role="it", person="p", department="d"),
        issued_in="2026Q3",
        notice_on="2026-10-01",
        contain_by="2026-10-01",
        correct_by="2026-10-01",
        population=1,
        violations=1,
        unknown=0,
        waived=0,
        instances=(instance,),
    )

    for row in (instance, result, finding):
        assert canonical_model(row) == canonical_record(row.model_dump(mode="json"))
