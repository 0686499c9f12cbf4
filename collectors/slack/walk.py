"""Walks through a Slack workspace: users, channels and who is in them, the log of access."""

from typing import Any

from collectors.harvest import Harvest
from collectors.transport import Request, Transport
from collectors.webapi import SCALAR, Answers, Manners, Rows, Shape, by_id, listed_again
from engine.errors import AccessError, SourceError

WHO, USERS, LOGS = "/api/auth.test", "/api/users.list", "/api/team.accessLogs"
CHANNELS, MEMBERS = "/api/conversations.list", "/api/conversations.members"

GETS = tuple(path.replace(".", r"\.") for path in (WHO, USERS, CHANNELS, MEMBERS, LOGS))

_LIMIT = "200"
_ROWS, _PAGES = 1000, 100
"""Rows a page of the log of access, and pages that there are at most."""


def _error(answer: Any) -> str | None:
    return None if answer["ok"] is True else str(answer.get("error") or "error")


MANNERS = Manners(
    title="Slack",
    error=_error,
    not_valid=frozenset({"invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive"}),
    refused=frozenset(
        {"missing_scope", "no_permission", "not_allowed_token_type", "access_denied", "paid_only"}
    ),
    renewal="install the app again and put its token where company.yaml says",
)

_USER = (
    "id", "team_id", "name", "real_name", "deleted", "is_bot", "is_admin", "is_owner", "is_restricted",
    "is_ultra_restricted", "is_invited_user", "has_2fa",
)  # fmt: skip
_CHANNEL = ("id", "name", "creator", "created", "num_members", "is_private", "is_archived", "is_ext_shared")


def shape(request: Request) -> Shape:
    """What is read of an answer: no mail, telephone, picture, topic, address of the network or program of the user."""
    value: Shape = {"value": SCALAR}
    of: dict[str, Shape] = {
        WHO: dict.fromkeys(("user_id", "team_id"), SCALAR),
        USERS: {"members": [dict.fromkeys(_USER, SCALAR)]},
        CHANNELS: {"channels": [{**dict.fromkeys(_CHANNEL, SCALAR), "purpose": value}]},
        MEMBERS: {"members": [SCALAR]},
        LOGS: {
            "logins": [dict.fromkeys(("user_id", "date_last"), SCALAR)],
            "paging": dict.fromkeys(("page", "pages", "total"), SCALAR),
        },
    }
    return {
        "ok": SCALAR,
        "error": SCALAR,
        "response_metadata": {"next_cursor": SCALAR},
        **of.get(request.key, {}),
    }


class Walk:
    """One walk."""

    def __init__(self, transport: Transport, harvest: Harvest) -> None:
        self._answers = Answers(transport, harvest, MANNERS)
        self._harvest = harvest

    def who(self) -> tuple[str, str | None]:
        """Whose token it is, and of which workspace."""
        answer, _ = self._answers.must(Request("http", WHO), "a token")
        return str(answer.get("user_id") or ""), str(answer.get("team_id") or "")

    def users(self) -> dict[str, tuple[dict[str, Any], str]]:
        """Everybody by id, deleted ones too."""
        return by_id(self._harvest, "account", self._rows(USERS, (), "members", "users:read"))

    def channels(self) -> dict[str, tuple[dict[str, Any], str]]:
        """Every channel that the token sees, archived ones too."""
        asked = (("exclude_archived", "false"), ("types", "public_channel,private_channel"))
        return by_id(
            self._harvest, "group", self._rows(CHANNELS, asked, "channels", "channels:read and groups:read")
        )

    def members(self, channel: str) -> list[str] | None:
        """The ids of who is in a channel; none if they cannot be had."""
        first = Request("http", MEMBERS, (("channel", channel), ("limit", _LIMIT)))
        found: list[str] = []
        whole = True
        try:
            for page, _ in self._answers.pages(first, self._following, "channels:read and groups:read"):
                listed = page.get("members")
                whole = whole and isinstance(listed, list)
                found += (
                    [one for one in listed or () if isinstance(one, str)] if isinstance(listed, list) else []
                )
        except SourceError as error:
            self._harvest.problem(f"group {channel}: {error}")
            return None
        if not whole:
            self._harvest.problem(f"group {channel}: found no list of members")
            return None
        return found

    def logins(self) -> tuple[Rows, str]:
        """The log of access, newest first, or why it is not known."""

        def following(request: Request, page: Any) -> Request | None:
            paging = page.get("paging")
            pages = paging.get("pages") if isinstance(paging, dict) else None
            number = int(dict(request.query)["page"])
            if not isinstance(pages, int) or number >= min(pages, _PAGES):
                return None
            return _log_page(number + 1)

        first, rows = _log_page(1), []
        try:
            for page, at in self._answers.pages(first, following, "admin"):
                rows += [(row, at) for row in self._answers.rows(first, page, "logins")]
        except AccessError as error:
            return [], "not_licensed" if "paid_only" in str(error) else "not_permitted"
        except SourceError as error:
            self._harvest.problem(str(error))
            return [], "source_partial"
        return rows, ""

    def again(self, before: set[str]) -> None:
        """List once more and say who came or went."""
        listed_again(
            self._harvest,
            before,
            lambda: {str(row.get("id")) for row, _ in self._rows(USERS, (), "members", "users:read")},
        )

    def _rows(self, path: str, asked: tuple[tuple[str, str], ...], name: str, needs: str) -> Rows:
        first = Request("http", path, (*asked, ("limit", _LIMIT)))
        return [
            (row, at)
            for page, at in self._answers.pages(first, self._following, needs)
            for row in self._answers.rows(first, page, name)
        ]

    @staticmethod
    def _following(request: Request, page: Any) -> Request | None:
        # a page may be short, or empty, before the end
        found = page.get("response_metadata")
        cursor = found.get("next_cursor") if isinstance(found, dict) else None
        if not cursor:
            return None
        kept = tuple(pair for pair in request.query if pair[0] != "cursor")
        return Request("http", request.key, (*kept, ("cursor", str(cursor))))


def _log_page(number: int) -> Request:
    return Request("http", LOGS, (("count", str(_ROWS)), ("page", str(number))))
