"""Every kind of page in every language, in a real browser: judged by axe, without scripts, without a network, on a phone and on paper."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browser import Browser

import reports
from engine.issued import Change
from reports.frames import OFFERED
from reports.model import annex

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text("utf-8")

PAGES = [
    "index.html",
    *(
        f"{kind}.{language}.html"
        for language in OFFERED
        for kind in ("overview", "departments/IT", "00-README")
    ),
    "departments/LEGAL.en.html",
    *(f"issued/{kind}.{language}.html" for language in OFFERED for kind in ("changes", "overview")),
    "issued/departments/IT.zh-Hant.html",
    *(f"issued/departments/SALES.{language}.annex-2.html" for language in OFFERED),
]
REFLOWED, PHONE, ZOOMED, WIDE = 320, 360, 640, 1280
"""Pixels: a window of 1280 at 400 %, a phone, that window at 200 %, and as it is."""


@pytest.fixture(scope="module")
def pages(
    all_pages: Path,
    companies: dict[str, Callable[..., Any]],
    as_issued: Callable[..., Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """Every kind of page of a draft, and in `issued` those that a later version has besides."""
    folder = tmp_path_factory.mktemp("looked_at") / "pages"
    shutil.copytree(all_pages, folder)
    gone = Change(
        kind="gone", fingerprint="2" * 64, finding="2026Q3-IT-009", department="IT", check="5.1-a", severity="high",
        what=(), reason="withheld", violations_were=2, violations_are=0, owners=("SALES",),
    )  # fmt: skip
    run = as_issued(companies["believable"]().write(folder.parent / "run"), version=2, changes=[gone])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(annex, "ROWS", 20)  # so that an annex has pages of its own
        reports.write(run, folder / "issued", OFFERED, ["html"])
    return folder


JUDGED = """
axe.run(document, {resultTypes: ["violations"]}).then(found => found.violations.map(
  one => one.id + ": " + one.nodes.slice(0, 3).map(node => node.html.slice(0, 120)).join(" | ")))
"""


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_wrong_on_the_screen_and_on_paper(browser: Browser, pages: Path, name: str):
    browser.width(WIDE)
    browser.show(pages / name)
    told = [
        event["method"]
        for event in browser.events
        if event["method"] in {"Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown"}
    ]
    asked = [
        event["params"]["request"]["url"]
        for event in browser.events
        if event["method"] == "Network.requestWillBeSent"
    ]
    browser.value(AXE)
    wrong = {}
    for media in ("screen", "print"):
        browser.media(media)
        wrong[media] = browser.value(JUDGED)
    browser.media("screen")

    assert wrong == {"screen": [], "print": []}
    assert told == []
    assert asked == [(pages / name).as_uri()]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_the_same_without_scripts_and_fits_a_phone_and_a_zoomed_window(
    browser: Browser, pages: Path, name: str
):
    said, widths = [], {}
    for allowed in (True, False):
        browser.scripts(allowed=allowed)
        browser.width(WIDE)
        browser.show(pages / name)
        said.append(browser.value("document.body.innerText"))
    browser.scripts(allowed=True)
    for pixels in (REFLOWED, PHONE, ZOOMED):
        browser.width(pixels)
        widths[pixels] = browser.value(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )

    assert said[0] == said[1]
    assert len(said[0]) > 200
    assert widths == {REFLOWED: 0, PHONE: 0, ZOOMED: 0}


KINDS = (
    "index",
    "departments/IT.en",
    "overview.en",
    "00-README.en",
    "issued/changes.en",
    "issued/departments/SALES.en.annex-2",
)


@pytest.mark.parametrize("kind", KINDS)
def test_the_keyboard_alone_reaches_everything_and_one_sees_where_it_is(
    browser: Browser, pages: Path, kind: str
):
    browser.width(WIDE)
    browser.show(pages / f"{kind}.html")
    wanted = browser.value(
        "(() => { const all = [...document.querySelectorAll('a[href], summary, [tabindex], input, button')]"
        ".filter(one => one.checkVisibility()); all.forEach((one, at) => one.dataset.at = at); return all.length })()"
    )
    reached = {}
    for _ in range(wanted + 1):
        browser.tab()
        at, outline = browser.value(
            "[document.activeElement.dataset.at ?? '', getComputedStyle(document.activeElement).outlineStyle]"
        )
        reached[at] = outline
    reached.pop("", None)

    assert wanted > 0
    assert reached.keys() == {str(at) for at in range(wanted)}
    assert "none" not in reached.values()


def test_axe_would_say_so(browser: Browser, tmp_path: Path):
    """A page with faults, so that finding none elsewhere means something."""
    (tmp_path / "bad.html").write_text(
        "<!doctype html><title>x</title><main><h1>x</h1><p style='color:#aaa;background:#fff'>pale</p><img src='data:,'></main>"
    )
    browser.show(tmp_path / "bad.html")
    browser.value(AXE)

    found = {line.partition(":")[0] for line in browser.value(JUDGED)}
    assert {"color-contrast", "html-has-lang", "image-alt"} <= found
