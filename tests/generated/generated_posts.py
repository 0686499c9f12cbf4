"""Days on which a department publishes a lot, to everybody or to itself."""

from generated_draw import NONE, UNKNOWN, Maker

from engine.facts import Announcement


def make_posts(make: Maker, accounts: list[str], people: list[str]) -> None:
    """As many posts in a day as are allowed, one more, or one only."""
    count = make.pick(1, 0, 3, 4, 6)
    audience = "company" if count < 6 else "department"
    day = make.pick(20, 10, 2)
    for number in range(count):
        make.varied(Announcement, f"p{number}", "notices", {
            "number": f"p{number}", "department_code": "FIN", "author": make.pick(*accounts, *people),
            **make.clocked("published", make.at(day + 0.4, -3600 * number)), "edited_at": NONE, "kind": make.pick("ordinary", "important"),
            "kind_origin": "register", "audience": audience, "outsiders": "no", "audience_departments": (), "emergency": "no",
            "approval": NONE, "text_sha256": f"{number}" * 64, "has_subject": "yes", "has_contact": "yes", "undated_call": "no",
            "vague_words": 0, "flags_version": "1",
        }, {
            "published_at": (UNKNOWN, make.at(100), make.at(-1), make.at(day + 2)), "department_code": ("ENG", UNKNOWN),
            "audience": ("group", "external", "company", "department", UNKNOWN), "emergency": ("yes", UNKNOWN),
            "text_sha256": ("0" * 64, UNKNOWN), "kind": ("sensitive", UNKNOWN), "kind_origin": ("rule", UNKNOWN),
            "has_subject": ("no", UNKNOWN), "undated_call": ("yes", UNKNOWN), "vague_words": (5, UNKNOWN),
        })  # fmt: skip
