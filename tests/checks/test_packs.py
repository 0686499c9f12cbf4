"""A pack adds checks and clauses; what it replaces or changes is declared, told everywhere, and everything else is refused by name."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from engine.checks.catalogue import load_catalogue
from engine.checks.draft import drafted
from engine.errors import AuditError
from engine.opa import Rules, load_rules
from engine.settings import resolve

WHY = {"zh-Hant": "本公司更嚴格", "en": "We are stricter"}
THIS = "tests/checks/test_packs.py"
TITLES = {"zh-Hant": "自訂檢查", "en": "A check of our own"}

Written = Callable[..., Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Writes a pack: checks as drafts with changes of their description, and its own file."""

    def write(name: str = "ours", *, file: dict | None = None, **checks: dict) -> Path:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        for key, changes in checks.items():
            id_ = key.removeprefix("c").replace("_", ".")
            id_ = f"{id_[:-1]}-{id_[-1]}"
            for file_name, text in drafted(id_, "account", "automated", "high", TITLES).items():
                path = folder / id_.rpartition("-")[0] / file_name
                path.parent.mkdir(exist_ok=True)
                path.write_text(text, "utf-8")
            described = folder / id_.rpartition("-")[0] / f"{id_}.yaml"
            body = {**yaml.safe_load(described.read_text("utf-8")), **changes}
            described.write_text(yaml.safe_dump(body, allow_unicode=True), "utf-8")
        if file is not None:
            (folder / "pack.yaml").write_text(yaml.safe_dump(file, allow_unicode=True), "utf-8")
        return folder

    return write


@pytest.fixture
def loaded(policies):
    def load(*packs: Path):
        load_rules(Rules(policies / "rego", policies / "capabilities.json", packs=packs))
        return load_catalogue(policies, packs)

    return load


@pytest.fixture
def refused(loaded):
    def refuse(*packs: Path) -> str:
        with pytest.raises(AuditError) as caught:
            loaded(*packs)
        assert caught.value.help
        return str(caught.value)

    return refuse


def test_a_check_replaces_another_by_saying_so_with_a_reason(written: Written, loaded):
    catalogue = loaded(written(c5_3x={"replaces": "5.3-a", "reason": WHY}))

    document = catalogue.document()
    rows = {row["id"]: row for row in document["checks"]}
    assert rows["5.3-a"]["replaced_by"] == ["5.3-x"]
    assert catalogue.standings["5.3-a"].periods == ()
    assert not catalogue.standings["5.3-x"].limited
    assert document["packs"][0]["replaces"] == [{"check": "5.3-a", "by": "5.3-x", "reason": WHY}]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"replaces": "5.3-a"}, "`replaces` needs one in zh-Hant and en"),
        ({"replaces": "5.3-a", "reason": {"en": "so"}}, "`replaces` needs one in zh-Hant and en"),
        ({"reason": WHY}, "nothing else has one"),
        ({"replaces": "5.3-q", "reason": WHY}, "5.3-x replaces 5.3-q, and there is no such check"),
        ({"replaces": "6.1.1-a", "reason": WHY}, "5.3-x replaces 6.1.1-a, which stands for another clause"),
        ({"replaces": "5.3-x", "reason": WHY}, "5.3-x replace each other"),
        ({"in_force": {"from": "2026-08-01", "until": "2026-07-31"}}, "until 2026-07-31 is before from"),
    ],
)
def test_a_replacement_that_does_not_hold_together_is_refused(written: Written, refused, changes, why):
    assert why in refused(written(c5_3x=changes))


def test_two_checks_in_one_place_on_one_day_are_refused_both_by_name(written: Written, refused):
    one = {"replaces": "5.3-a", "reason": WHY, "in_force": {"until": "2026-08-01"}}
    other = {"replaces": "5.3-a", "reason": WHY, "in_force": {"from": "2026-08-01"}}

    assert refused(written(c5_3x=one, c5_3y=other)).startswith("5.3-x and 5.3-y both replace 5.3-a")


def test_clauses_defaults_texts_and_words_are_changed_by_the_packs_own_file(written: Written, loaded):
    catalogue = loaded(
        written(
            file={
                "chapters": [{"id": "11", "title": TITLES}],
                "clauses": [{"id": "6.1.4", "title": TITLES}, {"id": "11.1", "title": TITLES}],
                "settings": {"leaver_grace_days": {"default": 0, "reason": WHY}},
                "checks": {"5.3-a": {"reason": WHY, "texts": {"en": {"title": "Leavers are gone"}}}},
                "values": {"very_odd": {"zh-Hant": "很奇怪", "en": "very odd"}},
            },
            c6_1_4a={},
            c11_1a={},
        )
    )

    order = [clause.id for clause in catalogue.policy.clauses]
    assert order.index("6.1.3") + 1 == order.index("6.1.4")
    assert order[-1] == "11.1"
    assert {"6.1.4-a", "11.1-a"} <= set(catalogue.checks)
    assert catalogue.checks["5.3-a"].texts["en"].title == "Leavers are gone"
    assert "2026" not in catalogue.checks["5.3-a"].texts["zh-Hant"].title
    assert catalogue.words["very_odd"]["en"] == "very odd"
    settings = resolve(catalogue.settings, {}, "default", catalogue.origins)
    assert (settings.values["leaver_grace_days"], settings.origin["leaver_grace_days"]) == (0, "pack ours")
    settings = resolve(catalogue.settings, {"leaver_grace_days": 3}, "company.yaml", catalogue.origins)
    assert settings.origin["leaver_grace_days"] == "company.yaml"
    told = catalogue.document()["packs"][0]
    assert told["clauses"] == ["6.1.4", "11.1"]
    assert told["settings"] == [{"name": "leaver_grace_days", "value": 0, "reason": WHY}]
    assert told["texts"] == [{"check": "5.3-a", "texts": ["en.title"], "reason": WHY}]


