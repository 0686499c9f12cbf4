"""What stands under a source of the type `wecom`."""

from typing import Literal

from pydantic import Field

from collectors.webapi import WebOptions


class WecomOptions(WebOptions):
    """Which company and which app. The secret is the app's, or that of contact synchronisation with `contacts: ids`."""

    url: str = Field(default="https://qyapi.weixin.qq.com", description="address of the server API")
    corp_id: str = Field(min_length=1, description="id of the company: ww…")
    contacts: Literal["list", "ids"] = Field(
        default="list",
        description="list: names, states, departments of an app's visible range; ids: only who there is",
    )
    whole_company_visible: bool = Field(
        default=False,
        description="contacts: list: whether the app's visible range is the whole company, as the console shows it",
    )
    employee_field: str | None = Field(
        default="userid",
        description="what holds the employee number: userid, or the name of a custom attribute; none: no links",
    )
    department_codes: dict[str, str] = Field(
        default={}, description="name or id of a department -> its code: 財務部: FIN"
    )
