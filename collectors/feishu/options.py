"""What stands under a source of the type `feishu`."""

from typing import Literal

from pydantic import Field

from collectors.webapi import WebOptions


class FeishuOptions(WebOptions):
    """Which app. The secret is the app's."""

    url: str = Field(
        default="https://open.feishu.cn",
        description="address of the open API; Lark: https://open.larksuite.com",
    )
    app_id: str = Field(min_length=1, description="id of the app: cli_…")
    whole_company_visible: bool = Field(
        default=False,
        description="whether the app's range of contacts is the whole company, as the console shows it",
    )
    activity_days: int = Field(
        default=0, ge=0, le=400, description="days of statistics that are read for the last use; 0: none"
    )
    groups: Literal["none", "seen", "all"] = Field(
        default="none",
        description="groups that the app's bot is in; all: the company sees to it that it is in every one",
    )
    department_codes: dict[str, str] = Field(
        default={}, description="name or id of a department -> its code: 財務部: FIN"
    )
