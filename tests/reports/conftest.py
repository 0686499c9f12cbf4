"""A small believable run, built from the models of the engine; the tests of the reports change one thing in it."""

import hashlib
import json
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import yaml
from made import made_once

import reports
from engine.canonical import canonical_lines
from engine.facts import SourceReport
from engine.findings import (
    Applied,
    Coverage,
    DataError,
    DepartmentRow,
    Digests,
    EngineUsed,
    Finding,
    FindingState,
    Instance,
    Outcome,
    Owner,
    Period,
    Result,
    Run,
    Subject,
    Undecided,
)
from engine.issued import Decided, Issued, IssuedBefore
from reports.auditor import Material, contents
from reports.model import build
from reports.run_folder import read

sys.path.insert(0, str(Path(__file__).parent))  # for what the tests of this folder share

from browser import Browser  # it lies beside this file

ROOT = Path(__file__).parents[2]
COMPANIES = "tests/reports/conftest.py"
"""Where these companies stand: what is made of them is made again when this changes."""
PERIOD = Period(
    label="2026Q3",
    year=2026,
    quarter=3,
    from_at="2026-06-30T16:00:00Z",
    to_at="2026-09-30T16:00:00Z",
    previous_from="2026-03-31T16:00:00Z",
    duty_from="2026-03-31T16:00:00Z",
    duty_to="2026-06-30T16:00:00Z",
)
TITLES = {
    "4.1-a": ("只使用選定的軟件", "Only selected software is used", "high"),
    "5.1-a": ("每個賬號都屬於在冊人員", "Each account belongs to a person on file", "high"),
    "5.3-a": ("離職人員的賬號須關閉", "Leavers' accounts are closed", "critical"),
    "5.3-f": ("不再使用的賬號須關閉", "Unused accounts are closed", "medium"),
    "6.1.2-c": ("群組中沒有離職人員", "No leavers in groups", "high"),
    "6.1.2-d": ("外部成員須有擔保人和期限", "Outsiders are sponsored, for a time", "high"),
    "7.2-c": ("備份須能恢復", "Backups can be restored", "high"),
    "8.3-b": ("公司舉辦安全培訓", "The company holds training", "medium"),
    "9.1-a": ("每個部門有負責人", "Each department has a head", "high"),
    "10.1-a": ("制度按期評審", "The policy is reviewed in time", "medium"),
}
MISSING = {
    "3.2-a": ("工具主要用於工作", "Tools are mainly for work", "low"),
    "6.2.2-a": ("公告不氾濫", "No flood of notices", "low"),
}
DEPARTMENTS = (
    ("HQ", "總經理辦公室", "", 12),
    ("IT", "信息技術部", "HQ", 24),
    ("SALES", "銷售部", "HQ", 41),
    ("LEGAL", "法務部", "HQ", 6),
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """An option for whoever changed page one, and looks at it."""
    parser.addoption(
        "--renew-pictures", action="store_true", help="draw tests/reports/pictures anew, to be looked at"
    )


def description(check: str) -> dict[str, Any]:
    """The real description where there is one, else a plain one."""
    path = ROOT / "policies" / "rego" / check.rpartition("-")[0] / f"{check}.yaml"
    if path.exists() and check == "5.3-a":
        return {**yaml.safe_load(path.read_text(encoding="utf-8")), "implemented": True}
    zh, en, severity = TITLES[check]
    steps = {
        "zh-Hant": {
            "do": "逐一核對並改正下列對象",
            "who": "賬號管理員（信息技術部）",
            "verify": "下次快照中不再出現",
        },
        "en": {
            "do": "Go through the subjects listed and put them right",
            "who": "Account administrator (IT)",
            "verify": "Gone in the next snapshot",
        },
    }
    said = {
        "zh-Hant": (
            zh,
            "{population} 個對象中，{violations} 個不符合。",
            "{subject}：狀態為「{state}」。",
            "可能造成信息外泄。",
            "狀態",
            "持有人",
        ),
        "en": (
            en,
            "Of {population}, {violations} do not comply.",
            "{subject}: the state is {state}.",
            "Information may leak.",
            "State",
            "Holder",
        ),
    }
    return {
        "id": check,
        "clause": check.rpartition("-")[0],
        "method": "attested" if check == "10.1-a" else "automated",
        "severity": severity,
        "responsible": "department_head",
        "implemented": True,
        "evidence": {"state": "value", "holder": "ref"},
        "texts": {
            language: {
                "title": title,
                "obligation": f"{title}.",
                "finding": finding,
                "instance": instance,
                "effect": effect,
                "contain": [steps[language]] if severity in {"critical", "high"} else [],
                "correct": [steps[language]],
                "evidence": {"state": state, "holder": holder},
            }
            for language, (title, finding, instance, effect, state, holder) in said.items()
        },
    }


@dataclass
class Company:
    """What the run folder is made from; tests change it before it is written."""

    checks: list[dict[str, Any]] = field(default_factory=list)
    departments: list[DepartmentRow] = field(default_factory=list)
    results: dict[tuple[str, str], Result] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    undecided: list[Undecided] = field(default_factory=list)
    subjects: dict[str, Subject] = field(default_factory=dict)
    waivers: list[Applied] = field(default_factory=list)
    attestations: list[Applied] = field(default_factory=list)
    sources: list[SourceReport] = field(default_factory=list)
    data_errors: list[DataError] = field(default_factory=list)
    engine: EngineUsed = field(default_factory=lambda: EngineUsed(name="opa", version="1.19.1", note=""))
    history: dict[str, Any] = field(default_factory=lambda: {"company": [], "departments": {}})
    settings: dict[str, Any] = field(default_factory=lambda: {"leaver_grace_days": 1, "names_on_front": "no"})
    origin: dict[str, str] = field(
        default_factory=lambda: {"leaver_grace_days": "company.yaml", "names_on_front": "default"}
    )
    previous: str = ""

    def subject(self, uid: str, name: str, department: str) -> str:
        self.subjects[uid] = Subject(
            uid=uid,
            name=name,
            department=department,
            source_id=uid.split("/", maxsplit=1)[0],
            source_record_id=uid.rpartition("/")[2],
            observed_at="2026-09-29T01:30:00Z",
            collected_at="2026-09-30T18:00:00Z",
            raw_sha256=hashlib.sha256(uid.encode()).hexdigest(),
        )
        return uid

    def result(self, department: str, check: str, outcome: Outcome, population: int = 0, **more: Any) -> None:
        described = next(item for item in self.checks if item["id"] == check)
        plain = {"violations": 0, "unknown": 0, "waived": 0, "reason": "", "reasons": {}, "missing": ()}
        self.results[department, check] = Result(
            check=check,
            clause=check.rpartition("-")[0],
            department=department,
            result=outcome,
            method=described["method"],
            severity=described["severity"],
            population=population,
            **{**plain, **more},
        )

    def finding(
        self,
        department: str,
        check: str,
        count: int,
        population: int,
        state: FindingState = FindingState.NEW,
        **more: Any,
    ) -> Finding:
        """A finding with so many instances, and its result."""
        described = next(item for item in self.checks if item["id"] == check)
        severity = described["severity"]
        holder = "hr/person/E0100"
        if holder not in self.subjects:
            self.subject(holder, "陳靜", department)
        instances = tuple(
            Instance(
                fingerprint=hashlib.sha256(f"{check}{department}{number}".encode()).hexdigest(),
                subject=self.subject(
                    f"im/account/{department.lower()}-{check}-{number:04d}", f"賬號 {number:03d}", department
                ),
                evidence={"state": "active", "holder": holder, "last_day_ends_at": "2026-08-31T16:00:00Z"}
                if check == "5.3-a"
                else {"state": "active", "holder": holder},
                severity=severity,
                state=state,
            )
            for number in range(1, count + 1)
        )
        contain, correct = {
            "critical": ("2026-10-12", "2026-10-16"),
            "high": ("2026-10-14", "2026-11-08"),
            "medium": ("", "2026-12-08"),
            "low": ("", "2027-01-07"),
        }[severity]
        plain: dict[str, Any] = {
            "fingerprint": hashlib.sha256(f"{check}{department}".encode()).hexdigest(),
            "number": f"2026Q3-{department}-{len(self.findings) + 1:03d}",
            "check": check,
            "clause": check.rpartition("-")[0],
            "department": department,
            "severity": severity,
            "state": state,
            "owner": Owner(
                role=described["responsible"],
                person=holder,
                department="IT" if check.startswith("5") else department,
            ),
            "issued_in": "2026Q3",
            "notice_on": "2026-10-09",
            "contain_by": contain,
            "correct_by": correct,
            "population": population,
            "violations": count,
            "unknown": 0,
            "waived": 0,
            "instances": () if state is FindingState.CLOSED else instances,
        }
        found = Finding(**{**plain, **more})
        self.findings.append(found)
        if state not in {FindingState.CLOSED, FindingState.UNVERIFIED}:
            self.result(
                department,
                check,
                Outcome.FAIL,
                population,
                violations=count,
                waived=found.waived,
                unknown=found.unknown,
            )
        return found

    def write(self, into: Path) -> Path:
        """The run folder."""
        into.mkdir(parents=True, exist_ok=True)
        for check in self.checks:
            for department in self.departments:
                if (department.code, check["id"]) not in self.results:
                    outcome = Outcome.PASS if check["implemented"] else Outcome.NOT_ASSESSED
                    self.result(
                        department.code,
                        check["id"],
                        outcome,
                        9 if check["implemented"] else 0,
                        reason="" if check["implemented"] else "not_implemented",
                    )
        run = Run(
            format="run/1",
            id=hashlib.sha256(b"run").hexdigest(),
            organisation="雲海科技有限公司",
            timezone="Asia/Shanghai",
            policy="internal-communication",
            policy_version="2026-01",
            policy_in_force="2026-01",
            as_of="2026-09-30T15:59:59Z",
            period=PERIOD,
            notice_on="2026-10-09",
            settings_origin="company.yaml",
            engine=self.engine,
            digests=Digests(
                snapshot="a" * 64,
                rules="b" * 64,
                settings="c" * 64,
                catalogue="d" * 64,
                previous=self.previous,
            ),
            departments=tuple(self.departments),
            totals={},
        )
        _json(into / "run.json", run.model_dump(mode="json", by_alias=True))
        _json(into / "catalogue.json", self._catalogue())
        _json(into / "settings.json", {"values": self.settings, "origin": self.origin})
        _json(into / "history.json", self.history)
        coverage = Coverage(
            sources=tuple(self.sources), fact_types={}, counts={}, data_errors=tuple(self.data_errors)
        )
        _json(into / "coverage.json", coverage.model_dump(mode="json"))
        _jsonl(into / "results.jsonl", self.results.values())
        _jsonl(into / "findings.jsonl", self.findings)
        _jsonl(into / "undecided.jsonl", self.undecided)
        _jsonl(into / "subjects.jsonl", self.subjects.values())
        _jsonl(into / "waivers.jsonl", self.waivers)
        _jsonl(into / "attestations.jsonl", self.attestations)
        return into

    def _catalogue(self) -> dict[str, Any]:
        ids = [check["id"] for check in self.checks]
        clauses = list(dict.fromkeys(check.rpartition("-")[0] for check in ids))
        chapters = list(dict.fromkeys(clause.split(".")[0] for clause in clauses))
        names = {
            "3": ("使用原則", "Principles of use"),
            "4": ("軟件選擇與部署", "Selection"),
            "5": ("賬號管理", "Accounts"),
            "6": ("信息發布與交流", "Publishing and exchange"),
        }
        both = {
            chapter: dict(
                zip(
                    ("zh-Hant", "en"),
                    names.get(chapter, (f"第 {chapter} 章", f"Chapter {chapter}")),
                    strict=True,
                )
            )
            for chapter in chapters
        }
        return {
            "policy": {
                "id": "internal-communication",
                "version": "2026-01",
                "title": {
                    "zh-Hant": "內部通訊軟件管理辦法",
                    "en": "Measures for internal communication software",
                },
            },
            "chapters": [{"id": chapter, "title": both[chapter]} for chapter in chapters],
            "clauses": [
                {
                    "id": clause,
                    "title": both[clause.split(".")[0]],
                    "chapter": clause.split(".")[0],
                    "checks": [check for check in ids if check.rpartition("-")[0] == clause],
                    "duty": True,
                }
                for clause in clauses
            ],
            "checks": self.checks,
            "values": {"active": {"zh-Hant": "使用中", "en": "active"}},
            "severity_days": {
                "critical": {"contain": 1, "correct": 7},
                "high": {"contain": 3, "correct": 30},
                "medium": {"correct": 60},
                "low": {"correct": 90},
            },
        }


def plain() -> Company:
    """Four departments, ten checks and two that are not implemented; nothing found."""
    company = Company()
    company.checks = [
        *(description(check) for check in TITLES),
        *(
            {
                "id": check,
                "clause": check.rpartition("-")[0],
                "method": "sampled" if check == "3.2-a" else "automated",
                "severity": severity,
                "implemented": False,
                "texts": {"zh-Hant": {"title": zh}, "en": {"title": en}},
            }
            for check, (zh, en, severity) in MISSING.items()
        ),
    ]
    order = [
        "3.2-a",
        "4.1-a",
        "5.1-a",
        "5.3-a",
        "5.3-f",
        "6.1.2-c",
        "6.1.2-d",
        "6.2.2-a",
        "7.2-c",
        "8.3-b",
        "9.1-a",
        "10.1-a",
    ]
    company.checks.sort(key=lambda check: order.index(check["id"]))
    company.departments = [
        DepartmentRow(
            code=code, name=name, parent=parent, head=() if code == "LEGAL" else ("李小明",), people=people
        )
        for code, name, parent, people in DEPARTMENTS
    ]
    company.departments.append(DepartmentRow(code="_company", name="", parent="", head=(), people=0))
    company.sources = [
        _source("hr", "人事名冊", "complete"),
        _source("im", "即時通訊（Synapse）", "complete"),
        _source("restic", "備份系統", "failed", "無法連線：倉庫被鎖定"),
    ]
    return company


def believable() -> Company:
    """The same company with a bit of everything."""
    company = plain()
    company.previous = "e" * 64
    company.finding("SALES", "5.3-a", 2, 41)
    company.finding(
        "SALES",
        "6.1.2-d",
        1,
        14,
        FindingState.PERSISTING,
        contain_by="2026-07-07",
        correct_by="2026-08-01",
        issued_in="2026Q2",
        notice_on="2026-07-02",
    )
    company.finding("SALES", "4.1-a", 3, 40)
    company.finding(
        "SALES",
        "5.3-f",
        27,
        52,
        FindingState.PERSISTING,
        issued_in="2026Q2",
        notice_on="2026-07-02",
        unknown=2,
    )
    company.finding("SALES", "6.1.2-c", 2, 9, FindingState.CLOSED)
    company.result("SALES", "6.1.2-c", Outcome.PASS, 9)
    waived = company.finding("SALES", "5.1-a", 0, 44, FindingState.PERSISTING, waived=1)
    covered = company.subject("im/account/kiosk", "前台共用平板", "SALES")
    instance = Instance(
        fingerprint="f" * 64,
        subject=covered,
        evidence={"state": "active"},
        severity="high",
        state=FindingState.PERSISTING,
        waiver="register/waiver/W-1",
    )
    company.findings[-1] = waived.model_copy(update={"instances": (instance,)})
    company.result("SALES", "5.1-a", Outcome.WAIVED, 44, waived=1)
    company.waivers = [
        Applied(
            uid="register/waiver/W-1",
            number="W-2026-001",
            check="5.1-a",
            department="SALES",
            subject=covered,
            reason="前台輪班共用，已加鎖",
            approved_by="hr/person/E0001",
            valid_until="2026-10-20",
            applied=True,
            why_not="",
            instances=1,
        ),
        Applied(
            uid="register/waiver/W-2",
            number="W-2026-002",
            check="5.3-f",
            department="SALES",
            subject="",
            reason="暫不清理",
            approved_by="hr/person/E0100",
            valid_until="2027-03-31",
            applied=False,
            why_not="self_approved",
            instances=0,
        ),
    ]
    company.subject("hr/person/E0001", "周海", "HQ")
    company.attestations = [
        Applied(
            uid="register/attestation/A-1",
            number="A-2026-001",
            check="10.1-a",
            department="",
            subject="",
            reason="年度評審",
            approved_by="hr/person/E0001",
            valid_until="2027-06-30",
            applied=True,
            why_not="",
            instances=0,
        )
    ]
    for department in ("SALES", "IT"):
        company.result(
            department,
            "7.2-c",
            Outcome.NOT_ASSESSED,
            reason="source_failed",
            reasons={"source_failed": 2},
            missing=("restic",),
        )
    company.undecided = [
        Undecided(
            check="5.3-f",
            department="SALES",
            subject=company.subject(f"im/account/u{n}", f"賬號 U{n}", "SALES"),
            reason="not_supported",
        )
        for n in (1, 2)
    ]
    company.result("SALES", "5.3-f", Outcome.FAIL, 52, violations=27, unknown=2, reasons={"not_supported": 2})
    company.finding(
        "IT",
        "7.2-c",
        1,
        3,
        FindingState.UNVERIFIED,
        issued_in="2026Q2",
        notice_on="2026-07-02",
        correct_by="2026-12-31",
        contain_by="",
    )
    company.finding("IT", "5.3-f", 4, 30)
    company.finding("LEGAL", "9.1-a", 1, 1)
    for code in ("HQ", "IT", "SALES", "LEGAL"):
        company.result(code, "8.3-b", Outcome.NOT_APPLICABLE)
    company.history = {
        "company": [
            {"label": label, "as_of": label[:4], "open": {"critical": c, "high": h, "medium": m, "low": 0}}
            for label, c, h, m in (("2026Q1", 2, 5, 4), ("2026Q2", 1, 3, 1))
        ],
        "departments": {
            "SALES": [
                {
                    "label": label,
                    "as_of": label[:4],
                    "open": {"critical": 0, "high": h, "medium": m, "low": 0},
                }
                for label, h, m in (("2026Q1", 4, 2), ("2026Q2", 3, 1))
            ],
            "IT": [{"label": "2026Q2", "as_of": "2026", "open": {"high": 1}}],
        },
    }
    company.data_errors = [
        DataError(kind="two_heads", subject="hr/department/LEGAL", detail="EMP-7、EMP-9", department="LEGAL")
    ]
    return company


def crowded(instances: int = 700, checks: int = 700) -> Company:
    """A department with so many findings, the first of them with so many instances."""
    company = plain()
    template = description("5.1-a")
    for number in range(checks):
        check = f"{2 + number // 26}.9-{chr(ord('a') + number % 26)}"
        company.checks.append(
            {
                **template,
                "id": check,
                "clause": check.rpartition("-")[0],
                "severity": ("critical", "high", "medium", "low")[number % 4],
            }
        )
        company.finding("SALES", check, instances if number == 0 else 1, instances)
    return company


def _soiled(company: Any, text: str) -> Any:
    company.departments = [row.model_copy(update={"name": row.name + text}) for row in company.departments]
    company.subjects = {
        uid: row.model_copy(update={"name": row.name + text, "source_record_id": row.source_record_id + text})
        for uid, row in company.subjects.items()
    }
    company.waivers = [
        row.model_copy(update={"reason": row.reason + text, "number": row.number + text})
        for row in company.waivers
    ]
    company.sources = [
        row.model_copy(update={"title": row.title + text, "problems": (f"x{text}",)})
        for row in company.sources
    ]
    company.data_errors = [
        DataError(kind="two_heads" + text, subject="s" + text, detail="d" + text, department="LEGAL")
    ]
    company.findings = [_soiled_finding(finding, text) for finding in company.findings]
    company.engine = EngineUsed(name="embedded", version="1" + text, note="n" + text)
    company.origin["leaver_grace_days"] = "company.yaml" + text
    company.checks = [_soiled_check(check, text) for check in company.checks]
    return company


def _soiled_finding(finding: Finding, text: str) -> Finding:
    instances = tuple(
        instance.model_copy(
            update={
                "evidence": {**instance.evidence, "state": "odd" + text, "more": [{"a" + text: "b" + text}]},
                "owner": "o" + text,
            }
        )
        for instance in finding.instances
    )
    return finding.model_copy(update={"instances": instances, "number": finding.number + text})


def _soiled_check(check: dict[str, Any], text: str) -> dict[str, Any]:
    texts = {
        language: {**words, "title": words["title"] + text} for language, words in check["texts"].items()
    }
    return {**check, "texts": texts}


def _source(uid: str, title: str, completeness: Any, *problems: str) -> SourceReport:
    return SourceReport(
        id=uid,
        type=uid,
        title=title,
        delivers=("account",),
        completeness=completeness,
        problems=problems,
        collected_from="2026-09-30T17:00:00Z",
        collected_to="2026-09-30T18:00:00Z",
        collector="test 1",
        expected={},
        received={"account": 0 if completeness == "failed" else 120},
        limits={},
        unmapped=(),
    )


def _json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=True, sort_keys=True), encoding="utf-8")


