"""Registers about people: who comes, moves and leaves, who stands in for whom, who is away."""

from collectors.registers.kinds.shape import DEPARTMENT, Column, Register, on

PEOPLE: tuple[Register, ...] = (
    Register(
        "delegations", "授權代理", "Delegations", "delegation", ("delegator", "delegate", "valid_from"),
        (
            Column("delegator", "授權人工號", "delegator"),
            Column("delegate", "代理人工號", "delegate"),
            on("valid_from", "開始日期", "valid from"),
            on("valid_until", "結束日期", "valid until", "end"),
            Column("scope", "範圍", "scope"),
        ),
    ),
    Register(
        "absences", "請假與外出", "Absences", "absence", ("person", "from_at"),
        (
            Column("person", "工號", "person"),
            Column("kind", "類別", "kind"),
            on("from_at", "開始日期", "from"),
            on("until_at", "結束日期", "until", "end"),
            Column("announced_at", "告知時間", "announced at"),
        ),
    ),
    Register(
        "transfers", "調動登記表", "Transfers", "transfer", ("number",),
        (
            Column("number", "調動編號", "number"),
            Column("person", "工號", "person"),
            Column("kind", "類別", "kind"),
            Column("from_department", "原部門代碼", "from department"),
            Column("to_department", "新部門代碼", "to department"),
            Column("from_position", "原職務", "from position"),
            Column("to_position", "新職務", "to position"),
            Column("effective_on", "生效日期", "effective on"),
        ),
    ),
    Register(
        "hr_notices", "人事通知", "Notices from HR", "hr_notice", ("number",),
        (
            Column("number", "通知編號", "number"),
            Column("person", "工號", "person"),
            Column("kind", "類別", "kind"),
            Column("effective_on", "生效日期", "effective on"),
            Column("sent_at", "發出時間", "sent at"),
            Column("channel", "方式", "channel"),
            Column("transfer", "調動編號", "transfer"),
        ),
    ),
    Register(
        "handovers", "離職交接", "Handovers", "handover", ("number",),
        (
            Column("number", "交接編號", "number"),
            Column("person", "工號", "person"),
            DEPARTMENT,
            Column("last_working_day", "最後工作日", "last working day"),
            Column("required", "須交接", "required"),
            Column("completed_at", "完成時間", "completed at"),
            Column("confirmed_by", "確認人工號", "confirmed by"),
            Column("items.kind", "事項類別", "item kind"),
            Column("items.what", "事項", "item"),
            Column("items.done", "已完成", "done"),
        ),
        part="items",
    ),
    Register(
        "assignments", "項目成員", "Assignments to projects", "assignment", ("person", "project", "from_at"),
        (
            Column("person", "工號", "person"),
            Column("project", "項目", "project"),
            on("from_at", "開始日期", "from"),
            on("until_at", "結束日期", "until", "end"),
        ),
    ),
)  # fmt: skip
