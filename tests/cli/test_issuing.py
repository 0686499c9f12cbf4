"""From a draft to what is issued: reviewed, dates frozen, withheld findings told to nobody, corrected as the next version."""

import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from engine.canonical import load
from engine.cli import cli
from engine.cli.places import fixtures
from engine.history.log import last_digest
from engine.history.recording import record
from engine.history.store import located, opened
from engine.history.timeline import timeline
from engine.issuing.decisions import Entry, append, beside
from engine.issuing.runs import RunRead, read_run
from engine.issuing.told import subject_of
from engine.rolls import Roll
from engine.snapshot import verify_folder
from reports.review.rows import ANSWERS, FIXED, HEADINGS

QUARTER = fixtures() / "company" / "2026Q3"
DECISION, REASON = len(FIXED) + 1, len(FIXED) + len(ANSWERS)
NOTICE, LATER = "2026-10-13", "2026-10-20"


def called(*words: object, code: int = 0) -> Any:
    done = CliRunner().invoke(cli, [str(word) for word in words])
    assert done.exit_code == code, done.output
    return done


def issue(run: Path, into: Path, *words: object, on: str = NOTICE, code: int = 0) -> Any:
    about = ("--notice-on", on, "--on", on, "--by", "E0007", "--language", "en")
    return called("issue", run, "--into", into, *about, *words, code=code)


def decide(run: Path, chosen: Callable[[Any], tuple[str, str]]) -> None:
    """Every finding decided, without the workbook."""
    draft = read_run(run)
    said = {"run": draft.digest, "by": "E0007", "on_day": "2026-10-12", "recorded_at": "2026-10-12T01:00:00Z"}
    decided = [(one, *chosen(one)) for one in draft.open]
    append(
        beside(run),
        [
            Entry.model_validate(
                said | {"kind": kind, "finding": one.number, "fingerprint": one.fingerprint, "text": text}
            )
            for one, kind, text in decided
        ],
    )


@pytest.fixture(scope="module")
def draft(demo: Path, tmp_path_factory) -> Path:
    """The run of the demo, in which three findings are withheld: a new one, a persisting one, one that was not verified."""
    run = tmp_path_factory.mktemp("draft") / "run"
    shutil.copytree(demo / "run", run)
    wanted = {"new", "persisting", "unverified"}
    told = (run / "findings.jsonl").read_text(encoding="utf-8")

    def chosen(finding: Any) -> tuple[str, str]:
        known = bool(subject_of(finding)) and f'"{subject_of(finding)}"' in told
        if finding.state.value in wanted and finding.department != "CS" and not known:
            wanted.remove(finding.state.value)
            return "withheld", "the register was wrong"
        return ("annotated", "Seen.") if finding.department == "IT" else ("confirmed", "")

    decide(run, chosen)
    assert wanted == set()
    return run


@pytest.fixture(scope="module")
def issued(draft: Path, tmp_path_factory) -> Path:
    into = tmp_path_factory.mktemp("issued") / "first"
    formats = [
        word
        for name in ("html", "xlsx", "csv", "jsonl", "eml", "sarif", "junit")
        for word in ("--format", name)
    ]
    issue(draft, into, *formats)
    return into


