"""Renews the pictures in docs/pictures from a folder of reports, with the distribution's Chromium.

    python tools/pictures.py demo/reports FIN

The second argument is the department whose report is shown.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
SCREEN = "1000,1180"
"""A window that holds page one and the beginning of what follows."""

PIXELS_PER_INCH = "80"


def main(reports: Path, department: str, into: Path) -> None:
    """Draws page one on the screen and on paper, and the overview."""
    into.mkdir(parents=True, exist_ok=True)
    page = reports / "departments" / f"{department}.en.html"
    screen(page, into / "department-screen.en.png")
    screen(reports / "overview.zh-Hant.html", into / "overview-screen.zh-Hant.png")
    paper(reports / "departments" / f"{department}.zh-Hant.html", into / "department-print.zh-Hant.png")


def screen(page: Path, picture: Path) -> None:
    """What a window shows."""
    browser(page, f"--window-size={SCREEN}", f"--screenshot={picture}")


def paper(page: Path, picture: Path) -> None:
    """The first sheet as printed."""
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "page.pdf"
        browser(page, "--no-pdf-header-footer", f"--print-to-pdf={pdf}")
        pages = ["-r", PIXELS_PER_INCH, "-png", "-singlefile"]
        subprocess.run([found("pdftoppm"), *pages, str(pdf), str(picture.with_suffix(""))], check=True)


def browser(page: Path, *options: str) -> None:
    """Opens a page in a browser of its own."""
    with tempfile.TemporaryDirectory() as profile:
        command = [
            found("chromium"),
            *OPTIONS,
            f"--user-data-dir={profile}",
            *options,
            page.resolve().as_uri(),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)


def found(program: str) -> str:
    """Where a program is."""
    path = shutil.which(program)
    if path is None:
        sys.exit(
            f"{program}: not installed; pictures are drawn with the distribution's packages chromium and poppler-utils"
        )
    return path


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(__file__).parents[1] / "docs" / "pictures")
