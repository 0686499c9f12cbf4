"""Registers of vulnerabilities and training."""

from collectors.registers.kinds.shape import Column, Register, on

SECURITY: tuple[Register, ...] = (
    Register(
        "vuln_scans", "漏洞掃描記錄", "Vulnerability scans", "vuln_scan", ("number",),
        (
            Column("number", "掃描編號", "number"),
            Column("tool", "工具", "tool"),
            Column("scope", "掃描範圍", "scope"),
            Column("started_at", "開始時間", "started at"),
            Column("finished_at", "結束時間", "finished at"),
            Column("result", "結果", "result"),
            on("db_built_at", "漏洞庫日期", "database built at"),
            Column("authenticated", "已登錄掃描", "authenticated"),
        ),
    ),
    Register(
        "vuln_findings", "漏洞清單", "Vulnerabilities found", "vuln_finding", ("vuln_id", "target", "component"),
        (
            Column("vuln_id", "漏洞編號", "vulnerability"),
            Column("target", "目標", "target"),
            Column("target_kind", "目標類型", "target kind"),
            Column("component", "組件", "component"),
            Column("severity", "嚴重程度", "severity"),
            Column("fixed_version", "修復版本", "fixed version"),
            on("first_seen_at", "首次發現", "first seen at"),
            on("last_seen_at", "最近發現", "last seen at"),
            Column("status", "狀態", "status"),
            Column("scan", "掃描編號", "scan"),
            Column("acceptance", "接受風險批准號", "acceptance"),
        ),
    ),
    Register(
        "training_sessions", "培訓場次", "Training sessions", "training_session", ("title", "held_at"),
        (
            Column("title", "培訓名稱", "title", "refused"),
            on("held_at", "培訓日期", "held at"),
            Column("topic", "主題", "topic"),
            Column("attendees", "參加人數", "attendees"),
            Column("state", "狀態", "state"),
        ),
    ),
)  # fmt: skip
