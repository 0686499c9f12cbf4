"""What heads and IT looked at, and samples of messages with what reviewers said about each."""

from typing import Any

from generated_draw import NONE, UNKNOWN, ZONE, Maker

from engine.calendar import from_instant
from engine.facts import Inspection, Sample, SampleItem, Supervision

_CODES = ("FIN", "ENG", "GD", "OPS")
_CLEAN = {
    "in_working_hours": "yes", "visible_to_outsider": "no", "outsiders": 0, "unlawful": "no", "harmful": "no", "off_work": "no",
    "abusive": "no", "off_topic": "no", "customer_data": "no_hit", "identity_number": "no_hit", "bank_card": "no_hit",
    "secret_or_key": "no_hit", "confidentiality_mark": "no_hit", "request": "no", "reply": "in_time", "reviewers": 2, "disputed": (),
}  # fmt: skip
_FAULTS: tuple[dict[str, Any], ...] = (
    {"unlawful": "yes"}, {"harmful": "yes"}, {"abusive": "yes"}, {"off_topic": "yes"}, {"abusive": "yes", "reviewers": 1},
    {"off_work": "yes"}, {"off_work": "yes", "in_working_hours": "no"}, {"visible_to_outsider": "yes", "outsiders": 1, "customer_data": "confirmed"},
    {"visible_to_outsider": "yes", "secret_or_key": "unreviewed"}, {"customer_data": "confirmed"}, {"request": "yes", "reply": "late"},
    {"request": "yes", "reply": "missing"}, {"abusive": "yes", "disputed": ("abusive",)}, {"reviewers": 0}, {"unlawful": UNKNOWN},
    {"off_work": UNKNOWN}, {"visible_to_outsider": UNKNOWN, "bank_card": "confirmed"}, {"abusive": UNKNOWN}, {"request": UNKNOWN},
    {"group": UNKNOWN}, {"sender": UNKNOWN},
)  # fmt: skip


def quarter(make: Maker) -> str:
    """The quarter that holds the company's date."""
    day = from_instant(make.as_of).astimezone(ZONE).date()
    return f"{day.year}Q{(day.month - 1) // 3 + 1}"


def make_samples(make: Maker, accounts: list[str], groups: list[str], people: list[str]) -> None:
    """A sample for most departments: with few messages, all that there were."""
    for code in _CODES:
        if make.pick("yes", "yes", "no") == "yes":
            _sample(make, code, accounts, groups, people)


def _sample(make: Maker, code: str, accounts: list[str], groups: list[str], people: list[str]) -> None:
    count = make.pick(3, 0, 1, 5)
    number = f"{quarter(make)}-{code}"
    sample = make.varied(Sample, number, "samples", {
        "number": number, "department_code": code, "period": quarter(make), "frame_size": count, "frame_complete": "yes",
        "frame_unreadable": 0, "frame_digest": "0" * 64, "seed": "1", "drawn": count, "drawn_at": make.as_of, "reply_limit_used": 1,
    }, {
        "period": ("2026Q2",), "frame_size": (100, 0, UNKNOWN), "frame_complete": ("no", UNKNOWN), "frame_unreadable": (4, UNKNOWN),
        "drawn": (count + 1, UNKNOWN), "reply_limit_used": (3, UNKNOWN),
    })  # fmt: skip
    faulty = make.pick("no", "yes") == "yes"
    for place in range(count):
        fields = _CLEAN | (make.pick({}, *_FAULTS) if faulty else make.pick({}, {}, {"request": "yes"}))
        sent = make.pick(20, 3, 1)
        said = {
            "number": f"{number}-{place:02d}", "sample": sample, "message_id": f"${number}{place}", "group": make.pick(*groups),
            "sender": make.pick(*accounts), "sent_at": make.at(sent), "addressee": make.pick(NONE, make.pick(*people)),
            "reply_due_at": make.at(sent - 1.5), **fields,
        }  # fmt: skip
        make.add(SampleItem, f"{number}-{place:02d}", "samples", **said)


def make_looks(make: Maker, people: list[str]) -> None:
    """Supervision by heads, inspections by IT."""
    areas = ("storage_backup", "accounts", "groups", "publishing", "conduct")
    for number in range(make.pick(1, 2, 3)):
        make.varied(Supervision, str(number), "supervision", {
            "number": f"S{number}", "department_code": make.pick(*_CODES), "covers": make.pick(areas, areas[:1], areas[1:]),
            "performed_at": make.at(make.pick(20, 60)), "signed_by": make.pick(*people), "outcome": "無異常",
        }, {
            "covers": (("unknown",), (), UNKNOWN), "performed_at": (UNKNOWN, make.at(100), make.at(150), make.at(-1)),
            "signed_by": (NONE, UNKNOWN), "outcome": (NONE, UNKNOWN), "department_code": ("OLD",),
        })  # fmt: skip
    for number in range(make.pick(1, 2, 0)):
        make.varied(Inspection, str(number), "inspections", {
            "number": f"P{number}", "period": quarter(make), "planned_for": NONE, "performed_at": make.at(20),
            "areas": ("accounts", "publishing", "protection"), "departments": make.pick(_CODES, ("FIN",)), "inspector": make.pick(*people),
            "report_approved": "yes", "note": "",
        }, {
            "period": ("2026Q2", UNKNOWN), "performed_at": (NONE, UNKNOWN, make.at(-1), make.at(60)), "areas": (("accounts",), UNKNOWN),
            "departments": ((), ("OLD",), UNKNOWN), "inspector": (UNKNOWN,), "report_approved": ("no", UNKNOWN),
        })  # fmt: skip
