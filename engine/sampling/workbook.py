"""The labelling workbook: protected but for the answers, with a list to choose from in each of them."""

import io
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from engine.sampling.draw import digest_of_draw
from engine.sampling.form import (
    DRAW_CELL,
    FIRST_ROW,
    QUESTIONS,
    REVIEWER_CELL,
    SHEET,
    TOLD,
    heading,
)
from engine.sampling.form import given as known

_MADE_AT = datetime(2026, 1, 1, tzinfo=UTC)
"""A workbook states when it was made: always the same, so that the same draw gives the same file."""

_WIDTHS = {"message_id": 48, "group_name": 24, "sent_local": 20, "reply_due_local": 20, "number": 18}

_HOW = (
    "1. 在 B1 填寫標註人姓名。 / Write your name into B1.",
    "2. 在通訊工具中按群組、時間和消息編號找到消息，只看這一條及其上下文。 / Find the message in the tool by group, time and id.",
    "3. 逐欄選擇；看過但無法判斷選「?」；沒看過留空。 / Choose in each column; ? if you looked and cannot tell, nothing if you did not look.",
    "4. 兩位標註人各自獨立填寫，不要商量。 / Two reviewers label on their own.",
    "5. 不要改動、刪除或加入行列。 / Do not change, remove or add rows or columns.",
)


def workbook(document: dict[str, Any]) -> bytes:
    """The workbook for one reviewer of a draw."""
    body = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(body, options) as book:
        book.set_properties({"title": f"{document['period']} labels", "created": _MADE_AT})
        plain = book.add_format({"num_format": "@", "font_color": "#404040"})
        answer = book.add_format(
            {
                "num_format": "@",
                "locked": False,
                "bg_color": "#FFF9E5",
                "border": 1,
                "border_color": "#D0D0D0",
            }
        )
        bold = book.add_format(
            {"bold": True, "bg_color": "#DDE7F0", "bottom": 1, "text_wrap": True, "valign": "top"}
        )
        sheet = book.add_worksheet(SHEET)
        _about(sheet, document, bold, plain, answer)
        _headings(sheet, bold)
        for row, item in enumerate(document["items"], start=FIRST_ROW):
            for column, (field, _, _) in enumerate(TOLD):
                sheet.write_string(row, column, item[field], plain)
            for column, question in enumerate(QUESTIONS, start=len(TOLD)):
                settled = known(item, question)
                if settled:
                    sheet.write_string(row, column, settled, plain)
                    continue
                sheet.write_blank(row, column, None, answer)
                if question.choices:
                    sheet.data_validation(
                        row, column, row, column, {"validate": "list", "source": question.shown()}
                    )
        sheet.freeze_panes(FIRST_ROW, 1)
        sheet.protect("", {"format_columns": True, "autofilter": True})
        _guide(book.add_worksheet("guide"), bold)
    return body.getvalue()


def _about(sheet: Any, document: dict[str, Any], bold: Any, plain: Any, answer: Any) -> None:
    sheet.write_string(REVIEWER_CELL[0], 0, heading("標註人", "reviewer"), bold)
    sheet.write_blank(*REVIEWER_CELL, None, answer)
    sheet.write_string(DRAW_CELL[0], 0, heading("抽樣摘要", "draw"), bold)
    sheet.write_string(*DRAW_CELL, digest_of_draw(document), plain)
    sheet.write_string(2, 0, heading("季度", "period"), bold)
    sheet.write_string(2, 1, document["period"], plain)


def _headings(sheet: Any, bold: Any) -> None:
    for column, (field, zh, en) in enumerate(TOLD):
        sheet.set_column(column, column, _WIDTHS[field])
        sheet.write_string(FIRST_ROW - 1, column, heading(zh, en), bold)
    for column, question in enumerate(QUESTIONS, start=len(TOLD)):
        sheet.set_column(column, column, 14)
        sheet.write_string(FIRST_ROW - 1, column, heading(question.zh, question.en), bold)


def _guide(sheet: Any, bold: Any) -> None:
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 90)
    for row, line in enumerate(_HOW):
        sheet.write_string(row, 0, line)
    for row, question in enumerate(QUESTIONS, start=len(_HOW) + 1):
        sheet.write_string(row, 0, heading(question.zh, question.en), bold)
        sheet.write_string(row, 1, question.hint)
    sheet.protect()
