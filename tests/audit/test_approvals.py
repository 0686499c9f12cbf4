"""Who approved exceptions, and for how long they were given."""

from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from engine.audit.approvals import Approvals
from engine.findings import Applied

AT = "2026-07-01T02:00:00Z"
SETTINGS = {"waiver_days_high": 90, "attestation_days": 366}


def _department(code, heads, parent=None, deputies=()):
    row = {"code": code, "heads": heads, "deputies": list(deputies)}
    return row if parent is None else {**row, "parent": parent}


def _head(person, from_at="2020-01-01T00:00:00Z", until_at=None):
    return {"person": person, "from_at": from_at} | ({} if until_at is None else {"until_at": until_at})


def _approvals(*departments, delegations=()):
    company = {"departments": list(departments), "delegations": list(delegations)}
    checks = {"1-a": SimpleNamespace(severity="high")}
    return Approvals(company, {"it": "IT"}, checks, SETTINGS, ZoneInfo("Asia/Shanghai"))


COMPANY = (
    _department("GD", [_head("chief")]),
    _department("OPS", [_head("former", until_at=AT), _head("head", AT)], "GD", ["deputy"]),
    _department("FIN", [_head("money")], "GD"),
    _department("IT", [_head("it")], "GD"),
)


@pytest.mark.parametrize(
    ("person", "line"),
    [
        ("head", "in"),
        ("chief", "in"),
        ("deputy", "in"),
        ("former", "out"),
        ("money", "out"),
        ("it", "out"),
        ("nobody", "out"),
    ],
)
def test_the_line_is_who_headed_the_department_or_one_above_at_that_time(person, line):
    assert _approvals(*COMPANY).line(person, "OPS", AT) == line


def test_who_decides_in_the_place_of_a_head_stands_in_the_line_for_that_time():
    standing = {
        "delegator": "head",
        "delegate": "stand-in",
        "valid_from": AT,
        "valid_until": "2026-07-31T16:00:00Z",
    }
    approvals = _approvals(*COMPANY, delegations=[standing])

    assert approvals.line("stand-in", "OPS", AT) == "in"
    assert approvals.line("stand-in", "OPS", "2026-08-01T00:00:00Z") == "out"
    assert approvals.line("stand-in", "FIN", AT) == "out"


def test_what_is_not_known_of_a_line_accuses_nobody():
    unheaded = {"code": "OPS", "parent": "GD", "deputies": []}
    circle = (_department("A", [], "B"), _department("B", [], "A"))

    assert _approvals(COMPANY[0], unheaded).line("money", "OPS", AT) == "unknown"
    assert _approvals(COMPANY[0], unheaded).line("chief", "OPS", AT) == "in"
    assert _approvals(*COMPANY).line("money", "", AT) == "unknown"
    assert _approvals(*COMPANY).line("money", "nowhere", AT) == "unknown"
    assert _approvals(*COMPANY).line("money", "OPS", "") == "unknown"
    assert _approvals(*circle).line("money", "A", AT) == "out"
    assert _approvals(*COMPANY).line("it", "_company", AT) == "in"


def _applied():
    about = dict.fromkeys(
        ("number", "department", "subject", "reason", "approved_by", "valid_until", "why_not"), ""
    )
    return Applied(uid="w", check="1-a", applied=True, instances=1, **about)


def test_days_are_counted_with_the_first_and_the_last_in_the_zone_of_the_company():
    # 00:30 of 2 July by the company's clock
    row = {
        "check": "1-a",
        "approved_by": "chief",
        "department_code": "OPS",
        "approved_at": "2026-07-01T16:30:00Z",
    }
    approvals = _approvals(*COMPANY)

    given = approvals.waiver(_applied(), {**row, "valid_until": "2026-07-02"})
    later = approvals.waiver(
        _applied(), {**row, "valid_from": "2026-07-03T16:00:00Z", "valid_until": "2026-07-04"}
    )
    endless = approvals.waiver(_applied(), row)
    odd = approvals.waiver(_applied(), {**row, "check": "no such"})

    assert (given.days, given.limit, given.line) == (1, 90, "in")
    assert later.days == 1
    assert (endless.days, odd.limit) == (None, None)


def test_a_statement_has_its_own_limit_and_nobody_who_signed_is_no_line():
    signed = {"signed_by": "money", "signed_at": AT, "valid_until": "2027-07-01", "department_code": "FIN"}
    approvals = _approvals(*COMPANY)

    given = approvals.statement(_applied(), signed)
    bare = approvals.statement(_applied(), {})

    assert (given.days, given.limit, given.line) == (366, 366, "in")
    assert (bare.days, bare.line) == (None, "")
