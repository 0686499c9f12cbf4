"""Walks through DingTalk: departments from the root down, their members, and the days on which they did not sign in."""

from datetime import date
from typing import Any

from collectors.harvest import Harvest
from collectors.transport import Request, Transport
from collectors.webapi import SCALAR, Answers, Manners, Shape, compare, listed_again, posted
from engine.errors import SourceError, UnparsableError

LISTSUB, USERS, INACTIVE = (
    "/topapi/v2/department/listsub",
    "/topapi/v2/user/list",
    "/topapi/inactive/user/v2/get",
)

POSTS = (LISTSUB, USERS, INACTIVE)

BUSY = frozenset({-1, 90018})
"""The system is busy, too many calls of the app."""

OVER = frozenset({"40014", "42001"})
"""A token that is not valid, or has expired."""

_ROOT, _SCHOOL = "1", "-7"
"""The company itself; the contacts of schools, which are no department."""

_SIZE = 100

_NEEDS = "qyapi_get_department_list, qyapi_get_department_member and qyapi_get_member over all departments"
_ACTIVITY_NEEDS = "the right to read who did not sign in (用戶登錄數據)"


def _errcode(answer: Any) -> str | None:
    code = answer["errcode"]
    if code == 0:
        return None
    # 88 stands for an error of the gateway, which has a code of its own
    return f"{code}/{answer['sub_code']}" if answer.get("sub_code") else str(code)


MANNERS = Manners(
    title="DingTalk",
    error=_errcode,
    not_valid=frozenset({"40001", "40089", "40096", *OVER}),
    refused=frozenset({"60011", "88/60011", "50002", "50004"}),
    renewal="copy the app's secret from the console again and put it where company.yaml says",
)

_USER = ("userid", "name", "title", "job_number", "active", "admin", "boss")
_PAGE = dict.fromkeys(("has_more", "next_cursor"), SCALAR)


def shape(request: Request) -> Shape:
    """What is read of an answer: no telephone, mail, picture, remark or day of hiring."""
    results: dict[str, Shape] = {
        LISTSUB: [dict.fromkeys(("dept_id", "name", "parent_id"), SCALAR)],
        USERS: {**_PAGE, "list": [{**dict.fromkeys(_USER, SCALAR), "dept_id_list": [SCALAR]}]},
        INACTIVE: {**_PAGE, "list": [SCALAR]},
    }
    return {"errcode": SCALAR, "sub_code": SCALAR, "result": results.get(request.key, SCALAR)}


class Walk:
    """One walk."""

    def __init__(self, transport: Transport, harvest: Harvest) -> None:
        self._answers = Answers(transport, harvest, MANNERS)
        self._harvest = harvest
        self.names: dict[str, str] = {}
        """Name of each department, by id."""

    def users(self) -> dict[str, tuple[dict[str, Any], str]]:
        """Everybody whom the app sees, once, by userid."""
        self.names = self._departments()
        found: dict[str, tuple[dict[str, Any], str]] = {}
        for code in (_ROOT, *sorted(self.names, key=lambda code: (len(code), code))):
            try:
                rows = self._members(code)
            except SourceError as error:
                if code == _ROOT:
                    raise
                self._harvest.problem(f"department {code}: {error}")
                continue
            for user, at in rows:
                if isinstance(user.get("userid"), str) and user["userid"]:
                    found.setdefault(user["userid"], (user, at))
                else:
                    self._harvest.problem("account: a record without userid")
        return found

    def again(self, before: set[str]) -> None:
        """List once more and say who came or went."""
        names = set(self.names)
        if listed_again(self._harvest, before, lambda: set(self.users())):
            compare(self._harvest, "department", names, set(self.names))

    def inactive(self, day: date) -> set[str]:
        """Who did not sign in on a day.

        Raises:
            AccessError: the app may not read it
            SourceError: the day cannot be had whole
        """
        found: set[str] = set()
        offset: Any = 0
        asked: set[Any] = set()
        while offset not in asked:
            asked.add(offset)
            request = posted(
                INACTIVE, is_active=False, offset=offset, query_date=day.strftime("%Y%m%d"), size=_SIZE
            )
            answer, _ = self._answers.must(request, _ACTIVITY_NEEDS)
            result = answer.get("result")
            listed = result.get("list") if isinstance(result, dict) else None
            if not isinstance(listed, list):
                raise UnparsableError(f"{INACTIVE}: result.list: found no list", "see its documents")
            found |= {str(one) for one in listed}
            if result.get("has_more") is not True:
                return found
            offset = result.get("next_cursor")
        raise UnparsableError(f"{INACTIVE}: the list leads back to where it was", "collect again")

    def _departments(self) -> dict[str, str]:
        found: dict[str, str] = {}
        waiting = [_ROOT]
        while waiting:
            parent = waiting.pop(0)
            request = posted(LISTSUB, dept_id=int(parent))
            try:
                answer, _ = self._answers.must(request, _NEEDS)
                rows = self._answers.rows(request, answer, "result")
            except SourceError as error:
                if parent == _ROOT:
                    raise
                self._harvest.problem(f"department {parent}: {error}")
                continue
            for row in rows:
                code = str(row.get("dept_id"))
                if not code.removeprefix("-").isdecimal():
                    self._harvest.problem("department: a record without dept_id")
                elif code not in {_SCHOOL, _ROOT, *found}:
                    found[code] = str(row.get("name") or "")
                    waiting.append(code)
        return found

    def _members(self, code: str) -> list[tuple[dict[str, Any], str]]:
        def following(_request: Request, page: Any) -> Request | None:
            result = page.get("result")
            if not isinstance(result, dict) or result.get("has_more") is not True:
                return None
            return posted(USERS, cursor=result.get("next_cursor"), dept_id=int(code), size=_SIZE)

        first = posted(USERS, cursor=0, dept_id=int(code), size=_SIZE)
        return [
            (row, at)
            for page, at in self._answers.pages(first, following, _NEEDS)
            for row in self._answers.rows(first, page, "result", "list")
        ]
