"""Transports: what they let through, how often they ask again, and what a recording keeps."""

import os
import stat
import sys
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from collectors.transport import (
    CommandTransport,
    FileTransport,
    HttpTransport,
    Recorded,
    RecordingFolder,
    ReplayTransport,
    Request,
    Response,
    Stripped,
)
from engine.errors import SourceError

_AT = "2026-10-01T01:00:00Z"


class _Server:
    """A server that gives one answer after the other, and remembers what it was asked."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers = list(answers)
        self.asked: list[httpx.Request] = []
        self.slept: list[float] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def transport(self, secret: str = "token") -> HttpTransport:  # noqa: S107  # of a server that is none
        behind = httpx.MockTransport(self)
        return HttpTransport(
            "http://chat.test", (r"/v1/[a-z]+",), secret=secret, sleep=self.slept.append, transport=behind
        )


def test_a_get_carries_the_token_and_gives_back_the_status_whatever_it_is():
    server = _Server(httpx.Response(404, json={"errcode": "M_NOT_FOUND"}, headers={"x-other": "1"}))

    response = server.transport().fetch(Request("http", "/v1/users", (("from", "0"),)))

    assert (response.status, response.body) == (404, b'{"errcode":"M_NOT_FOUND"}')
    assert response.headers == {"content-type": "application/json"}
    assert str(server.asked[0].url) == "http://chat.test/v1/users?from=0"
    assert (server.asked[0].method, server.asked[0].headers["authorization"]) == ("GET", "Bearer token")
    assert len(response.at) == 20


def test_a_path_that_is_not_on_the_list_is_never_asked_for():
    server = _Server()

    with pytest.raises(SourceError, match="not among the paths"):
        server.transport().fetch(Request("http", "/v1/users/../delete"))

    assert server.asked == []


@pytest.mark.parametrize(
    ("first", "slept"),
    [
        (httpx.Response(503), [0.5]),
        (httpx.Response(429, headers={"retry-after": "7"}), [7.0]),
        (httpx.Response(429, headers={"retry-after": "soon"}), [0.5]),
        (httpx.ConnectError("refused"), [0.5]),
        (httpx.ReadTimeout("slow"), [0.5]),
    ],
)
def test_a_server_that_is_busy_is_asked_again_when_it_says_so(first, slept):
    server = _Server(first, httpx.Response(200, content=b"{}"))

    response = server.transport().fetch(Request("http", "/v1/users"))

    assert (response.status, server.slept) == (200, slept)


def test_a_date_to_come_back_at_is_honoured():
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    server = _Server(httpx.Response(429, headers={"retry-after": soon}), httpx.Response(200))

    server.transport().fetch(Request("http", "/v1/users"))

    assert 20 < server.slept[0] <= 30


def test_a_server_that_asks_for_an_hour_gets_its_answer_back_at_once():
    server = _Server(httpx.Response(429, headers={"retry-after": "3600"}))

    response = server.transport().fetch(Request("http", "/v1/users"))

    assert (response.status, server.slept) == (429, [])


def test_a_server_that_stays_away_is_given_up_after_four_tries():
    server = _Server(*[httpx.ConnectError("refused") for _ in range(4)])

    with pytest.raises(
        SourceError,
        match=r"http://chat\.test: does not answer: the connection was refused or cut \(ConnectError\)",
    ):
        server.transport().fetch(Request("http", "/v1/users"))

    assert server.slept == [0.5, 1.0, 2.0]


def test_a_server_that_stays_busy_has_its_last_answer_passed_on():
    server = _Server(*[httpx.Response(502) for _ in range(4)])

    assert server.transport().fetch(Request("http", "/v1/users")).status == 502


def test_no_secret_no_header():
    server = _Server(httpx.Response(200))

    server.transport(secret="").fetch(Request("http", "/v1/users"))

    assert "authorization" not in server.asked[0].headers


def test_a_file_is_read_and_a_folder_listed(tmp_path):
    (tmp_path / "hosts").mkdir()
    for name in ("b.json", "a.json", ".hidden"):
        (tmp_path / "hosts" / name).write_text(name)
    transport = FileTransport(tmp_path)

    assert transport.fetch(Request("file", "hosts/")).body == b'["a.json", "b.json"]'
    assert transport.fetch(Request("file", "hosts/a.json")).body == b"a.json"
    transport.close()


@pytest.mark.parametrize(
    ("key", "text"),
    [("gone.csv", "no such file"), ("../secret", "outside the folder"), ("hosts", "cannot be read")],
)
def test_a_file_that_cannot_be_had_is_an_error_in_words(tmp_path, key, text):
    (tmp_path / "in" / "hosts").mkdir(parents=True)
    (tmp_path / "secret").write_text("")

    with pytest.raises(SourceError, match=text):
        FileTransport(tmp_path / "in").fetch(Request("file", key))


def test_a_command_sees_the_same_surroundings_everywhere_and_keeps_its_exit_code(monkeypatch):
    monkeypatch.setenv("STRAY", "1")
    code = "import os, sys; print(*sorted(os.environ)); print('last words', file=sys.stderr); sys.exit(3)"
    transport = CommandTransport({"probe": (sys.executable, "-c", code)}, secrets={"KEY": "value"})

    response = transport.fetch(Request("command", "probe"))

    assert (response.status, response.headers) == (3, {"stderr": "last words"})
    seen = set(response.body.decode().split())
    assert {"KEY", "LC_ALL", "TZ"} <= seen
    assert "STRAY" not in seen
    transport.close()


@pytest.mark.parametrize(
    ("argv", "text"),
    [
        (("no-such-program-here",), "no such program"),
        ((os.devnull,), "cannot be started"),
        ((sys.executable, "-c", "import time; time.sleep(60)"), "did not end within 0.3 s"),
    ],
)
def test_a_command_that_cannot_run_or_never_ends_is_an_error(argv, text):
    with pytest.raises(SourceError, match=text):
        CommandTransport({"probe": argv}, time_limit_s=0.3).fetch(Request("command", "probe"))


def test_only_commands_of_the_table_are_run():
    with pytest.raises(SourceError, match="no command of this source"):
        CommandTransport({"probe": ("true",)}).fetch(Request("command", "rm"))


class _Fixed:
    """Gives the same bytes for everything."""

    closed = False

    def fetch(self, request: Request) -> Response:
        return Response(f"{request.key} secret".encode(), _AT)

    def close(self) -> None:
        self.closed = True


def test_what_is_recorded_was_stripped_before(tmp_path):
    fixed = _Fixed()
    stripped = Stripped(
        fixed, lambda _, response: Response(response.body.replace(b" secret", b""), response.at)
    )
    recorded = Recorded(stripped, RecordingFolder(tmp_path / "hr"))

    response = recorded.fetch(Request("file", "people.csv"))
    recorded.close()

    assert fixed.closed
    assert response.body == b"people.csv"
    replay = ReplayTransport(tmp_path / "hr")
    assert replay.fetch(Request("file", "people.csv")) == response
    replay.close()
    assert [path.name for path in sorted((tmp_path / "hr").iterdir())] == ["index.json", "people.csv"]
    assert b"secret" not in b"".join(path.read_bytes() for path in (tmp_path / "hr").iterdir())


def test_a_request_made_twice_is_replayed_in_order_and_the_last_answer_stays(tmp_path):
    request = Request("http", "/v1/users", (("from", "0"),))
    with RecordingFolder(tmp_path) as folder:
        for body in (b"[1]", b"[2]"):
            folder.add(request, Response(body, _AT, 200))

    replay = ReplayTransport(tmp_path)

    assert [replay.fetch(request).body for _ in range(3)] == [b"[1]", b"[2]", b"[2]"]


def test_names_of_files_are_readable_and_differ_even_where_capitals_do_not_count(tmp_path):
    with RecordingFolder(tmp_path) as folder:
        for key in ("/v1/rooms/!aB:x", "/v1/rooms/!Ab:x", "index.json", "機器.yaml", "/" * 3):
            folder.add(Request("http", key), Response(b"text", _AT))

    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [
            "index.json",
            "v1-rooms-aB-x.txt",
            "v1-rooms-Ab-x~2.txt",
            "index~2.json",
            "機器.yaml",
            "response.txt",
        ]
    )
    assert len({path.name.lower() for path in tmp_path.iterdir()}) == 6


def test_a_recording_is_for_its_owner_alone(tmp_path):
    with RecordingFolder(tmp_path / "hr") as folder:
        folder.add(Request("file", "people.csv"), Response(b"", _AT))

    assert stat.S_IMODE((tmp_path / "hr").stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "hr").iterdir()} == {0o600}


def test_a_source_that_was_asked_nothing_leaves_an_empty_recording(tmp_path):
    RecordingFolder(tmp_path / "hr").close()

    assert (tmp_path / "hr" / "index.json").read_text() == "[]\n"


def test_a_source_that_was_given_up_records_nothing_more(tmp_path):
    folder = RecordingFolder(tmp_path / "hr")
    folder.add(Request("file", "people.csv"), Response(b"", _AT))
    folder.end()

    folder.add(Request("file", "leavers.csv"), Response(b"", _AT))
    folder.close()

    assert [path.name for path in (tmp_path / "hr").iterdir()] == ["people.csv"]


def test_a_recording_that_is_none_is_refused_in_words(tmp_path):
    with pytest.raises(SourceError, match="no recording of this source"):
        ReplayTransport(tmp_path)
    (tmp_path / "index.json").write_text('[{"key": 1}]')
    with pytest.raises(SourceError, match="not the index of a recording"):
        ReplayTransport(tmp_path)


def test_what_was_never_recorded_is_an_error_and_not_an_empty_answer(tmp_path):
    with RecordingFolder(tmp_path) as folder:
        folder.add(Request("file", "people.csv"), Response(b"", _AT))
    replay = ReplayTransport(tmp_path)
    with pytest.raises(SourceError, match=r"the recording has no answer to http /v1/users from=0"):
        replay.fetch(Request("http", "/v1/users", (("from", "0"),)))

    (tmp_path / "people.csv").unlink()
    with pytest.raises(SourceError, match="named in the index, but not there"):
        replay.fetch(Request("file", "people.csv"))
