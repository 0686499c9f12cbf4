"""Findings follow a department that was renamed or merged."""

from engine.audit.issue import fingerprint
from engine.audit.succession import inherited, succeeded
from engine.findings import Earlier, EarlierInstance, FindingState, Owner, Previous

AS_OF = "2026-09-30T15:59:59Z"
DEPARTMENTS = [
    {"code": "LEG", "renamed_from": ["LAW"]},
    {"code": "MKT", "valid_until": "2026-07-31T16:00:00Z", "merged_into": "SAL"},
    {"code": "OLD", "valid_until": "2026-07-31T16:00:00Z"},
    {"code": "SAL"},
]


def _finding(department, number, *subjects):
    return Earlier(
        fingerprint=fingerprint("policy", "5.3-a", f"department:{department}"),
        number=number,
        check="5.3-a",
        clause="5.3",
        department=department,
        severity="critical",
        state=FindingState.NEW,
        owner=Owner(role="it", person="", department="IT"),
        issued_in="2026Q2",
        notice_on="2026-07-01",
        contain_by="2026-07-02",
        correct_by="2026-07-08",
        population=1,
        violations=1,
        unknown=0,
        waived=0,
        instances=tuple(
            EarlierInstance(fingerprint("policy", "5.3-a", subject), subject, waiver="", at=0)
            for subject in subjects
        ),
    )


def _after(*findings):
    known = {finding.fingerprint: finding for finding in findings}
    history = {"company": [], "departments": {finding.department: [finding.number] for finding in findings}}
    return succeeded(Previous(findings=known, numbers=known, history=history), "policy", DEPARTMENTS, AS_OF)


def _told(previous):
    return {
        finding.department: (finding.number, [one.subject for one in finding.instances])
        for key, finding in previous.findings.items()
        if key == fingerprint("policy", finding.check, f"department:{finding.department}")
    }


def test_a_renamed_department_keeps_its_findings_and_its_history():
    after = _after(_finding("LAW", "2026Q2-LAW-001", "a"))

    assert _told(after) == {"LEG": ("2026Q2-LAW-001", ["a"])}
    assert after.history["departments"] == {"LEG": ["2026Q2-LAW-001"]}


def test_who_takes_over_a_department_takes_over_its_findings():
    assert _told(_after(_finding("MKT", "2026Q2-MKT-001", "a"))) == {"SAL": ("2026Q2-MKT-001", ["a"])}


def test_two_findings_of_one_check_become_the_successors():
    after = _after(_finding("SAL", "2026Q2-SAL-001", "a"), _finding("MKT", "2026Q2-MKT-001", "b"))

    assert _told(after) == {"SAL": ("2026Q2-SAL-001", ["a", "b"])}


def test_what_nobody_took_over_stays_where_it_is():
    assert _told(_after(_finding("OLD", "1", "a"), _finding("_company", "2", "b"))) == {
        "OLD": ("1", ["a"]),
        "_company": ("2", ["b"]),
    }


def test_a_finding_of_a_check_that_was_replaced_goes_on_under_the_one_in_its_place():
    before = _finding("LEG", "2026Q2-LEG-001", "a")
    known = {before.fingerprint: before}

    after = inherited(Previous(findings=known, numbers=known), "policy", {"5.3-a": "5.3-x"})

    [(key, found)] = after.findings.items()
    assert key == found.fingerprint == fingerprint("policy", "5.3-x", "department:LEG")
    assert (found.check, found.number, found.correct_by) == ("5.3-x", "2026Q2-LEG-001", "2026-07-08")
    assert found.instances[0].fingerprint == fingerprint("policy", "5.3-x", "a")
    assert after.numbers == after.findings


def test_where_both_had_a_finding_the_old_one_is_kept_as_it_was():
    before = _finding("LEG", "2026Q2-LEG-001", "a")
    heir = before.model_copy(
        update={"check": "5.3-x", "fingerprint": fingerprint("policy", "5.3-x", "department:LEG")}
    )
    known = {one.fingerprint: one for one in (before, heir)}

    assert inherited(Previous(findings=known), "policy", {"5.3-a": "5.3-x"}).findings == known
