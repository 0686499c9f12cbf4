"""The register of inspections."""

from collectors.registers.kinds.shape import Column, Register, on

INSPECTIONS: tuple[Register, ...] = (
    Register(
        "inspections", "定期檢查登記表", "Inspections", "inspection", ("number",),
        (
            Column("number", "檢查編號", "number"),
            Column("period", "季度", "period"),
            Column("planned_for", "計劃日期", "planned for"),
            on("performed_at", "檢查日期", "performed at"),
            Column("areas", "檢查範圍", "areas", "unknown"),
            Column("departments", "部門代碼", "departments", "unknown"),
            Column("inspector", "檢查人工號", "inspector"),
            Column("report_approved", "報告已批准", "report approved"),
            Column("note", "備註", "note"),
        ),
    ),
)  # fmt: skip
