"""What stands under a source of the type `graph`."""

from typing import Literal

from pydantic import Field

from collectors.webapi import WebOptions


class GraphOptions(WebOptions):
    """Which tenant and which app registration. The secret is the client secret."""

    url: str = Field(
        default="https://graph.microsoft.com",
        description="address of Graph; in mainland China: https://microsoftgraph.chinacloudapi.cn",
    )
    login_url: str = Field(
        default="https://login.microsoftonline.com",
        description="where tokens are given; in mainland China: https://login.partner.microsoftonline.cn",
    )
    tenant: str = Field(pattern=r"^[A-Za-z0-9.-]+$", description="id or domain of the tenant")
    client_id: str = Field(min_length=1, description="id of the app registration")
    groups: Literal["none", "teams", "all"] = Field(
        default="teams",
        description="groups that are read: teams, all, or none; most other groups are for rights",
    )
    employee_attribute: Literal["employeeId", "onPremisesImmutableId"] = Field(
        default="employeeId",
        description="what says whose an account is: the employee number, or the id in the directory that Entra is filled from; "
        "with directory_of",
    )
    department_codes: dict[str, str] = Field(
        default={}, description="what the directory calls a department -> its code: 財務部: FIN"
    )

    def addresses(self) -> dict[str, str]:
        """Where the secret and the token are sent to."""
        return {"url": self.url, "login_url": self.login_url}
