"""Bad input: told in words with its place and what is right, exit code 1 or 2, nothing half written."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from engine.canonical import canonical, canonical_record, load
from engine.cli import cli
from engine.cli.places import fixtures
from engine.snapshot.folder import files_below, with_digest

QUARTER = fixtures() / "company" / "2026Q3"
Edit = Callable[[Path], None]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The current directory: a company with its recordings, and whatever a command leaves behind."""
    monkeypatch.setenv("CLAUSEWISE_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    shutil.copytree(QUARTER, tmp_path / "company")
    return tmp_path


def asked(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(one) for one in arguments])


def refused(done: Result, here: Path, *, code: int = 1, left: tuple[str, ...] = ("company",)) -> list[str]:
    """The lines that a user sees, after everything that holds of every refusal was checked."""
    assert (done.exit_code, done.stdout) == (code, "")
    assert "Traceback" not in done.stderr
    assert sorted(path.name for path in here.iterdir() if path.name != "cache") == sorted(left)
    lines = done.stderr.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("error: "))
    assert lines[-1].startswith("help: ")
    return [line.removeprefix("error: ") for line in lines[start:-1]]


def collected(here: Path, *options: object) -> Result:
    return asked(
        "collect",
        "-c",
        here / "company" / "company.yaml",
        "--into",
        "snapshot",
        "--as-of",
        "2026-09-30",
        *options,
    )


def replayed(here: Path) -> Result:
    return collected(here, "--replay", here / "company" / "recordings")


def changed(path: Path, old: str, new: str, encoding: str = "utf-8") -> None:
    text = path.read_text(encoding)
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding)


def test_a_misspelt_key_is_named_with_its_line_and_the_key_that_was_meant(here: Path):
    changed(here / "company" / "company.yaml", "timezone:", "timezon:")

    (line,) = refused(replayed(here), here)

    assert line.startswith("company.yaml, line 3, timezon: unknown key, did you mean timezone? needs one of ")


def test_a_missing_secret_is_named_with_its_variable(here: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("QINGLAN_CHAT_TOKEN", raising=False)

    (line,) = refused(collected(here), here)

    assert line.startswith("company.yaml, line ")
    assert line.endswith(
        "sources.chat.secret.env: the variable QINGLAN_CHAT_TOKEN is not set, needs the secret of chat"
    )


def test_a_roster_with_another_number_of_rows_than_it_states_is_sent_back(here: Path):
    people = here / "company" / "recordings" / "hr" / "people.csv"
    rows = len(people.read_bytes().splitlines()) - 3  # two statements and the headings
    changed(people, f",{rows}\n", f",{rows + 1}\n", "gb18030")

    lines = refused(replayed(here), here)

    assert lines == [f"hr: people.csv: found {rows} rows, the control total is {rows + 1}"]


@pytest.mark.parametrize(
    ("encoding", "message"),
    [
        ("utf-8", "hr: people.csv: unknown encoding, found bytes that are not utf-8"),
        (
            "latin9",
            "sources.0.encoding: found 'latin9', needs 'utf-8', 'utf-8-sig', 'gb18030', 'gbk' or 'big5'",
        ),
    ],
)
def test_an_encoding_that_is_not_known_or_is_another(here: Path, encoding: str, message: str):
    changed(here / "company" / "company.yaml", "encoding: gb18030", f"encoding: {encoding}")

    (line,) = refused(replayed(here), here)

    assert line.endswith(message)


def test_settings_that_do_not_exist_or_are_out_of_range_are_all_told_before_anything_is_collected(here: Path):
    with (here / "company" / "company.yaml").open("a", encoding="utf-8") as file:
        file.write("settings:\n  leaver_grace_dayz: 3\n  leaver_grace_days: 300\n")

    lines = refused(asked("inspect", "-c", here / "company" / "company.yaml", "--into", "quarter"), here)

    (line,) = lines
    assert line.split(": ", 1)[1].split("; settings") == [
        "settings.leaver_grace_dayz: no check declares it; perhaps leaver_grace_days",
        ".leaver_grace_days: found 300, needs 0 to 30 days",
    ]


def test_a_source_of_another_name_is_wrong_usage(here: Path):
    done = collected(here, "--only", "hrr")

    assert refused(done, here, code=2)[0] == "--only hrr: no source of that name"


def tampered(demo: Path, here: Path, edit: Callable[[dict], None], *, sealed_anew: bool) -> Path:
    """The demo's snapshot with one shard changed; sealed anew, it is a snapshot from elsewhere."""
    snapshot = here / "snapshot"
    shutil.copytree(demo / "snapshot", snapshot)
    shard = load(snapshot / "facts" / "departments" / "FIN.json")
    edit(shard)
    (snapshot / "facts" / "departments" / "FIN.json").write_bytes(canonical_record(shard))
    if sealed_anew:
        manifest = load(snapshot / "manifest.json")
        files = files_below(snapshot, "facts", "provenance", "history") | {
            "calendar.json": manifest["files"]["calendar.json"]
        }
        files = dict(sorted(files.items()))
        (snapshot / "manifest.json").write_bytes(canonical(with_digest({**manifest, "files": files})))
    return snapshot


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (
            lambda shard: shard["accounts"][0].update(colour="red"),
            ": colour: unknown field, needs one of auth_source",
        ),
        (
            lambda shard: shard["accounts"][0].update(stat="x"),
            ": stat: unknown field, did you mean state? needs one",
        ),
        (
            lambda shard: shard["accounts"][0].update(state="asleep"),
            ": state: found 'asleep', Input should be 'active'",
        ),
        (lambda shard: shard["accounts"][0].pop("uid"), ": uid: found nothing, this field is needed"),
    ],
)
def test_a_record_that_is_no_fact_is_named_with_its_file_and_field(
    demo: Path, here: Path, edit: Callable[[dict], None], message: str
):
    tampered(demo, here, edit, sealed_anew=True)

    (line,) = refused(asked("audit", "snapshot", "--into", "run"), here, left=("company", "snapshot"))

    assert line.startswith("facts/departments/FIN.json, accounts.0 ")
    assert message in line