def test_the_workbook_goes_out_comes_back_and_is_in_the_log(demo: Path, tmp_path: Path):
    run = tmp_path / "run"
    shutil.copytree(demo / "run", run)
    called("review", run, "--into", tmp_path / "review.xlsx", "--language", "en")
    book = openpyxl.load_workbook(tmp_path / "review.xlsx")
    sheet = book.worksheets[0]
    sheet.cell(HEADINGS + 2, DECISION).value = "confirm"
    sheet.cell(HEADINGS + 3, DECISION).value = "withhold"
    sheet.cell(HEADINGS + 3, REASON).value = "the register was wrong"
    numbers = [sheet.cell(HEADINGS + 2 + row, 1).value for row in (0, 1)]
    book.save(tmp_path / "filled.xlsx")
    words = ("review", run, "--import", tmp_path / "filled.xlsx", "--by", "E0007", "--on", "2026-10-12")

    first, again, standing = called(*words), called(*words), called("review", run)

    total = len(read_run(run).open)
    assert first.stderr.splitlines()[0] == "run.decisions.jsonl: 2 decisions added, 0 were there already"
    assert again.stderr.splitlines()[0] == "run.decisions.jsonl: 0 decisions added, 2 were there already"
    counted, withheld, left = standing.stdout.splitlines()
    assert (
        counted
        == f"{total} open findings: 1 confirmed, 0 with a remark, 1 withheld, {total - 2} not reviewed"
    )
    assert withheld == f"withheld: {numbers[1]}: the register was wrong (E0007, 2026-10-12)"
    assert left.startswith("not reviewed: CS 27, ")
    verified = called("verify", beside(run))
    assert verified.stdout.startswith(
        "run.decisions.jsonl: log of decisions as it was written, 2 entries, the last with"
    )
    assert verify_folder(run) == []

    sheet.cell(HEADINGS + 2, 1).value = "2026Q3-XX-001"
    sheet.cell(HEADINGS + 4, REASON).value = "no decision"
    book.save(tmp_path / "edited.xlsx")
    log = beside(run).read_bytes()
    refused = called("review", run, "--import", tmp_path / "edited.xlsx", "--by", "E0007", code=1)
    assert [line.split(": ")[0] for line in refused.stderr.splitlines()[:2]] == [
        f"edited.xlsx [Findings], row {HEADINGS + 2}, column A",
        f"edited.xlsx [Findings], row {HEADINGS + 4}, column L",
    ]
    assert "in 2 places; nothing was imported" in refused.stderr
    assert beside(run).read_bytes() == log

    beside(run).write_bytes(log.replace(b"E0007", b"E0001"))
    assert called("verify", beside(run), code=1).stdout.splitlines() == [
        f"run.decisions.jsonl: entry {number}: changed after it was written" for number in (1, 2)
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--into", "a.xlsx", "--import", __file__), "found --into and --import"),
        (("--import", __file__), "found no --by"),
    ],
)
def test_a_review_that_asks_for_two_things_or_says_not_who_is_wrong_usage(demo: Path, words, said: str):
    assert said in called("review", demo / "run", *words, code=2).stderr


def test_what_nobody_reviewed_is_named_and_not_issued_unless_that_is_asked_for(demo: Path, tmp_path: Path):
    run = tmp_path / "run"
    shutil.copytree(demo / "previous" / "run", run)
    open_ = read_run(run).open

    refused = issue(run, tmp_path / "issued", on="2026-07-03", code=1)

    assert f"error: {len(open_)} findings were not reviewed: " in refused.stderr
    assert [one.number for one in open_ if one.number not in refused.stderr] == []
    assert not (tmp_path / "issued").exists()
    assert not beside(run).exists()
    issue(run, tmp_path / "issued", "--with-unreviewed", on="2026-07-03")
    said = read_run(tmp_path / "issued" / "run").run.issued
    assert said is not None
    assert said.decisions == {"confirmed": 0, "annotated": 0, "withheld": 0, "unreviewed": len(open_)}


def test_dates_count_from_the_notice_and_those_that_were_issued_before_stay(draft: Path, issued: Path):
    was = {one.fingerprint: one for one in read_run(draft).findings}
    run = read_run(issued / "run")
    days = load(issued / "run" / "settings.json")["values"]
    notice = date.fromisoformat(NOTICE)

    for one in run.open:
        if one.state.value in {"new", "recurred", "resumed"}:
            correct = date.fromordinal(notice.toordinal() + days[f"correct_days_{one.severity}"])
            contain = days.get(f"contain_days_{one.severity}")
            wanted = run.calendar.after(notice, contain).isoformat() if contain is not None else ""
            assert (one.notice_on, one.contain_by, one.correct_by) == (NOTICE, wanted, correct.isoformat())
        else:
            assert one == was[one.fingerprint]
    assert Counter(one.notice_on for one in run.open)[NOTICE] > 100
    assert run.run.notice_on == NOTICE
    assert {one.number for one in run.open} < {one.number for one in was.values()}


