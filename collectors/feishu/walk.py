"""Walks through Feishu: departments and their members, statistics, and the groups that the bot is in."""

from datetime import date, timedelta
from typing import Any

from collectors.harvest import Harvest
from collectors.transport import Request, Transport
from collectors.webapi import SCALAR, Answers, Manners, Rows, Shape, compare, listed_again
from engine.errors import AccessError, SourceError

_CONTACT, _CHATS = "/open-apis/contact/v3", "/open-apis/im/v1/chats"
_STATISTICS = "/open-apis/admin/v1/admin_user_stats"

GETS = (
    rf"{_CONTACT}/departments/0/children",
    rf"{_CONTACT}/users/find_by_department",
    _STATISTICS,
    rf"{_CHATS}(/[A-Za-z0-9_-]+(/members)?)?",
)

BUSY = frozenset({99991400})
"""Too many calls in a minute or a second."""

OVER = frozenset({"99991663", "99991664", "99991668", "99991677"})
"""A token that is not valid, or has expired."""

_DAYS_A_CALL = 30
"""Days of statistics in one call."""

_CONTACTS_NEED = "contact:contact.base:readonly and contact:user.employee_id:readonly over all departments"
_CHATS_NEED = "im:chat:readonly"
_STATISTICS_NEED = "admin:app.user_usage_data:readonly"


def _code(answer: Any) -> str | None:
    return None if answer["code"] == 0 else str(answer["code"])


MANNERS = Manners(
    title="Feishu",
    error=_code,
    not_valid=frozenset({"10003", "10014", "99991661", *OVER}),
    refused=frozenset({"40004", "41050", "99991672", "99991679", "232033"}),
    renewal="copy the app's secret from the console again and put it where company.yaml says",
)

_STATUS = ("is_frozen", "is_resigned", "is_activated", "is_exited", "is_unjoin")
_USER = ("user_id", "name", "employee_no", "employee_type", "job_title", "is_tenant_manager")
_CHAT = (
    "chat_id", "name", "description", "owner_id", "chat_type", "external", "user_count", "chat_status",
    "membership_approval", "member_total", "has_more", "page_token",
)  # fmt: skip
_DEPARTMENT = ("open_department_id", "department_id", "date", "last_active_time")
_ITEM: dict[str, Shape] = {
    **dict.fromkeys((*_USER, *_DEPARTMENT, "chat_id"), SCALAR),
    "department_ids": [SCALAR],
    "status": dict.fromkeys(_STATUS, SCALAR),
}
_MEMBER = dict.fromkeys(("member_id", "member_id_type"), SCALAR)
"""Of a member no name: it may be an outsider's."""


def shape(request: Request) -> Shape:
    """What is read of an answer: no telephone, mail, picture, time of joining or word of an announcement."""
    items = _MEMBER if request.key.endswith("/members") else _ITEM
    data = {**dict.fromkeys(_CHAT, SCALAR), "user_manager_id_list": [SCALAR], "items": [items]}
    return {"code": SCALAR, "data": data}


