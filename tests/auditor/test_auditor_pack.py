"""The auditor's pack: it can be verified with nothing but Python, names nobody unless asked to, and is the same each time."""

import ast
import json
import re
import shutil
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pydantic import BaseModel

from engine.cli import cli
from engine.findings import Finding
from reports.auditor import Pseudonyms, masked, names_in, verify
from reports.run_folder import RunFolder, read

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def made(clausewise: Callable, demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the pack of the demo and its key, and the pack unpacked."""
    folder = tmp_path_factory.mktemp("auditor")
    done = clausewise(*_words(demo, folder))
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(folder / "pack.zip") as packed:
        packed.extractall(folder / "unpacked")
    return folder


def _words(demo: Path, folder: Path, name: str = "pack.zip") -> tuple[object, ...]:
    return (
        "pack", demo / "run", "--into", folder / name, "--key", folder / "key.json",
        "--snapshot", demo / "snapshot", "--reports", demo / "reports", "--language", "en",
    )  # fmt: skip


@pytest.fixture
def unpacked(made: Path, tmp_path: Path) -> Path:
    """A copy of the pack that a test may spoil."""
    return Path(shutil.copytree(made / "unpacked", tmp_path / "unpacked"))


def _verified(folder: Path, *words: str) -> tuple[int, list[str]]:
    """What the script in the pack says, in a Python that has its standard library and nothing else."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", "verify.py", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


def _json(folder: Path, name: str) -> Any:
    return json.loads((folder / name).read_bytes())


def _lines(folder: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / name).read_bytes().splitlines()]


def test_the_script_needs_nothing_but_the_standard_library():
    tree = ast.parse((ROOT / "reports" / "auditor" / "verify.py").read_text("utf-8"))

    used = {
        name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module])
    }
    assert {str(name).partition(".")[0] for name in used} <= sys.stdlib_module_names


def test_a_pack_as_it_was_written_fits_and_the_command_agrees(made: Path):
    code, said = _verified(made / "unpacked")
    digest = _json(made / "unpacked", "manifest.json")["digest"]
    commanded = [CliRunner().invoke(cli, ["verify", str(made / name)]) for name in ("pack.zip", "unpacked")]

    assert (code, len(said), digest in said[0]) == (0, 1, True)
    assert _verified(made / "unpacked", "--digest", digest)[0] == 0
    assert _verified(made / "unpacked", "--digest", "0" * 64)[0] == 1
    assert [(done.exit_code, digest in done.stdout) for done in commanded] == [(0, True)] * 2


def test_every_file_that_is_changed_missing_or_extra_is_named(unpacked: Path):
    results = unpacked / "03-results" / "results.jsonl"
    results.write_bytes(results.read_bytes() + b"\n")
    (unpacked / "07-exceptions" / "waivers.jsonl").unlink()
    (unpacked / "04-evidence" / "more.json").write_bytes(b"{}")

    code, said = _verified(unpacked)
    assert code == 1
    assert [re.split(r"[:,] ", line)[:2] for line in said[:3]] == [
        ["03-results/results.jsonl", "changed"],
        ["04-evidence/more.json", "extra"],
        ["07-exceptions/waivers.jsonl", "missing"],
    ]
    assert len(said) == 4


def _sealed_anew(folder: Path, name: str, data: bytes) -> None:
    """Writes a file and a manifest that fits it: what somebody would do who wants nobody to notice."""
    (folder / name).write_bytes(data)
    manifest = _json(folder, "manifest.json")
    manifest["files"][name] = {"bytes": len(data), "sha256": verify.hashlib.sha256(data).hexdigest()}
    manifest["digest"] = verify.digest_of(manifest)
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")


def _one_less(table: bytes) -> bytes:
    head, first, *rest = table.decode("utf-8-sig").splitlines(keepends=True)
    cells = first.split(",")
    cells[-2] = '"999"'
    return "".join((head, ",".join(cells), *rest)).encode("utf-8-sig")


def _one_more(table: bytes) -> bytes:
    rows = json.loads(table)
    rows[0]["population"] += 1
    return json.dumps(rows).encode()