def test_the_run_as_issued_is_a_run_and_the_draft_is_as_it_was(demo: Path, draft: Path, issued: Path):
    assert verify_folder(issued / "run") == verify_folder(issued / "reports") == verify_folder(draft) == []
    assert read_run(draft).digest == read_run(demo / "run").digest
    log = [json.loads(line)["entry"] for line in beside(draft).read_bytes().splitlines()]
    assert (log[-1]["kind"], log[-1]["version"], log[-1]["notice_on"]) == ("issued", 1, NOTICE)
    assert log[-1]["issued"] == read_run(issued / "run").digest
    assert (issued / "run" / "decisions.jsonl").read_bytes() == b"".join(
        line + b"\n" for line in beside(draft).read_bytes().splitlines()[:-1]
    )


def test_the_same_order_gives_the_same_bytes(draft: Path, issued: Path, tmp_path: Path):
    again = tmp_path / "elsewhere" / "run"
    shutil.copytree(draft, again)
    beside(again).write_bytes(b"".join(beside(draft).read_bytes().splitlines(keepends=True)[:-1]))

    issue(again, tmp_path / "again", "--format", "html", "--format", "xlsx")

    assert read_run(tmp_path / "again" / "run").digest == read_run(issued / "run").digest
    for page in ("index.html", "model.json", "departments/IT.en.html", "departments/IT.en.xlsx"):
        assert (tmp_path / "again" / "reports" / page).read_bytes() == (
            issued / "reports" / page
        ).read_bytes()


def _told(pack: Path) -> Iterator[Path]:
    """Files that departments are given, and all formats for machines."""
    for path in sorted(pack.rglob("*")):
        if path.is_file() and path.name not in {"overview.en.html", "model.json", "manifest.json"}:
            yield path


def test_a_withheld_finding_is_in_no_department_s_file_and_in_no_format(issued: Path):
    run = read_run(issued / "run")
    model = load(issued / "reports" / "model.json")
    numbers = {one.number for one in run.withheld}
    words = (
        {one.encode() for one in numbers}
        | {one.fingerprint.encode() for one in run.withheld}
        | {b"register was wrong"}
    )

    assert len(numbers) == 3
    for path in _told(issued / "reports"):
        body = path.read_bytes()
        if path.suffix == ".xlsx":
            book = openpyxl.load_workbook(path)
            body = "\n".join(str(c.value) for s in book for row in s.iter_rows() for c in row).encode()
        assert [word for word in words if word in body] == [], path
    inside = json.dumps([model["departments"], model["checks"]])
    assert [word for word in words if word.decode() in inside] == []
    assert {row["number"]: row["reason"] for row in model["company"]["withheld"]} == dict.fromkeys(
        numbers, "the register was wrong"
    )
    overview = (issued / "reports" / "overview.en.html").read_text(encoding="utf-8")
    assert [number for number in numbers if number not in overview] == []


def test_a_check_whose_finding_is_withheld_is_not_assessed_and_never_a_pass(draft: Path, issued: Path):
    before, after = read_run(draft).results, read_run(issued / "run").results
    withheld = {(one.department, one.check) for one in read_run(issued / "run").withheld}

    changed = {pair for pair in before if before[pair] != after[pair]}
    assert changed <= withheld
    assert {after[pair].result.value for pair in withheld} == {"not_assessed"}
    for pair in changed:
        assert after[pair].reason == "withheld"
        assert (after[pair].violations, after[pair].reasons["withheld"]) == (0, before[pair].violations)
        assert after[pair].unknown == before[pair].unknown + before[pair].violations
    model = {row["code"]: row for row in load(issued / "reports" / "model.json")["departments"]}
    for code in {pair[0] for pair in changed}:
        assert model[code]["coverage"]["withheld"] == sum(pair[0] == code for pair in changed)
        assert "withheld" not in {action["reason"] for action in model[code]["front"]["actions"]}
    pages = {pair[0]: (issued / "reports" / "departments" / f"{pair[0]}.en.html") for pair in changed}
    assert changed
    for page in pages.values():
        assert "withheld by the inspector" in page.read_text(encoding="utf-8")


