"""Registers about people: who stands in for whom, who is away."""

from collectors.registers.kinds.shape import Column, Register, on

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
)  # fmt: skip