@pytest.mark.parametrize(
    ("name", "change", "says"),
    [
        ("03-results/results.jsonl", lambda data: data.replace(b'"pass"', b'"fail"', 1), "results that are"),
        (
            "03-results/findings.jsonl",
            lambda data: b"".join(data.splitlines(keepends=True)[1:]),
            "open findings",
        ),
        ("03-results/rollforward.csv", _one_less, "roll-forward of"),
        (
            "01-scope/criteria.json",
            _one_more,
            "in the table",
        ),
    ],
)
def test_numbers_that_do_not_add_up_are_found_although_every_digest_fits(
    unpacked: Path, name: str, change: Callable[[bytes], bytes], says: str
):
    _sealed_anew(unpacked, name, change((unpacked / name).read_bytes()))

    code, said = _verified(unpacked)
    assert code == 1
    assert any(says in line for line in said)


def test_what_is_no_pack_is_said_to_be_none(tmp_path: Path, unpacked: Path):
    shutil.copy(unpacked / "verify.py", tmp_path / "verify.py")

    assert _verified(tmp_path)[0] == 2
    assert _verified(unpacked, "--wrong")[0] == 2


def _known(demo: Path) -> set[str]:
    """Everything by which the snapshot knows people: names, staff numbers, logins."""
    words = set()
    for path in (demo / "snapshot" / "facts" / "departments").glob("*.json"):
        shard = _json(path.parent, path.name)
        for person in shard["people"]:
            words |= {person["name"], person["employee_no"]}
        for account in shard["accounts"]:
            words |= {account["login"], account.get("display_name", ""), account["login"][1:].split(":")[0]}
    return {word for word in words if len(word) > 2 or (len(word) == 2 and not word.isascii())}


def test_a_pack_names_nobody(made: Path, demo: Path):
    words = _known(demo)
    texts = {
        path.name: path.read_text("utf-8-sig")
        for path in (made / "unpacked").rglob("*")
        if path.suffix in {".json", ".jsonl", ".html", ".csv"} and path.name != "manifest.json"
    }

    named = {
        (name, word)
        for name, text in texts.items()
        for word in words
        if word in text and re.search(rf"(?<![A-Za-z0-9]){re.escape(word)}(?![A-Za-z0-9])", text)
    }
    assert len(words) > 300
    assert named == set()


def test_the_key_lies_apart_is_private_and_says_who_is_meant(made: Path):
    key = _json(made, "key.json")
    packed = b"".join(path.read_bytes() for path in (made / "unpacked").rglob("*") if path.is_file())
    subjects = _lines(made / "unpacked", "03-results/subjects.jsonl")
    people = [row for row in subjects if row["uid"].split("/")[1] == "person"]

    assert stat.S_IMODE((made / "key.json").stat().st_mode) == 0o600
    assert key["secret"].encode() not in packed
    assert bytes.fromhex(key["secret"]) not in packed
    assert people
    for row in people:
        source, kind, pseudonym = row["uid"].split("/")
        assert key["pseudonyms"][pseudonym].startswith(f"{source}/{kind}/")
        assert (row["name"], len(key["digests"][row["raw_sha256"]])) == (pseudonym, 64)


def test_evidence_has_the_numbers_of_the_reports_that_were_issued(made: Path, demo: Path):
    digests = _json(made, "key.json")["digests"]
    issued = {
        (finding["number"], instance["fingerprint"]): instance["number"]
        for department in _json(demo / "reports", "model.json")["departments"]
        for finding in (*department["findings"], *department["waived"], *department["closed"])
        for instance in finding["instances"]
    }

    packed = {}
    for path in (made / "unpacked" / "04-evidence").glob("*.json"):
        found = _json(path.parent, path.name)
        for instance in found["instances"]:
            packed[found["finding"], digests[instance["fingerprint"]]] = instance["number"]
    assert packed == issued
    assert len(packed) > 100