def test_all_counts_tie_without_what_was_withheld(draft: Path, issued: Path):
    was, run = read_run(draft), read_run(issued / "run")
    history = load(issued / "run" / "history.json")
    codes = {one.department for one in was.open}
    rows = {"": history["company"][-1]} | {code: history["departments"][code][-1] for code in codes}

    def counted(found: RunRead, code: str, listed: str) -> tuple[int, int]:
        here = [one for one in getattr(found, listed) if code in {"", one.department}]
        return len(here), sum(len({i.fingerprint for i in one.instances if not i.waiver}) for one in here)

    for code, row in rows.items():
        rolls = [Roll(**row["roll"][level]) for level in ("findings", "instances")]
        assert all(roll.ties for roll in rolls)
        assert tuple(roll.closing for roll in rolls) == counted(run, code, "open")
        assert tuple(roll.withheld for roll in rolls) == counted(run, code, "withheld")
        assert sum(row["open"].values()) == rolls[0].closing
        assert row["notice_on"] == NOTICE
    totals = run.run.totals
    assert totals["withheld"] == 3
    assert sum(totals[one] for one in ("critical", "high", "medium", "low")) == len(run.open)
    assert totals["instances"] == rows[""]["roll"]["instances"]["closing"]
    results = Counter(row.result.value for row in run.results.values())
    assert {name: totals[name] for name in results} == results
    states = Counter(one.state.value for one in run.findings)
    assert {name: totals[name] for name in states} == states


def test_a_run_is_issued_once(draft: Path, issued: Path, tmp_path: Path):
    for run, words, said in (
        (draft, (), f"issued already, as version 1 with notice on {NOTICE}"),
        (issued / "run", (), f"issued already, as version 1 with notice on {NOTICE}"),
        (draft, ("--supersedes", issued), "says the same as version 1, nothing would be corrected"),
    ):
        refused = issue(run, tmp_path / "again", *words, on=LATER, code=1)

        assert said in refused.stderr.splitlines()[0]
        assert refused.stderr.splitlines()[1].startswith("help: ")
        assert list(tmp_path.iterdir()) == []
    beside(draft).rename(tmp_path / "log")
    unissued = issue(draft, tmp_path / "again", "--supersedes", draft, on=LATER, code=1)
    (tmp_path / "log").rename(beside(draft))
    assert "a draft, which nobody was given" in unissued.stderr
    assert "reviewed no more" in called("review", issued / "run", code=1).stderr


def test_a_log_that_cannot_be_written_is_told_before_anything_is(demo: Path, tmp_path: Path):
    words = ("--with-unreviewed", "--decisions", tmp_path / "nowhere" / "log.jsonl")
    refused = issue(demo / "run", tmp_path / "issued", *words, code=1)

    assert "log.jsonl: No such file or directory" in refused.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_notice_before_the_facts_or_before_the_version_that_is_corrected_is_refused(
    demo: Path, draft: Path, issued: Path, tmp_path: Path
):
    early = issue(demo / "previous" / "run", tmp_path / "a", on="2026-06-29", code=1)
    earlier = issue(draft, tmp_path / "b", "--supersedes", issued, on="2026-10-12", code=1)

    assert "--notice-on 2026-06-29: before 2026-06-30" in early.stderr
    assert f"--notice-on 2026-10-12: before {NOTICE}" in earlier.stderr


def test_a_finding_that_tells_of_a_withheld_one_is_named_and_nothing_is_issued(demo: Path, tmp_path: Path):
    run = tmp_path / "run"
    shutil.copytree(demo / "run", run)
    open_ = read_run(run).open
    about = {one.subject: other for other in open_ for one in other.instances}
    withheld, telling = next(
        (one, about[subject]) for one in open_ if (subject := subject_of(one)) and subject in about
    )
    decide(run, lambda one: ("withheld", "wrong") if one == withheld else ("confirmed", ""))

    refused = issue(run, tmp_path / "issued", code=1)

    assert f"{telling.number} ({telling.check}) tells of {withheld.number}" in refused.stderr
    assert not (tmp_path / "issued").exists()
    decide(
        run,
        lambda one: (
            ("withheld", "wrong") if one.number in {withheld.number, telling.number} else ("confirmed", "")
        ),
    )
    issue(run, tmp_path / "issued")
    assert {one.number for one in read_run(tmp_path / "issued" / "run").withheld} == {
        withheld.number,
        telling.number,
    }


