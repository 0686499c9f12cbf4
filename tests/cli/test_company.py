"""`company.yaml`: what is right is read, and everything that is wrong is named with its line, at once."""

import os
import sys
from zoneinfo import ZoneInfo

import pytest

from engine.cli.company import load_company
from engine.errors import ConfigurationError

RIGHT = """\
organisation: 示例公司
policy: {version: "2026-01"}
roles: {it: IT, hr: HR}
sources:
- id: reg
  type: register
  title: 群組登記表
  register: groups
  file: a.csv
  as_of: 2026-09-30
  departments: [FIN, ADM]
"""


@pytest.fixture
def load(tmp_path):
    def read(text):
        path = tmp_path / "company.yaml"
        path.write_text(text, encoding="utf-8")
        return load_company(path)

    return read


def complaint(load, text):
    with pytest.raises(ConfigurationError) as caught:
        load(text)
    assert caught.value.help
    return str(caught.value).splitlines()


def test_what_is_not_said_is_the_default(load, tmp_path):
    company = load(RIGHT)

    assert (company.organisation, company.zone, company.languages) == (
        "示例公司",
        ZoneInfo("Asia/Shanghai"),
        ("zh-Hant", "en"),
    )
    assert (company.policy.id, company.policy.version, company.roles) == (
        "communication-policy",
        "2026-01",
        {"it": "IT", "hr": "HR"},
    )
    assert (company.settings, company.packs, company.remarks(), company.calendar.name) == (
        {},
        (),
        (),
        "CN.json",
    )
    assert company.path == tmp_path / "company.yaml"


def test_whom_departments_tell_what_they_dispute_is_a_line_that_need_not_be_there(load):
    assert load(RIGHT).contact == ""
    assert load(f"contact: ' Li Xia, 8023 '\n{RIGHT}").contact == "Li Xia, 8023"
    assert complaint(load, f"contact: {'x' * 201}\n{RIGHT}")[0].startswith("company.yaml, line 1, contact: ")


def test_a_source_has_its_collector_and_its_options(load):
    (source,) = load(RIGHT).sources

    assert (source.id, source.type, source.title, source.departments) == (
        "reg",
        "register",
        "群組登記表",
        ("FIN", "ADM"),
    )
    assert (source.report_type, source.delivers, source.collector.type) == (
        "register:groups",
        ("register_entry",),
        "register",
    )
    assert (source.options.kind.name, source.options.file) == ("groups", "a.csv")


def test_another_source_delivers_what_its_collector_does(load):
    source = load(RIGHT + "- {id: inv, type: dpkg, folder: inv}\n").sources[1]

    assert (source.title, source.report_type, source.delivers) == (
        "inv",
        "dpkg",
        ("host", "software_install"),
    )


def test_everything_wrong_is_named_at_once_with_its_line(load):
    text = """\
organisation: 示例公司
timezone: Asia/Shanghia
calendar: CX
policy: {version: 2026.1}
languages: [zh-Hant, fr]
roles: {it: IT, hr: HR, x: 1}
sorces: []
sources:
- id: reg
  type: register
  register: grops
  file: a.csv
  sheeet: x
- id: inv
  type: dpgk
- id: inv 2
  type: dpkg
  titel: x
  secret: {env: A, file: B}
- 5
- {id: e, type: 7}
policies: x
"""

    lines = complaint(load, text)

    assert lines[:6] == [
        "company.yaml, line 2, timezone: found 'Asia/Shanghia', needs the name of a time zone like Asia/Shanghai",
        "company.yaml, line 3, calendar: found country 'CX', needs one of CN; or state file",
        "company.yaml, line 4, policy.version: found 2026.1, needs a text (in quotes if it looks like a number, a date, yes or no)",
        "company.yaml, line 5, languages.1: found 'fr', needs 'zh-Hant', 'en' or 'zh-Hans'",
        "company.yaml, line 6, roles.x: unknown key, needs one of it, hr",
        (
            "company.yaml, line 7, sorces: unknown key, did you mean sources? needs one of organisation, contact, timezone, calendar, "
            "policy, languages, roles, sources, registers, settings, policies, history, retention"
        ),
    ]
    assert [line.partition(": ")[0] for line in lines[6:]] == [
        "company.yaml, line 11, sources.0.register",
        "company.yaml, line 13, sources.0.sheeet",
        "company.yaml, line 15, sources.1.type",
        "company.yaml, line 16, sources.2.id",
        "company.yaml, line 18, sources.2.titel",
        "company.yaml, line 19, sources.2.secret",
        "company.yaml, line 20, sources.3",
        "company.yaml, line 21, sources.4.type",
        "company.yaml, line 22, policies",
    ]
    assert "did you mean groups?" in lines[6]
    assert "did you mean sheet?" in lines[7]
    assert "found 'dpgk', did you mean dpkg?" in lines[8]
    assert "did you mean title?" in lines[10]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "company.yaml, line 1: found no keys"),
        ("- a\n", "company.yaml, line 1: found no keys"),
        ("a: [\n", "company.yaml, line 2: no YAML: expected the node content, but found '<stream end>'"),
        ("a: &x 1\nb: *y\n", "company.yaml, line 2: no YAML: found undefined alias 'y'"),
        (f"{RIGHT}roles: {{}}\n", "company.yaml, line 12, roles: found the key twice"),
        (
            f"{RIGHT}calendar: {{file: own.json}}\n",
            "company.yaml, line 12, calendar: found no file own.json, needs one with the working days",
        ),
        (f"{RIGHT}calendar: {{}}\n", "company.yaml, line 12, calendar: needs either country or file"),
        (
            f"{RIGHT}- {{id: reg, type: dpkg, folder: x}}\n",
            "company.yaml, line 12, sources.1.id: found 'reg' again, every source has its own",
        ),
        (
            RIGHT.replace("sources:\n", "sources: []\nx:\n"),
            "company.yaml, line 4, sources: found [], needs at least one",
        ),
        (
            RIGHT.replace("organisation: 示例公司\n", ""),
            "company.yaml, line 1, organisation: found nothing, this key is needed",
        ),
        (
            RIGHT.replace("示例公司", "''"),
            "company.yaml, line 1, organisation: found '', needs a text that is not empty",
        ),
        (
            RIGHT.replace("  file: a.csv\n", ""),
            "company.yaml, line 5, sources.0.file: found nothing, this key is needed",
        ),
    ],
)
def test_one_thing_wrong_is_one_line(load, text, line):
    assert complaint(load, text)[0] == line


