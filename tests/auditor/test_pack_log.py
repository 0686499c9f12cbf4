"""The log of findings in the auditor's pack: each entry in its place in the chain, and an end that is gone can be noticed."""

import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.cli import cli
from engine.history.log import Entry, append
from engine.history.recording import record
from engine.history.store import located, opened
from reports.auditor import verify

LOG, CHAIN = verify.LOG, verify.CHAIN


@pytest.fixture(scope="module")
def history(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A history in which one entry is about a finding of another run, and the digests of all."""
    file = tmp_path_factory.mktemp("history") / "history.db"
    number = json.loads((demo / "run" / "findings.jsonl").read_bytes().splitlines()[0])["number"]
    usual = {"fingerprint": "f" * 64, "by": "00012", "on_day": "2026-10-20"}
    said = (
        {"finding": number, "kind": "signed"},
        {"finding": "2020Q1-XX-001", "kind": "signed"},
        {"finding": number, "kind": "disputed", "evidence": "ticket \u202e4711\x9b"},
    )
    with opened(located(str(file))) as connection:
        record(connection, demo / "run")
        at = {"recorded_at": "2026-10-20T01:00:00Z"}
        added = append(connection, [Entry.model_validate({**usual, **at, **one}) for one in said])
    return file, [one.digest for one in added]


def _packed(demo: Path, folder: Path, history: Path, *words: str) -> tuple[Path, str]:
    where = ("--into", folder / "pack.zip", "--history", history, "--language", "en", *words)
    done = CliRunner().invoke(cli, list(map(str, ("pack", demo / "run", *where))))
    assert done.exit_code == 0, done.stderr
    with zipfile.ZipFile(folder / "pack.zip") as packed:
        packed.extractall(folder / "unpacked")
    return folder / "unpacked", done.stderr


@pytest.fixture(scope="module")
def named(demo: Path, history: tuple[Path, list[str]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack with real names, unpacked."""
    folder, said = _packed(demo, tmp_path_factory.mktemp("named"), history[0], "--real-names")
    assert f"3 entries, the last with SHA-256 {history[1][-1]}" in said
    return folder


def _rows(folder: Path) -> Iterator[dict[str, str | int]]:
    return (json.loads(line) for line in (folder / LOG).read_bytes().splitlines())


def _sealed_anew(folder: Path, name: str, data: bytes) -> None:
    (folder / name).write_bytes(data)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    manifest["files"][name] = {"bytes": len(data), "sha256": verify.hashlib.sha256(data).hexdigest()}
    manifest["digest"] = verify.digest_of(manifest)
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")


def test_the_script_says_how_far_the_log_goes_and_whether_an_entry_is_gone(
    named: Path, history: tuple[Path, list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify.main([str(named), "--log", history[1][-1]]) == 0
    assert f"log of findings: 3 entries, the last with digest {history[1][-1]}" in capsys.readouterr().out
    assert verify.main([str(named), "--log", "0" * 64]) == 1
    assert "no entry has the digest 000" in capsys.readouterr().out
    commanded = CliRunner().invoke(cli, ["verify", str(named)])
    assert f"log of findings: 3 entries, the last with digest {history[1][-1]}" in commanded.stdout


def test_entries_stand_as_they_were_sealed_and_steer_no_terminal(named: Path) -> None:
    assert [row["serial"] for row in _rows(named)] == [1, 3]
    assert [row["evidence"] for row in _rows(named)] == ["", "ticket \u202e4711\x9b"]
    assert "\\u202e4711\\u009b" in (named / LOG).read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "change", "says"),
    [
        (LOG, lambda data: data.replace(b'"00012"', b'"00013"', 1), "digest of entry 1"),
        (LOG, lambda data: data.replace(b'"serial":3', b'"serial":2', 1), "entry 2 does not follow"),
        (CHAIN, lambda data: json.dumps({"digests": json.loads(data)["digests"][:2]}).encode(), "entry 3"),
        (CHAIN, lambda data: json.dumps({"digests": json.loads(data)["digests"][1:]}).encode(), "entry 1"),
    ],
)
def test_a_chain_that_does_not_fit_is_found_although_every_digest_of_the_manifest_does(
    named: Path, tmp_path: Path, name: str, change: Callable[[bytes], bytes], says: str
) -> None:
    folder = Path(shutil.copytree(named, tmp_path / "spoilt"))
    _sealed_anew(folder, name, change((folder / name).read_bytes()))

    assert says in " ".join(verify.wrong_in(verify.Folder(folder)))


def test_under_pseudonyms_the_chain_is_keyed_and_fits_all_the_same(
    demo: Path, history: tuple[Path, list[str]], tmp_path: Path
) -> None:
    folder, _ = _packed(demo, tmp_path, history[0], "--key", str(tmp_path / "key.json"))
    digests = json.loads((tmp_path / "key.json").read_bytes())["digests"]
    chain = json.loads((folder / CHAIN).read_bytes())["digests"]

    assert verify.wrong_in(verify.Folder(folder)) == []
    assert [digests[one] for one in chain] == history[1]
    assert not [one for one in history[1] if one in (folder / LOG).read_text("utf-8")]