def _jsonl(path: Path, rows: Iterable[Any]) -> None:
    path.write_text("".join(row.model_dump_json() + "\n" for row in rows), encoding="utf-8")


@pytest.fixture(scope="session")
def companies() -> dict[str, Callable[..., Company]]:
    """The companies of this page by name."""
    return {"plain": plain, "believable": believable, "crowded": crowded}


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """The run folder of the believable company."""
    return believable().write(tmp_path / "run")


@pytest.fixture
def soiled() -> Callable[[Company, str], Company]:
    """Puts a text into every place of a company that comes from outside."""
    return _soiled


@pytest.fixture(scope="session")
def soiled_company() -> Callable[[str], Company]:
    """The believable company with a text in every such place."""
    return lambda text: _soiled(believable(), text)


@pytest.fixture(scope="session")
def every_format() -> Path:
    """The believable company in all formats, English first; made once and never changed."""

    def make(folder: Path) -> None:
        folder.mkdir()
        reports.write(believable().write(folder / "run"), folder / "pack", ["en", "zh-Hant"], reports.FORMATS)

    return made_once("formats", make, COMPANIES) / "pack"


@pytest.fixture(scope="session")
def all_pages() -> Path:
    """Every kind of page in every language: the believable company's, and the first page of its auditor's pack."""
    return made_once("pages", _all_pages, COMPANIES) / "pack"


