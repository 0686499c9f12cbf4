"""What web services have in common: what is kept of an answer, how it is judged, and how a field is read."""

import json
from pathlib import Path

import httpx
import pytest
from contract import AT

from collectors.harvest import Harvest
from collectors.interface import Source
from collectors.transport import Request, Response
from collectors.webapi import (
    SCALAR,
    Answers,
    ApiTransport,
    HeldToken,
    Manners,
    Reading,
    WebCollector,
    WebOptions,
    bearer,
    compare,
    kept,
)
from engine.errors import AccessError, SourceError, UnparsableError
from engine.facts import Group

OPTIONS = WebOptions(url="https://api.test")
SOURCE = Source("src", "Source", OPTIONS)
LIST = Request("http", "/list")


class Scripted:
    """A transport that answers from a list."""

    def __init__(self, *answers):
        self.answers = [
            Response(body if isinstance(body, bytes) else json.dumps(body).encode(), AT, status)
            for status, body in answers
        ]

    def fetch(self, _request):
        return self.answers.pop(0)

    def close(self):
        pass


def _asked(*answers):
    harvest = Harvest(SOURCE, kind="web", delivers=())
    return Answers(Scripted(*answers), harvest, Manners(title="Web")), harvest


def test_nothing_is_kept_that_the_shape_does_not_name():
    shape = {"a": SCALAR, "b": [{"c": SCALAR}], "d": {"e": SCALAR}, "f": [SCALAR]}
    body = {"a": {"x": "secret"}, "b": "secret", "d": ["secret"], "f": [["secret"], 1], "g": "secret"}

    assert json.loads(kept(json.dumps(body).encode(), shape)) == {"a": {}, "b": 0, "d": 0, "f": [{}, 1]}
    assert json.loads(kept(b'{"b": {"c": "secret"}, "d": {"e": 1}}', shape)) == {"b": {}, "d": {"e": 1}}


def test_what_is_no_json_is_kept_empty():
    assert kept(b"<html>secret</html>", {"a": SCALAR}) == b""


@pytest.mark.parametrize("number", [2**53, 10**40, -(2**60)])
def test_a_number_that_is_not_exact_is_one_unknown_field_of_a_fact_that_is_there(number):
    harvest = Harvest(SOURCE, kind="web", delivers=("group",))
    harvest.saw(Response(b"", AT))
    values = {"source_system": "src", "native_id": "g", "kind": "channel", "direct": "no", "archived": "no"}
    harvest.add(
        Group,
        "g",
        name="g",
        raw={"count": number, "rows": [{"odd": float("inf")}]},
        at=AT,
        values={
            **values,
            "otherwise": "not_supported",
            "member_count": number,
            "unknown": {"name": "redacted"},
        },
    )

    found = harvest.collected()
    record = found.facts[0].record()
    assert (record["unknown"]["member_count"], record["unknown"]["name"]) == ("unparsable", "redacted")
    assert found.report.unmapped == (f"group.member_count: {number} is beyond exact numbers",)
    assert json.loads(found.raw[0].body) == {"count": str(number), "rows": [{"odd": "inf"}]}


@pytest.mark.parametrize(("number", "found"), [(2**53 - 1, 2**53 - 1), (2**53, None)])
def test_a_count_is_exact_or_unparsable(number, found):
    reading = Reading(Harvest(SOURCE, kind="web", delivers=()), "group", {"n": number})

    assert (reading.count("member_count", "n"), reading.unknown) == (
        found,
        {} if found else {"member_count": "unparsable"},
    )


def test_a_collector_without_a_shape_keeps_nothing():
    with pytest.raises(NotImplementedError):
        WebCollector().strip(SOURCE, LIST, Response(b"{}", AT, 200))


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (200, b"<html>", UnparsableError),
        (500, b"<html>", SourceError),
        (401, b"", AccessError),
        (403, b"", AccessError),
    ],
)
def test_an_answer_that_is_none_is_judged_by_its_status(status, body, kind):
    answers, _ = _asked((status, body))

    with pytest.raises(kind):
        answers.must(LIST, "the right to list")


