"""The laws that every collector keeps to, tried on every collector."""

import gzip
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import httpx
import pytest
from contract import AWAY_S, MOMENT, ON_GOOD, SECRET, TEXT, WORDS, Asked, Contract, Law, Stage, outcome
from contracted import CONTRACTS

import collectors
from collectors import COLLECTORS
from collectors.transport import HttpTransport, Recorded, RecordingFolder, ReplayTransport, Request
from collectors.transport.http import _asked_to_wait_s
from engine.calendar import WorkCalendar
from engine.errors import AccessError, SourceError
from engine.facts import Collected
from engine.snapshot import seal, write_snapshot

_INSTANT = re.compile(r"\d{4,6}-\d\d-\d\dT\d\d:\d\d.*")


def _cases(*laws: Law):
    return [
        pytest.param(contract, law, contract.stage(law), id=f"{contract.name}-{law.name}")
        for contract in CONTRACTS
        for law in laws
        if not isinstance(contract.stages.get(law), str)
    ]


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def _good(contract: Contract, folder: Path) -> Collected:
    found = outcome(contract, contract.good, folder)
    assert isinstance(found, Collected), found
    return found


def test_every_collector_is_registered():
    assert {contract.collector.type for contract in CONTRACTS} == set(COLLECTORS)


def test_every_class_that_can_collect_is_a_kind_of_source():
    modules = [import_module(one.name) for one in walk_packages(collectors.__path__, "collectors.")]
    classes = {
        found
        for module in modules
        for found in vars(module).values()
        if isinstance(found, type) and {"connect", "strip", "collect"} <= set(vars(found))
    }

    assert {one.__name__ for one in classes - {type(one) for one in COLLECTORS.values()}} == {"Collector"}


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.name)
def test_a_collector_is_held_to_every_law_or_says_why_not(contract):
    silent = [law for law in Law if law not in contract.stages and law not in ON_GOOD]

    assert silent == []
    assert [law for law, why in contract.stages.items() if isinstance(why, str) and len(why) < 20] == []


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.name)
def test_when_all_is_well_the_source_is_complete(contract, tmp_path):
    found = _good(contract, tmp_path)

    assert (found.report.completeness, found.report.problems, found.report.unmapped) == ("complete", (), ())
    assert found.facts


@pytest.mark.parametrize(
    ("contract", "law", "stage"),
    _cases(Law.CUT_SHORT, Law.TOTAL_SMALLER, Law.TOTAL_LARGER, Law.CHANGED),
)
def test_what_is_not_everything_says_so(contract: Contract, law: Law, stage: Stage, tmp_path):
    found = outcome(contract, stage, tmp_path)

    if law in contract.refuses:
        assert isinstance(found, SourceError)
    else:
        assert isinstance(found, Collected), found
        assert found.report.completeness == "partial"
        assert found.report.problems


@pytest.mark.parametrize(("contract", "law", "stage"), _cases(Law.LIMITED_SECONDS, Law.LIMITED_DATE))
def test_a_limit_is_waited_for_within_bounds(contract: Contract, law: Law, stage: Stage, tmp_path):
    transport = stage(contract, tmp_path)
    found = outcome(contract, lambda _contract, _folder: transport, tmp_path)

    assert isinstance(found, Collected), found
    assert found.report.completeness == "partial"
    assert any("429" in problem for problem in found.report.problems)
    slept = transport.slept
    assert 0 < len(slept) <= 30
    assert max(slept) <= 60
    assert max(slept) >= (7 if law is Law.LIMITED_SECONDS else AWAY_S - 5)


@pytest.mark.parametrize(("contract", "law", "stage"), _cases(Law.UNKNOWN_WHO, Law.NOT_PERMITTED))
def test_a_refusal_names_what_is_missing(contract: Contract, law: Law, stage: Stage, tmp_path):
    found = outcome(contract, stage, tmp_path)

    assert isinstance(found, AccessError), found
    assert found.help
    assert law is not Law.NOT_PERMITTED or re.search(contract.permission, f"{found} {found.help}")
    assert SECRET not in f"{found} {found.help}"


@pytest.mark.parametrize(
    ("contract", "law", "stage"), _cases(Law.ERROR_IN_OK, Law.TIME_OUT, Law.RESET, Law.TLS)
)
def test_a_failure_says_why(contract: Contract, law: Law, stage: Stage, tmp_path):
    found = outcome(contract, stage, tmp_path)

    assert isinstance(found, SourceError), found
    assert re.search(WORDS.get(law, ""), str(found))
    assert found.help
    assert SECRET not in f"{found} {found.help}"


@pytest.mark.parametrize(("contract", "law", "stage"), _cases(Law.UNKNOWN_WORD))
def test_a_word_that_nobody_knows_is_unknown_and_reported(contract, law, stage, tmp_path):
    found = outcome(contract, stage, tmp_path)

    if law in contract.refuses:
        assert isinstance(found, SourceError)
        return
    assert isinstance(found, Collected), found
    assert found.report.unmapped or found.report.problems
    assert [
        fact for fact in found.facts if {"unparsable", "ambiguous"} & set(fact.record()["unknown"].values())
    ]


