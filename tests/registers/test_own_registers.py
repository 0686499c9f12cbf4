"""A list that a company declares itself, from `company.yaml` to the report, and every way in which it can be missing."""

import json
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from own_registers import called, write_company

from engine.audit.documents import sources_of
from engine.canonical import load
from engine.checks.catalogue import load_catalogue
from engine.checks.law import broken
from engine.checks.lint import lint
from engine.checks.variants import variants
from engine.cli.company import load_company
from engine.opa import Rules, RuleSet, load_rules
from engine.opa.trial import trying
from engine.snapshot import open_snapshot
from engine.snapshot.validated import validate

POLICIES = Path(__file__).parents[2] / "policies"
PERMIT = "parking/registers.parking_permits/P-1"


def results(snapshot: Path, config: Path) -> dict[str, tuple[str, str]]:
    done = called("checks", "run", "5.3-x", snapshot, "-c", config, "--format", "json")
    assert done.exit_code == 0, done.output
    return {row["department"]: (row["result"], row["reason"]) for row in json.loads(done.stdout)}


def states(snapshot: Path) -> str:
    """How complete the register is, as an audit takes it."""
    return sources_of(open_snapshot(snapshot), timedelta(days=31)).states["*"]["registers.parking_permits"]


def collected(config: Path, into: str = "snapshot") -> Path:
    done = called("collect", "-c", config, "--into", config.parent / into, "--as-of", "2026-09-30")
    assert done.exit_code == 0, done.output
    return config.parent / into


def changed(config: Path, *changes: tuple[str, str]) -> Path:
    text = config.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    config.write_text(text, "utf-8")
    return config


def test_a_list_becomes_facts_in_the_shard_of_whose_row_it_is(permits: Path):
    snapshot = open_snapshot(permits)
    rows = {
        code: load(snapshot.shard(code))["registers"]["parking_permits"]
        for code in ("FIN", "IT", "GD", "_company")
    }

    assert rows["FIN"][0] == {
        "uid": PERMIT,
        "number": "P-1",
        "holder": "hr/person/003",
        "plate": "滬A·12345",
        "expires_on": "2026-12-31",
        "expires_on_starts_at": "2026-12-30T16:00:00Z",
        "expires_on_ends_at": "2026-12-31T16:00:00Z",
        "state": "valid",
        "unknown": {},
    }
    assert {code: [row["number"] for row in found] for code, found in rows.items()} == {
        "FIN": ["P-1", "P-2"],
        "IT": ["P-4"],
        "GD": [],
        "_company": ["P-3"],
    }
    assert rows["_company"][0]["unknown"] == {"holder": "not_collected"}
    assert "expires_on" not in rows["FIN"][1]
    assert rows["FIN"][1]["unknown"] == {}
    validate(snapshot)


def rules_of(config: Path, check: str, *folders: Path) -> RuleSet:
    """The rules that a check of packs needs, and no others: quicker to try."""
    rego = POLICIES / "rego"
    rules = load_rules(
        Rules(rego, POLICIES / "capabilities.json", packs=folders or (config.parent / "pack",))
    )
    return rules.needed(check, "")


def test_the_check_of_the_page_is_right_by_its_tests_the_law_and_the_lint(own: Path, opa: Path):
    pack, registers = own.parent / "pack", load_company(own).registers
    catalogue = load_catalogue(POLICIES, [pack])
    test = pack / "5.3" / "5.3-x_test.rego"
    command = [opa, "test", "--ignore", "*.yaml", POLICIES / "rego" / "lib", pack]
    tested = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)

    assert tested.returncode == 0, tested.stdout
    with trying(opa) as ask:
        assert broken(ask, rules_of(own, "5.3-x"), test, registers) == []
        assert "input: no facts are called registers.parking_permits" in "".join(
            broken(ask, rules_of(own, "5.3-x"), test)
        )
    assert lint(opa, rules_of(own, "5.3-x"), catalogue, [test], registers) == []


def test_the_law_tries_every_column_of_a_row(own: Path):
    row = {"uid": PERMIT, "number": "P-1", "holder": "hr/person/003", "state": "valid", "unknown": {}}
    document = {"input": {"registers": {"parking_permits": [row]}}}

    names = {variant.name.partition(": ")[2] for variant in variants(document, load_company(own).registers)}

    assert names == {
        "holder dropped",
        "holder not known",
        "holder leads nowhere",
        "state dropped",
        "state not known",
        "state set to unknown",
    }


def test_without_its_columns_nobody_says_whether_a_rule_is_right(own: Path):
    for words in (("lint",), ("test", "5.3-x")):
        done = called("checks", *words, "--policies", own.parent / "pack")

        assert done.exit_code == 2
        assert "5.3-x: reads registers.parking_permits, which is not declared here" in done.stderr


