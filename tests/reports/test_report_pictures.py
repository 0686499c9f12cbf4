"""Pictures of page one, kept to be looked at: in three languages, on a screen, on a phone and on grey paper.

Browsers of two machines draw no two letters alike, so that pictures are not compared. What is compared is the page that
they were made from; when it changes, somebody has to look at the new ones before they are kept.
"""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from browser import Browser

from reports.frames import OFFERED

PLACE = Path(__file__).parent / "pictures"
KEPT = PLACE / "made-from.json"
KINDS = ("screen", "phone", "print")
RENEW = "python -m pytest tests/reports/test_report_pictures.py --renew-pictures"
DOTS = "72"
"""Of a printed sheet, to the inch."""


def _page_one(page: Path) -> bytes:
    """The page up to its contents, which begin after page one."""
    return page.read_text("utf-8").partition('<nav class="sheet screen toc"')[0].encode()


def _draw(browser: Browser, page: Path, language: str) -> None:
    browser.media("screen")
    browser.width(1000)
    browser.show(page)
    (PLACE / f"{language}.screen.png").write_bytes(browser.picture(1000, 1150, 0.6))
    (PLACE / f"{language}.phone.png").write_bytes(browser.picture(360, 2200, 0.6))
    sheet = ["-r", DOTS, "-gray", "-png", "-singlefile", "-", str(PLACE / f"{language}.print")]
    subprocess.run([str(shutil.which("pdftoppm")), *sheet], input=browser.sheets("1"), check=True, timeout=60)


@pytest.fixture(scope="module")
def kept(request: pytest.FixtureRequest, all_pages: Path) -> dict[str, dict[str, str]]:
    """What the pictures were made from, and their digests; made anew if that was asked for."""
    if request.config.getoption("--renew-pictures", default=False):
        PLACE.mkdir(exist_ok=True)
        pages = {language: all_pages / "departments" / f"SALES.{language}.html" for language in OFFERED}
        for language, page in pages.items():
            _draw(request.getfixturevalue("browser"), page, language)
        made = {
            "pages": {one: hashlib.sha256(_page_one(page)).hexdigest() for one, page in pages.items()},
            "pictures": {
                path.name: hashlib.sha256(path.read_bytes()).hexdigest()
                for path in sorted(PLACE.glob("*.png"))
            },
        }
        KEPT.write_text(json.dumps(made, indent=1, sort_keys=True) + "\n", "utf-8")
    found: dict[str, dict[str, str]] = json.loads(KEPT.read_bytes())
    return found


@pytest.mark.parametrize("language", OFFERED)
def test_the_pictures_are_of_page_one_as_it_is(
    kept: dict[str, dict[str, str]], all_pages: Path, language: str
) -> None:
    page = all_pages / "departments" / f"SALES.{language}.html"

    assert hashlib.sha256(_page_one(page)).hexdigest() == kept["pages"].get(language), (
        f"page one changed: run `{RENEW}`, look at the pictures in {PLACE.name}/, and keep them if they are right"
    )


def test_each_picture_was_made_together_with_the_others(kept: dict[str, dict[str, str]]) -> None:
    there = {path.name: path.read_bytes() for path in PLACE.glob("*.png")}

    assert set(there) == {f"{language}.{kind}.png" for language in OFFERED for kind in KINDS}
    assert {name: hashlib.sha256(body).hexdigest() for name, body in there.items()} == kept["pictures"], (
        f"a picture was changed by itself: run `{RENEW}`"
    )
    assert all(body.startswith(b"\x89PNG") for body in there.values())
    assert sum(map(len, there.values())) < 1_500_000
