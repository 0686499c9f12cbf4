"""What the finding budget promises, borne out by the rules: the facts as they are once a deed is done, and the checks asked again."""

import json
from pathlib import Path

import orjson
import pytest

import policies as policies_folder
from engine.audit import Inputs
from engine.checks.catalogue import load_catalogue
from engine.deeds import DEEDS
from engine.history import read_previous
from engine.opa import EngineSpec, Rules, running
from engine.settings import resolve
from engine.snapshot import open_snapshot
from reports.frames import LANGUAGES, frame
from reports.run_folder import read

POLICIES = Path(policies_folder.__file__).parent


def _everywhere(shard, plural, keep):
    for part in (shard, shard["context"]):
        part[plural] = [row for row in part[plural] if keep(row)]


def _leave(shard, keep):
    """Takes memberships away, and counts the members anew."""
    for group in _rows(shard, "groups"):
        left = [row for row in _rows(shard, "memberships") if row["group"] == group["uid"] and not keep(row)]
        if left and "member_count" in group:
            group["member_count"] -= len(left)
    _everywhere(shard, "memberships", keep)


def _rows(shard, plural):
    return [*shard[plural], *shard["context"][plural]]


def _shut_out(shard, thing, _, as_of):
    accounts = [row for row in _rows(shard, "accounts") if thing in {row["uid"], row.get("holder")}]
    for account in accounts:
        account.update(state="deactivated", deactivated_at=as_of)
    closed = {account["uid"] for account in accounts}
    _everywhere(shard, "sessions", lambda row: row["account"] not in closed)
    _leave(shard, lambda row: row["account"] not in closed)


def _archive(shard, thing, *_):
    for group in _rows(shard, "groups"):
        if group["uid"] == thing:
            group["archived"] = "yes"


def _clear_group(shard, thing, instances, _):
    listed = {one.subject for one in instances}
    for one in instances:
        listed |= {
            uid for value in one.evidence.values() if isinstance(value, list) for uid in map(str, value)
        }
    _leave(shard, lambda row: row["group"] != thing or row["uid"] not in listed)


def _gone(shard, thing, *_):
    _everywhere(shard, "software_installs", lambda row: thing not in {row["application"], row["host"]})


def _repair(shard, thing, instances, _):
    for hole in _rows(shard, "vuln_findings"):
        if hole["target"] == thing and hole["uid"] in {one.subject for one in instances}:
            hole["status"] = "fixed"


DONE = {
    "archive": _archive,
    "clear_group": _clear_group,
    "remove_tool": _gone,
    "renew": _gone,
    "repair": _repair,
    "shut_out": _shut_out,
    "tidy": _gone,
}
"""Deed -> what it does to the facts; of deeds that leave a choice, what is always possible."""


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue(POLICIES, ())


@pytest.fixture(scope="module")
def inputs(demo, catalogue):
    settings = resolve(catalogue.settings, {}, "default", catalogue.origins)
    before = read_previous(demo / "previous" / "run")
    return Inputs(open_snapshot(demo / "snapshot"), catalogue, settings, "default", before, None)


@pytest.fixture(scope="module")
def session(opa, inputs, tmp_path_factory):
    documents = tmp_path_factory.mktemp("budget") / "data.json"
    documents.write_bytes(orjson.dumps(inputs.documents()))
    rules = Rules(POLICIES / "rego", POLICIES / "capabilities.json")
    with running(EngineSpec(engine="opa", program=opa, rules=rules, documents=documents)) as started:
        yield started


def _failing(answer):
    return {(check, row["subject"]) for check, said in answer.checks.items() for row in said["violations"]}


def test_what_the_budget_calls_closed_is_closed_when_it_is_done_and_nothing_else_breaks(
    demo, inputs, session
):
    model = json.loads((demo / "reports" / "model.json").read_text("utf-8"))
    findings = read(demo / "run").findings
    as_of = inputs.snapshot.manifest["as_of"]
    promised = 0
    for department in model["departments"]:
        if not department["budget"]:
            continue
        shard = orjson.loads(inputs.snapshot.shard(department["code"]).read_bytes())
        before = _failing(session.evaluate(orjson.dumps(shard)))
        instances = [
            one
            for finding in findings
            if finding.department == department["code"]
            for one in finding.instances
        ]
        closed = set()
        for action in department["budget"]["actions"]:
            DONE[action["deed"]](shard, action["subject"], instances, as_of)
            closed |= set(action["closes"])
        after = _failing(session.evaluate(orjson.dumps(shard)))

        # what is said of an earlier finding is decided in the second pass, by what becomes of that finding
        assert not {check for check, _ in after} & (closed - {"9.2-b"})
        assert after <= before
        promised += len(closed)
    assert promised


def test_each_deed_that_a_check_names_closes_each_of_its_instances(demo, inputs, catalogue, session):
    as_of = inputs.snapshot.manifest["as_of"]
    borne_out = set()
    for finding in read(demo / "run").findings:
        check = catalogue.checks[finding.check]
        for name in ("through", "also_through"):
            for deed, keys in getattr(check, name).items():
                for key in keys:
                    for one in finding.instances[:2]:
                        thing = one.subject if key == "subject" else one.evidence.get(key)
                        if finding.state in {"closed", "unverified"} or thing in {None, "none", "unknown"}:
                            continue
                        shard = orjson.loads(inputs.snapshot.shard(finding.department).read_bytes())
                        DONE[deed](shard, thing, finding.instances, as_of)
                        said = session.evaluate(orjson.dumps(shard), (check.id,)).checks[check.id]

                        assert one.subject not in {
                            row["subject"] for part in ("violations", "unknown") for row in said[part]
                        }, f"{check.id}: {deed} done to its {key}"
                        borne_out.add((check.id, deed, key))
    declared = {
        (check.id, deed, key)
        for check in catalogue.checks.values()
        for deeds in (check.through, check.also_through)
        for deed, keys in deeds.items()
        for key in keys
    }
    assert borne_out == declared


def test_each_deed_has_words_for_each_thing_that_it_is_done_to():
    for language in LANGUAGES:
        texts = frame(language)
        for deed, kinds in DEEDS.items():
            assert all(texts.has(f"deed.{deed}.{kind}") for kind in (*kinds, "who"))
    assert DONE.keys() == DEEDS.keys()
