"""What stands under a source of the type `directory`."""

from datetime import date
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, model_validator


class DirectoryOptions(BaseModel):
    """Where the directory is, who reads it, and what its entries mean. The secret is the password of `bind_dn`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str = Field(description="ldaps://dc1.corp.example, or ldap:// which is then encrypted with StartTLS")
    ca_file: Path = Field(
        description="PEM file of the certificate authority that must have signed the server's"
    )
    bind_dn: str = Field(min_length=3, description="distinguished name of the account that reads")
    base: str = Field(min_length=3, description="below which entries are read: DC=corp,DC=example")
    account_filter: str = Field(
        default="(&(objectClass=user)(!(objectClass=computer)))",
        pattern=r"^\(.+\)$",
        description="which entries are accounts; of OpenLDAP mostly (objectClass=inetOrgPerson)",
    )
    group_filter: str = Field(
        default="(|(objectClass=group)(objectClass=groupOfNames))",
        pattern=r"^\(.+\)$",
        description="which entries are groups",
    )
    groups: Literal["mail", "all", "none"] = Field(
        default="mail",
        description="which groups people talk in: those for mail, all, or none; a group of rights is none",
    )
    employee_attribute: Literal["employeeID", "employeeNumber"] = Field(
        default="employeeID", description="attribute that holds the employee number"
    )
    department_codes: dict[str, str] = Field(
        default={},
        description="what the directory calls a department -> its code: 財務部: FIN; none: as it stands",
    )
    service_bases: tuple[str, ...] | None = Field(
        default=None,
        description="below these all accounts are of services; not stated: an account without an employee number is unclear",
    )
    admin_groups: tuple[str, ...] = Field(
        default=(), description="names of further groups whose members administer the directory"
    )
    logon_times_since: date | None = Field(
        default=None,
        description="day since which the domain keeps lastLogonTimestamp; a later account without one was never used",
    )
    time_limit_s: float = Field(default=60, gt=0, le=600, description="seconds to wait for one answer")

    @model_validator(mode="after")
    def _is_an_address(self) -> Self:
        parts = urlsplit(self.url)
        if (
            parts.scheme not in {"ldap", "ldaps"}
            or not parts.hostname
            or parts.username
            or parts.path.strip("/")
        ):
            raise ValueError(
                "url: an address like ldaps://dc1.corp.example, without a password or a path in it"
            )
        return self
