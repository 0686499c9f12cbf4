"""Least disclosure: a head is told the names of the department's own people, others are counted; pages about all departments name nobody."""

import io
import json
import re
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.policy import default
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from made import made_once

import reports
from engine.facts import COMPANY
from engine.findings import Subject
from reports.frames import OFFERED, frame
from reports.model.names import Names
from reports.model.others import Others
from reports.model.shown import shown
from reports.moments import Clock
from reports.parcels import parcels

THIS = "tests/reports/test_report_disclosure.py"
STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)


def said(name: str, body: bytes) -> Iterator[str]:
    """All that a file says, whatever it is packed in; its name included."""
    yield name
    match Path(name).suffix:
        case ".xlsx":
            for sheet in openpyxl.load_workbook(io.BytesIO(body), read_only=True):
                yield sheet.title
                yield from (
                    str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
                )
        case ".eml":
            message = message_from_bytes(body, policy=default)
            yield from map(str, message.values())
            for part in message.walk():
                if not part.is_multipart():
                    content = part.get_content()
                    body_ = content.encode() if isinstance(content, str) else content
                    yield from said(part.get_filename() or f"part.{part.get_content_subtype()}", body_)
        case _:
            yield STYLE.sub("", body.decode())


@cache
def people(snapshot: Path) -> dict[str, frozenset[str]]:
    """Name of everybody on file -> codes of the departments where somebody is called so."""
    found: dict[str, set[str]] = {}
    for shard in (snapshot / "facts" / "departments").glob("*.json"):
        for person in json.loads(shard.read_bytes())["people"]:
            found.setdefault(person["name"], set()).add(shard.stem)
    return {name: frozenset(codes) for name, codes in found.items()}


@pytest.fixture(scope="module")
def folder(demo: Path) -> Path:
    """The demo in all that is a department's own, and in all languages."""
    formats = ["html", "json", "xlsx", "hdf"]
    return made_once("disclosed", lambda into: reports.write(demo / "run", into, OFFERED, formats), THIS)


@pytest.fixture(scope="module")
def mailed(demo: Path) -> Path:
    return made_once("mailed", lambda into: reports.write(demo / "run", into, ["zh-Hant"], ["eml"]), THIS)


def strangers(pack: Path, snapshot: Path) -> list[tuple[str, str]]:
    """File and name of everybody who is named in the folder of a department that is not theirs."""
    model = json.loads((pack / "model.json").read_bytes())
    files = [path.relative_to(pack).as_posix() for path in pack.rglob("*") if path.is_file()]
    own = parcels(files, {row["code"]: row["file"] for row in model["departments"]})
    return [
        (name, person)
        for code, names in own.items()
        for name in names
        for text in ["\n".join(said(name, (pack / name).read_bytes()))]
        for person, codes in people(snapshot).items()
        if not codes & {code, COMPANY} and person in text
    ]


def test_no_file_of_a_departments_folder_names_anybody_of_another(folder: Path, mailed: Path, demo: Path):
    assert strangers(folder, demo / "snapshot") == []
    assert strangers(mailed, demo / "snapshot") == []


def test_the_search_would_find_a_name(folder: Path, demo: Path):
    """Own people are named, in pages and lists; and each of these names would be a stranger's elsewhere."""
    named = {}
    for suffix in ("zh-Hant.html", "zh-Hant.xlsx"):
        name = f"departments/IT.{suffix}"
        text = "\n".join(said(name, (folder / name).read_bytes()))
        named[suffix] = {
            person for person, codes in people(demo / "snapshot").items() if "IT" in codes and person in text
        }

    assert all(named.values())


@pytest.mark.parametrize("language", OFFERED)
def test_pages_about_all_departments_name_nobody(folder: Path, demo: Path, language: str):
    names = [name for name in people(demo / "snapshot") if not name.isascii()]
    assert len(names) > 100
    text = (folder / f"overview.{language}.html").read_text("utf-8") + (folder / "index.html").read_text(
        "utf-8"
    )

    assert [name for name in names if name in text] == []


