"""The commands about the history, on the demo's two quarters."""

from engine.canonical import load


def test_two_quarters_are_shown_as_they_follow_from_each_other(clausewise, demo, tmp_path):
    where = tmp_path / "history.db"
    taken = clausewise("history", "import", demo / "run", demo / "previous" / "run", "--history", where)
    shown = clausewise("history", "show", "--history", where)

    assert (taken.returncode, shown.returncode) == (0, 0), taken.stderr + shown.stderr
    rows = load(demo / "run" / "history.json")["company"]
    first, second = (row["roll"]["findings"] for row in rows)
    assert first["closing"] == second["opening"]
    assert f"  2026Q2  0 opening + {first['new']} new = {first['closing']} closing" in shown.stdout
    assert f"= {second['closing']} closing" in shown.stdout
    assert "does not follow" not in shown.stdout


def test_a_history_that_is_not_there_is_not_begun_by_looking_at_it(clausewise, tmp_path):
    done = clausewise("history", "show", cwd=tmp_path)

    assert done.returncode == 1
    assert "history.db: no history here" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_department_without_findings_is_said_to_have_none_and_not_to_be_unknown(clausewise, demo, tmp_path):
    where = tmp_path / "history.db"
    clausewise("history", "import", demo / "run", "--history", where)
    done = clausewise("history", "show", "--history", where, "--department", "LEG")

    assert done.returncode == 1
    assert "--department: found 'LEG', of which the history has no finding" in done.stderr
    assert "name one of CS, FIN, GD, HR, IT, " in done.stderr
