"""Registers of what was approved and announced."""

from collectors.registers.kinds.shape import DEPARTMENT, Column, Register, on

PUBLISHING: tuple[Register, ...] = (
    Register(
        "approvals", "審批登記表", "Approvals", "approval", ("number",),
        (
            Column("number", "審批編號", "number"),
            Column("kind", "類別", "kind"),
            Column("subject", "事項", "subject"),
            Column("requested_by", "申請人工號", "requested by"),
            Column("requested_at", "申請時間", "requested at"),
            Column("state", "狀態", "state"),
            on("valid_from", "生效時間", "valid from"),
            on("valid_until", "有效期至", "valid until", "end"),
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
            DEPARTMENT,
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
)  # fmt: skip