def test_evidence_names_the_line_of_the_rule_that_says_what_violates_it(made: Path):
    decided = _json(made / "unpacked", "04-evidence/2026Q2-CS-001.json")["decided"]
    lines = (made / "unpacked" / decided["rule"]).read_text("utf-8").splitlines()

    assert lines[decided["line"] - 1].startswith("violations contains")
    assert decided["settings"]


def test_the_same_key_gives_the_same_bytes_elsewhere(
    made: Path, demo: Path, clausewise: Callable, tmp_path: Path
):
    shutil.copy(made / "key.json", tmp_path / "key.json")
    again = clausewise(
        *_words(demo, tmp_path), environment={"TZ": "Asia/Tokyo", "LANG": "C", "PYTHONHASHSEED": "7"}
    )

    assert again.returncode == 0
    assert (tmp_path / "pack.zip").read_bytes() == (made / "pack.zip").read_bytes()


def test_an_archive_states_no_time_and_no_rights_of_others(made: Path):
    with zipfile.ZipFile(made / "pack.zip") as packed:
        entries = packed.infolist()

    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.external_attr >> 16 for entry in entries} == {0o100600}
    assert entries[0].filename == "00-README.zh-Hant.html"
    assert entries[-1].filename == "manifest.json"


def test_real_names_are_had_by_asking_and_the_pack_says_so(demo: Path, clausewise: Callable, tmp_path: Path):
    done = clausewise(*_words(demo, tmp_path), "--real-names")

    with zipfile.ZipFile(tmp_path / "pack.zip") as packed:
        reports = {name for name in packed.namelist() if name.startswith("09-reports/")}
        issued = {
            path.relative_to(demo / "reports").as_posix(): path.read_bytes()
            for path in (demo / "reports").rglob("*")
            if path.is_file() and path.name != "manifest.json"
        }
        assert reports - {"09-reports/issued.json"} == {f"09-reports/{name}" for name in issued}
        assert all(packed.read(f"09-reports/{name}") == data for name, data in issued.items())
        assert b"real names" in packed.read("00-README.en.html")
        assert json.loads(packed.read("manifest.json"))["identities"] == "real names"
    assert "real names" in done.stderr
    assert not (tmp_path / "key.json").exists()


def test_reports_are_written_anew_in_every_language_in_which_they_were_issued(
    demo: Path, clausewise: Callable, tmp_path: Path
):
    words = ("pack", demo / "run", "--into", tmp_path / "pack.zip", "--key", tmp_path / "key.json")
    done = clausewise(*words, "--reports", demo / "reports")

    assert done.returncode == 0, done.stderr
    issued = {path.name.split(".")[1] for path in (demo / "reports" / "departments").glob("IT.*.html")}
    with zipfile.ZipFile(tmp_path / "pack.zip") as packed:
        names = [Path(name).name for name in packed.namelist() if name.startswith("09-reports/")]
    assert {name.split(".")[1] for name in names if re.fullmatch(r"IT\..+\.html", name)} == issued
    assert len(issued) == 3


def test_what_does_not_belong_together_is_refused_and_nothing_is_left_behind(
    demo: Path, made: Path, tmp_path: Path
):
    other = demo / "previous"
    (tmp_path / "note.json").write_text("{}")
    refused = [
        CliRunner().invoke(cli, ["pack", *map(str, (demo / "run", "--into", *words))])
        for words in (
            (made / "pack.zip",),
            (tmp_path / "a.zip", "--snapshot", other / "snapshot"),
            (tmp_path / "a.zip", "--reports", other / "reports"),
            (tmp_path / "a.zip", "--key", tmp_path / "note.json"),
            (tmp_path / "a.zip", "--history", tmp_path / "none.db"),
        )
    ]

    assert [done.exit_code for done in refused] == [2, 1, 1, 1, 1]
    assert all(done.stderr.startswith("error: ") and "help: " in done.stderr for done in refused)
    assert [path.name for path in tmp_path.iterdir()] == ["note.json"]