@pytest.mark.parametrize(("contract", "law", "stage"), _cases(Law.HIDDEN))
def test_what_is_hidden_is_unknown_and_never_no(contract, law, stage, tmp_path):
    found = outcome(contract, stage, tmp_path)

    assert isinstance(found, Collected), (law, found)
    hidden = [
        (record, name)
        for record in (fact.record() for fact in found.facts)
        for name, reason in record["unknown"].items()
        if reason == "not_permitted"
    ]
    assert hidden
    assert [
        record
        for record, name in hidden
        if record.get(name, "unknown") not in ("unknown", {"state": "unknown"})
    ] == []


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.name)
def test_the_same_records_give_the_same_bytes(contract: Contract, tmp_path):
    with RecordingFolder(tmp_path / "recorded") as written:
        transport = contract.opened(contract.good, _folder(tmp_path / "good"))
        live = contract.collect(Recorded(transport, written))

    again = [contract.collect(ReplayTransport(tmp_path / "recorded")).model_dump_json() for _ in range(2)]

    assert again == [live.model_dump_json()] * 2


def test_the_same_records_give_the_same_bytes_in_another_process_that_orders_its_sets_otherwise(tmp_path):
    here = {}
    for contract in CONTRACTS:
        with RecordingFolder(tmp_path / contract.name) as written:
            transport = contract.opened(contract.good, _folder(tmp_path / f"{contract.name}.good"))
            here[contract.name] = contract.collect(Recorded(transport, written)).model_dump_json()

    there = subprocess.run(
        [sys.executable, Path(__file__).with_name("replaying.py"), tmp_path],
        env=os.environ
        | {"PYTHONHASHSEED": "7", "TZ": "America/St_Johns", "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        check=True,
        timeout=300,
    )

    said = json.loads(there.stdout)
    assert [name for name in here if said[name] != here[name]] == []


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.name)
def test_every_instant_has_twenty_characters(contract: Contract, tmp_path):
    found = _good(contract, tmp_path)
    said = json.loads(found.model_dump_json(include={"facts", "provenance", "report"}))

    instants = [text for text in _strings(said) if _INSTANT.fullmatch(text)]

    assert instants
    assert [text for text in instants if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", text)] == []


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.name)
def test_the_system_holds_texts_that_must_not_be_kept(contract: Contract, tmp_path):
    asked = Asked(contract.good(contract, _folder(tmp_path / "good")))
    outcome(contract, lambda _contract, _folder: asked, tmp_path)

    assert [response for response in asked.responses if TEXT.encode() in _inside(response.body)]


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.name)
def test_no_secret_and_no_text_is_in_anything_written(contract: Contract, tmp_path):
    with RecordingFolder(tmp_path / "recorded") as written:
        collected = contract.collect(
            Recorded(contract.opened(contract.good, _folder(tmp_path / "good")), written)
        )
    about = {
        "organisation": "Corp",
        "timezone": "Asia/Shanghai",
        "as_of": MOMENT.as_of,
        "policy_version": "1",
    }
    calendar = WorkCalendar.of(
        {"first": "2024-01-01", "last": "2028-12-31", "holidays": [], "make_up_days": []}
    ).source()
    write_snapshot(
        seal([collected], about=about, calendar=calendar, roles={"it": "IT", "hr": "HR"}),
        tmp_path / "snapshot",
    )

    bodies = _bodies(tmp_path / "recorded") | _bodies(tmp_path / "snapshot")

    assert len(bodies) > 4
    assert [name for name, body in bodies.items() if re.search(rb"canary", body)] == []
    assert TEXT.startswith("canary")
    assert SECRET.startswith("canary")


@pytest.mark.parametrize(("contract", "law", "stage"), _cases(Law.OWN_ACCOUNT))
def test_the_collectors_own_account_is_marked(contract, law, stage, tmp_path):
    accounts = [fact.record() for fact in _good(contract, tmp_path).facts if fact.entity == "account"]

    assert len(accounts) > 1, (law, stage)
    assert len([account for account in accounts if account["is_collector"] == "yes"]) == 1


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.name)
def test_only_what_is_on_the_list_is_asked_for(contract: Contract, tmp_path):
    raw = contract.good(contract, tmp_path)
    asked = Asked(raw)
    outcome(contract, lambda _contract, _folder: asked, tmp_path)

    assert asked.requests
    kinds = {request.kind for request in asked.requests}
    for kind in kinds:
        for strange in ("/_synapse/admin/v1/register", "../../etc/passwd", "forget", "modify"):
            with pytest.raises(SourceError):
                raw.fetch(Request(kind, strange))
    if isinstance(raw, HttpTransport):
        assert {request.method for request in raw.asked if request.url.path not in contract.posts} <= {"GET"}


def test_a_date_that_is_over_or_names_no_zone_is_waited_for_like_none():
    past = format_datetime(datetime.now(UTC) - timedelta(days=1), usegmt=True)
    stated = [past, "Fri, 31 Dec 1999 23:59:59 -0000", "soon", ""]

    assert [_asked_to_wait_s(httpx.Response(429, headers={"Retry-After": text})) for text in stated] == [
        0.0
    ] * 4


def _strings(value):
    if isinstance(value, dict):
        return [text for one in value.values() for text in _strings(one)]
    if isinstance(value, list):
        return [text for one in value for text in _strings(one)]
    return [value] if isinstance(value, str) else []


def _bodies(folder: Path) -> dict[str, bytes]:
    return {str(path): _unpacked(path) for path in sorted(folder.rglob("*")) if path.is_file()}


def _unpacked(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else _inside(path.read_bytes())


def _inside(body: bytes) -> bytes:
    """What a reader of the file would see: a workbook is an archive."""
    if not body.startswith(b"PK"):
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return b"".join(book.read(name) for name in book.namelist())
