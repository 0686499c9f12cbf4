"""The labelling form: what a reviewer is told of each message, what is asked, and which answers there are."""

from dataclasses import dataclass
from typing import Any

CANNOT_TELL = "?"
"""The answer of a reviewer who looked and cannot say: as good as none."""


@dataclass(frozen=True)
class Question:
    """A column to fill in."""

    field: str
    zh: str
    en: str
    choices: tuple[tuple[str, str], ...]
    """Answer -> word in Chinese; empty: a text."""
    hint: str
    """What it means, for the sheet of instructions."""

    def shown(self) -> list[str]:
        """The answers as the drop-down list offers them."""
        return [f"{zh} {answer}" for answer, zh in self.choices]

    def answer(self, text: str) -> str | None:
        """The answer that a cell gives, in either language or in both; none if it gives none of them."""
        if not self.choices:
            return text
        return next((answer for answer, zh in self.choices if text in {answer, zh, f"{zh} {answer}"}), None)


_YES_NO = (("yes", "是"), ("no", "否"), (CANNOT_TELL, "無法判斷"))
_FOUND = (("no_hit", "沒有"), ("confirmed", "有"), ("rejected", "像有但不是"), (CANNOT_TELL, "無法判斷"))
_REPLY = (("in_time", "按時"), ("late", "逾期"), ("missing", "未回覆"), (CANNOT_TELL, "無法判斷"))

QUESTIONS: tuple[Question, ...] = (
    Question("unlawful", "違法", "unlawful", _YES_NO, "against the law / 違反法律法規"),
    Question("harmful", "有害", "harmful", _YES_NO, "harms the company or people / 損害公司或他人"),
    Question("off_work", "與工作無關", "off work", _YES_NO, "nothing to do with work / 與工作無關"),
    Question("abusive", "辱罵他人", "abusive", _YES_NO, "insults or mocks; a quotation does not / 辱罵嘲諷；引述不算"),
    Question("off_topic", "離題", "off topic", _YES_NO, "outside what the group is for / 與群組用途無關"),
    Question("customer_data", "客戶資料", "customer data", _FOUND, "in the message or a file of it / 含消息附件"),
    Question("identity_number", "證件號碼", "identity number", _FOUND, "no test numbers / 測試號碼不算"),
    Question("bank_card", "銀行卡號", "bank card", _FOUND, "no test numbers / 測試號碼不算"),
    Question("secret_or_key", "密碼或密鑰", "secret or key", _FOUND, "password, token, key / 密碼、令牌、密鑰"),
    Question("confidentiality_mark", "密級標記", "confidentiality mark", _FOUND, "marked as confidential / 標有密級"),
    Question("visible_to_outsider", "外部人員可見", "visible to outsider", _YES_NO, "when it was written / 發送當時"),
    Question("request", "請求回覆", "request", _YES_NO, "asks one named colleague for an answer / 請指定同事答覆"),
    Question("addressee", "被請求人工號", "addressee", (), "employee number of who was asked; ? = not known / 未知填 ?"),
    Question("reply", "回覆情況", "reply", _REPLY, "by the end of the term; other ways count / 其他方式答覆也算"),
)  # fmt: skip

TOLD: tuple[tuple[str, str, str], ...] = (
    ("number", "編號", "number"),
    ("group_name", "群組", "group"),
    ("sent_local", "發送時間", "sent"),
    ("message_id", "消息編號", "message id"),
    ("reply_due_local", "回覆期限", "reply due"),
)
"""Field, and its heading in both languages: what stands in front of the questions. Who wrote it does not."""

SHEET = "labels"
DRAW_CELL = (1, 1)
REVIEWER_CELL = (0, 1)
"""Row and column, counted from 0."""
FIRST_ROW = 4
"""Row of the first message, counted from 0; the headings stand above it."""


def heading(zh: str, en: str) -> str:
    """A heading in both languages."""
    return f"{zh} / {en}"


def given(item: dict[str, Any], question: Question) -> str:
    """What is known of an answer already; empty if it is asked."""
    if question.field == "visible_to_outsider":
        known = str(item["visible_to_outsider"])
        return "" if known == "unknown" else known
    return str(item["off_topic"]) if question.field == "off_topic" else ""
