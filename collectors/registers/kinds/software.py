"""Registers of software: what is chosen, what was asked for, what its makers released."""

from collectors.registers.kinds.shape import DEPARTMENT, OWNER, Column, Register, on

SOFTWARE: tuple[Register, ...] = (
    Register(
        "applications", "應用登記表", "Applications", "application", ("product",),
        (
            Column("product", "產品簡名", "product"),
            Column("name", "名稱", "name", "refused"),
            Column("category", "類別", "category"),
            Column("selected", "公司選定", "selected"),
            Column("standard", "標準工具", "standard"),
            Column("hosted", "託管方式", "hosted"),
            DEPARTMENT, OWNER,
            on("evaluated_at", "評估日期", "evaluated at"),
            on("selected_at", "選定日期", "selected at"),
            on("deployed_at", "部署日期", "deployed at"),
            on("last_maintained_at", "最近維護日期", "last maintained at"),
            Column("end_of_support_on", "停止支持日期", "end of support"),
            Column("exception_approvals", "延長支持批准號", "exception approvals", "empty"),
            Column("source_systems", "採集來源", "source systems", "empty"),
        ),
        {"origin": "register", "registered": "yes"},
    ),
    Register(
        "exception_requests", "特殊需求申請", "Requests for other software", "exception_request", ("number",),
        (
            Column("number", "申請編號", "number"),
            DEPARTMENT,
            Column("also_for", "其他部門代碼", "also for"),
            Column("application", "產品簡名", "application"),
            Column("reason", "理由", "reason", "empty"),
            Column("software", "軟件", "software", "empty"),
            Column("functions", "功能", "functions", "empty"),
            Column("requester", "申請人工號", "requester"),
            Column("requested_at", "申請時間", "requested at"),
            Column("assessor", "評估人工號", "assessor"),
            Column("assessed_at", "評估時間", "assessed at"),
            Column("approval", "批准號", "approval"),
            Column("state", "狀態", "state"),
        ),
    ),
    Register(
        "releases", "版本發布登記表", "Releases", "release", ("application", "version"),
        (
            Column("application", "產品簡名", "application"),
            Column("version", "版本", "version"),
            Column("branch", "版本分支", "branch"),
            on("released_at", "發布日期", "released at"),
            Column("security", "安全更新", "security"),
            Column("end_of_support_on", "停止支持日期", "end of support"),
        ),
    ),
    Register(
        "software_updates", "待更新清單", "Updates that are missing", "software_update", ("install", "candidate_version"),
        (
            Column("install", "主機/程序", "install"),
            Column("installed_version", "目前版本", "installed version"),
            on("version_since", "目前版本自", "installed version since"),
            Column("candidate_version", "新版本", "candidate version"),
            on("released_at", "發布日期", "released at"),
            Column("security", "安全更新", "security"),
            on("first_seen_at", "首次列出", "first seen at"),
        ),
    ),
)  # fmt: skip
