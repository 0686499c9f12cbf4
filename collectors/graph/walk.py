"""Walks through Graph: users with their control total, second factors, groups and who is in them."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

from collectors.harvest import Harvest
from collectors.transport import Request, Transport
from collectors.webapi import SCALAR, Answers, Manners, Rows, Shape, by_id, listed_again
from engine.errors import AccessError, SourceError, UnparsableError

_GUID = r"[0-9A-Fa-f-]{36}"

USERS, COUNT, GROUPS = "/v1.0/users", "/v1.0/users/$count", "/v1.0/groups"
FACTORS = "/v1.0/reports/authenticationMethods/userRegistrationDetails"

GETS = (
    USERS,
    r"/v1\.0/users/\$count",
    FACTORS,
    GROUPS,
    rf"{GROUPS}/{_GUID}/(owners|members|transitiveMembers)",
)

_USER = (
    "id", "userPrincipalName", "displayName", "accountEnabled", "userType", "createdDateTime", "employeeId", "department",
    "jobTitle", "onPremisesImmutableId",
)  # fmt: skip
_SIGN_INS = ("lastSignInDateTime", "lastNonInteractiveSignInDateTime", "lastSuccessfulSignInDateTime")
_GROUP = ("id", "displayName", "description", "visibility", "createdDateTime")
_TOP = "120"
"""Users a page: with signInActivity there are no more, whatever is asked for."""

_NEEDS = "User.Read.All"
_GROUPS_NEED = "GroupMember.Read.All and Group.Read.All"
_AUDIT_NEEDS = "AuditLog.Read.All"

_NO_LICENCE = frozenset({"Authentication_RequestFromNonPremiumTenantOrB2CTenant"})


def _error(answer: Any) -> str | None:
    error = answer.get("error") if isinstance(answer, dict) else None
    if isinstance(error, dict):
        return str(error.get("code") or "error")
    return str(error) if error else None


MANNERS = Manners(
    title="Microsoft Graph",
    error=_error,
    not_valid=frozenset({"InvalidAuthenticationToken", "invalid_client", "unauthorized_client"}),
    refused=frozenset({"Authorization_RequestDenied", "Forbidden", "accessDenied"}),
    renewal="make a new client secret for the app registration and put it where company.yaml says",
)


def shape(request: Request) -> Shape:
    """What is read of an answer: no mail, telephone or address, of sign-ins only when."""
    row: dict[str, Shape] = {
        **dict.fromkeys(_USER, SCALAR),
        "signInActivity": dict.fromkeys(_SIGN_INS, SCALAR),
    }
    if request.key == FACTORS:
        row = dict.fromkeys(("id", "isMfaRegistered"), SCALAR)
    elif request.key == GROUPS:
        row = {
            **dict.fromkeys(_GROUP, SCALAR),
            "resourceProvisioningOptions": [SCALAR],
            "groupTypes": [SCALAR],
        }
    elif request.key.startswith(f"{GROUPS}/"):
        row = dict.fromkeys(("id", "@odata.type"), SCALAR)
    return {"@odata.nextLink": SCALAR, "error": {"code": SCALAR}, "value": [row]}


class Walk:
    """One walk."""

    def __init__(self, transport: Transport, harvest: Harvest, host: str) -> None:
        self._answers = Answers(transport, harvest, MANNERS)
        self._harvest = harvest
        self._host = urlsplit(host).netloc
        self.no_sign_ins = ""
        """Why the last sign-ins are not known; empty: they are."""

    def users(self) -> dict[str, tuple[dict[str, Any], str]]:
        """Every account by id; the control total is noted."""
        total, _ = self._answers.must(Request("http", COUNT), _NEEDS)
        if not isinstance(total, int) or isinstance(total, bool):
            raise UnparsableError(f"{COUNT}: found no number", "see whether url is the address of Graph")
        self._harvest.expect("account", total)
        try:
            rows = self._rows(USERS, self._select((*_USER, "signInActivity")), _AUDIT_NEEDS)
        except AccessError as error:
            self.no_sign_ins = _why(error)
            rows = self._rows(USERS, self._select(_USER), _NEEDS)
        return by_id(self._harvest, "account", rows)

    def factors(self) -> tuple[dict[str, dict[str, Any]], str]:
        """What each account has set up for its sign-in by id, or why it is not known."""
        try:
            rows = self._rows(FACTORS, (), _AUDIT_NEEDS)
        except AccessError as error:
            return {}, _why(error)
        except SourceError as error:
            self._harvest.problem(str(error))
            return {}, "source_partial"
        return {str(row.get("id")): row for row, _ in rows}, ""

    def groups(self) -> dict[str, tuple[dict[str, Any], str]]:
        """Every group by id."""
        select = (("$select", ",".join((*_GROUP, "resourceProvisioningOptions", "groupTypes"))),)
        return by_id(self._harvest, "group", self._rows(GROUPS, select, _GROUPS_NEED))

    def of_group(self, group: str, what: str) -> list[tuple[str, str]] | None:
        """Id and kind of who is in a list of a group: owners, members or transitiveMembers; none if it cannot be had."""
        try:
            rows = self._rows(f"{GROUPS}/{group}/{what}", (("$select", "id"),), _GROUPS_NEED)
        except AccessError:
            raise
        except SourceError as error:
            self._harvest.problem(f"group {group}: {error}")
            return None
        return [(str(row.get("id")), str(row.get("@odata.type", ""))) for row, _ in rows]

    def again(self, before: set[str]) -> None:
        """List once more and say who came or went."""
        listed_again(
            self._harvest,
            before,
            lambda: {str(row.get("id")) for row, _ in self._rows(USERS, self._select(("id",)), _NEEDS)},
        )

    def _select(self, fields: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        return (("$select", ",".join(fields)), ("$top", _TOP))

    def _rows(self, path: str, asked: tuple[tuple[str, str], ...], needs: str) -> Rows:
        first = Request("http", path, asked)

        def following(_request: Request, page: Any) -> Request | None:
            link = page.get("@odata.nextLink") if isinstance(page, dict) else None
            if link is None:
                return None
            parts = urlsplit(str(link))
            if parts.netloc != self._host or parts.path != path:
                # the token must not follow a link to elsewhere
                raise UnparsableError(f"{path}: its next page lies elsewhere", "see whether url is right")
            return Request("http", path, tuple(parse_qsl(parts.query)))

        return [
            (row, at)
            for page, at in self._answers.pages(first, following, needs)
            for row in self._answers.rows(first, page, "value")
        ]


def _why(error: AccessError) -> str:
    return "not_licensed" if any(code in str(error) for code in _NO_LICENCE) else "not_permitted"