def test_a_field_that_no_column_declares_is_named_and_nothing_is_audited(
    permits: Path, opa: Path, tmp_path: Path
):
    config = write_company(tmp_path)
    rule = tmp_path / "pack" / "5.3" / "5.3-x.rego"
    rule.write_text(rule.read_text("utf-8").replace("permit.state", "permit.stat"), "utf-8")
    catalogue = load_catalogue(POLICIES, [tmp_path / "pack"])

    linted = lint(opa, rules_of(config, "5.3-x"), catalogue, (), load_company(config).registers)
    tried = called("checks", "run", "5.3-x", permits, "-c", config)

    assert {problem.found for problem in linted} == {"permit.stat: no fact has a field stat"}
    assert tried.exit_code == 1
    assert "undefined ref: permit.stat" in tried.stderr


@pytest.mark.usefixtures("opa")
def test_a_finding_about_a_row_stands_in_the_reports_of_its_department_in_both_languages(
    own: Path, permits: Path
):
    folder = own.parent
    audited = called("audit", permits, "-c", own, "--into", folder / "run", "--first-run")
    reported = called("report", folder / "run", "--into", folder / "reports", "--format", "html")

    assert (audited.exit_code, reported.exit_code) == (0, 0), audited.output
    found = [
        json.loads(line)
        for line in (folder / "run" / "findings.jsonl").read_text("utf-8").splitlines()
        if '"5.3-x"' in line
    ]
    assert [(row["department"], [one["subject"] for one in row["instances"]]) for row in found] == [
        ("FIN", [PERMIT])
    ]
    for language, sentence in (
        ("en", "P-1: 陳平 has left, and the permit is still valid."),
        ("zh-Hant", "P-1：陳平已離職，停車證仍有效。"),
    ):
        page = (folder / "reports" / "departments" / f"FIN.{language}.html").read_text("utf-8")
        assert sentence in page
    explained = called("explain", folder / "run", found[0]["number"], "--snapshot", permits)
    assert "滬A·12345" in explained.stdout
    assert '"number":"P-1"' in explained.stdout


@pytest.mark.usefixtures("opa")
def test_a_register_that_is_not_whole_lets_nothing_pass_and_accuses_nobody(tmp_path: Path):
    config = write_company(tmp_path)
    file = tmp_path / "registers" / "parking.csv"
    good = file.read_text("utf-8")
    everywhere = ("FIN", "GD", "IT", "_company")

    file.write_text(good.replace("author,004", "author,004\nrows,5"), "utf-8")
    partial = results(collected(config, "partial"), config)
    file.write_text(good.replace("2026-09-30", "2026-06-30", 1), "utf-8")
    stale = states(collected(config, "stale"))
    file.unlink()
    failed = results(collected(config, "failed"), config)
    changed(
        config,
        ("  - {id: parking, type: register, register: parking_permits, file: registers/parking.csv}\n", ""),
    )
    absent = states(collected(config, "absent"))

    # a violation that is proven by what is there stands; nothing else is decided
    assert partial == dict.fromkeys(everywhere, ("not_assessed", "source_partial")) | {"FIN": ("fail", "")}
    assert failed == dict.fromkeys(everywhere, ("not_assessed", "source_failed"))
    assert (stale, absent) == ("stale", "not_configured")


@pytest.mark.usefixtures("opa")
def test_a_snapshot_from_before_the_register_was_declared_is_not_assessed(tmp_path: Path):
    config = write_company(tmp_path)
    whole = config.read_text("utf-8")
    start, end = whole.index("registers:\n"), whole.index("sources:\n")
    without = whole[:start] + "".join(
        line + "\n" for line in whole[end:].splitlines() if "parking" not in line
    )
    config.write_text(without.replace("policies: [pack]\n", ""), "utf-8")
    snapshot = collected(config)
    config.write_text(whole, "utf-8")

    assert "registers" not in load(snapshot / "manifest.json")
    assert set(results(snapshot, config).values()) == {("not_assessed", "not_collected")}


def test_every_cell_that_cannot_be_read_is_named_at_once(tmp_path: Path):
    config = write_company(tmp_path)
    rows = [
        "證號,持有人,車牌,到期日,狀態",
        "P-1,003,A,2026-13-31,有效",
        ",002,B,,好",
        "P-3,?,C,,有效,x",
        "P-3,004,D,,valid",
    ]
    (tmp_path / "registers" / "parking.csv").write_text(
        "\n".join(["as of,2026-09-30", "author,004", *rows]), "utf-8"
    )

    report = next(
        source for source in load(collected(config) / "manifest.json")["sources"] if source["id"] == "parking"
    )
    assert report["completeness"] == "failed"
    assert report["problems"][0].splitlines() == [
        "registers/parking.csv, row 4, column 到期日: found '2026-13-31', needs a date like 2026-09-30",
        "registers/parking.csv, row 5, column 證號: found nothing, needs a name, code or number",
        "registers/parking.csv, row 5, column 狀態: found '好', needs one of valid, withdrawn, unknown",
        "registers/parking.csv, row 6: found 'x' beyond the last heading",
        "registers/parking.csv, row 7: found 'P-3' again, it stands in row 6",
    ]
    tried = called("collect", "-c", config, "--only", "parking", "--check", "--as-of", "2026-09-30").stdout
    assert tried.splitlines() == [
        "parking: failed: nothing",
        *(f"  {line}" for line in report["problems"][0].splitlines()),
    ]