def test_an_array_that_is_not_known_is_named(demo: Path, here: Path):
    tampered(demo, here, lambda shard: shard.update(acounts=[]), sealed_anew=True)

    (line,) = refused(asked("audit", "snapshot", "--into", "run"), here, left=("company", "snapshot"))

    assert line.startswith(
        "facts/departments/FIN.json: acounts: unknown array, did you mean accounts? needs one of "
    )


def test_a_changed_shard_is_named_before_any_engine_starts(demo: Path, here: Path):
    tampered(demo, here, lambda shard: shard["accounts"].pop(), sealed_anew=False)

    (line,) = refused(asked("audit", "snapshot", "--into", "run"), here, left=("company", "snapshot"))

    assert line.startswith("snapshot/facts/departments/FIN.json: changed, ")


def test_a_folder_that_is_something_else_is_refused(demo: Path, here: Path):
    for arguments in (
        ("audit", demo / "run", "--into", "run"),
        ("report", demo / "snapshot", "--into", "reports"),
    ):
        lines = refused(asked(*arguments), here)

        assert any("kind" in line or "manifest" in line or "run" in line for line in lines)


def test_an_output_folder_with_something_in_it_is_left_alone(demo: Path, here: Path):
    (here / "run").mkdir()
    (here / "run" / "mine.txt").write_text("mine")

    done = asked("audit", demo / "snapshot", "--into", "run")

    assert refused(done, here, code=2, left=("company", "run")) == ["run: exists and is not empty"]
    assert [path.read_text() for path in (here / "run").iterdir()] == ["mine"]


def test_an_option_that_does_not_exist_is_wrong_usage():
    done = asked("audit", "--intoo", "x")

    assert (done.exit_code, "Did you mean --into" in done.stderr or "No such option" in done.stderr) == (
        2,
        True,
    )


def test_a_fault_of_ours_is_told_as_one(here: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("CLAUSEWISE_DEBUG", raising=False)
    monkeypatch.setattr("engine.cli.evidence.verify_folder", lambda _: json.loads("{"))

    lines = refused(asked("verify", "company"), here)

    assert lines[0].startswith("a fault of clausewise itself: JSONDecodeError: ")
