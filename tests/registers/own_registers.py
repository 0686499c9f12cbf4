"""The company of docs/own-registers.md, written as its reader would: four people, one list of its own, one check."""

import re
from pathlib import Path

from click.testing import CliRunner, Result

from engine.cli import cli

PAGE = Path(__file__).parents[2] / "docs" / "own-registers.md"

_COMPANY = """organisation: 測試公司
policy: {id: communication-policy, version: 2025-09}
roles: {it: IT, hr: GD}
"""
_ROSTER = {
    "people": """截至日期,2026-09-30
行數,4
工號,姓名,狀態,用工類型,入職日期,最後工作日,離職登記時間,部門代碼,上級工號
001,周知遠,在職,正式員工,2019-03-01,,,GD,
002,林安,在職,正式員工,2020-05-06,,,FIN,001
003,陳平,離職,正式員工,2020-05-06,2026-07-31,2026-07-31 17:00,FIN,002
004,吳敏,在職,正式員工,2021-05-06,,,IT,001
""",
    "departments": "截至日期,2026-09-30\n行數,3\n代碼,名稱,上級代碼\nGD,總部,\nFIN,財務部,GD\nIT,信息部,GD\n",
    "heads": "截至日期,2026-09-30\n行數,3\n部門代碼,工號,開始,結束\nGD,001,2019-03-01,\nFIN,002,2020-05-06,\nIT,004,2021-05-06,\n",
}


def called(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


def write_company(folder: Path) -> Path:
    """Roster, list, check and `company.yaml` into a folder."""
    text = PAGE.read_text("utf-8")
    fences = re.findall(
        r"^## \d[^\n]*?(?:: `([^`\n]+)`)?\n.*?^```(\w+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL
    )
    files = {name: body for name, _, body in fences if name}
    files["company.yaml"] = _COMPANY + files["company.yaml"].replace(
        "sources:\n", "sources:\n  - {id: hr, type: roster, folder: hr}\n"
    )
    files |= {f"hr/{table}.csv": body for table, body in _ROSTER.items()}
    for name, body in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(body, "utf-8")
    return folder / "company.yaml"