@pytest.mark.parametrize(("line", "said"), [("as of", "found no as_of"), ("author", "found no author")])
def test_a_list_without_its_day_or_its_author_is_not_read(tmp_path: Path, line: str, said: str):
    config = write_company(tmp_path)
    file = tmp_path / "registers" / "parking.csv"
    kept = [row for row in file.read_text("utf-8").splitlines() if not row.startswith(line)]
    file.write_text("\n".join(kept), "utf-8")

    done = called("collect", "-c", config, "--only", "parking", "--check", "--as-of", "2026-09-30")

    assert done.exit_code == 1
    assert said in done.stdout


def test_a_list_without_a_department_is_the_companys(tmp_path: Path):
    config = changed(write_company(tmp_path), ("    department: holder\n", ""), ("policies: [pack]\n", ""))

    snapshot = open_snapshot(collected(config))

    assert [row["number"] for row in snapshot.company()["registers"]["parking_permits"]] == [
        "P-1",
        "P-2",
        "P-3",
        "P-4",
    ]
    assert "registers" not in load(snapshot.shard("FIN"))
    validate(snapshot)


def test_a_corrected_snapshot_keeps_no_rows_of_other_columns(tmp_path: Path):
    config = write_company(tmp_path)
    snapshot = collected(config)
    again = ("collect", "-c", config, "--previous", snapshot, "--only")

    changed(config, ("{kind: text, heading: 車牌}", "{kind: name, heading: 車牌}"))
    refused = called(*again, "hr", "--into", tmp_path / "hr")
    mended = called(*again, "parking", "--into", tmp_path / "mended")

    assert refused.exit_code == 2
    assert "registers.parking_permits: is declared otherwise" in refused.stderr
    assert mended.exit_code == 0, mended.output
    assert open_snapshot(tmp_path / "mended").declared[0].columns[2].kind == "name"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: person", "kind: persn", "parking_permits.columns.holder.kind: found 'persn'"),
        ("key: number", "key: nummer", "key: found 'nummer', needs one of its columns"),
        ("department: holder", "department: plate", "needs a column of kind department or person"),
        ("heading: 車牌", "headnig: 車牌", "unknown key, did you mean heading?"),
        ("  parking_permits:\n", "  groups:\n", "found 'groups', which Clausewise knows already"),
        ("      plate:", "      uid:", "found 'uid', which means something else already"),
        ("      plate:", "      some:", "found 'some', which means something else already"),
        ("      plate:", "      expires_on_ends_at:", "which means something else already"),
        (", values: {valid: 有效, withdrawn: 已註銷}", "", "needs values if kind is enumeration"),
        ("withdrawn: 已註銷", "withdrawn: 有效", "'有效' stands for two values"),
        ("heading: 車牌", "heading: 證號", "two are called '證號'"),
        ("register: parking_permits", "register: parking_permit", "did you mean parking_permits?"),
    ],
)
def test_a_declaration_that_is_wrong_is_refused_with_its_line_once(
    tmp_path: Path, old: str, new: str, said: str
):
    config = changed(write_company(tmp_path), (old, new))

    done = called("coverage", "-c", config)

    assert done.exit_code == 1
    lines = done.stderr.splitlines()[:-1]
    assert said in "\n".join(lines)
    assert sum(line.count("company.yaml, line ") for line in lines) <= 2
    assert lines[0].startswith("error: company.yaml, line ")


def test_coverage_says_what_a_check_of_an_own_register_lacks(own: Path, tmp_path: Path):
    line = "  - {id: parking, type: register, register: parking_permits, file: registers/parking.csv}\n"
    without = changed(write_company(tmp_path), (line, ""))

    have, lack = (called("coverage", "-c", config).stdout for config in (own, without))

    assert next(row for row in have.splitlines() if "5.3-x" in row).split("│")[3].strip() == "yes"
    assert (
        "registers.parking_permits (a source of that register, declared under registers in company.yaml) would add 5.3-x"
        in lack
    )


def test_a_new_check_about_an_own_register_keeps_the_law(own: Path, opa: Path, tmp_path: Path):
    made = called(
        "checks", "new", "5.3-z", "--into", tmp_path, "--about", "registers.parking_permits", "-c", own
    )

    assert made.exit_code == 0, made.output
    test = tmp_path / "5.3" / "5.3-z_test.rego"
    with trying(opa) as ask:
        assert broken(ask, rules_of(own, "5.3-z", tmp_path), test, load_company(own).registers) == []
