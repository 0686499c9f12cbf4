"""Drawing from the fixture company's snapshot, labelling, and reading back as the registers that a snapshot is made of."""

import gzip
import io
import json
import shutil
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest
import yaml
from click.testing import CliRunner

from collectors import COLLECTORS, Moment, Source
from collectors.registers import RegisterOptions
from collectors.transport import FileTransport
from engine.cli.main import cli
from engine.sampling.form import FIRST_ROW, QUESTIONS, SHEET, TOLD
from fixtures.maker.quarter import Q3
from fixtures.maker.registers.samples import SEED, sample_items, samples

NOT_INDEXED = {"lab-chat"}
"""Chat servers that list no messages: the samples were drawn from the company's own, and a draw over both would say that it is not whole."""

COMPANY = Path(__file__).parents[2] / "fixtures" / "company"
COLUMN = {question.field: number for number, question in enumerate(QUESTIONS, start=len(TOLD) + 1)}


def run(*words: str | Path, cache: Path) -> tuple[int, str]:
    done = CliRunner().invoke(cli, [str(word) for word in words], env={"CLAUSEWISE_CACHE": str(cache)})
    return done.exit_code, done.output


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("sampling")


def collected(place: Path, label: str, day: str) -> Path:
    into = place / f"snapshot-{label}"
    if not into.exists():
        folder, file = COMPANY / label, place / f"company-{label}.yaml"
        company = yaml.safe_load((folder / "company.yaml").read_text("utf-8"))
        company["sources"] = [source for source in company["sources"] if source["id"] not in NOT_INDEXED]
        file.write_text(yaml.safe_dump(company, allow_unicode=True), "utf-8")
        code, said = run(
            "collect",
            "-c",
            file,
            "--replay",
            folder / "recordings",
            "--into",
            into,
            "--as-of",
            day,
            cache=place,
        )
        assert code == 0, said
    return into


@pytest.fixture(scope="module")
def snapshot(place) -> Path:
    return collected(place, "2026Q3", "2026-09-30")


@pytest.fixture(scope="module")
def draw(place, snapshot) -> Path:
    code, said = run("sample", "draw", snapshot, "--into", place / "draw", "--seed", SEED, cache=place)
    assert code == 0, said
    assert "225 of" in said
    return place / "draw"


def document(draw: Path) -> dict:
    return json.loads((draw / "draw.json").read_text())


def labelled(draw: Path, name: str, reviewer: str, **answers: str) -> Path:
    book = openpyxl.load_workbook(draw / name)
    sheet = book[SHEET]
    sheet.cell(1, 2).value = reviewer
    given = {question.field: question.choices[1][0] for question in QUESTIONS if question.choices}
    given |= {"customer_data": "no_hit", "identity_number": "no_hit", "bank_card": "no_hit"}
    given |= {"secret_or_key": "no_hit", "confidentiality_mark": "no_hit"} | answers
    del given["reply"]
    for row in range(FIRST_ROW + 1, FIRST_ROW + 1 + len(document(draw)["items"])):
        for field, answer in given.items():
            cell = sheet.cell(row, COLUMN[field])
            if not cell.protection.locked:
                cell.value = answer
    path = draw.parent / f"{reviewer}.xlsx"
    book.save(path)
    return path


def test_the_fixture_companys_registers_are_what_the_command_draws(draw):
    found = document(draw)
    drawn = {sample["number"]: sample for sample in found["samples"]}
    items = {item["number"]: item for item in found["items"]}

    for number, _, _, size, complete, unreadable, digest, seed, count, _, limit in samples(Q3).rows:
        sample = drawn[number]
        assert (size, complete, unreadable, digest, seed, count, limit) == (
            str(sample["frame_size"]), sample["frame_complete"], str(sample["frame_unreadable"]), sample["frame_digest"],
            sample["seed"], str(sample["drawn"]), str(sample["reply_limit_used"]),
        )  # fmt: skip
    for row in sample_items(Q3).rows:
        item = items[row[0]]
        assert (row[2], row[3], row[4], row[5], row[6], row[8]) == (
            item["message_id"], item["group"], item["sender"], item["sent_local"], item["in_working_hours"],
            str(item["outsiders"]),
        )  # fmt: skip
        assert item["visible_to_outsider"] in {row[7], "unknown"}


def test_a_draw_can_be_repeated_and_is_by_default_nobodys_choice(place, snapshot, draw):
    for name in ("first", "second"):
        assert run("sample", "draw", snapshot, "--into", place / name, cache=place)[0] == 0
    again = run("sample", "draw", snapshot, "--into", place / "again", "--seed", SEED, cache=place)

    assert again[0] == 0
    assert (place / "again" / "draw.json").read_bytes() == (draw / "draw.json").read_bytes()
    assert (place / "first" / "draw.json").read_bytes() == (place / "second" / "draw.json").read_bytes()
    sealed = json.loads((snapshot / "manifest.json").read_text())["digest"]
    assert {sample["seed"] for sample in document(place / "first")["samples"]} == {sealed}


