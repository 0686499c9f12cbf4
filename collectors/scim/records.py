"""What a SCIM service answers, in its own shape; everything but the key may be missing."""

import json
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

KEPT = ("id", "externalId", "userName", "displayName", "title", "userType", "active")
"""Of a user, besides the creation and three words of the enterprise extension: no mail, no telephone, no address."""


class Record(BaseModel):
    """A record of the service; what we do not know is left where it is."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)


class Meta(Record):
    """When a record was made."""

    created: str | None = None


class Enterprise(Record):
    """The extension for companies."""

    employee_number: str | None = Field(default=None, alias="employeeNumber")
    department: str | None = None


class User(Record):
    """An account."""

    id: str = Field(min_length=1)
    external_id: str | None = Field(default=None, alias="externalId")
    user_name: str = Field(alias="userName")
    display_name: str | None = Field(default=None, alias="displayName")
    title: str | None = None
    user_type: str | None = Field(default=None, alias="userType")
    active: bool | str | None = None
    meta: Meta = Meta()
    enterprise: Enterprise = Field(default=Enterprise(), alias=ENTERPRISE)


class Member(Record):
    """Who is in a group: the key of a user or of another group."""

    value: str


class Group(Record):
    """A group. `members` is none if the service does not show them."""

    id: str = Field(min_length=1)
    display_name: str | None = Field(default=None, alias="displayName")
    members: tuple[Member, ...] | None = None
    meta: Meta = Meta()


class Key(Record):
    """A record of which only the key counts."""

    id: str = Field(min_length=1)


AnyRecord = TypeVar("AnyRecord", bound=Record)


class Page(Record, Generic[AnyRecord]):
    """A page of a list. The service leaves `Resources` out where there are none."""

    total: int = Field(alias="totalResults", ge=0)
    resources: tuple[AnyRecord, ...] = Field(default=(), alias="Resources")


def stripped(body: bytes) -> bytes:
    """The page with nothing but what is read; what is no JSON comes back empty."""
    try:
        answer = json.loads(body)
    except ValueError:
        return b""
    if not isinstance(answer, dict):
        return b"{}"
    kept = {name: answer[name] for name in ("totalResults", "status") if name in answer}
    if isinstance(answer.get("Resources"), list):
        kept["Resources"] = [_resource(one) for one in answer["Resources"] if isinstance(one, dict)]
    return json.dumps(kept, ensure_ascii=False, sort_keys=True).encode()


def _resource(one: dict[str, Any]) -> dict[str, Any]:
    kept = {name: one[name] for name in KEPT if name in one}
    for name, fields in (("meta", ("created",)), (ENTERPRISE, ("employeeNumber", "department"))):
        if isinstance(one.get(name), dict):
            kept[name] = {field: one[name][field] for field in fields if field in one[name]}
    if isinstance(one.get("members"), list):
        # `display` is the name of a person
        kept["members"] = [
            {"value": member.get("value")} for member in one["members"] if isinstance(member, dict)
        ]
    return kept
