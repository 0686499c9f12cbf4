"""Registers of software: what is chosen, and what was asked for."""

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
            Column("exception_approvals", "延長支持批准號", "exception approvals"),
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
)  # fmt: skip