def test_what_reviewers_say_comes_back_as_registers_that_can_be_collected(place, draw):
    li = labelled(draw, "labels-1.xlsx", "Li", abusive="yes")
    wang = labelled(draw, "labels-2.xlsx", "Wang")
    code, said = run(
        "sample", "import", draw, "--labels", li, "--labels", wang, "--into", place / "registers", cache=place
    )
    assert code == 0, said
    assert "225 messages, 0 not labelled, 225 disputed" in said
    assert "abusive: 0 of 225 alike, kappa 0.00" in said
    assert "reply: nothing to compare: no message that both answered" in said
    assert "0 of 0" not in said

    moment = Moment("2026-09-30T15:59:59Z", ZoneInfo("Asia/Shanghai"))
    found = {}
    for name in ("samples", "sample_items"):
        source = Source(name, name, RegisterOptions(register=name, file=f"{name}.csv"))
        delivered = COLLECTORS["register"].collect(source, FileTransport(place / "registers"), moment)
        assert delivered.report.completeness == "complete"
        found[name] = delivered.facts
    assert len(found["samples"]) == len(document(draw)["samples"])
    assert len(found["sample_items"]) == 225
    assert {(one.unlawful, one.abusive, one.disputed, one.reviewers) for one in found["sample_items"]} == {
        ("no", "unknown", ("abusive",), 2)
    }
    agreement = json.loads((place / "registers" / "agreement.json").read_text())
    assert agreement["reviewers"] == ["Li", "Wang"]


def test_a_third_settles_differences(place, draw):
    files = [labelled(draw, "labels-1.xlsx", "Chen", abusive="yes"), labelled(draw, "labels-2.xlsx", "Zhou")]
    referee = labelled(draw, "labels-1.xlsx", "Sun", abusive="yes")
    code, said = run(
        "sample", "import", draw, "--labels", files[0], "--labels", files[1], "--adjudicated", referee,
        "--into", place / "settled", cache=place,
    )  # fmt: skip

    assert code == 0, said
    assert "0 disputed" in said
    assert "Chen, Zhou, Sun" in (place / "settled" / "sample_items.csv").read_text()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--labels", "L", "--labels", "L", "--labels", "L"), "found 3, needs one or two"),
        (("--labels", "L", "--adjudicated", "L"), "needs two that may differ"),
        (("--labels", "L", "--labels", "L"), "two workbooks of Ma"),
    ],
)
def test_wrong_usage_says_so(place, draw, words, said):
    path = labelled(draw, "labels-1.xlsx", "Ma")
    given = [path if word == "L" else word for word in words]
    code, told = run("sample", "import", draw, *given, "--into", place / "never", cache=place)

    assert (code, said in told) == (2, True), told
    assert not (place / "never").exists()


def test_a_row_that_is_gone_is_named_and_nothing_is_written(place, draw):
    book = openpyxl.load_workbook(labelled(draw, "labels-1.xlsx", "Gone"))
    book[SHEET].delete_rows(FIRST_ROW + 7)
    path = place / "short.xlsx"
    book.save(path)
    code, said = run("sample", "import", draw, "--labels", path, "--into", place / "none", cache=place)

    assert code == 1
    assert f"{document(draw)['items'][6]['number']}: its row is missing" in said
    assert not (place / "none").exists()


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"schema": "facts/1", "items": []}'])
def test_what_is_no_draw_is_refused(place, draw, tmp_path, body):
    (tmp_path / "draw.json").write_text(body)
    code, said = run(
        "sample",
        "import",
        tmp_path,
        "--labels",
        draw / "labels-1.xlsx",
        "--into",
        place / "none",
        cache=place,
    )

    assert code == 1
    assert "error: a fault" not in said


def test_a_snapshot_without_an_index_is_refused(place):
    code, said = run(
        "sample", "draw", collected(place, "2026Q2", "2026-06-30"), "--into", place / "none", cache=place
    )

    assert code == 1
    assert "holds no index of messages" in said
    assert "message_index: true" in said


def test_a_snapshot_of_an_unfinished_quarter_is_refused(place):
    into = place / "early"
    folder = COMPANY / "2026Q3"
    run(
        "collect", "-c", folder / "company.yaml", "--replay", folder / "recordings", "--into", into, "--as-of",
        "2026-09-29", cache=place,
    )  # fmt: skip
    code, said = run("sample", "draw", into, "--into", place / "none", cache=place)

    assert code == 1
    assert "the quarter 2026Q3 ends at" in said


def test_an_index_that_was_changed_or_purged_is_refused(place, snapshot, tmp_path):
    copy = tmp_path / "snapshot"
    shutil.copytree(snapshot, copy)
    packed = copy / "raw" / "chat.jsonl.gz"
    body = io.BytesIO()
    with gzip.GzipFile(fileobj=body, mode="wb", mtime=0) as file:
        file.write(gzip.decompress(packed.read_bytes()).replace(b"GongZuoQunFIN001", b"GongZuoQunFIN999"))
    packed.write_bytes(body.getvalue())
    changed = run("sample", "draw", copy, "--into", tmp_path / "none", cache=place)
    packed.unlink()
    purged = run("sample", "draw", copy, "--into", tmp_path / "none", cache=place)

    assert (changed[0], "changed after it was sealed" in changed[1]) == (1, True)
    assert (purged[0], "purged or are missing" in purged[1]) == (1, True)