@pytest.mark.parametrize(
    ("file", "why"),
    [
        ({"clauses": [{"id": "5.3", "title": TITLES}]}, "clause 5.3 is there already"),
        ({"clauses": [{"id": "12.1", "title": TITLES}]}, "clause 12.1 is in no chapter"),
        ({"clauses": [{"id": "6.1.4", "title": {"en": "x"}}]}, "clause 6.1.4: a text is missing"),
        ({"chapters": [{"id": "5", "title": TITLES}]}, "chapter 5 is there already"),
        ({"settings": {"leaver_grace_days": {"default": 0}}}, "settings.leaver_grace_days.reason"),
        (
            {"settings": {"leaver_grace_days": {"default": 9999, "reason": WHY}}},
            "settings.leaver_grace_days: found 9999",
        ),
        ({"settings": {"nothing": {"default": 1, "reason": WHY}}}, "settings.nothing: no check declares it"),
        (
            {"checks": {"5.3-q": {"reason": WHY, "texts": {"en": {"title": "x"}}}}},
            "checks.5.3-q: no such check",
        ),
        ({"checks": {"5.3-a": {"texts": {"en": {"title": "x"}}}}}, "checks.5.3-a.reason"),
        ({"checks": {"5.3-a": {"reason": WHY, "texts": {"en": {"titel": "x"}}}}}, "titel"),
        ({"checks": {"5.3-a": {"reason": WHY, "texts": {"en": {"finding": "{nobody}"}}}}}, "nobody"),
        (
            {"checks": {"5.3-a": {"reason": WHY, "texts": {"en": {"title": "x"}}, "severity": "low"}}},
            "checks.5.3-a.severity",
        ),
        ({"values": {"active": TITLES}}, "values.active: is there already"),
        ({"rules": {}}, "rules"),
    ],
)
def test_a_change_that_is_not_allowed_is_refused_with_file_and_place(written: Written, refused, file, why):
    message = refused(written(file=file, c5_3x={}))

    assert message.startswith(str(written() / "pack.yaml"))
    assert why in message


def test_two_packs_do_not_change_the_same_thing(written: Written, refused):
    setting = {"settings": {"leaver_grace_days": {"default": 0, "reason": WHY}}}
    texts = {"checks": {"5.3-a": {"reason": WHY, "texts": {"en": {"title": "x"}}}}}

    for file, what in ((setting, "settings.leaver_grace_days: pack p"), (texts, "checks.5.3-a: pack p")):
        assert what in refused(written("p", file=file), written("q", file=file))


def test_hostile_a_second_definition_of_a_check_of_the_project(written: Written, refused):
    message = refused(written(c5_3a={}))

    assert (
        'ours/5.3/5.3-a.rego: declares package checks["5.3-a"], which rego/5.3/5.3-a.rego declares' in message
    )


def test_hostile_a_second_description_alone(written: Written, policies):
    pack = written(c5_3a={})
    (pack / "5.3" / "5.3-a.rego").write_text('package checks["5.3-a"]\n')

    with pytest.raises(AuditError, match=r"check 5\.3-a is already described") as caught:
        load_catalogue(policies, [pack])
    assert "replaces: 5.3-a" in caught.value.help


def test_hostile_a_second_rule_for_a_check_of_its_own(written: Written, refused, policies):
    pack = written(c5_3x={})
    (pack / "more").mkdir()
    second = pack / "more" / "5.3-x.rego"
    second.write_text((pack / "5.3" / "5.3-x.rego").read_text("utf-8"), "utf-8")

    assert "ours/more/5.3-x.rego: a second definition of check 5.3-x" in refused(pack)
    with pytest.raises(AuditError, match=r"more/5\.3-x\.rego: a second definition"):
        load_catalogue(policies, [pack])


@pytest.mark.parametrize(
    "package", ["lib.accounts", "lib.accounts.more", "lib", "audit", "checks", "system.log"]
)
def test_hostile_a_helper_or_a_report_under_the_projects_names(written: Written, refused, package):
    pack = written(c5_3x={})
    (pack / "lib").mkdir()
    (pack / "lib" / "help.rego").write_text(f"package {package}\n\nreport := {{}}\n")

    assert f"ours/lib/help.rego: declares package {package}" in refused(pack)


