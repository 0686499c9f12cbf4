"""Registers of what was disposed of, and of what must not be."""

from collectors.registers.kinds.shape import DEPARTMENT, Column, Register

DISPOSALS: tuple[Register, ...] = (
    Register(
        "deletion_records", "清理銷毀登記表", "Disposals", "deletion_record", ("number",),
        (
            Column("number", "清理編號", "number"),
            Column("data_set", "數據集", "data set"),
            DEPARTMENT,
            Column("classification", "密級", "classification"),
            Column("customer_data", "含客戶數據", "customer data"),
            Column("media_kind", "介質", "media kind"),
            Column("method", "方法", "method"),
            Column("reviewed_at", "審查時間", "reviewed at"),
            Column("reviewed_by", "審查人工號", "reviewed by"),
            Column("executed_at", "執行時間", "executed at"),
            Column("executed_by", "執行人工號", "executed by"),
            Column("routine", "到期例行清理", "routine"),
            Column("approval", "批准號", "approval"),
            Column("certificate_sha256", "銷毀證明摘要", "certificate sha256"),
            Column("certificate_on", "證明日期", "certificate on"),
            Column("witness", "見證人工號", "witness"),
        ),
    ),
    Register(
        "holds", "暫停刪除登記表", "Holds", "hold", ("number", "data_set"),
        (
            Column("number", "暫停編號", "number"),
            Column("data_set", "數據集", "data set"),
            Column("from_at", "開始時間", "from"),
            Column("until_at", "解除時間", "until"),
            Column("ordered_by", "下令人工號", "ordered by"),
            Column("reason", "理由", "reason"),
        ),
    ),
)  # fmt: skip
