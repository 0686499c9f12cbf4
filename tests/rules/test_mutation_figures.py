"""What was measured of the rules is kept as it was measured, and a reason that explains nothing any more is named."""

import importlib
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
RULE = "package checks.x\n\n\ta > 0\n\tb\n"


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "tools" / "mutation"))
    for name in ("mutants", "kept"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return importlib.import_module("kept")


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    for check in ("5.3-a", "10.1-a"):
        folder = tmp_path / "rego" / check.partition("-")[0]
        folder.mkdir(parents=True)
        (folder / f"{check}.rego").write_text(RULE, "utf-8")
        (folder / f"{check}_test.rego").write_text("", "utf-8")
    return tmp_path / "rego"


def measured(kept: ModuleType, rules: Path, check: str, rows: dict[int, str]) -> Any:
    survivors = [kept.Mutant(row, what, "") for row, what in rows.items()]
    return kept.judged(rules, check, 10, survivors)


def listing(kept: ModuleType, monkeypatch: pytest.MonkeyPatch, folder: Path, text: str) -> None:
    (folder / "survivors.yaml").write_text(text, "utf-8")
    monkeypatch.setattr(kept, "_SURVIVORS", folder / "survivors.yaml")


def test_what_changes_no_answer_counts_neither_way_and_a_stale_reason_is_named(
    kept: ModuleType, rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (
        '5.3-a:\n  - {line: a > 0, what: "> changed to >=", why: never zero}\n'
        "  - {line: c, what: negated, why: gone}\n"
    )
    listing(kept, monkeypatch, tmp_path, text)

    one = measured(kept, rules, "5.3-a", {3: "> changed to >=", 4: "negated"})

    assert [why for _, why in one.equivalent] == ["never zero"]
    assert [(mutant.row, why) for mutant, why in one.survivors] == [(4, "")]
    assert (one.counted, one.killed) == (9, 8)
    assert one.stale == ["5.3-a: c: negated"]


def test_what_changes_an_answer_counts_though_it_has_a_reason(
    kept: ModuleType, rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = '5.3-a:\n  - {line: a > 0, what: "> changed to >=", changes_answer: true, why: shown to nobody}\n'
    listing(kept, monkeypatch, tmp_path, text)
    table = tmp_path / "evidence.md"

    one = measured(kept, rules, "5.3-a", {3: "> changed to >="})
    kept.keep(table, rules, [one, measured(kept, rules, "10.1-a", {4: "negated"})])

    assert [(mutant.row, why) for mutant, why in one.survivors] == [(3, "shown to nobody")]
    assert (one.counted, one.killed, one.equivalent) == (10, 9, [])
    assert table.read_text("utf-8").split("\n\n")[-3:] == [
        "### 5.3-a",
        "* `a > 0`: > changed to >=; this one changes an answer: shown to nobody",
        "Survivors without a reason so far: 10.1-a (1).\n",
    ]


def rows_of(table: Path) -> list[str]:
    return [line for line in table.read_text("utf-8").splitlines() if line.startswith(("| 5", "| 10"))]


def test_a_row_of_the_table_stays_until_its_rule_changes(
    kept: ModuleType, rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listing(kept, monkeypatch, tmp_path, "{}")
    table = tmp_path / "evidence.md"
    kept.keep(table, rules, [measured(kept, rules, "10.1-a", {3: "dropped"})])
    kept.keep(table, rules, [measured(kept, rules, "5.3-a", {})])
    first = rows_of(table)
    rule = rules / "10.1" / "10.1-a.rego"
    rule.write_text(f"{RULE}\tc\n", "utf-8")
    kept.keep(table, rules, [])
    then = rows_of(table)

    assert [row.split(" | ")[:5] for row in first] == [
        ["| 5.3-a", "10", "10", "0", "100.0"],
        ["| 10.1-a", "10", "9", "0", "90.0"],
    ]
    assert then == [first[0], first[1].removesuffix(" |") + ", changed |"]


def test_every_reason_is_of_a_check_of_ours(kept: ModuleType) -> None:
    listed = kept.yaml.safe_load((ROOT / "tools" / "mutation" / "survivors.yaml").read_text("utf-8"))
    known = {path.stem for path in (ROOT / "policies" / "rego").glob("*/*-*.yaml")}

    assert set(listed) <= known
    assert all(
        {"line", "what", "why"} == set(entry) - {"changes_answer"}
        for entries in listed.values()
        for entry in entries
    )
