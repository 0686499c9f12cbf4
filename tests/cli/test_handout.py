"""What a department is given holds its own and nothing of the others; an archive opens for who has its password."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import pyzipper
from click.testing import CliRunner, Result

from engine.cli import cli

PASSWORDS = {"IT": "hao-long-enough-1", "FIN": "hao-long-enough-2"}


def _called(*words: object, **environment: str) -> Result:
    return CliRunner().invoke(cli, ["handout", *map(str, words)], env=environment)


@pytest.fixture(scope="module")
def laid(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("handout") / "out"
    done = _called(demo / "reports", "--into", folder)
    assert done.exit_code == 0, done.stderr
    return folder


def _model(demo: Path) -> Any:
    return json.loads((demo / "reports" / "model.json").read_bytes())


def test_each_department_has_a_folder_with_its_pages_and_lists_and_nothing_else(laid: Path, demo: Path):
    for department in _model(demo)["departments"]:
        file = department["file"]
        assert sorted(path.name for path in (laid / file).iterdir()) == sorted(
            [
                "manifest.json",
                *(
                    f"{file}.{language}.{kind}"
                    for language in ("en", "zh-Hans", "zh-Hant")
                    for kind in ("html", "xlsx")
                ),
            ]
        )
        for path in (laid / file).iterdir():
            if path.name != "manifest.json":
                assert path.read_bytes() == (demo / "reports" / "departments" / path.name).read_bytes()


def test_a_folder_can_be_verified_without_the_others(laid: Path, tmp_path: Path):
    alone = Path(shutil.copytree(laid / "IT", tmp_path / "IT"))

    assert CliRunner().invoke(cli, ["verify", str(alone)]).exit_code == 0


def test_a_page_says_nothing_of_what_was_found_elsewhere(laid: Path, demo: Path):
    """Neither a finding nor a report of another department, nor a link to one, nor what the company adds up to."""
    model = _model(demo)
    owners = {
        finding["number"]: department["code"]
        for department in model["departments"]
        for finding in (*department["findings"], *department["waived"], *department["closed"])
    }
    reports = {department["report"]: department["code"] for department in model["departments"]}

    for department in model["departments"]:
        for path in (laid / department["file"]).glob("*.html"):
            page = path.read_text("utf-8")
            foreign = [
                number
                for number, code in (owners | reports).items()
                if code != department["code"] and f"{number}<" in page
            ]
            assert foreign == [], path.name
            assert set(re.findall(r'href="([^"]*)"', page)) == set(re.findall(r'href="(#[^"]*)"', page))
            assert "overview." not in page


def test_archives_open_with_their_own_password_only_and_hold_the_same(laid: Path, demo: Path, tmp_path: Path):
    done = _called(
        demo / "reports", "--into", tmp_path / "zips", "--department", "IT", "--department", "FIN", "--encrypt",
        "--password-env", "CW", CW_IT=PASSWORDS["IT"], CW_FIN=PASSWORDS["FIN"],
    )  # fmt: skip

    assert done.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "zips").iterdir()) == ["FIN.zip", "IT.zip"]
    assert not any(password in done.output for password in PASSWORDS.values())
    for code, password in PASSWORDS.items():
        with pyzipper.AESZipFile(tmp_path / "zips" / f"{code}.zip") as archive:
            assert {(info.wz_aes_strength, info.flag_bits & 1) for info in archive.infolist()} == {(3, 1)}
            for name in archive.namelist():
                with pytest.raises(RuntimeError):
                    archive.read(
                        name, pwd=next(other for other in PASSWORDS.values() if other != password).encode()
                    )
                assert archive.read(name, pwd=password.encode()) == (laid / name).read_bytes()
            assert set(archive.namelist()) == {
                f"{code}/{path.name}" for path in (laid / code).iterdir() if path.name != "manifest.json"
            }


def test_passwords_come_from_a_file_too(demo: Path, tmp_path: Path):
    (tmp_path / "secret").write_text("IT: " + PASSWORDS["IT"] + "\n\nFIN: " + PASSWORDS["FIN"] + "\n")
    done = _called(
        demo / "reports",
        "--into",
        tmp_path / "zips",
        "--department",
        "IT",
        "--encrypt",
        "--password-file",
        tmp_path / "secret",
    )

    assert done.exit_code == 0
    with pyzipper.AESZipFile(tmp_path / "zips" / "IT.zip") as archive:
        assert archive.read("IT/IT.en.html", pwd=PASSWORDS["IT"].encode())


@pytest.mark.parametrize(
    ("words", "environment", "says"),
    [
        (["--password-env", "CW"], {"CW_IT": PASSWORDS["IT"]}, "CW_FIN"),
        (["--password-env", "CW"], {"CW_IT": PASSWORDS["IT"], "CW_FIN": "short"}, "FIN has less than 12"),
        (["--password-env", "CW"], dict.fromkeys(("CW_IT", "CW_FIN"), PASSWORDS["IT"]), "the same password"),
        (["--password-file", "nowhere"], {}, "cannot be read"),
        ([], {}, "no terminal to ask"),
        (["--department", "NONE"], {}, "no such department"),
    ],
)
def test_what_would_protect_nothing_is_refused_without_saying_a_password(
    demo: Path, tmp_path: Path, words: list[str], environment: dict[str, str], says: str
):
    done = _called(
        demo / "reports", "--into", tmp_path / "zips", "--department", "IT", "--department", "FIN", "--encrypt", *words,
        **environment,
    )  # fmt: skip

    assert done.exit_code in {1, 2}
    assert says in done.stderr
    assert "help: " in done.stderr
    assert not any(password in done.output for password in environment.values())
    assert list(tmp_path.iterdir()) == []
