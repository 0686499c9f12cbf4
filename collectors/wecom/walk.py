"""Walks through WeCom: each department, then each once more."""

from typing import Any

from collectors.harvest import Harvest
from collectors.transport import Request, Transport
from collectors.webapi import SCALAR, Answers, Manners, Shape, compare, listed_again, posted
from collectors.wecom.options import WecomOptions
from engine.errors import SourceError

DEPARTMENTS, USERS, IDS = "/cgi-bin/department/list", "/cgi-bin/user/list", "/cgi-bin/user/list_id"

GETS, POSTS = (DEPARTMENTS, USERS), (IDS,)

BUSY = frozenset({-1, 45009, 45033})
"""The system is busy, calls by the minute, calls at once."""

OVER = frozenset({"40014", "42001"})
"""A token that is not valid, or has expired."""

_ROOT = 1

_LIMIT = 1000

_NEEDS = (
    "visible range over the contacts (可見範圍), and this machine's address among the trusted ones (可信IP)"
)


def _errcode(answer: Any) -> str | None:
    return None if answer["errcode"] == 0 else str(answer["errcode"])


MANNERS = Manners(
    title="WeCom",
    error=_errcode,
    not_valid=frozenset({"40001", "40013", "40091", *OVER}),
    refused=frozenset({"48002", "60011", "60020", "301002"}),
    renewal="copy the app's secret from the console again and put it where company.yaml says",
)


def shape(options: WecomOptions) -> Shape:
    """What is read of any answer: no telephone, mail, picture or address, and of custom attributes only the one."""
    attributes = {"attrs": [{"name": SCALAR, "value": SCALAR, "text": {"value": SCALAR}}]}
    user: dict[str, Shape] = dict.fromkeys(
        ("userid", "name", "main_department", "position", "status"), SCALAR
    )
    if options.employee_field not in {None, "userid"}:
        user["extattr"] = attributes
    return {
        "errcode": SCALAR,
        "next_cursor": SCALAR,
        "department": [dict.fromkeys(("id", "name", "parentid"), SCALAR)],
        "userlist": [{**user, "department": [SCALAR]}],
        "dept_user": [dict.fromkeys(("userid", "department"), SCALAR)],
    }


class Walk:
    """One walk: users by id with when they came, and the names of departments by id."""

    def __init__(self, transport: Transport, harvest: Harvest, options: WecomOptions) -> None:
        self._answers = Answers(transport, harvest, MANNERS)
        self._harvest = harvest
        self._options = options
        self.names: dict[str, str] = {}

    def users(self) -> dict[str, tuple[dict[str, Any], str]]:
        """Everybody whom the secret sees, once."""
        found = self._ids() if self._options.contacts == "ids" else self._listed()
        for user, _ in found.values():
            user["department"] = sorted({str(code) for code in user.get("department") or ()})
        return found

    def again(self, before: set[str]) -> None:
        """List once more and say who came or went."""
        names = dict(self.names)
        if listed_again(
            self._harvest,
            before,
            lambda: set(self._ids() if self._options.contacts == "ids" else self._listed()),
        ):
            compare(self._harvest, "department", set(names), set(self.names))

    def _listed(self) -> dict[str, tuple[dict[str, Any], str]]:
        request = Request("http", DEPARTMENTS)
        answer, _ = self._answers.must(request, _NEEDS)
        rows = self._answers.rows(request, answer, "department")
        self.names = {str(row["id"]): str(row.get("name", "")) for row in rows if "id" in row}
        self._look_at_the_range()
        found: dict[str, tuple[dict[str, Any], str]] = {}
        for code in sorted(self.names, key=lambda code: (len(code), code)):
            asked = Request("http", USERS, (("department_id", code), ("fetch_child", "0")))
            try:
                page, at = self._answers.must(asked, _NEEDS)
                users = self._answers.rows(asked, page, "userlist")
            except SourceError as error:
                if not found and code == next(iter(self.names), None):
                    raise
                self._harvest.problem(f"department {code}: {error}")
                continue
            for user in users:
                self._take(found, user, at)
        return found

    def _look_at_the_range(self) -> None:
        if not self._options.whole_company_visible:
            self._harvest.problem(
                "an app sees its visible range alone: make that the whole company, and say whole_company_visible: true"
            )
        elif str(_ROOT) not in self.names:
            self._harvest.problem(
                "the company's root department is not visible to the app: its range is a part"
            )

    def _ids(self) -> dict[str, tuple[dict[str, Any], str]]:
        found: dict[str, tuple[dict[str, Any], str]] = {}

        def following(_request: Request, page: Any) -> Request | None:
            cursor = page.get("next_cursor")
            return posted(IDS, cursor=cursor, limit=_LIMIT) if cursor else None

        first = posted(IDS, limit=_LIMIT)
        for page, at in self._answers.pages(first, following, "contact synchronisation (通訊錄同步)"):
            for row in self._answers.rows(first, page, "dept_user"):
                # one row for each department of a user
                name = str(row.get("userid", ""))
                if name in found:
                    found[name][0]["department"].append(row.get("department"))
                else:
                    self._take(
                        found, {"userid": row.get("userid"), "department": [row.get("department")]}, at
                    )
        return found

    def _take(self, found: dict[str, tuple[dict[str, Any], str]], user: dict[str, Any], at: str) -> None:
        if not isinstance(user.get("userid"), str) or not user["userid"]:
            self._harvest.problem("account: a record without userid")
            return
        found.setdefault(user["userid"], (user, at))
