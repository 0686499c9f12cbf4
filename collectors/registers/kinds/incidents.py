"""Registers of what went wrong: incidents, security events, sign-ins that were flagged, reports of violations."""

from collectors.registers.kinds.shape import DEPARTMENT, Column, Register

INCIDENTS: tuple[Register, ...] = (
    Register(
        "incidents", "安全與合規事件登記表", "Incidents", "incident", ("number",),
        (
            Column("number", "事件編號", "number"),
            Column("departments", "涉及部門代碼", "departments"),
            Column("category", "類別", "category"),
            Column("clause", "違反條款", "clause"),
            Column("confirmed", "已確認", "confirmed"),
            Column("status", "狀態", "status"),
            Column("discovered_at", "發現時間", "discovered at"),
            Column("reported_at", "報告時間", "reported at"),
            Column("reported_to", "報告對象", "reported to"),
            Column("contained_at", "止損時間", "contained at"),
            Column("closed_at", "辦結時間", "closed at"),
            Column("concerns", "涉及賬號或工號", "concerns", "empty"),
            Column("events", "對應記錄編號", "events", "empty"),
        ),
    ),
    Register(
        "security_events", "安全設備事件清單", "Security events", "security_event", ("number",),
        (
            Column("number", "記錄編號", "number"),
            Column("kind", "類別", "kind"),
            Column("outcome", "結果", "outcome"),
            Column("at", "時間", "at"),
            Column("listed_at", "列入名單時間", "listed at"),
            Column("list_name", "名單", "list"),
            Column("list_version", "名單版本", "list version"),
            Column("account", "賬號", "account"),
            Column("host", "主機", "host"),
            Column("automatic", "自動掃描", "automatic"),
            Column("group_key", "同一下載", "same download"),
        ),
    ),
    Register(
        "login_events", "登錄記錄", "Sign-ins", "login_event", ("number",),
        (
            Column("number", "記錄編號", "number", "refused"),
            Column("account", "賬號", "account"),
            Column("at", "時間", "at"),
            Column("result", "結果", "result"),
            Column("interactive", "本人操作", "interactive"),
            Column("abnormal", "標為異常", "abnormal"),
            Column("flagged_at", "標記時間", "flagged at"),
            Column("device_key", "設備", "device"),
            Column("place_key", "地點", "place"),
            Column("relay", "經公司中轉", "relay"),
        ),
    ),
    Register(
        "violation_reports", "違規舉報登記表", "Reports of violations", "violation_report", ("number",),
        (
            Column("number", "舉報編號", "number"),
            DEPARTMENT,
            Column("about", "被舉報人工號", "about", "empty"),
            Column("received_at", "收到時間", "received at"),
            Column("first_action_at", "首次處理時間", "first action at"),
            Column("first_action_by", "首次處理人工號", "first action by"),
            Column("handler", "承辦人工號", "handler"),
            Column("withdrawn_at", "撤回時間", "withdrawn at"),
        ),
    ),
)  # fmt: skip
