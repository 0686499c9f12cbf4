"""What pgBackRest answers becomes runs, restore points and checks, or an error in words."""

import json

import pytest
from contract import MOMENT, outcome
from contracted.pgbackrest import CONTRACT

from collectors import Source
from collectors.pgbackrest import PgbackrestCollector, PgbackrestOptions
from collectors.transport import Request, Response
from engine.errors import AccessError, SourceError, UnparsableError

_AT = "2026-09-30T13:30:00Z"


def _of(collected, entity: str) -> list[dict]:
    return [fact.record() for fact in collected.facts if fact.entity == entity]


def _collect(options: dict | None = None, **answers: Response):
    """What comes of the good answers of the contract with others in their place."""
    usual = {name: Response(printed.out, _AT) for name, printed in CONTRACT.good.answers.items()}
    given = CONTRACT.options.model_dump() | (options or {})
    source, collector = Source("db", "Db", PgbackrestOptions(**given)), PgbackrestCollector()

    class Program:
        def fetch(self, request: Request) -> Response:
            return collector.strip(source, request, (usual | answers)[request.key])

    return collector.collect(source, Program(), MOMENT)


def _info(change) -> Response:
    """The good answer, changed."""
    stanzas = json.loads(CONTRACT.good.answers["info"].out)
    change(stanzas[0])
    return Response(json.dumps(stanzas).encode(), _AT)


def test_a_backup_is_the_run_that_made_it_and_a_restore_point_as_of_its_end():
    collected = _collect()

    assert (collected.report.completeness, collected.report.problems) == ("complete", ())
    assert _of(collected, "backup_run")[1] == {
        "uid": "db/backup_run/20260929-183000F_20260930-003000I",
        "unknown": {"verified_at": "not_supported", "verify_result": "not_supported"},
        "plan": "key:chat-daily",
        "data_set": "key:chat",
        "target": "key:hq",
        "started_at": "2026-09-30T00:30:00Z",
        "finished_at": "2026-09-30T00:31:00Z",
        "result": "success",
        "method": "incremental",
        "size_bytes": 22992350,
        "added_bytes": 3527840,
        "verify_result": "unknown",
    }
    assert _of(collected, "restore_point")[0] == {
        "uid": "db/restore_point/20260929-183000F",
        "unknown": {"expires_at": "not_supported"},
        "data_set": "key:chat",
        "target": "key:hq",
        "created_at": "2026-09-29T18:41:12Z",
        "size_bytes": 22992350,
        "encrypted": "yes",
    }
    assert _of(collected, "integrity_check") == [
        {
            "uid": "db/integrity_check/check",
            "unknown": {},
            "target": "key:hq",
            "checked_at": _AT,
            "result": "yes",
            "depth": "data",
        }
    ]


def test_a_backup_with_damaged_pages_is_no_success_and_of_one_that_looked_for_none_it_is_not_known():
    def change(stanza):
        stanza["backup"][0]["error"] = True
        del stanza["backup"][1]["error"]

    first, second = _of(_collect(info=_info(change)), "backup_run")

    assert (first["result"], second["result"]) == ("partial", "unknown")
    assert second["unknown"]["result"] == "not_supported"


def test_a_backup_that_rests_on_one_that_is_gone_cannot_be_restored():
    collected = _collect(info=_info(lambda stanza: stanza["backup"].pop(0)))

    assert (_of(collected, "restore_point"), len(_of(collected, "backup_run"))) == ([], 1)
    assert "rests on 20260929-183000F, which is not in the repository" in collected.report.problems[0]


def test_plans_are_told_by_the_type_of_a_backup():
    runs = _of(_collect({"plans": {"full": "weekly"}}), "backup_run")

    assert [run.get("plan", run["unknown"].get("plan")) for run in runs] == ["key:weekly", "not_collected"]
    runs = _of(_collect({"data_set": None}), "backup_run")
    assert runs[0]["unknown"]["data_set"] == "not_collected"


def test_a_repository_without_backups_is_an_answer_and_an_unencrypted_one_says_so():
    def change(stanza):
        stanza["backup"] = []
        stanza["repo"][0]["status"] = {"code": 2, "message": "no valid backups"}

    empty = _collect(info=_info(change))
    assert (empty.report.completeness, _of(empty, "backup_run")) == ("complete", [])

    plain = _collect(info=_info(lambda stanza: stanza["repo"][0].update(cipher="none")))
    assert {point["encrypted"] for point in _of(plain, "restore_point")} == {"no"}


@pytest.mark.parametrize(
    ("said", "result"),
    [
        ("stanza: chat\nstatus: ok\n", "yes"),
        ("stanza: chat\nstatus: error\n  No usable backup.info file\n", "unknown"),
        (
            "stanza: chat\nstatus: ok\n    missing: 0, checksum invalid: 0, size invalid: 0, other: 2\n",
            "unknown",
        ),
        ("stanza: chat\nstatus: error\n    missing: 1\n", "no"),
        ("stanza: chat\nstatus: error\n    checksum invalid: 1, other: 2\n", "no"),
        ("", "unknown"),
    ],
)
def test_only_damage_that_was_seen_is_damage_and_only_what_was_read_is_sound(said, result):
    collected = _collect(verify=Response(said.encode(), _AT))

    (check,) = _of(collected, "integrity_check")
    assert check["result"] == result
    assert collected.report.completeness == ("partial" if result == "unknown" else "complete")


@pytest.mark.parametrize(
    ("answers", "error", "said"),
    [
        ({"version": Response(b"pgBackRest 2.30\n", _AT)}, UnparsableError, "needs 2.45 or later"),
        ({"version": Response(b"borg 1.2.4\n", _AT)}, UnparsableError, "does not say that it is pgBackRest"),
        ({"info": Response(b"[]", _AT)}, SourceError, "finds no stanza chat in repository 1"),
        ({"info": Response(b"no", _AT)}, UnparsableError, "not JSON"),
        ({"info": Response(b"{}", _AT)}, UnparsableError, "not JSON"),
        (
            {"info": Response(b'[{"name": "chat", "repo": []}]', _AT)},
            UnparsableError,
            "backup: field required",
        ),
        (
            {"info": Response(b"", _AT, 37, {"stderr": "option: repo1-cipher-pass"})},
            AccessError,
            "no passphrase",
        ),
        (
            {"info": Response(b"", _AT, 55, {"stderr": "missing file '/x'"})},
            SourceError,
            "no file of settings",
        ),
        ({"info": Response(b"", _AT, 99)}, SourceError, "ended with exit code 99"),
    ],
)
def test_what_is_wrong_is_said(answers, error, said):
    with pytest.raises(error, match=said):
        _collect(**answers)


def test_without_verify_nothing_is_said_of_the_store():
    collected = _collect({"verify": False})

    assert collected.report.delivers == ("backup_run", "restore_point")
    assert collected.report.limits["integrity_check.result"] == "not_collected"


def test_a_repository_that_cannot_be_listed_again_is_not_all(tmp_path):
    good = CONTRACT.good.answers["info"]
    stage = CONTRACT.good.but(info=type(good)(good.out, then=b"[]"))

    collected = outcome(CONTRACT, stage, tmp_path)
    assert collected.report.problems[0].startswith(
        "could not be listed a second time: src: pgBackRest finds no"
    )
