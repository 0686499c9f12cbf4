"""What the run says would make a finding pass, applied to the facts of the demo: the rule then finds nothing wrong there."""

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

import orjson
import pytest

import policies as policies_folder
from engine.audit import Inputs
from engine.audit.answers import read_answer
from engine.audit.ask import EngineAsked
from engine.audit.remedies import Remedies
from engine.audit.suppose import World
from engine.audit.values import companions, words_of
from engine.checks.catalogue import load_catalogue
from engine.facts import FACT_TYPES
from engine.findings import EngineUsed, Finding
from engine.history import read_previous
from engine.opa import EngineSpec, Rules, evaluate_body, running
from engine.settings import resolve
from engine.snapshot import open_snapshot
from reports.frames import LANGUAGES, frame

POLICIES = Path(policies_folder.__file__).parent


@pytest.fixture(scope="module")
def inputs(demo):
    catalogue = load_catalogue(POLICIES, ())
    settings = resolve(catalogue.settings, {}, "default", catalogue.origins)
    before = read_previous(demo / "previous" / "run")
    return Inputs(open_snapshot(demo / "snapshot"), catalogue, settings, "default", before, None)


@pytest.fixture(scope="module")
def findings(demo):
    lines = (demo / "run" / "findings.jsonl").read_text("utf-8").splitlines()
    return [Finding.model_validate_json(line) for line in lines]


@pytest.fixture(scope="module")
def asked(opa, inputs, tmp_path_factory):
    documents = tmp_path_factory.mktemp("passing") / "data.json"
    documents.write_bytes(orjson.dumps(inputs.documents()))

    @contextmanager
    def start(engine, workers):
        rules = Rules(POLICIES / "rego", POLICIES / "capabilities.json")
        program = opa if engine == "opa" else None
        spec = EngineSpec(engine=engine, program=program, rules=rules, documents=documents, workers=workers)
        with running(spec), ThreadPoolExecutor(workers) as pool:
            yield EngineAsked(spec, pool, EngineUsed(name=engine, version="", note=""), {})

    return start


def _applied(world, instance, change, mend, zone):
    """The world in which the change was made, by what the run says and the check declares."""
    if change.how == "added":
        model = FACT_TYPES[change.entity]
        about = "person" if "person" in model.model_fields else "data_set"
        examples = [
            {**row, about: instance.subject, "uid": "x/y/z"} for _, row in world.records(change.entity)
        ]
        return [world.with_more(change.entity, row) for row in examples]
    evidence = [value for value in instance.evidence.values() if isinstance(value, str)]
    value = int(change.value) if change.value.isdecimal() else change.value
    if change.how == "somebody":
        people = [row for _, row in world.records("person") if row["status"] == "active"]
        value = next(row["uid"] for row in people if row["uid"] not in evidence)
    model = FACT_TYPES[change.entity]
    along = dict(companions(change.field, value, model, zone)) | mend.along
    return [
        world.with_record(place, {**row, change.field: value, **along})
        for place, row in world.about(change.entity, instance.subject, frozenset(evidence))
    ]


def test_each_change_that_is_printed_makes_the_rule_pass(inputs, findings, asked):
    company = inputs.documents()["company"]
    zone = ZoneInfo(inputs.snapshot.manifest["timezone"])
    tried = set()
    with asked("opa", 1) as engine:
        for finding in findings:
            check = inputs.catalogue.checks[finding.check]
            mends = {(mend.entity, mend.name): mend for mend in check.mend}
            for one in finding.instances:
                if not one.would_pass or check.id in tried:  # one of each check: asking takes its time
                    continue
                shard = orjson.loads(inputs.snapshot.shard(finding.department).read_bytes())
                worlds = [World(shard, company)]
                for change in one.would_pass:
                    mend = mends[change.entity, change.field]
                    worlds = [new for old in worlds for new in _applied(old, one, change, mend, zone)]
                said = [
                    evaluate_body(engine.spec, world.body(), (check.id,)).checks[check.id] for world in worlds
                ]

                assert any(
                    one.subject
                    not in {row["subject"] for part in ("violations", "unknown") for row in answer[part]}
                    for answer in said
                ), f"{check.id} {one.subject}: {one.would_pass}"
                tried.add(check.id)
    assert len(tried) >= 20


def test_both_engines_and_any_number_of_workers_find_the_same(inputs, findings, asked):
    department = "FIN"
    here = [
        one for one in findings if one.department == department and one.state not in {"closed", "unverified"}
    ]
    bare = [
        one.model_copy(
            update={"instances": tuple(row.model_copy(update={"would_pass": ()}) for row in one.instances)}
        )
        for one in here
    ]
    shard = inputs.snapshot.shard(department).read_bytes()
    told = []
    for engine, workers in (("opa", 1), ("embedded", 3)):
        with asked(engine, workers) as started:
            answers = {}
            for one in bare:
                check = inputs.catalogue.checks[one.check]
                if check.mend:
                    said = evaluate_body(started.spec, shard, (check.id,)).checks[check.id]
                    answers[check.id] = read_answer(check, said)
            told.append(Remedies(inputs, started).told(department, bare, answers))

    assert told[0] == told[1] == here
    assert any(row.would_pass for one in here for row in one.instances)


def test_the_report_prints_it_in_both_languages_and_nothing_where_nothing_was_found(demo):
    model = json.loads((demo / "reports" / "model.json").read_text("utf-8"))
    sales = next(one for one in model["departments"] if one["code"] == "SAL")
    found = {row["check"]: row["would_pass"] for row in sales["findings"]}
    (incident,), (outsider,) = found["3.1-a"], found["6.1.2-d"]

    assert [(change["label"], change["how"], change["value"]) for change in incident["changes"]] == [
        ("closed_at", "by", "2026-08-07 09:00")
    ]
    assert [change["label"] for change in outsider["changes"]] == ["sponsor", "sponsored_until"]
    assert found["5.3-b"] == []  # that somebody used the account cannot be undone
    pages = {
        language: (demo / "reports" / "departments" / f"SAL.{language}.html").read_text("utf-8")
        for language in LANGUAGES
    }
    assert "E-001: Closed: no later than 2026-08-07 09:00" in pages["en"]
    assert "E-001：辦結時間：不晚於 2026-08-07 09:00" in pages["zh-Hant"]


def test_each_word_that_a_remedy_may_bring_about_and_each_record_has_words(inputs):
    values = inputs.catalogue.document()["values"]
    for check in inputs.catalogue.checks.values():
        for mend in check.mend:
            field = FACT_TYPES[mend.entity].model_fields.get(mend.name)
            assert {*mend.to, *(words_of(field) if field else ())} <= values.keys()
            for language in LANGUAGES:
                assert not mend.add or frame(language).has(f"thing.{mend.add}")
