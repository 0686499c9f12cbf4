"""Registers of accounts, groups and hosts."""

from collectors.registers.kinds.shape import DEPARTMENT, OWNER, PURPOSE, REVIEWED, Column, Register, entries

_ACCOUNT = Column("subject", "賬號", "account", "refused", also="subject_key")
_HOST = Column("subject", "主機", "host", "refused", also="subject_key")
_KINDS_OF_ACCOUNT = (_ACCOUNT, OWNER, PURPOSE, DEPARTMENT, REVIEWED)

PLATFORM: tuple[Register, ...] = (
    entries(
        ("groups", "群組登記表", "Groups"), "group",
        (
            Column("subject", "群組", "group", "refused", also="subject_key"),
            Column("department_code", "歸屬部門代碼", "owner department"),
            Column("manager", "管理員賬號", "manager"),
            PURPOSE,
            Column("scope_text", "成員範圍", "scope"),
            Column("scope_departments", "範圍部門代碼", "scope departments"),
            Column("scope_projects", "範圍項目", "scope projects"),
            Column("label", "密級", "label"),
            Column("until", "允許靜默至", "quiet until"),
            REVIEWED,
        ),
    ),
    entries(("service_accounts", "服務賬號登記表", "Service accounts"), "service_account", _KINDS_OF_ACCOUNT),
    entries(
        ("shared_accounts", "共用賬號登記表", "Shared accounts"), "shared_account", _KINDS_OF_ACCOUNT),
    Register(
        "account_holders", "賬號歸屬登記表", "Holders of accounts", "identity_link", ("account", "person"),
        (
            Column("account", "賬號", "account"),
            Column("person", "持有人工號", "holder", "refused"),
        ),
        {"method": "manual", "strength": "exact", "conflict": "no"},
    ),
    entries(
        ("second_accounts", "第二賬號登記表", "Second accounts"), "second_account", _KINDS_OF_ACCOUNT),
    entries(
        ("credentials", "密碼與雙重驗證", "Passwords and second factors"), "credential",
        (
            _ACCOUNT,
            Column("mfa_enrolled", "已設雙重驗證", "mfa enrolled"),
            Column("mfa_enforced", "強制雙重驗證", "mfa enforced"),
            Column("password_changed_at", "密碼更改日期", "password changed at", "unknown", "start"),
            Column("password_compromised", "密碼已洩露", "password compromised"),
        ),
    ),
    entries(
        ("profiles", "賬號資料", "What accounts state of their holders"), "profile",
        (
            _ACCOUNT,
            Column("stated_department", "部門代碼", "department"),
            Column("stated_position", "職務", "position"),
        ),
    ),
    entries(
        ("sponsors", "外部成員擔保登記表", "Sponsors of outsiders"), "sponsor",
        (
            _ACCOUNT,
            Column("group", "群組", "group"),
            Column("owner", "擔保人工號", "sponsor"),
            Column("until", "擔保至", "sponsored until"),
            PURPOSE,
        ),
        ("subject", "group"),
    ),
    entries(
        ("hosts", "主機登記表", "Hosts"), "host",
        (
            _HOST, OWNER, DEPARTMENT,
            Column("serves", "承載應用", "serves", "empty"),
            Column("hosted", "託管方式", "hosted"),
            Column("retired", "已停用", "retired"),
            Column("managed", "受管理", "managed"),
            PURPOSE,
        ),
    ),
    entries(
        ("protection", "防護登記表", "Protection of hosts"), "protection", (_HOST, OWNER, PURPOSE, DEPARTMENT, REVIEWED)),
    Register(
        "devices", "登錄設備登記表", "Devices", "device", ("key",),
        (
            Column("key", "設備", "device"),
            Column("host", "主機", "host"), DEPARTMENT,
            Column("shared", "多人共用", "shared"),
            Column("users", "使用人工號", "users", "empty"),
        ),
    ),
    Register(
        "places", "登錄地點登記表", "Places", "place", ("key",),
        (
            Column("key", "地點", "place"),
            Column("latitude", "緯度", "latitude"),
            Column("longitude", "經度", "longitude"),
            Column("radius_km", "半徑公里數", "radius in km"),
            Column("relay", "公司或移動網絡出口", "relay"),
        ),
    ),
)  # fmt: skip
