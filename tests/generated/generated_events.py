"""Abnormal sign-ins and dangerous links, incidents and reports about them, and what was decided about the people at fault."""

from typing import Any

from generated_draw import NONE, UNKNOWN, Maker

from engine.facts import (
    Disposition,
    Incident,
    LoginEvent,
    RegisterEntry,
    SecurityEvent,
    Session,
    ViolationReport,
)

_TRI = ("yes", "no", UNKNOWN)


def make_events(make: Maker, accounts: list[str], hosts: list[str], people: list[str]) -> None:
    """What was seen, the incidents and reports that came of it, and the decisions."""
    seen = [_login(make, number, accounts) for number in range(make.pick(1, 0, 2))]
    seen += [_event(make, number, accounts, hosts) for number in range(make.pick(1, 2, 0))]
    for number in range(make.pick(1, 0, 2)):
        _session(make, number, accounts)
    cases = [_incident(make, number, accounts, seen, people) for number in range(make.pick(1, 2, 3, 0))]
    cases += [_report(make, number, cases, people) for number in range(make.pick(1, 2, 0))]
    for number in range(make.pick(0, 1, 2) if cases else 0):
        _disposition(make, number, cases, people)


def _login(make: Maker, number: int, accounts: list[str]) -> str:
    at = make.at(make.pick(20, 1, 2, 93))
    return make.varied(LoginEvent, f"odd-{number}", "im", {
        "number": f"L{number}", "account": make.pick(*accounts), "at": at, "result": "success", "interactive": "yes",
        "abnormal": "yes", "flagged_at": at, "device_key": "d1", "place_key": "p1", "relay": "no",
    }, {
        "at": (UNKNOWN,), "result": ("failure", UNKNOWN), "abnormal": ("no", UNKNOWN),
        "flagged_at": (NONE, UNKNOWN, *make.edges(1)),
    })  # fmt: skip


def _event(make: Maker, number: int, accounts: list[str], hosts: list[str]) -> str:
    return make.varied(SecurityEvent, str(number), "gateway", {
        "number": f"E{number}", "kind": make.pick("blocklisted_link", "external_executable"),
        "outcome": make.pick("opened", "downloaded", "run"), "at": make.at(make.pick(20, 1, 2, 93)), "listed_at": make.at(300),
        "list_name": "名單", "list_version": "1", "account": make.pick(*accounts), "host": make.pick(NONE, *hosts),
        "automatic": "no", "group_key": make.mostly(NONE, "g1"),
    }, {
        "kind": ("other", UNKNOWN), "outcome": ("blocked", UNKNOWN), "at": (UNKNOWN, *make.edges(1)),
        "listed_at": (NONE, UNKNOWN, make.at(0.5)), "account": (NONE, UNKNOWN), "host": (UNKNOWN,), "automatic": ("yes", UNKNOWN),
    })  # fmt: skip


def _session(make: Maker, number: int, accounts: list[str]) -> None:
    make.varied(Session, str(number), "im", {
        "account": make.pick(*accounts), "device_key": "d1", "kind": make.pick("session", "access_token"),
        "started_at": make.at(60), "last_used_at": make.at(2), "expires_at": NONE, "revoked": "no",
    }, {
        "kind": (UNKNOWN,), "last_used_at": (UNKNOWN, make.at(100)), "expires_at": (UNKNOWN, *make.edges(0)),
        "revoked": ("yes", UNKNOWN),
    })  # fmt: skip


def _incident(make: Maker, number: int, accounts: list[str], seen: list[str], people: list[str]) -> str:
    begun = make.pick(20, 40, 2, 100)
    over = make.pick("no", "yes") == "yes"
    return make.varied(Incident, str(number), "incidents", {
        "number": f"I{number}", "departments": (make.pick("FIN", "ENG", "GD"),),
        "category": make.pick("leak", "compliance", "account_theft", "malware", "abnormal_login"),
        "clause": make.pick("3.1", "3.3", "5.2"), "confirmed": "yes", "confirmed_at": make.at(begun - 1),
        "persons": (make.pick(*people),), "gravity": make.pick("minor", "severe"), "loss": make.pick("no", "yes"),
        "loss_recorded_at": NONE, "legal_risk": "no", "liability_assessed": make.pick("yes", "no"),
        "status": "closed" if over else "open", "discovered_at": make.at(begun), "reported_at": make.at(begun - 0.5), "reported_to": "it",
        "contained_at": make.at(begun - 0.6), "closed_at": make.at(begun - 1.5) if over else NONE,
        "concerns": (make.pick(*accounts, *people),), "events": (make.pick(*seen),) if seen else (),
    }, {
        "departments": ((), ("ENG", "FIN"), ("OLD",), ("GONE",)), "category": ("harm", "loss", "tampering", "theft", "other", UNKNOWN),
        "clause": (NONE, UNKNOWN), "confirmed": ("no", UNKNOWN), "confirmed_at": (NONE, UNKNOWN, *make.edges(30)),
        "persons": ((), NONE, tuple(people[:2]), UNKNOWN), "gravity": (UNKNOWN,), "loss": (UNKNOWN,),
        "loss_recorded_at": (UNKNOWN, *make.edges(30)), "legal_risk": ("yes", UNKNOWN), "liability_assessed": (UNKNOWN,),
        "status": ("reopened", "rejected", UNKNOWN), "discovered_at": (UNKNOWN, *make.edges(30)),
        "reported_at": (NONE, UNKNOWN, *make.edges(begun - 1)), "reported_to": ("department_head", "other", UNKNOWN),
        "contained_at": (NONE, UNKNOWN, *make.edges(begun - 1)), "closed_at": (UNKNOWN, *make.edges(30)),
        "concerns": ((), UNKNOWN), "events": ((), UNKNOWN),
    })  # fmt: skip


