"""Coverage asks of sources what sources can give: what the audit makes of earlier runs is no gap of theirs."""

from click.testing import CliRunner

from engine.checks.catalogue import load_catalogue
from engine.cli import cli
from engine.cli.covering import FROM_HISTORY, missing
from engine.cli.places import fixtures, policies

COMPANY = fixtures() / "company" / "2026Q3" / "company.yaml"


def test_earlier_findings_come_from_the_history_and_not_from_a_source():
    done = CliRunner().invoke(cli, ["coverage", "-c", str(COMPANY)])
    rows = {line.split("│")[1].strip(): line for line in done.stdout.splitlines() if "│" in line}

    assert [rows[check].split("│")[3].strip() for check in ("9.2-b", "9.3-a")] == ["yes", "yes"]
    assert "no collector yet" not in done.stdout
    told = "9.2-b, 9.3-a, 9.3-b, 9.3-c look at earlier findings: the audit needs --previous, or --first-run"
    assert told in done.stdout


def test_what_a_check_lacks_is_named_once():
    checks = load_catalogue(policies(), ()).checks

    assert missing(checks["7.2-b"], set(FROM_HISTORY)) == [
        "backup_plan", "restore_point", "approval", "backup_run"
    ]  # fmt: skip
    assert missing(checks["7.2-c"], set(FROM_HISTORY)).count("backup_plan") == 1