def test_a_refusal_names_what_it_needs():
    answers, _ = _asked((403, {}))

    with pytest.raises(AccessError, match="needs the right to list"):
        answers.maybe(LIST, "the right to list")


def test_a_list_that_leads_back_ends_and_is_told():
    answers, harvest = _asked((200, {"n": 1}), (200, {"n": 2}))
    other = Request("http", "/list", (("page", "2"),))

    pages = [
        page
        for page, _ in answers.pages(LIST, lambda request, _page: other if request == LIST else LIST, "x")
    ]

    assert pages == [{"n": 1}, {"n": 2}]
    assert harvest.collected().report.problems == ("/list: the list leads back to where it was",)


def test_a_list_that_is_none_is_another_shape_and_what_is_no_record_is_told():
    answers, harvest = _asked((200, {"rows": [{"a": 1}, 7]}))
    page, _ = answers.must(LIST, "x")

    with pytest.raises(UnparsableError, match=r"data\.rows: found no list"):
        answers.rows(LIST, page, "data", "rows")
    assert answers.rows(LIST, page, "rows") == [{"a": 1}]
    assert harvest.collected().report.problems == ("/list: 1 entries are no records",)


def test_who_came_and_who_went_are_named():
    _, harvest = _asked((200, {}))
    harvest.saw(Response(b"", AT))
    compare(harvest, "account", {"a", "b"}, {"b", "c"})

    assert harvest.collected().report.problems == (
        "account c: came while the service was being read",
        "account a: went while the service was being read",
    )


@pytest.mark.parametrize(
    ("method", "value", "read"),
    [
        ("seconds", 1790000000, "2026-09-21T14:13:20Z"),
        ("seconds", "1790000000", "2026-09-21T14:13:20Z"),
        ("seconds", 1790000000000, None),
        ("seconds", True, None),
        ("seconds", 1.5, None),
        ("milliseconds", 1790000000000, "2026-09-21T14:13:20Z"),
        ("milliseconds", 1790000000, None),
        ("rfc3339", "2026-11-23T18:54:13.000+0800", "2026-11-23T10:54:13Z"),
        ("rfc3339", "2026-11-23T18:54:13", None),
        ("tri", True, "yes"),
        ("tri", 1, None),
        ("count", "12", 12),
        ("count", -1, None),
        ("text", 7, None),
    ],
)
def test_a_value_is_taken_for_what_it_is_or_not_at_all(method, value, read):
    harvest = Harvest(SOURCE, kind="web", delivers=())
    reading = Reading(harvest, "account", {"f": value})

    assert getattr(reading, method)("field", "f") == read
    assert reading.unknown == ({} if read is not None else {"field": "unparsable"})


def test_a_busy_answer_inside_a_200_is_asked_again_and_what_is_no_json_is_not(tmp_path):
    transport = ApiTransport(OPTIONS, tmp_path, ("/a",), HeldToken("t", bearer()), busy=frozenset({7}))
    answers = [{"errcode": 7}, {"code": 7}, {"errcode": 0}]
    transport._client._transport = httpx.MockTransport(
        lambda _request: httpx.Response(200, json=answers.pop(0))
    )
    transport._sleep = lambda _seconds: None

    assert json.loads(transport.fetch(Request("http", "/a")).body) == {"errcode": 0}
    transport._client._transport = httpx.MockTransport(lambda _request: httpx.Response(200, text="<html>"))
    assert transport.fetch(Request("http", "/a")).body == b"<html>"
    transport.close()


def test_an_authority_of_the_company_is_read_from_beside_the_configuration():
    with pytest.raises(FileNotFoundError):
        ApiTransport(
            WebOptions(url="https://api.test", ca_file=Path("ca.pem")),
            Path("/nowhere"),
            (),
            HeldToken("t", bearer()),
        )