def _report(make: Maker, number: int, incidents: list[str], people: list[str]) -> str:
    begun = make.pick(20, 9, 6, 2, 95)
    return make.varied(ViolationReport, str(number), "incidents", {
        "number": f"V{number}", "department_code": make.pick("FIN", "ENG", "GD"), "about": (make.pick(*people),),
        **make.clocked("received", make.at(begun)), **make.clocked("first_action", make.at(begun - make.pick(1, 8))),
        "first_action_by": make.pick(*people), "handler": make.pick(*people), **make.clocked("withdrawn", NONE), "clause": "3.1",
        "confirmed": make.pick("yes", "no"), "confirmed_at": make.at(begun - 1), "gravity": make.pick("minor", "severe"),
        "case_of": NONE,
    }, {
        "department_code": (UNKNOWN, "OLD"), "about": ((), UNKNOWN, tuple(people[:2])), "first_action_by": (NONE, UNKNOWN),
        "handler": (NONE, UNKNOWN), "clause": (NONE, UNKNOWN), "confirmed": (UNKNOWN,),
        "confirmed_at": (NONE, UNKNOWN, *make.edges(30)), "gravity": (UNKNOWN,), "case_of": (UNKNOWN, *incidents),
        "first_action_at": (NONE, UNKNOWN), "received_at": (UNKNOWN,), "withdrawn_at": (UNKNOWN, make.at(begun - 0.5)),
    })  # fmt: skip


def _disposition(make: Maker, number: int, cases: list[str], people: list[str]) -> None:
    decided = make.pick(5, 30, 95)
    measures: tuple[Any, ...] = (
        "verbal_warning",
        "written_reminder",
        "fine",
        "dismissal",
        "compensation",
        "none_with_reasons",
    )
    make.varied(Disposition, str(number), "dispositions", {
        "number": f"D{number}", "case": make.pick(*cases), "finding": NONE, "person": make.pick(*people, NONE), "kind": make.pick(*measures),
        "decided_at": make.at(decided), "decided_by": make.pick(*people), "decision_ref": "記錄1", "executed_at": make.at(decided - 1),
        "appeal_state": "none",
    }, {
        "case": (NONE, UNKNOWN), "finding": ("2026Q2-001",), "person": (UNKNOWN,), "kind": (UNKNOWN, "performance_deduction"),
        "decided_at": (NONE, UNKNOWN, *make.edges(0)), "decided_by": (NONE, UNKNOWN), "decision_ref": (NONE, UNKNOWN),
        "executed_at": (NONE, UNKNOWN), "appeal_state": ("pending", "upheld", "overturned", UNKNOWN),
    })  # fmt: skip


def make_account_registers(make: Maker, accounts: list[str], people: list[str]) -> None:
    """Entries for accounts of several people, for second accounts, and what profiles state."""
    for kind in ("shared_account", "second_account", "profile"):
        if make.pick("no", "yes") == "yes":
            account = make.pick(*accounts)
            make.varied(RegisterEntry, kind, f"{kind}s", {
                "kind": kind, "subject": account, "subject_key": account, "owner": make.pick(*people), "purpose": "值班",
                "until": NONE, "reviewed_at": make.at(30), "stated_department": make.pick("FIN", "ENG"), "stated_position": "專員",
            }, {
                "owner": (NONE, UNKNOWN), "purpose": (NONE, UNKNOWN), "reviewed_at": (NONE, UNKNOWN, *make.edges(365)),
                "subject": (UNKNOWN,), "stated_department": (NONE, UNKNOWN), "stated_position": (NONE, UNKNOWN, "主管"),
            })  # fmt: skip
