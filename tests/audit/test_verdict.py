"""The result table of the design, row by row."""

from dataclasses import replace
from typing import Any

import pytest
import yaml

from engine.audit.answers import CheckAnswer, read_answer
from engine.audit.verdict import Sources, judge
from engine.audit.waivers import Waivers
from engine.checks.description import Description
from engine.cli.places import policies
from engine.findings import Outcome

AS_OF = "2026-09-30T15:59:59Z"
CHECK = Description.model_validate(
    {
        **yaml.safe_load((policies() / "rego" / "5.3" / "5.3-a.yaml").read_text(encoding="utf-8")),
        "facts": {"subject": ["account"], "exonerating": ["approval"]},
        "graded": ["high"],
    }
)
EVIDENCE = dict.fromkeys(CHECK.evidence, "x")
WAIVER = {
    "uid": "w/waiver/1",
    "number": "1",
    "check": "5.3-a",
    "subject": "a",
    "reason": "legal hold",
    "requested_by": "hr/person/1",
    "approved_by": "hr/person/2",
    "approved_at": "2026-08-01T00:00:00Z",
    "valid_until": "2026-12-31",
    "valid_until_ends_at": "2026-12-31T16:00:00Z",
}


def sources(**states: str) -> Sources:
    return Sources(
        {
            "*": {
                "account": "complete",
                "approval": "complete",
                "department": "complete",
                "person": "complete",
                **states,
            }
        },
        {"account": ["chat"], "approval": ["desk"]},
    )


def waivers(*rows: dict[str, Any]) -> Waivers:
    subjects = {row["subject"]: frozenset({row["subject"]}) for row in rows}
    return Waivers(AS_OF, frozenset({"5.3-a"}), list(rows), subjects)


def answer(violations: int = 0, unknown: int = 0, population: int = 0) -> CheckAnswer:
    read = read_answer(
        CHECK,
        {
            "population": population,
            "violations": [{"subject": "abc"[n], "evidence": EVIDENCE} for n in range(violations)],
            "unknown": [{"subject": f"u{n}", "reason": "stale"} for n in range(unknown)],
        },
    )
    assert isinstance(read, CheckAnswer)
    return read


ROWS = [
    ("open, all complete", answer(1, 0, 3), {}, (), Outcome.FAIL, ""),
    ("open and undecided", answer(1, 1, 3), {}, (), Outcome.FAIL, ""),
    (
        "open, the register that may excuse failed",
        answer(1, 0, 3),
        {"approval": "failed"},
        (),
        Outcome.NOT_ASSESSED,
        "source_failed",
    ),
    (
        "open, no such register",
        answer(1, 0, 3),
        {"approval": "not_configured"},
        (),
        Outcome.NOT_ASSESSED,
        "not_collected",
    ),
    ("open, subjects partial", answer(1, 0, 3), {"account": "partial"}, (), Outcome.FAIL, ""),
    ("undecided", answer(0, 1, 3), {}, (), Outcome.NOT_ASSESSED, "stale"),
    (
        "none, subjects failed",
        answer(0, 0, 3),
        {"account": "failed"},
        (),
        Outcome.NOT_ASSESSED,
        "source_failed",
    ),
    (
        "none, subjects partial",
        answer(0, 0, 3),
        {"account": "partial"},
        (),
        Outcome.NOT_ASSESSED,
        "source_partial",
    ),
    ("none, subjects stale", answer(0, 0, 0), {"account": "stale"}, (), Outcome.NOT_ASSESSED, "stale"),
    ("all waived", answer(1, 0, 3), {}, (WAIVER,), Outcome.WAIVED, ""),
    ("waived, others undecided", answer(1, 1, 3), {}, (WAIVER,), Outcome.NOT_ASSESSED, "stale"),
    ("one of two waived", answer(2, 0, 3), {}, (WAIVER,), Outcome.FAIL, ""),
    ("none, some looked at", answer(0, 0, 3), {}, (), Outcome.PASS, ""),
    ("nobody to look at", answer(0, 0, 0), {}, (), Outcome.NOT_APPLICABLE, ""),
    (
        "none, the register that may excuse failed",
        answer(0, 0, 3),
        {"approval": "failed"},
        (),
        Outcome.PASS,
        "",
    ),
]


@pytest.mark.parametrize(
    ("answered", "states", "exceptions", "outcome", "reason"),
    [row[1:] for row in ROWS],
    ids=[row[0] for row in ROWS],
)
def test_the_result_table(
    answered: CheckAnswer, states: dict[str, str], exceptions: tuple[Any, ...], outcome: Outcome, reason: str
):
    result = judge(CHECK, "FIN", answered, sources(**states), waivers(*exceptions)).result

    assert (result.result, result.reason) == (outcome, reason)


def test_a_rule_without_an_answer_is_not_assessed():
    assert judge(CHECK, "FIN", "broken", sources(), waivers()).result.reason == "rule_error"


