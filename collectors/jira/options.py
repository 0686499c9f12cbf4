"""What stands under a source of the type `jira`."""

import re
from typing import Literal, get_args

from pydantic import Field, field_validator

from collectors.webapi import WebOptions
from engine.facts import Approval

State = Literal["approved", "rejected", "pending", "withdrawn", "expired"]

_FIELD = r"^[A-Za-z0-9_]+$"

_KINDS = frozenset(get_args(Approval.model_fields["kind"].annotation)) - {"unknown"}


class JiraOptions(WebOptions):
    """Which tickets are approvals, and what their words mean. The secret is an API token, or a personal access token."""

    edition: Literal["cloud", "datacenter"] = Field(default="cloud", description="which Jira it is")
    user: str | None = Field(
        default=None,
        description="mail address that an API token of Cloud belongs to; none: a personal access token",
    )
    jql: str = Field(min_length=1, description="which tickets: project = APPR AND created >= -500d")
    every_issue_visible: bool = Field(
        default=False, description="whether no security level or permission hides tickets from the account"
    )
    kinds: dict[str, str] = Field(
        min_length=1, description="issue type -> what it asks for: 軟件例外: software_exception"
    )
    statuses: dict[str, State] = Field(
        min_length=1,
        description="status, by name or id -> what it means; entering approved or rejected is a decision",
    )
    subject_field: str = Field(
        default="summary",
        pattern=_FIELD,
        description="field that says what it is about, as registers name it",
    )
    valid_until_field: str | None = Field(
        default=None,
        pattern=_FIELD,
        description="field with the last day of validity; none: approvals have no end here",
    )
    people: dict[str, str] = Field(
        default={}, description="account id, or user name of Data Center -> employee number"
    )
    person_rule: str | None = Field(
        default=None,
        description="Data Center: regular expression for whole user names, with a group employee_no",
    )
    service_desk: bool = Field(
        default=False,
        description="whether decisions are those of Service Management's approvals, and not of statuses",
    )

    @field_validator("kinds")
    @classmethod
    def _are_kinds(cls, kinds: dict[str, str]) -> dict[str, str]:
        wrong = sorted(set(kinds.values()) - _KINDS)
        if wrong:
            raise ValueError(f"found {', '.join(wrong)}, needs one of {', '.join(sorted(_KINDS))}")
        return kinds

    @field_validator("person_rule")
    @classmethod
    def _names_the_number(cls, rule: str | None) -> str | None:
        try:
            if rule is not None and "employee_no" not in re.compile(rule).groupindex:
                raise ValueError("needs a group (?P<employee_no>…) around the employee number")
        except re.error as error:
            raise ValueError(f"is no regular expression: {error}") from error
        return rule