def test_the_table_never_calls_clean_what_was_not_looked_at(made: Path):
    table = _json(made / "unpacked", "01-scope/criteria.json")
    results = _lines(made / "unpacked", "03-results/results.jsonl")

    for row in table:
        said = {result["result"] for result in results if result["check"] == row["check"]}
        if "fail" in said:
            assert row["conclusion"] == "exception"
        elif "not_assessed" in said:
            assert row["conclusion"] == "limited"
        elif row["conclusion"] == "none_noted":
            assert said <= {"pass", "not_applicable"}
    assert len(table) == len({row["check"] for row in table}) > 70


def test_the_controls_of_other_frameworks_are_related_never_met(made: Path):
    found = _json(made / "unpacked", "01-scope/crosswalk.json")
    iso = {row["id"]: row for row in found["frameworks"]["iso-27001"]["controls"]}

    assert found["relation"] == "related"
    assert found["without"] == ["2-b"]
    assert iso["A.6.5"]["checks"] == sorted(iso["A.6.5"]["checks"])
    assert "5.3-a" in iso["A.6.5"]["checks"]
    for framework in ("iso-27001", "nist-800-53", "cis", "dengbao"):
        assert all(row["title"] for row in found["frameworks"][framework]["controls"])


def test_what_a_later_version_adds_to_a_run_names_nobody_either(demo: Path):
    class Decided(BaseModel):
        by: str
        text: str
        kind: str
        about: str

    @dataclass(frozen=True)
    class Reviewed(RunFolder):
        review: dict[str, Decided] = field(default_factory=dict)
        withheld: tuple[Finding, ...] = ()

    found = read(demo / "run")
    parts = {part.name: getattr(found, part.name) for part in fields(found)}
    parts |= {
        "review": {
            "a": Decided(by="E4711", text="方曉彤 was on leave", kind="withheld", about="hr/person/4711")
        },
        "withheld": found.findings[:3],
    }

    names = Pseudonyms(b"1" * 32, names_in(found.subjects))
    made = masked(Reviewed(**parts), names)
    assert made.review["a"].model_dump() == {
        "by": names.name("E4711"),
        "text": f"{names.name('方曉彤')} was on leave",
        "kind": "withheld",
        "about": names.uid("hr/person/4711"),
    }
    assert made.withheld == made.findings[:3] != found.findings[:3]


def test_whom_departments_tell_what_they_dispute_is_left_out_where_nobody_is_named(demo: Path):
    found = read(demo / "run")
    named = replace(found, run=found.run.model_copy(update={"contact": "Li Xia, li.xia@example.test"}))

    assert masked(named, Pseudonyms(b"1" * 32, names_in(found.subjects))).run.contact is None


def test_pseudonyms_hang_on_the_key_and_on_nothing_else():
    one, same, other = (Pseudonyms(key) for key in (b"1" * 32, b"1" * 32, b"2" * 32))

    assert one.uid("hr/person/00012") == same.uid("hr/person/00012")
    assert one.uid("hr/person/00012") != other.uid("hr/person/00012")
    assert one.uid("hr/department/IT") == "hr/department/IT"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("李明說李明華已離職", "說已離職"),
        ("staff 00012 asked on 2026-00012x", "staff  asked on 2026-00012x"),
        ("@Li.Ming:chat.test wrote", " wrote"),
        ("room of li.ming, of oli.ming", "room of , of oli.ming"),
        ("信息技術部的李明", "信息技術部的"),
    ],
)
def test_known_names_are_found_in_free_text_and_nothing_in_the_middle_of_a_word(text: str, left: str):
    names = Pseudonyms(
        b"1" * 32,
        [
            ("person", "hr/person/00012", ("李明", "00012")),
            ("person", "hr/person/00013", ("李明華", "00013")),
            ("account", "chat/account/x", ("@li.ming:chat.test", "li.ming", "李明", "信息技術部")),
        ],
        ["信息技術部"],
    )

    assert re.sub(r"P-[a-z2-7]{12}", "", names.text(text)) == left


def test_a_name_that_two_people_share_stands_for_neither():
    names = Pseudonyms(b"1" * 32, [("person", f"hr/person/{number}", ("王芳",)) for number in (1, 2)])

    assert names.text("王芳") not in {names.of("hr/person/1"), names.of("hr/person/2")}