BAD = {
    "nothing": None,
    "no unknown": {"population": 1, "violations": []},
    "a boolean for a number": {"population": True, "violations": [], "unknown": []},
    "fewer looked at than found": {
        "population": 0,
        "violations": [{"subject": "a", "evidence": EVIDENCE}],
        "unknown": [],
    },
    "no subject": {"population": 1, "violations": [{"evidence": EVIDENCE}], "unknown": []},
    "other evidence than declared": {
        "population": 1,
        "violations": [{"subject": "a", "evidence": {}}],
        "unknown": [],
    },
    "a severity that is not allowed": {
        "population": 1,
        "violations": [{"subject": "a", "evidence": EVIDENCE, "severity": "low"}],
        "unknown": [],
    },
    "a reason of its own": {
        "population": 1,
        "violations": [],
        "unknown": [{"subject": "a", "reason": "because"}],
    },
    "twice the same": {
        "population": 2,
        "violations": [
            {"subject": "a", "evidence": EVIDENCE},
            {"subject": "a", "evidence": EVIDENCE, "severity": "high"},
        ],
        "unknown": [],
    },
    "fails and is not known": {
        "population": 2,
        "violations": [{"subject": "a", "evidence": EVIDENCE}],
        "unknown": [{"subject": "a", "reason": "stale"}],
    },
}


@pytest.mark.parametrize("given", BAD.values(), ids=BAD.keys())
def test_an_answer_out_of_shape_is_a_broken_rule(given: Any):
    assert isinstance(read_answer(CHECK, given), str)


NOT_APPLIED = {
    "expired": {"valid_until_ends_at": "2026-09-30T15:59:58Z"},
    "not_yet": {"valid_from": "2026-10-01T00:00:00Z"},
    "self_approved": {"approved_by": "hr/person/1"},
    "not_approved": {"approved_at": "2026-10-01T00:00:00Z"},
    "no_reason": {"reason": ""},
    "unknown_check": {"check": "5.3-z"},
}


@pytest.mark.parametrize(("why", "change"), NOT_APPLIED.items(), ids=NOT_APPLIED.keys())
def test_a_waiver_that_does_not_hold_is_listed_with_the_reason(why: str, change: dict[str, str]):
    found = waivers({**WAIVER, **change})

    assert judge(CHECK, "FIN", answer(1, 0, 1), sources(), found).result.result is Outcome.FAIL
    assert [(row.applied, row.why_not) for row in found.applied()] == [(False, why)]


def test_a_waiver_without_an_end_does_not_hold():
    endless = {key: value for key, value in WAIVER.items() if not key.startswith("valid_until")}

    assert waivers(endless).why_not(endless) == "no_end"


def test_a_waiver_for_a_subject_that_nobody_knows_does_not_hold():
    assert (
        Waivers(AS_OF, frozenset({"5.3-a"}), [WAIVER], {"a": frozenset()}).applied()[0].why_not
        == "unknown_subject"
    )


def test_a_waiver_for_a_department_that_was_taken_over_holds_in_the_one_that_did():
    found = waivers({**WAIVER, "department_code": "ACC"})
    found.today = {"ACC": "FIN"}.__getitem__

    assert judge(CHECK, "FIN", answer(1, 0, 1), sources(), found).result.result is Outcome.WAIVED


def test_a_waiver_in_force_for_another_department_waives_nothing_here():
    found = waivers({**WAIVER, "department_code": "HR"})

    assert judge(CHECK, "FIN", answer(1, 0, 1), sources(), found).result.result is Outcome.FAIL
    assert found.applied()[0].why_not == "nothing_to_waive"


def test_a_waiver_whose_approver_nobody_can_name_leaves_it_open_whether_it_holds():
    doubtful = {
        **{key: value for key, value in WAIVER.items() if key != "approved_by"},
        "unknown": {"approved_by": "source_failed"},
    }

    result = judge(CHECK, "FIN", answer(1, 0, 1), sources(), waivers(doubtful)).result
    assert (result.result, result.reason) == (Outcome.NOT_ASSESSED, "source_failed")


@pytest.mark.parametrize(
    ("state", "outcome"), [("failed", Outcome.NOT_ASSESSED), ("not_configured", Outcome.FAIL)]
)
def test_a_register_of_waivers_that_failed_accuses_nobody_and_one_that_never_was_excuses_nobody(
    state: str, outcome: Outcome
):
    assert judge(CHECK, "FIN", answer(1, 0, 1), sources(waiver=state), waivers()).result.result is outcome


@pytest.mark.parametrize(
    ("state", "outcome"), [("failed", Outcome.NOT_ASSESSED), ("not_configured", Outcome.FAIL)]
)
@pytest.mark.parametrize("register", ["register_entry:service_accounts", "register_entry:shared_accounts"])
def test_without_the_register_that_tells_what_an_account_is_nobody_is_accused_by_it(
    register: str, state: str, outcome: Outcome
):
    found = judge(CHECK, "FIN", answer(1, 0, 1), sources(**{register: state}), waivers()).result

    assert (found.result, found.unknown) == (outcome, int(outcome is Outcome.NOT_ASSESSED))


def test_without_a_whole_roster_nothing_passes():
    assert (
        judge(CHECK, "FIN", answer(0, 0, 1), sources(person="partial"), waivers()).result.result
        is Outcome.NOT_ASSESSED
    )


@pytest.mark.parametrize(
    ("department", "missing"), [("FIN", ("chat",)), ("GD", ("chat", "mail")), ("_company", ("chat", "mail"))]
)
def test_a_source_that_does_not_cover_a_department_is_not_missing_there(
    department: str, missing: tuple[str, ...]
):
    short = replace(
        sources(account="partial"), ids={"account": ["mail", "chat"]}, reach={"mail": ["GD", "HR"]}
    )

    assert judge(CHECK, department, answer(0, 0, 1), short, waivers()).result.missing == missing
