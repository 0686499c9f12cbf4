"""Samples of messages and what reviewers said about them, as `clausewise sample import` writes them."""

from collectors.registers.kinds.shape import Column, Register

SAMPLES: tuple[Register, ...] = (
    Register(
        "samples", "抽樣登記表", "Samples of messages", "sample", ("department_code", "period"),
        (
            Column("number", "樣本編號", "number"),
            Column("department_code", "部門代碼", "department code"),
            Column("period", "季度", "period"),
            Column("frame_size", "消息總數", "frame size"),
            Column("frame_complete", "總數完整", "frame complete"),
            Column("frame_unreadable", "無法讀取數", "frame unreadable"),
            Column("frame_digest", "總體摘要", "frame digest"),
            Column("seed", "隨機種子", "seed", "unknown"),
            Column("drawn", "抽取數", "drawn"),
            Column("drawn_at", "抽樣快照時間", "drawn at"),
            Column("reply_limit_used", "回覆期限（工作日）", "reply limit used"),
        ),
    ),
    Register(
        "sample_items", "抽樣標註表", "Labels of sampled messages", "sample_item", ("number",),
        (
            Column("number", "編號", "number"),
            Column("sample", "樣本編號", "sample"),
            Column("message_id", "消息編號", "message id"),
            Column("group", "群組", "group"),
            Column("sender", "發送賬號", "sender"),
            Column("sent_at", "發送時間", "sent at"),
            Column("in_working_hours", "工作時間內", "in working hours"),
            Column("visible_to_outsider", "外部人員可見", "visible to outsider"),
            Column("outsiders", "外部人員數", "outsiders"),
            Column("unlawful", "違法", "unlawful"),
            Column("harmful", "有害", "harmful"),
            Column("off_work", "與工作無關", "off work"),
            Column("abusive", "辱罵他人", "abusive"),
            Column("off_topic", "離題", "off topic"),
            Column("customer_data", "客戶資料", "customer data"),
            Column("identity_number", "證件號碼", "identity number"),
            Column("bank_card", "銀行卡號", "bank card"),
            Column("secret_or_key", "密碼或密鑰", "secret or key"),
            Column("confidentiality_mark", "密級標記", "confidentiality mark"),
            Column("request", "請求回覆", "request"),
            Column("addressee", "被請求人工號", "addressee"),
            Column("reply", "回覆情況", "reply"),
            Column("reply_due_at", "回覆期限", "reply due at"),
            Column("reviewers", "標註人數", "reviewers"),
            Column("disputed", "意見不一", "disputed"),
        ),
    ),
)  # fmt: skip
