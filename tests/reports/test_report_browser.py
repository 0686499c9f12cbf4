"""Every kind of page in every language, in a real browser: judged by axe, without scripts, without a network, on a phone and on paper."""

from pathlib import Path

import pytest
from browser import Browser

from reports.frames import OFFERED

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text("utf-8")

PAGES = [
    "index.html",
    *(
        f"{kind}.{language}.html"
        for language in OFFERED
        for kind in ("overview", "departments/IT", "00-README")
    ),
    "departments/LEGAL.en.html",
]
PHONE, ZOOMED, WIDE = 360, 640, 1280
"""Pixels: a phone, a window of 1280 at 200 %, and that window."""

JUDGED = """
axe.run(document, {resultTypes: ["violations"]}).then(found => found.violations.map(
  one => one.id + ": " + one.nodes.slice(0, 3).map(node => node.html.slice(0, 120)).join(" | ")))
"""


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_wrong_on_the_screen_and_on_paper(browser: Browser, all_pages: Path, name: str):
    browser.width(WIDE)
    browser.show(all_pages / name)
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
    assert asked == [(all_pages / name).as_uri()]


@pytest.mark.parametrize("name", [name for name in PAGES if name.endswith((".en.html", "index.html"))])
def test_a_page_says_the_same_without_scripts_and_fits_a_phone_and_a_zoomed_window(
    browser: Browser, all_pages: Path, name: str
):
    said, widths = [], {}
    for allowed in (True, False):
        browser.scripts(allowed=allowed)
        browser.width(WIDE)
        browser.show(all_pages / name)
        said.append(browser.value("document.body.innerText"))
    browser.scripts(allowed=True)
    for pixels in (PHONE, ZOOMED):
        browser.width(pixels)
        widths[pixels] = browser.value(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )

    assert said[0] == said[1]
    assert len(said[0]) > 200
    assert widths == {PHONE: 0, ZOOMED: 0}


@pytest.mark.parametrize("name", ["departments/IT.en.html", "overview.en.html", "00-README.en.html"])
def test_the_keyboard_alone_reaches_everything(browser: Browser, all_pages: Path, name: str):
    browser.width(WIDE)
    browser.show(all_pages / name)
    wanted = browser.value(
        "(() => { const all = [...document.querySelectorAll('a[href], summary, [tabindex], input, button')]"
        ".filter(one => one.checkVisibility()); all.forEach((one, at) => one.dataset.at = at); return all.length })()"
    )
    reached = set()
    for _ in range(wanted + 1):
        browser.tab()
        reached.add(browser.value("document.activeElement.dataset.at ?? ''"))

    assert wanted > 0
    assert reached - {""} == {str(at) for at in range(wanted)}


def test_axe_would_say_so(browser: Browser, tmp_path: Path):
    """A page with faults, so that finding none elsewhere means something."""
    (tmp_path / "bad.html").write_text(
        "<!doctype html><title>x</title><main><h1>x</h1><p style='color:#aaa;background:#fff'>pale</p><img src='data:,'></main>"
    )
    browser.show(tmp_path / "bad.html")
    browser.value(AXE)

    found = {line.partition(":")[0] for line in browser.value(JUDGED)}
    assert {"color-contrast", "html-has-lang", "image-alt"} <= found
