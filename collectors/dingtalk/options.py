"""What stands under a source of the type `dingtalk`."""

from pydantic import Field

from collectors.webapi import WebOptions


class DingtalkOptions(WebOptions):
    """Which app. The secret is the app's."""

    url: str = Field(default="https://oapi.dingtalk.com", description="address of the server API")
    app_key: str = Field(min_length=1, description="key of the app: ding…")
    whole_company_visible: bool = Field(
        default=False,
        description="whether the app's range of contacts is the whole company, as the console shows it",
    )
    activity_days: int = Field(
        default=0, ge=0, le=400, description="days that are asked for who did not sign in; 0: none"
    )
    department_codes: dict[str, str] = Field(
        default={}, description="name or id of a department -> its code: 財務部: FIN"
    )