def test_a_secret_written_into_the_file_is_refused_and_not_repeated(load):
    for wrong in (
        "secret: hunter2",
        "secret: {env: [hunter2]}",
        "secret: {value: hunter2}",
        "token: hunter2",
    ):
        text = "\n".join(complaint(load, f"{RIGHT}  {wrong}\n"))

        assert "company.yaml, line 12" in text
        assert "hunter2" not in text


def test_a_secret_comes_from_the_environment_when_it_is_asked_for(load):
    (source,) = load(f"{RIGHT}  secret: {{env: CHAT_TOKEN}}\n").sources

    assert source.secret_value({"CHAT_TOKEN": "hunter2"}) == "hunter2"
    assert "hunter2" not in repr(source)
    with pytest.raises(ConfigurationError) as caught:
        source.secret_value({})
    assert str(caught.value) == (
        "company.yaml, line 12, sources.reg.secret.env: the variable CHAT_TOKEN is not set, needs the secret of reg"
    )


def test_a_secret_comes_from_a_file_beside_company_yaml(load, tmp_path):
    company = load(f"{RIGHT}  secret: {{file: token}}\n")
    (source,) = company.sources

    with pytest.raises(ConfigurationError, match=r"line 12, sources.reg.secret.file: token cannot be read"):
        source.secret_value()
    (tmp_path / "token").write_text("\n")
    with pytest.raises(ConfigurationError, match=r"token is empty"):
        source.secret_value()
    (tmp_path / "token").write_text("hunter2\n")
    assert source.secret_value() == "hunter2"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such permissions")
def test_a_secret_that_others_can_read_is_remarked_upon(load, tmp_path):
    company = load(f"{RIGHT}  secret: {{file: token}}\n")
    (tmp_path / "token").write_text("x")

    (tmp_path / "token").chmod(0o644)
    loose = company.remarks()
    (tmp_path / "token").chmod(0o600)

    assert loose == (
        "company.yaml, line 12, sources.reg.secret.file: others can read token; chmod 600 keeps it to this user",
    )
    assert company.remarks() == ()


def test_a_source_without_a_secret_has_none(load):
    assert load(RIGHT).sources[0].secret_value() == ""


def test_a_calendar_and_packs_of_the_company_lie_beside_its_file(load, tmp_path):
    (tmp_path / "own.json").write_text("{}")

    company = load(
        f"{RIGHT}calendar: {{file: own.json}}\npolicies: [rules]\nsettings: {{dormant_days: 60}}\n"
    )

    assert (company.calendar, company.packs) == (tmp_path / "own.json", (tmp_path / "rules",))
    assert company.settings == {"dormant_days": 60}


def test_a_file_that_cannot_be_read_is_one_line(tmp_path):
    (tmp_path / "latin.yaml").write_bytes(b"\xff\xfe\xff")

    for name, why in (("none.yaml", os.strerror(2)), ("latin.yaml", "it is not UTF-8")):
        with pytest.raises(ConfigurationError) as caught:
            load_company(tmp_path / name)
        assert str(caught.value) == f"{name}: cannot be read ({why})"