def test_another_decision_makes_the_next_version_and_what_was_told_keeps_its_dates(
    draft: Path, issued: Path, tmp_path: Path
):
    again = tmp_path / "run"
    shutil.copytree(draft, again)
    shutil.copy(beside(draft), beside(again))
    first = read_run(issued / "run")
    back, gone = first.withheld[0], first.open[0]
    decide(
        again,
        lambda one: (
            ("confirmed", "")
            if one.fingerprint == back.fingerprint
            else ("withheld", "on second thoughts")
            if one.fingerprint == gone.fingerprint
            else ("withheld", "the register was wrong")
            if one.fingerprint in {other.fingerprint for other in first.withheld}
            else ("annotated", "Seen.")
            if one.department == "IT"
            else ("confirmed", "")
        ),
    )

    issue(again, tmp_path / "second", "--supersedes", issued, on=LATER)

    run = read_run(tmp_path / "second" / "run")
    said = run.run.issued
    assert said is not None
    assert (said.version, said.taken_over) == (2, len(first.open) + len(first.withheld) - 2)
    assert {(one.kind, one.finding, one.reason) for one in said.changes} == {
        ("added", back.number, ""),
        ("gone", gone.number, "withheld"),
    }
    assert {(row.department, row.check) for row in said.results} == {
        (one.department, one.check) for one in (back, gone) if one.state.value != "unverified"
    }
    now = {one.fingerprint: one for one in run.open}
    assert [one for one in first.open if one is not gone and now[one.fingerprint] != one] == []
    assert now[back.fingerprint].number == back.number
    assert (
        "name version 2 with --supersedes"
        in issue(again, tmp_path / "x", "--supersedes", issued, on=LATER, code=1).stderr
    )


@pytest.fixture(scope="module")
def mended(demo: Path, issued: Path, tmp_path_factory) -> Path:
    """The same date with one register corrected, audited as taking the place of what was issued."""
    work = tmp_path_factory.mktemp("mended")
    shutil.copytree(QUARTER / "recordings" / "reg-groups", work / "recordings" / "reg-groups")
    register = work / "recordings" / "reg-groups" / "registers-groups.csv"
    lines = register.read_text(encoding="utf-8").splitlines()
    kept = [line.replace("行數,27", "行數,26") for line in lines if not line.startswith("!GongZuoQunCS")]
    register.write_text("\n".join(kept) + "\n", encoding="utf-8")
    company = ("-c", QUARTER / "company.yaml")
    called(
        *("collect", *company, "--replay", work / "recordings", "--into", work / "snapshot"),
        *("--only", "reg-groups", "--previous", demo / "snapshot"),
        *("--previous", demo / "previous" / "snapshot"),
    )
    called(
        *("audit", work / "snapshot", "--into", work / "run", *company),
        *("--previous", demo / "previous" / "run", "--supersedes", issued / "run"),
    )
    return work / "run"


def test_a_corrected_run_is_issued_as_the_next_version_and_names_what_changed(
    mended: Path, issued: Path, tmp_path: Path
):
    unnamed = issue(mended, tmp_path / "x", on=LATER, code=1)
    assert f"takes the place of run {read_run(issued / 'run').run.id}" in unnamed.stderr
    left = called("review", mended, "--supersedes", issued).stdout.splitlines()
    assert left[-1] == "not reviewed: CS 1"

    done = issue(mended, tmp_path / "second", "--supersedes", issued, "--with-unreviewed", on=LATER)

    first, run = read_run(issued / "run"), read_run(tmp_path / "second" / "run")
    said = run.run.issued
    assert said is not None
    assert (said.version, said.decisions["unreviewed"]) == (2, 1)
    assert [(one.kind, one.department, one.check, one.reason) for one in said.changes] == [
        ("gone", "CS", "6.1.2-b", "pass"),
        ("added", "CS", "6.1.1-a", ""),
    ]
    assert "  CS 6.1.2-b" not in done.stderr
    assert f"  CS {said.changes[0].finding} 6.1.2-b: gone (1 -> 0): pass" in done.stderr.splitlines()
    now = {one.fingerprint: one for one in run.open}
    dates = ("number", "issued_in", "notice_on", "contain_by", "correct_by")
    for one in first.open:
        if one.fingerprint in now:
            assert now[one.fingerprint].model_dump(include=set(dates)) == one.model_dump(include=set(dates))
    (new,) = now.keys() - {one.fingerprint for one in first.open}
    assert now[new].notice_on == LATER
    assert now[new].number not in {one.number for one in (*first.findings, *first.withheld)}
    assert [one.number for one in run.withheld] == [one.number for one in first.withheld]
    assert {row.department for row in said.results} == {"CS"}
    assert (tmp_path / "second" / "reports" / "changes.en.html").is_file()
    assert verify_folder(tmp_path / "second" / "reports") == []


