"""Registers of data, where it lies and how it is backed up."""

from collectors.registers.kinds.shape import DEPARTMENT, Column, Register, on

STORAGE: tuple[Register, ...] = (
    Register(
        "data_sets", "數據集登記表", "Data sets", "data_set", ("name",),
        (
            Column("name", "數據集", "name"),
            DEPARTMENT,
            Column("kind", "內容", "kind"),
            Column("application", "產品簡名", "application"),
            Column("location", "存儲位置", "location"),
            Column("classification", "密級", "classification"),
            Column("important", "重要數據", "important"),
            Column("customer_data", "含客戶數據", "customer data"),
            Column("trade_secret", "含商業秘密", "trade secret"),
            Column("encrypted", "已加密", "encrypted"),
            Column("retired", "已停用", "retired"),
            Column("retention_mode", "保留方式", "retention mode"),
            Column("retention_days", "平台保留天數", "retention days"),
            Column("retention_days_policy", "規定保留天數", "retention days policy"),
            on("oldest_record_at", "最早記錄日期", "oldest record at"),
            Column("on_hold", "暫停刪除", "on hold"),
        ),
    ),
    Register(
        "storage_locations", "存儲位置登記表", "Storage locations", "storage_location", ("name",),
        (
            Column("name", "存儲位置", "name"),
            Column("kind", "類型", "kind"),
            Column("designated", "公司指定", "designated"),
            Column("encrypted_at_rest", "靜態加密", "encrypted at rest"),
            Column("host", "主機", "host"),
        ),
    ),
    Register(
        "backup_plans", "備份計劃", "Backup plans", "backup_plan", ("name",),
        (
            Column("name", "計劃", "name"),
            Column("data_set", "數據集", "data set"),
            Column("target", "備份位置", "target"),
            Column("tool", "工具", "tool"),
            Column("tag", "標籤", "tag"),
            Column("interval_s", "間隔小時", "interval hours", unit=3600),
            Column("method", "方式", "method"),
            Column("retention_mode", "保留方式", "retention mode"),
            Column("retention_days", "保留天數", "retention days"),
            Column("restore_points_min", "最少還原點", "restore points min"),
            Column("responsible", "負責人工號", "responsible"),
            Column("encrypted", "已加密", "encrypted"),
            on("effective_from", "生效日期", "effective from"),
            on("effective_until", "終止日期", "effective until", "end"),
        ),
    ),
    Register(
        "restore_tests", "恢復測試記錄", "Restore tests", "restore_test", ("data_set", "tested_at"),
        (
            Column("data_set", "數據集", "data set", "refused"),
            Column("tested_at", "測試日期", "tested at", "refused", "start"),
            Column("result", "結果", "result"),
            Column("by", "測試人工號", "tested by"),
            Column("evidence_ref", "記錄位置", "evidence"),
        ),
    ),
)  # fmt: skip
