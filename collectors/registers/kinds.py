"""The registers that can be read: one line of `REGISTERS` each.

What a column holds, which values it allows and whether a cell may be empty follow from the field of the fact class
(`collectors.registers.columns`); a line here only chooses the fields, their order and their headings. A new fact type
gets a register by one line.
"""

from dataclasses import dataclass, field
from typing import Literal

from engine.facts import FACT_TYPES, Fact

Blank = Literal["derived", "empty", "unknown", "refused"]
"""What an empty cell says: what the field's own kind says; known to be empty; not known; it is an error."""

BareDate = Literal["start", "end", "refused"]
"""An instant given as a date only: 00:00 of it, 24:00 of it, or an error because the time of day matters."""


@dataclass(frozen=True)
class Column:
    """A field of the fact, and how people call it."""

    field: str
    zh: str
    en: str
    blank: Blank = "derived"
    bare_date: BareDate = "refused"
    unit: int = 1
    """Numbers are multiplied by it: an interval is written in hours and kept in seconds."""
    also: str = ""
    """A second field that takes the cell's text as it is written."""


@dataclass(frozen=True)
class Register:
    """A kind of register: the facts that its rows become, and its columns."""

    name: str
    zh: str
    en: str
    entity: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    fixed: dict[str, str] = field(default_factory=dict)
    part: str = ""
    """A field that is a list: rows with the same key are one fact, and the columns `part.…` of each are one item."""

    @property
    def model(self) -> type[Fact]:
        """The fact class."""
        return FACT_TYPES[self.entity]


def _on(name: str, zh: str, en: str, bare_date: BareDate = "start") -> Column:
    """An instant for which the day is enough."""
    return Column(name, zh, en, bare_date=bare_date)


_ACCOUNT = Column("subject", "賬號", "account", "refused", also="subject_key")
_HOST = Column("subject", "主機", "host", "refused", also="subject_key")
_OWNER = Column("owner", "負責人工號", "owner")
_PURPOSE = Column("purpose", "用途", "purpose")
_DEPARTMENT = Column("department_code", "部門代碼", "department code")
_REVIEWED = _on("reviewed_at", "覆核日期", "reviewed at")
_KINDS_OF_ACCOUNT = (_ACCOUNT, _OWNER, _PURPOSE, _DEPARTMENT, _REVIEWED)


def _entries(
    titles: tuple[str, str, str], kind: str, columns: tuple[Column, ...], key: tuple[str, ...] = ("subject",)
) -> Register:
    """A register whose rows are `register_entry` facts of one kind."""
    return Register(*titles, "register_entry", key, columns, {"kind": kind})


