"""Registers of courses and of who completed them."""

from collectors.registers.kinds.shape import Column, Register, on

TRAINING: tuple[Register, ...] = (
    Register(
        "training_courses", "培訓課程", "Training courses", "training_course", ("number",),
        (
            Column("number", "課程編號", "number"),
            Column("counts_for", "主題", "counts for", "unknown"),
            Column("graded", "須考核", "graded"),
        ),
    ),
    Register(
        "training_records", "培訓記錄", "Training records", "training_record", ("person", "course", "completed_at"),
        (
            Column("person", "工號", "person", "refused"),
            Column("course", "課程編號", "course", "refused"),
            on("completed_at", "完成日期", "completed at"),
            Column("passed", "通過", "passed"),
            on("expires_at", "有效期至", "expires at", "end"),
        ),
    ),
)  # fmt: skip
