"""Walks through a Mattermost server: users, their last use, their sessions, channels and who is in them."""

from typing import Any

from collectors.harvest import Harvest
from collectors.transport import Request, Transport
from collectors.webapi import SCALAR, Answers, Manners, Rows, Shape, by_id, listed_again
from engine.errors import AccessError, SourceError, UnparsableError

_ID = r"[A-Za-z0-9]+"
ME, STATS, USERS = "/api/v4/users/me", "/api/v4/users/stats", "/api/v4/users"
REPORT, CHANNELS = "/api/v4/reports/users", "/api/v4/channels"

GETS = (ME, STATS, USERS, REPORT, CHANNELS, rf"{USERS}/{_ID}/sessions", rf"{CHANNELS}/{_ID}/members")

_PAGE = "200"
"""Records a page: a server cuts more than that down without a word, so that only an empty page is the end."""

_REPORTED = 100


MANNERS = Manners(
    title="Mattermost",
    renewal="make a new personal access token and put it where company.yaml says",
)

_USER = (
    "id", "username", "first_name", "last_name", "position", "roles", "create_at", "delete_at", "auth_service",
    "auth_data", "last_password_update", "mfa_active", "is_bot",
)  # fmt: skip
_REPORT = ("id", "username", "last_login", "last_status_at", "last_post_date")
_CHANNEL = (
    "id", "type", "display_name", "name", "purpose", "creator_id", "create_at", "delete_at", "last_post_at", "total_msg_count",
)  # fmt: skip
_SESSION = ("id", "create_at", "expires_at", "last_activity_at", "device_id")


def shape(request: Request) -> Shape:
    """What is read of an answer: no mail, header, preference or property of a session."""
    key = request.key
    if key == STATS:
        return {"total_users_count": SCALAR}
    if key == ME:
        return {"id": SCALAR}
    if key == CHANNELS:
        return {"total_count": SCALAR, "channels": [dict.fromkeys(_CHANNEL, SCALAR)]}
    fields = _REPORT if key == REPORT else _USER
    if key.endswith("/members"):
        fields = ("channel_id", "user_id", "roles", "scheme_admin", "scheme_guest")
    elif key.endswith("/sessions"):
        fields = _SESSION
    return [dict.fromkeys(fields, SCALAR)]


class Walk:
    """One walk."""

    def __init__(self, transport: Transport, harvest: Harvest) -> None:
        self._answers = Answers(transport, harvest, MANNERS)
        self._harvest = harvest

    def me(self) -> str:
        """Whose token it is."""
        answer, _ = self._answers.must(Request("http", ME), "a personal access token")
        return str(answer.get("id") or "") if isinstance(answer, dict) else ""

    def users(self) -> dict[str, tuple[dict[str, Any], str]]:
        """Every account by id, closed ones too, held against the control total."""
        stats, _ = self._answers.must(Request("http", STATS), "sysconsole_read_user_management_users")
        total = stats.get("total_users_count") if isinstance(stats, dict) else None
        if not isinstance(total, int):
            raise UnparsableError(f"{STATS}: total_users_count: found no number", "see whether url is right")
        found = by_id(self._harvest, "account", self._rows(USERS, (), "view_members"))
        still_open = [row for row, _ in found.values() if row.get("delete_at") == 0]
        # versions differ in whether closed accounts are counted
        if total not in {len(found), len(still_open)}:
            self._harvest.problem(
                f"account: the source states {total}, {len(found)} came, {len(still_open)} of them open"
            )
        return found

    def report(self) -> tuple[dict[str, dict[str, Any]], str]:
        """What the report says of each account's use by id, or why it is not known."""

        def following(_request: Request, page: Any) -> Request | None:
            if not isinstance(page, list) or not page or not isinstance(page[-1], dict):
                return None
            return _reported(str(page[-1].get("username")), str(page[-1].get("id")))

        first = _reported("", "")
        rows: dict[str, dict[str, Any]] = {}
        try:
            for page, _ in self._answers.pages(first, following, "sysconsole_read_user_management_users"):
                rows |= {str(row.get("id")): row for row in self._answers.rows(first, page)}
        except AccessError:
            return {}, "not_permitted"
        except SourceError as error:
            self._harvest.problem(str(error))
            return {}, "source_partial"
        return rows, ""

    def sessions(self, user: str) -> Rows:
        """The sessions of an account; what cannot be had is told."""
        request = Request("http", f"{USERS}/{user}/sessions")
        try:
            answer, at = self._answers.must(
                request, "edit_other_users or sysconsole_read_user_management_users"
            )
            return [(row, at) for row in self._answers.rows(request, answer)]
        except SourceError as error:
            self._harvest.problem(f"account {user}: its sessions: {error}")
            return []

    def channels(self) -> dict[str, tuple[dict[str, Any], str]]:
        """Every channel by id, archived ones too; the stated total is noted."""
        asked = (("include_deleted", "true"), ("include_total_count", "true"))
        found: dict[str, tuple[dict[str, Any], str]] = {}
        first = _numbered(CHANNELS, asked, 0)
        for page, at in self._answers.pages(
            first, self._following(asked, "channels"), "sysconsole_read_user_management_channels"
        ):
            rows = [(row, at) for row in self._answers.rows(first, page, "channels")]
            found |= by_id(self._harvest, "group", rows)
            if isinstance(page.get("total_count"), int):
                self._harvest.expect("group", page["total_count"])
        return found

    def members(self, channel: str) -> Rows | None:
        """Who is in a channel; none if that cannot be had."""
        try:
            return self._rows(f"{CHANNELS}/{channel}/members", (), "sysconsole_read_user_management_channels")
        except SourceError as error:
            self._harvest.problem(f"group {channel}: {error}")
            return None

    def again(self, before: set[str]) -> None:
        """List once more and say who came or went."""
        listed_again(
            self._harvest,
            before,
            lambda: {str(row.get("id")) for row, _ in self._rows(USERS, (), "view_members")},
        )

    def _rows(self, path: str, asked: tuple[tuple[str, str], ...], needs: str) -> Rows:
        first = _numbered(path, asked, 0)
        return [
            (row, at)
            for page, at in self._answers.pages(first, self._following(asked), needs)
            for row in self._answers.rows(first, page)
        ]

    @staticmethod
    def _following(asked: tuple[tuple[str, str], ...], name: str = "") -> Any:
        def following(request: Request, page: Any) -> Request | None:
            rows = page.get(name) if name and isinstance(page, dict) else page
            return _numbered(request.key, asked, int(dict(request.query)["page"]) + 1) if rows else None

        return following


def _numbered(path: str, asked: tuple[tuple[str, str], ...], page: int) -> Request:
    return Request("http", path, (*asked, ("page", str(page)), ("per_page", _PAGE)))


def _reported(name: str, key: str) -> Request:
    # no date_range: a word that the server's version does not know means all time without an error
    asked = (
        ("from_column_value", name),
        ("from_id", key),
        ("page_size", str(_REPORTED)),
        ("sort_column", "Username"),
    )
    return Request("http", REPORT, asked)
