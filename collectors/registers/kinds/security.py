"""Registers of endpoints, checks, scans, assessments and training."""

from collectors.registers.kinds.shape import DEPARTMENT, OWNER, Column, Register, on

SECURITY: tuple[Register, ...] = (
    Register(
        "service_endpoints", "服務地址登記表", "Service endpoints", "service_endpoint", ("address",),
        (
            Column("address", "服務地址", "address"),
            Column("application", "產品簡名", "application"),
            Column("exposure", "開放範圍", "exposure"),
            Column("hosted", "託管方式", "hosted"),
            DEPARTMENT, OWNER,
            Column("retired", "已停用", "retired"),
            Column("private_ca", "公司自簽證書", "private CA"),
        ),
    ),
    Register(
        "tls_checks", "傳輸加密檢測", "Checks of encryption", "tls_check", ("endpoint", "machine", "checked_at"),
        (
            Column("endpoint", "服務地址", "endpoint"),
            Column("machine", "機器", "machine"),
            Column("checked_at", "檢測時間", "checked at"),
            Column("reachable", "可連通", "reachable"),
            Column("plain_text_offered", "提供明文", "plain text offered"),
            Column("ssl2", "接受SSL2", "SSL 2"),
            Column("ssl3", "接受SSL3", "SSL 3"),
            Column("tls10", "接受TLS1.0", "TLS 1.0"),
            Column("tls11", "接受TLS1.1", "TLS 1.1"),
            Column("tls12", "接受TLS1.2", "TLS 1.2"),
            Column("tls13", "接受TLS1.3", "TLS 1.3"),
            Column("chain_trusted", "證書鏈可信", "chain trusted"),
            Column("trust_store", "信任庫", "trust store"),
            Column("name_matches", "名稱相符", "name matches"),
            on("not_after", "證書到期", "certificate ends"),
        ),
    ),
    Register(
        "security_assessments", "安全評估記錄", "Security assessments", "security_assessment", ("number",),
        (
            Column("number", "報告編號", "number"),
            Column("application", "產品簡名", "application"),
            on("performed_at", "評估日期", "performed at"),
            Column("performed_by", "評估人工號", "performed by"),
            Column("assessor", "評估單位", "assessor", "empty"),
            Column("independent", "獨立於運維", "independent"),
            Column("report_sha256", "報告摘要", "report digest"),
        ),
    ),
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