class Walk:
    """One walk."""

    def __init__(self, transport: Transport, harvest: Harvest) -> None:
        self._answers = Answers(transport, harvest, MANNERS)
        self._harvest = harvest
        self.names: dict[str, str] = {}
        """Name of each department, by id."""

    def users(self) -> dict[str, tuple[dict[str, Any], str]]:
        """Everybody whom the app sees, once, by user_id."""
        asked = (("fetch_child", "true"), ("page_size", "50"))
        rows = self._rows(f"{_CONTACT}/departments/0/children", asked, _CONTACTS_NEED)
        self.names = {
            str(row["open_department_id"]): str(row.get("name") or "")
            for row, _ in rows
            if "open_department_id" in row
        }
        found: dict[str, tuple[dict[str, Any], str]] = {}
        for number, code in enumerate(("0", *sorted(self.names))):
            of = (("department_id", code), ("user_id_type", "user_id"), ("page_size", "50"))
            try:
                users = self._rows(f"{_CONTACT}/users/find_by_department", of, _CONTACTS_NEED)
            except SourceError as error:
                if not number:
                    raise
                self._harvest.problem(f"department {code}: {error}")
                continue
            for user, at in users:
                if isinstance(user.get("user_id"), str) and user["user_id"]:
                    found.setdefault(user["user_id"], (user, at))
                else:
                    self._harvest.problem(
                        "account: a record without user_id; it needs contact:user.employee_id:readonly"
                    )
        return found

    def again(self, before: set[str]) -> None:
        """List once more and say who came or went."""
        names = set(self.names)
        if listed_again(self._harvest, before, lambda: set(self.users())):
            compare(self._harvest, "department", names, set(self.names))

    def statistics(self, last: date, days: int) -> tuple[Rows, str]:
        """The days of use back from a date, and why they are not all there: empty if they are."""
        found: Rows = []
        until, first = last, last - timedelta(days=days - 1)
        while until >= first:
            since = max(first, until - timedelta(days=_DAYS_A_CALL - 1))
            asked = (
                ("start_date", since.isoformat()),
                ("end_date", until.isoformat()),
                ("page_size", "50"),
                ("user_id_type", "user_id"),
            )
            try:
                found += self._rows(_STATISTICS, asked, _STATISTICS_NEED)
            except AccessError as error:
                self._harvest.problem(f"statistics: {error}")
                return [], "not_permitted"
            except SourceError as error:
                self._harvest.problem(f"statistics: {error}")
                return [], "source_partial"
            until = since - timedelta(days=1)
        return found, ""

    def chats(self) -> dict[str, tuple[dict[str, Any], Rows | None, str]]:
        """Every group that the bot is in by id, with its members; members are none if they cannot be had."""
        found: dict[str, tuple[dict[str, Any], Rows | None, str]] = {}
        for row, at in self._rows(_CHATS, (("page_size", "100"),), _CHATS_NEED):
            key = row.get("chat_id")
            if not isinstance(key, str) or key in found:
                self._harvest.problem("group: a record without chat_id, or listed twice")
                continue
            detail = self._answers.maybe(
                Request("http", f"{_CHATS}/{key}", (("user_id_type", "user_id"),)), _CHATS_NEED
            )
            data = detail.get("data") if detail is not None else None
            if not isinstance(data, dict):
                self._harvest.problem(f"group {key}: nothing but its name could be read")
                data = {"name": row.get("name")}
            found[key] = (data, self._members(key), at)
        return found

    def chat_ids(self) -> set[str]:
        """The ids of the groups, listed by themselves."""
        return {
            str(row.get("chat_id")) for row, _ in self._rows(_CHATS, (("page_size", "100"),), _CHATS_NEED)
        }

    def _members(self, chat: str) -> Rows | None:
        asked = (("member_id_type", "user_id"), ("page_size", "100"))
        try:
            return self._rows(f"{_CHATS}/{chat}/members", asked, _CHATS_NEED)
        except SourceError as error:
            self._harvest.problem(f"group {chat}: {error}")
            return None

    def _rows(self, path: str, asked: tuple[tuple[str, str], ...], needs: str) -> Rows:
        def following(_request: Request, page: Any) -> Request | None:
            data = page["data"] if isinstance(page.get("data"), dict) else {}
            token = data.get("page_token")
            if not data.get("has_more"):
                return None
            if not token:
                self._harvest.problem(f"{path}: says that there is more, and not where")
                return None
            return Request("http", path, (*asked, ("page_token", str(token))))

        first, rows = Request("http", path, asked), []
        for page, at in self._answers.pages(first, following, needs):
            data = page.get("data")
            if isinstance(data, dict) and "items" not in data and data.get("has_more") is False:
                continue  # an empty list is left out
            rows += [(row, at) for row in self._answers.rows(first, page, "data", "items")]
        return rows