def test_an_owner_elsewhere_is_told_by_role_and_department(folder: Path):
    model = json.loads((folder / "model.json").read_bytes())
    owners = [finding["owner"] for row in model["departments"] for finding in row["findings"]]
    elsewhere = [owner for owner in owners if owner["is_elsewhere"]]

    assert elsewhere
    assert {owner["name"] for owner in elsewhere} == {""}
    assert all(owner["department_name"] or owner["role"] in {"it", "hr"} for owner in elsewhere)
    page = (folder / "departments" / "GD.en.html").read_text("utf-8")
    assert "nobody named yet" not in page


SUBJECTS = {
    uid: Subject(
        uid=uid, name=name, department=department, source_id="s", source_record_id="", observed_at="", collected_at="",
        raw_sha256="",
    )
    for uid, name, department in (
        ("hr/person/1", "Ann", "A"),
        ("hr/person/2", "Bo", "B"),
        ("hr/person/3", "Cy", "B"),
        ("im/account/@cy:x", "Cy", "B"),
        ("im/account/@guest:x", "Guest", COMPANY),
        ("im/group/7", "Lunch", "B"),
    )
}  # fmt: skip
NAMES = Names(SUBJECTS, {}, {"A": "Dept A", "B": "Dept B"}, Clock("UTC"))


def test_in_evidence_others_are_counted_by_department():
    refs = sorted(SUBJECTS)

    parts = shown("who", refs, "refs", NAMES.for_head("A")).parts

    assert parts == (
        ("Ann",),
        (Others(department="Dept B", of="person", n=2),),
        (Others(department="Dept B", of="account", n=1),),
        ("Guest",),
        ("Lunch",),
    )


def test_whoever_must_be_dealt_with_is_called_as_the_source_does():
    for_a = NAMES.for_head("A")

    assert (for_a.of_subject("hr/person/1"), for_a.of_subject("im/account/@cy:x")) == ("Ann", "@cy:x")
    assert (for_a.of("hr/person/2"), for_a.of("im/account/@cy:x")) == ("Dept B · 2", "Dept B")
    assert {NAMES.for_company().of(uid) for uid in ("hr/person/1", "im/account/@guest:x", "im/group/7")} == {
        "Dept A · 1",
        "@guest:x",
        "Lunch",
    }


def test_who_approved_for_a_department_is_told_by_department_and_number(
    companies: dict[str, Callable[..., Any]], tmp_path: Path
):
    reports.write(companies["believable"]().write(tmp_path / "run"), tmp_path / "pack", ["en"])

    for page in ("departments/SALES.en.html", "overview.en.html"):
        text = (tmp_path / "pack" / page).read_text("utf-8")
        assert "總經理辦公室 · E0001" in text
        assert "周海" not in text


@pytest.mark.parametrize("language", OFFERED)
def test_tiers_of_handling_are_suggested_by_finding_in_the_list_alone_and_name_nobody(
    folder: Path, demo: Path, language: str
):
    words = frame(language)
    tiers = {words.text("handling.minor"), words.text("handling.severe")}
    book = openpyxl.load_workbook(folder / "departments" / f"IT.{language}.xlsx", read_only=True)
    rows = list(book[words.text("list.handling")].iter_rows(values_only=True))
    model = json.loads((folder / "model.json").read_bytes())
    findings = next(row["findings"] for row in model["departments"] if row["code"] == "IT")
    pages = [path.read_text("utf-8") for path in folder.rglob(f"*{language}.html")]

    assert [row[0] for row in rows[1:]] == [finding["number"] for finding in findings]
    assert {row[5] for row in rows[1:]} == tiers
    assert all(row[6] == words.text("handling.decided") for row in rows[1:])
    text = "\n".join(str(cell) for row in rows for cell in row)
    assert [name for name in people(demo / "snapshot") if name in text] == []
    assert [tier for tier in tiers for page in pages if tier in page] == []


def test_only_what_is_severe_or_has_come_back_suggests_the_severe_tier(demo: Path):
    model = json.loads((demo / "reports" / "model.json").read_bytes())
    findings = [finding for row in model["departments"] for finding in row["findings"]]

    assert {
        (finding["severity"] in {"critical", "high"} or finding["state"] == "recurred", finding["tier"])
        for finding in findings
    } == {(True, "severe"), (False, "minor")}
