"""The register of what heads of departments looked at."""

from collectors.registers.kinds.shape import DEPARTMENT, Column, Register, on

SUPERVISION: tuple[Register, ...] = (
    Register(
        "supervisions", "日常監督記錄", "Supervision by heads", "supervision", ("number",),
        (
            Column("number", "監督編號", "number"),
            DEPARTMENT,
            Column("covers", "範圍", "covers", "unknown"),
            on("performed_at", "監督日期", "performed at"),
            Column("signed_by", "簽署人工號", "signed by"),
            Column("outcome", "結果", "outcome"),
        ),
    ),
)  # fmt: skip
