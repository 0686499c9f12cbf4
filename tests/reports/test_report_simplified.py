"""Simplified Chinese is derived, kept with its source, and read wherever it is asked for."""

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import reports
from engine.checks.catalogue import load_catalogue
from reports.catalogue import Catalogue
from reports.frames import frame
from reports.words import Words

ROOT = Path(__file__).parents[2]
FRAME = ROOT / "reports" / "locale" / "zh_Hans" / "LC_MESSAGES" / "frame.po"
POLICY = ROOT / "policies" / "texts" / "zh-Hans.json"


@cache
def made(expression: str) -> Any:
    """What the tool says, in a process of its own."""
    code = f"import json, sys; sys.path.insert(0, 'tools'); import frames, simplified; print(json.dumps({expression}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_derived_texts_are_those_of_the_source() -> None:
    wanted = made("{str(path): text for path, text in simplified.derived().items()}")
    compiled = made("{str(path): content.hex() for path, content in frames.derived().items()}")

    stale = [path for path, text in wanted.items() if Path(path).read_text("utf-8") != text]
    stale += [path for path, content in compiled.items() if Path(path).read_bytes().hex() != content]

    assert len(wanted) == 2
    assert sorted(Path(path).suffix for path in compiled) == [".mo", ".mo", ".mo", ".po"]
    assert stale == [], "run: make docs"


def test_no_character_is_left_in_traditional_form() -> None:
    texts = FRAME.read_text("utf-8") + POLICY.read_text("utf-8")
    characters = "".join(sorted(set(re.findall(r"[\u4e00-\u9fff]", texts))))

    assert made(f"[one for one in {characters!r} if simplified.simplified(one) != one]") == []


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("賬號的設定須每年覆核", "账号的设置须每年复核"),
        ("預設值為「無」", "默认值为“无”"),
        ("檢討本辦法", "评审本办法"),
        ("共 3 宗事項、2 宗例外、5 則公告", "共 3 项、2 项例外、5 条公告"),
        ("原則與規則", "原则与规则"),
        ("乾淨的備份存儲", "干净的备份存储"),
        ("本季與下季度，前四季", "本季度与下季度，前四个季度"),
        ("帳號、訊息和裝置的存取紀錄", "账号、消息和设备的访问记录"),
    ],
)
def test_words_that_the_mainland_uses_otherwise_are_put_right(traditional: str, simplified: str) -> None:
    assert made(f"simplified.simplified({traditional!r})") == simplified


ELSEWHERE = re.compile(
    "软体|硬体|程式|资讯|网路|预设|设定|萤幕|滑鼠|资料夹|资料库|伺服|讯息|使用者|列印|存取|磁碟|记忆体|介面|"
    "视窗|选单|字元|支援|品质|专案|透过|简讯|影片|视讯|讯号|稽核|装置|个资|汇出|汇入|储存|搜寻|线上|连结|"
    "登入|登出|金钥|韧体|重设|标籤|贴文|栏位|数位|范例|物件|模组|元件|频宽|快取|电邮|短讯|手提|纪录|甚么|"
    "自订|检讨|检视|纸本|覆写|遮蔽|现况|作业|本季内|每宗|帐"
)
"""Simplified characters, but words of Taiwan or Hong Kong: a mainland reader says otherwise."""


def test_no_word_is_left_that_a_mainland_reader_would_not_use() -> None:
    """Read through by a person, sentence by sentence; what was found is in the tool's list, and may not come back."""
    said = FRAME.read_text("utf-8") + POLICY.read_text("utf-8")

    assert ELSEWHERE.findall(said) == []
    assert re.findall(r"[本上下每]季(?!度)", said) == []


def test_every_check_clause_setting_and_word_of_the_project_has_them(policies: Path) -> None:
    catalogue = load_catalogue(policies)

    assert [id_ for id_, check in catalogue.checks.items() if "zh-Hans" not in check.texts] == []
    titles = [catalogue.policy.title, *(clause.title for clause in catalogue.policy.clauses)]
    titles += [setting.title for setting in catalogue.settings.values()]
    titles += catalogue.words.values()
    assert [title for title in titles if "zh-Hans" not in title] == []


def test_a_report_in_simplified_chinese(run: Path, tmp_path: Path) -> None:
    files = reports.write(run, tmp_path / "pack", ("zh-Hans",)).files

    page = (tmp_path / "pack" / "overview.zh-Hans.html").read_text("utf-8")
    assert Path("overview.zh-Hans.html") in files
    assert '<html lang="zh-Hans">' in page
    assert frame("zh-Hans").text("overview.title") in page


def test_what_a_pack_has_not_written_is_read_in_traditional_chinese() -> None:
    texts = {language: {"title": title} for language, title in (("en", "Ours"), ("zh-Hant", "我們的"))}
    check = {
        "id": "1-x",
        "clause": "1",
        "method": "automated",
        "severity": "low",
        "implemented": True,
        "texts": texts,
    }
    title = {"en": "x", "zh-Hant": "無"}
    catalogue = Catalogue.model_validate(
        {
            "policy": {"id": "p", "version": "1", "title": title},
            "chapters": [{"id": "1", "title": title}],
            "clauses": [{"id": "1", "chapter": "1", "duty": True, "checks": ["1-x"], "title": title}],
            "checks": [check],
            "values": {},
            "severity_days": {},
        }
    )

    words = Words("zh-Hans", catalogue, 2026)

    assert (words.title("1-x"), words.clause("1"), words.t("none")) == ("我們的", "無", "无")
