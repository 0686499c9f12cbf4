"""Chinese words for the closed lists of registers, as templates offer them and the reader takes them."""

WORDS: dict[str, str] = {
    "account_creation": "開通賬號",
    "accepted": "接受風險",
    "approved": "批准",
    "approver": "審批人",
    "assessor": "評估人",
    "audit_log": "審計日誌",
    "both": "兩者",
    "cancelled": "取消",
    "chat": "聊天",
    "cloud": "雲存儲",
    "collaboration": "協作",
    "communication_security": "通訊安全",
    "company": "全公司",
    "confidential": "機密",
    "config": "配置",
    "continuous": "持續",
    "critical": "嚴重",
    "data_deletion": "刪除數據",
    "days": "按天數",
    "department": "部門",
    "differential": "差異",
    "endpoint": "服務端點",
    "expired": "過期",
    "extension": "延期",
    "external": "公司以外",
    "failed": "失敗",
    "false_positive": "誤報",
    "fixed": "已修復",
    "forever": "永久",
    "full": "全量",
    "group": "群組",
    "group_creation": "建立群組",
    "held": "已舉行",
    "high": "高",
    "host": "主機",
    "important": "重要",
    "important_announcement": "重要公告",
    "incremental": "增量",
    "install": "軟件",
    "internal": "內部",
    "label": "標記",
    "leave": "休假",
    "local": "本機",
    "loopback": "僅限主機自身",
    "low": "低",
    "mail": "郵件",
    "media": "媒體文件",
    "medium": "中",
    "meeting": "會議",
    "messages": "消息",
    "nas": "網絡存儲",
    "network": "網絡可達",
    "no": "否",
    "none": "無",
    "notice": "告知",
    "object_store": "對象存儲",
    "open": "未處理",
    "ordinary": "普通",
    "other": "其他",
    "partial": "部分成功",
    "pending": "待定",
    "planned": "已計劃",
    "provider": "服務商",
    "public": "公開",
    "register": "登記表",
    "rejected": "駁回",
    "retention_exception": "保留期例外",
    "rule": "關鍵詞",
    "secret": "絕密",
    "self": "自建",
    "sensitive": "敏感",
    "sensitive_publication": "發布敏感信息",
    "snapshot": "快照",
    "software_exception": "特殊軟件",
    "success": "成功",
    "tape": "磁帶",
    "trip": "出差",
    "unknown": "未知",
    "unset": "未設置",
    "vulnerability_acceptance": "接受漏洞風險",
    "withdrawn": "撤回",
    "yes": "是",
}
"""Word of the fact model -> Chinese; a test holds that every choice of every register has one."""

_ALSO = {"y": "yes", "n": "no", "true": "yes", "false": "no"}
"""What spreadsheets and exports write for yes and no."""


def shown(choice: str) -> str:
    """A choice as a template's list shows it: both words, so that everybody can read the list."""
    return f"{WORDS[choice]} {choice}"


def chosen(text: str, choices: tuple[str, ...]) -> str | None:
    """The choice that a cell names, in either language or in both; none if it names none of them."""
    wanted = " ".join(text.casefold().replace("_", " ").split())
    wanted = _ALSO.get(wanted, wanted)
    for choice in choices:
        plain = choice.replace("_", " ")
        if wanted in {plain, WORDS.get(choice, ""), f"{WORDS.get(choice, '')} {plain}"}:
            return choice
    return None