def test_the_next_quarter_keeps_what_was_issued_whatever_became_of_the_settings(demo: Path, tmp_path: Path):
    before = tmp_path / "before" / "run"
    shutil.copytree(demo / "previous" / "run", before)
    gone = next(one for one in read_run(demo / "run").open if one.state.value == "persisting")
    decide(
        before,
        lambda one: (
            ("withheld", "to be looked at again")
            if one.fingerprint == gone.fingerprint
            else ("confirmed", "")
        ),
    )
    issue(before, tmp_path / "issued", on="2026-07-20")
    changed = "settings: {correct_days_critical: 3, correct_days_high: 10, correct_days_medium: 20}\n"
    text = (QUARTER / "company.yaml").read_text(encoding="utf-8")
    (tmp_path / "company.yaml").write_text(text + changed, encoding="utf-8")

    called(
        *("audit", demo / "snapshot", "--into", tmp_path / "run", "-c", tmp_path / "company.yaml"),
        *("--previous", tmp_path / "issued" / "run", "--notice-on", "2026-10-08"),
    )

    draft = ("audit", demo / "snapshot", "--into", tmp_path / "x", "--previous", before)
    assert "is a draft that was issued as version 1, notice on 2026-07-20" in called(*draft, code=2).stderr
    then = {one.fingerprint: one for one in read_run(tmp_path / "issued" / "run").open}
    now = read_run(tmp_path / "run")
    kept = [one for one in now.open if one.fingerprint in then]
    assert len(kept) > 10
    for one in kept:
        assert (one.number, one.notice_on, one.correct_by) == (
            then[one.fingerprint].number, then[one.fingerprint].notice_on, then[one.fingerprint].correct_by,
        )  # fmt: skip
    assert {one.correct_by for one in now.open if one.state.value == "new" and one.severity == "high"} == {
        "2026-10-18"
    }
    found = next(one for one in now.open if one.fingerprint == gone.fingerprint)
    assert (found.state.value, found.issued_in, found.notice_on) == ("new", "2026Q3", "2026-10-08")
    assert found.number != gone.number
    row = load(tmp_path / "run" / "history.json")["company"][-1]
    assert all(Roll(**row["roll"][level]).ties for level in ("findings", "instances"))
    assert row["roll"]["findings"]["opening"] == len(then)


def test_the_history_takes_the_issued_run_for_the_quarter_and_gives_back_who_signed(
    demo: Path, draft: Path, issued: Path, tmp_path: Path
):
    history = tmp_path / "history.db"
    for run in (draft, demo / "previous" / "run"):
        called("history", "import", run, "--history", history)
    kept = next(one for one in read_run(issued / "run").open if one.state.value == "persisting")
    called("finding", "sign", kept.number, "--by", "E0001", "--on", "2026-07-06", "--history", history)
    again = tmp_path / "run"
    shutil.copytree(draft, again)
    beside(again).write_bytes(b"".join(beside(draft).read_bytes().splitlines(keepends=True)[:-1]))

    issue(again, tmp_path / "issued", "--history", history)

    run = tmp_path / "issued" / "run"
    (signed,) = [json.loads(line) for line in (run / "signed.jsonl").read_bytes().splitlines()]
    assert signed == {"fingerprint": kept.fingerprint, "by": "E0001", "on_day": "2026-07-06"}
    page = tmp_path / "issued" / "reports" / "departments" / f"{kept.department}.en.html"
    assert "signed for by E0001 on 2026-07-06" in page.read_text(encoding="utf-8")
    with opened(located(str(history))) as connection:
        assert record(connection, run) is False
        assert timeline(connection)[-1].run["id"] == read_run(run).run.id
        ended = last_digest(connection)
    assert load(run / "run.json")["issued"]["finding_log"] == ended
    overview = tmp_path / "issued" / "reports" / "overview.en.html"
    assert ended in overview.read_text(encoding="utf-8")
    called("verify", str(history), "--digest", ended)
    beside(again).unlink()
    twice = issue(again, tmp_path / "twice", "--history", history, "--with-unreviewed", code=1)
    assert "history.db: version 1 of 2026Q3 was issued already" in twice.stderr
