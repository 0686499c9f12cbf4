"""Evidence as people read it."""

import pytest

from engine.findings import Subject
from reports.clean import clean, shortened
from reports.model.names import Names
from reports.model.shown import shown
from reports.moments import Clock

CHEN = Subject(
    uid="hr/person/E1",
    name="陳靜",
    department="HR",
    source_id="hr",
    source_record_id="E1",
    observed_at="",
    collected_at="2026-09-30T16:00:00Z",
    raw_sha256="0" * 64,
)
NAMES = Names({CHEN.uid: CHEN}, {"hr": "人事名冊"}, {"HR": "人力資源部"}, Clock("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("key", "kind", "value", "parts"),
    [
        ("holder", "ref", "hr/person/E1", (("陳靜",),)),
        ("holder", "ref", "im/account/@kiosk:chat.test", (("@kiosk:chat.test",),)),
        ("holders", "refs", ["hr/person/E1", "hr/person/E2"], (("陳靜",), ("E2",))),
        ("at", "instant", "2026-09-30T16:00:00Z", (("2026-10-01 00:00",),)),
        ("last_day_ends_at", "instant", "2026-09-30T16:00:00Z", (("2026-09-30 24:00",),)),
        ("valid_until", "instant", "2026-09-30T15:59:59Z", (("2026-09-30 23:59",),)),
        ("at", "instant", "never", (("never",),)),
        ("day", "date", "2026-09-30", (("2026-09-30",),)),
        ("at", "local", "2026-09-30T08:00:00", (("2026-09-30 08:00:00",),)),
        ("states", "values", ["active", "locked"], (("active",), ("locked",))),
        ("days", "number", 30, (("30",),)),
        ("share", "number", 0.25, (("0.25",),)),
        ("mfa", "value", True, (("yes",),)),
        ("purpose", "text", None, (("",),)),
        (
            "rows",
            "records",
            [{"who": "hr/person/E1", "ends_at": "2026-09-30T16:00:00Z", "n": [1, 2]}],
            (("2026-09-30 24:00", "1", "2", "陳靜"),),
        ),
    ],
)
def test_every_kind_has_its_way(
    key: str, kind: str, value: object, parts: tuple[tuple[str, ...], ...]
) -> None:
    assert shown(key, value, kind, NAMES).parts == parts


def test_text_from_outside_loses_what_steers_and_nothing_else() -> None:
    assert clean({"a\u0000": ["x\u202ey\u2066z", "一\n二", "é👩\u200d🔧", 3, None]}) == {
        "a": ["xyz", "一 二", "é👩\u200d🔧", 3, None]
    }


def test_what_must_not_grow_says_that_it_was_cut() -> None:
    assert (shortened("信息技術部", 5), shortened("信息技術中心", 5)) == ("信息技術部", "信息技術…")