def test_hostile_a_pack_called_as_a_library_of_the_project(written: Written, refused):
    pack = written("accounts", c5_3x={})
    (pack / "lib").mkdir()
    (pack / "lib" / "help.rego").write_text("package lib.accounts.closed\n\nreport := {}\n")

    assert "accounts/lib/help.rego: declares package lib.accounts.closed" in refused(pack)


def test_every_report_and_every_list_says_what_a_pack_replaces(
    written: Written, clausewise: Callable, audited: Callable, demo: Path
):
    pack = written(
        file={"settings": {"dormant_days": {"default": 45, "reason": WHY}}},
        c5_3x={"replaces": "5.3-a", "reason": WHY},
        c6_1_1x={"in_force": {"until": "2026-08-31"}},
        c6_1_1y={"replaces": "6.1.1-x", "reason": WHY, "in_force": {"from": "2026-09-01"}},
        c6_1_1z={"in_force": {"from": "2026-10-01"}},
        c6_1_2x={"in_force": {"until": "2026-08-31", "by": "day"}},
    )
    options = ("--policies", pack)

    run, told = audited("replaced", *options, "--previous", demo / "previous" / "run", also=(THIS,))

    assert "5.3-x replaces 5.3-a: We are stricter" in told
    results = [json.loads(line) for line in (run / "results.jsonl").read_text("utf-8").splitlines()]
    said = {
        id_: {(row["result"], row["reason"]) for row in results if row["check"] == id_}
        for id_ in ("5.3-a", "6.1.1-x", "6.1.1-z")
    }
    assert said == {
        "5.3-a": {("not_applicable", "replaced")},
        "6.1.1-x": {("not_applicable", "replaced")},
        "6.1.1-z": {("not_applicable", "not_in_force")},
    }
    for id_ in ("5.3-x", "6.1.1-y", "6.1.2-x"):
        assert {row["result"] for row in results if row["check"] == id_} & {"fail", "pass"}, id_
    findings = [json.loads(line) for line in (run / "findings.jsonl").read_text("utf-8").splitlines()]
    assert [row for row in findings if row["check"] == "5.3-a"] == []
    pages = sorted((run.parent / "reports").rglob("*.html"))
    assert len(pages) > 20
    for page in pages:
        said = page.read_text("utf-8")
        assert "We are stricter" in said or "本公司更嚴格" in said, page
    for command, where in (
        (("checks", "list", *options), "replaced by 5.3-x"),
        (("checks", "show", "5.3-x", *options), "because: We are stricter"),
        (("diff", demo / "run", run), "5.3-x replaces 5.3-a: We are stricter (new)"),
    ):
        assert where in clausewise(*command).stdout


def test_what_a_pack_replaces_persists_under_the_check_that_stands_in_its_place(
    clausewise: Callable, audited: Callable, policies: Path, demo: Path, tmp_path: Path
):
    pack = tmp_path / "ours"
    (pack / "6.1.2").mkdir(parents=True)
    for path in (policies / "rego" / "6.1.2").glob("6.1.2-c*"):
        changed = path.read_text("utf-8").replace("6.1.2-c", "6.1.2-x")
        if path.suffix == ".yaml":
            changed = yaml.safe_dump(
                {**yaml.safe_load(changed), "replaces": "6.1.2-c", "reason": WHY}, allow_unicode=True
            )
        (pack / "6.1.2" / path.name.replace("6.1.2-c", "6.1.2-x")).write_text(changed, "utf-8")
    run, _ = audited("inherited", "--policies", pack, "--previous", demo / "previous" / "run", also=(THIS,))

    said = clausewise("diff", demo / "previous" / "run", run).stdout.splitlines()
    back = clausewise("diff", run, demo / "run").stdout.splitlines()

    findings = [
        json.loads(line)
        for line in (demo / "previous" / "run" / "findings.jsonl").read_text("utf-8").splitlines()
    ]
    kept = [row for row in findings if row["check"] == "6.1.2-c"]
    assert kept
    for row in kept:
        (line,) = (line for line in said if row["number"] in line)
        assert line.startswith(
            f"finding persisting: {row['number']} 6.1.2-c (now 6.1.2-x) in {row['department']}, "
        )
        (line,) = (line for line in back if row["number"] in line)
        assert line.startswith(f"finding persisting: {row['number']} 6.1.2-x (now 6.1.2-c) in ")
    assert not [line for line in said if line.startswith("finding closed") and "6.1.2-c" in line]


def test_a_check_is_shown_with_what_a_pack_words_of_it(written: Written, clausewise: Callable):
    words = {"zh-Hant": {"title": "離職即停"}, "en": {"title": "Gone is gone", "effect": "They read on."}}
    pack = written(file={"checks": {"5.3-a": {"texts": words, "reason": WHY}}})

    shown, other = (
        clausewise("checks", "show", id_, "--policies", pack).stdout for id_ in ("5.3-a", "5.3-b")
    )

    assert "Gone is gone" in shown
    assert "pack ours words en.effect, en.title, zh-Hant.title: We are stricter" in shown
    assert "pack ours" not in other