def _all_pages(folder: Path) -> None:
    folder.mkdir()
    run = believable().write(folder / "run")
    reports.write(run, folder / "pack", reports.OFFERED, ["html"])
    found = read(run)
    material = Material(
        found,
        build(found),
        ("en",),
        yaml.safe_load((ROOT / "policies" / "crosswalk.yaml").read_text("utf-8")),
    )
    for name, data in islice(contents(material), len(reports.OFFERED)):
        (folder / "pack" / name).write_bytes(data)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for all tests; each says how wide the window is, and leaves it as a screen with scripts."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is not installed: pages are not looked at in a browser")
    with Browser(chromium, tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture(scope="session")
def as_issued() -> Callable[..., Path]:
    """Makes of a run folder the same as if it had been issued."""
    return _issued


def _issued(run: Path, *, version: int = 1, **said: Any) -> Path:
    """The run as if it had been issued."""
    before = {"run": "2026Q3-0", "digest": "0" * 64, "version": version - 1, "notice_on": "2026-10-09"}
    made = Issued(
        version=version,
        notice_on="2026-10-20",
        by="E0007",
        on_day="2026-10-20",
        draft="2026Q3-1",
        draft_digest="1" * 64,
        log="",
        decisions={"confirmed": 8, "annotated": 1, "withheld": 1, "unreviewed": 0},
        taken_over=0,
        supersedes=IssuedBefore.model_validate(before) if version > 1 else None,
        **said,
    )
    about = json.loads((run / "run.json").read_bytes()) | {"issued": made.model_dump(mode="json")}
    (run / "run.json").write_text(json.dumps(about), encoding="utf-8")
    findings = [json.loads(line) for line in (run / "findings.jsonl").read_bytes().splitlines()]
    remark, gone = findings[0], findings[-1]
    decided = [
        Decided(
            fingerprint=one["fingerprint"], finding=one["number"], kind=kind, text=text,
            by="E0007", on_day="2026-10-19", version=1,
        )
        for one, kind, text in ((remark, "annotated", "Seen with IT."), (gone, "withheld", "The register was wrong."))
    ]  # fmt: skip
    (run / "review.jsonl").write_bytes(canonical_lines(row.model_dump() for row in decided))
    (run / "withheld.jsonl").write_bytes(canonical_lines([gone]))
    signed = {"fingerprint": remark["fingerprint"], "by": "E0001", "on_day": "2026-10-12"}
    (run / "signed.jsonl").write_bytes(canonical_lines([signed]))
    return run