_TABLE: tuple[Register, ...] = (
    _entries(
        ("groups", "群組登記表", "Groups"), "group",
        (
            Column("subject", "群組", "group", "refused", also="subject_key"),
            Column("department_code", "歸屬部門代碼", "owner department"),
            Column("manager", "管理員賬號", "manager"),
            _PURPOSE,
            Column("scope_text", "成員範圍", "scope"),
            Column("scope_departments", "範圍部門代碼", "scope departments"),
            Column("scope_projects", "範圍項目", "scope projects"),
            Column("label", "密級", "label"),
            Column("until", "允許靜默至", "quiet until"),
            _REVIEWED,
        ),
    ),
    _entries(("service_accounts", "服務賬號登記表", "Service accounts"), "service_account", _KINDS_OF_ACCOUNT),
    _entries(
        ("shared_accounts", "共用賬號登記表", "Shared accounts"), "shared_account", _KINDS_OF_ACCOUNT),
    _entries(
        ("second_accounts", "第二賬號登記表", "Second accounts"), "second_account", _KINDS_OF_ACCOUNT),
    _entries(
        ("credentials", "密碼與雙重驗證", "Passwords and second factors"), "credential",
        (
            _ACCOUNT,
            Column("mfa_enrolled", "已設雙重驗證", "mfa enrolled"),
            Column("mfa_enforced", "強制雙重驗證", "mfa enforced"),
            Column("password_changed_at", "密碼更改日期", "password changed at", "unknown", "start"),
            Column("password_compromised", "密碼已洩露", "password compromised"),
        ),
    ),
    _entries(
        ("sponsors", "外部成員擔保登記表", "Sponsors of outsiders"), "sponsor",
        (
            _ACCOUNT,
            Column("group", "群組", "group"),
            Column("owner", "擔保人工號", "sponsor"),
            Column("until", "擔保至", "sponsored until"),
            _PURPOSE,
        ),
        ("subject", "group"),
    ),
    _entries(
        ("hosts", "主機登記表", "Hosts"), "host",
        (
            _HOST, _OWNER, _DEPARTMENT,
            Column("serves", "承載應用", "serves", "empty"),
            Column("hosted", "託管方式", "hosted"),
            Column("retired", "已停用", "retired"),
            Column("managed", "受管理", "managed"),
            _PURPOSE,
        ),
    ),
    _entries(
        ("protection", "防護登記表", "Protection of hosts"), "protection", (_HOST, _OWNER, _PURPOSE, _DEPARTMENT, _REVIEWED)),
    Register(
        "applications", "應用登記表", "Applications", "application", ("product",),
        (
            Column("product", "產品簡名", "product"),
            Column("name", "名稱", "name", "refused"),
            Column("category", "類別", "category"),
            Column("selected", "公司選定", "selected"),
            Column("standard", "標準工具", "standard"),
            Column("hosted", "託管方式", "hosted"),
            _DEPARTMENT, _OWNER,
            _on("evaluated_at", "評估日期", "evaluated at"),
            _on("selected_at", "選定日期", "selected at"),
            _on("deployed_at", "部署日期", "deployed at"),
            _on("last_maintained_at", "最近維護日期", "last maintained at"),
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
            _DEPARTMENT,
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
    Register(
        "approvals", "審批登記表", "Approvals", "approval", ("number",),
        (
            Column("number", "審批編號", "number"),
            Column("kind", "類別", "kind"),
            Column("subject", "事項", "subject"),
            Column("requested_by", "申請人工號", "requested by"),
            Column("requested_at", "申請時間", "requested at"),
            Column("state", "狀態", "state"),
            _on("valid_from", "生效時間", "valid from"),
            _on("valid_until", "有效期至", "valid until", "end"),
            Column("text_sha256", "文本摘要", "text sha256"),
            Column("released_audience", "准許受眾", "released audience", "derived"),
            Column("released_departments", "准許部門代碼", "released departments"),
            Column("decisions.by", "審批人工號", "approver"),
            Column("decisions.role", "角色", "role"),
            Column("decisions.decision", "決定", "decision"),
            Column("decisions.at", "決定時間", "decided at"),
            Column("decisions.on_behalf_of", "代何人審批", "on behalf of"),
        ),
        part="decisions",
    ),
    Register(
        "announcements", "通知公告登記表", "Announcements", "announcement", ("number",),
        (
            Column("number", "公告編號", "number"),
            _DEPARTMENT,
            Column("author", "發布人", "author"),
            Column("group", "群組", "group"),
            Column("channel", "其他渠道", "channel"),
            Column("published_at", "發布時間", "published at"),
            Column("edited_at", "修改時間", "edited at"),
            Column("kind", "類別", "kind"),
            Column("kind_origin", "類別依據", "kind origin"),
            Column("audience", "受眾", "audience"),
            Column("audience_departments", "受眾部門代碼", "audience departments"),
            Column("emergency", "緊急", "emergency"),
            Column("approval", "批准號", "approval"),
            Column("text_sha256", "文本摘要", "text sha256"),
            Column("has_subject", "有主題", "has subject"),
            Column("has_contact", "有聯繫人", "has contact"),
            Column("undated_call", "要求無期限", "undated call"),
            Column("vague_words", "含糊用詞數", "vague words"),
            Column("flags_version", "用詞表版本", "flags version"),
        ),
    ),
    Register(
        "data_sets", "數據集登記表", "Data sets", "data_set", ("name",),
        (
            Column("name", "數據集", "name"),
            _DEPARTMENT,
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
            _on("oldest_record_at", "最早記錄日期", "oldest record at"),
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
            _on("effective_from", "生效日期", "effective from"),
            _on("effective_until", "終止日期", "effective until", "end"),
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
    Register(
        "vuln_scans", "漏洞掃描記錄", "Vulnerability scans", "vuln_scan", ("number",),
        (
            Column("number", "掃描編號", "number"),
            Column("tool", "工具", "tool"),
            Column("scope", "掃描範圍", "scope"),
            Column("started_at", "開始時間", "started at"),
            Column("finished_at", "結束時間", "finished at"),
            Column("result", "結果", "result"),
            _on("db_built_at", "漏洞庫日期", "database built at"),
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
            _on("first_seen_at", "首次發現", "first seen at"),
            _on("last_seen_at", "最近發現", "last seen at"),
            Column("status", "狀態", "status"),
            Column("scan", "掃描編號", "scan"),
            Column("acceptance", "接受風險批准號", "acceptance"),
        ),
    ),
    Register(
        "training_sessions", "培訓場次", "Training sessions", "training_session", ("title", "held_at"),
        (
            Column("title", "培訓名稱", "title", "refused"),
            _on("held_at", "培訓日期", "held at"),
            Column("topic", "主題", "topic"),
            Column("attendees", "參加人數", "attendees"),
            Column("state", "狀態", "state"),
        ),
    ),
    Register(
        "policy_versions", "制度版本", "Versions of the policy", "policy_version", ("version",),
        (
            Column("version", "版本", "version"),
            _on("valid_from", "生效日期", "valid from"),
            _on("valid_until", "失效日期", "valid until", "end"),
            Column("reviewed_on", "覆審日期", "reviewed on"),
            Column("reviewed_by", "覆審人工號", "reviewed by"),
            Column("owner_department", "歸口部門代碼", "owner department"),
            Column("sha256", "文本摘要", "sha256"),
        ),
    ),
    Register(
        "attestations", "聲明", "Attestations", "attestation", ("check", "department_code", "signed_at"),
        (
            Column("check", "檢查項", "check"),
            _DEPARTMENT,
            Column("statement", "聲明內容", "statement"),
            Column("conforms", "符合", "conforms"),
            Column("signed_by", "簽署人工號", "signed by"),
            _on("signed_at", "簽署日期", "signed at"),
            Column("valid_until", "有效期至", "valid until"),
        ),
    ),
    Register(
        "waivers", "豁免", "Waivers", "waiver", ("number",),
        (
            Column("number", "豁免編號", "number"),
            Column("check", "檢查項", "check"),
            _DEPARTMENT,
            Column("subject", "對象", "subject", "refused"),
            Column("reason", "理由", "reason"),
            Column("requested_by", "申請人工號", "requested by"),
            Column("approved_by", "批准人工號", "approved by"),
            _on("approved_at", "批准日期", "approved at"),
            _on("valid_from", "生效日期", "valid from"),
            Column("valid_until", "有效期至", "valid until"),
        ),
    ),
    Register(
        "delegations", "授權代理", "Delegations", "delegation", ("delegator", "delegate", "valid_from"),
        (
            Column("delegator", "授權人工號", "delegator"),
            Column("delegate", "代理人工號", "delegate"),
            _on("valid_from", "開始日期", "valid from"),
            _on("valid_until", "結束日期", "valid until", "end"),
            Column("scope", "範圍", "scope"),
        ),
    ),
    Register(
        "absences", "請假與外出", "Absences", "absence", ("person", "from_at"),
        (
            Column("person", "工號", "person"),
            Column("kind", "類別", "kind"),
            _on("from_at", "開始日期", "from"),
            _on("until_at", "結束日期", "until", "end"),
            Column("announced_at", "告知時間", "announced at"),
        ),
    ),
)  # fmt: skip

REGISTERS: dict[str, Register] = {register.name: register for register in _TABLE}
"""Name in `company.yaml` -> register, in the order of a template folder."""
