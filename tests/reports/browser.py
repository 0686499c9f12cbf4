"""A real browser for tests: Chromium, spoken to over a pipe of its own, with no port, no driver and no network."""

import base64
import json
import os
import subprocess
from pathlib import Path
from typing import Any, Self

_OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--remote-debugging-pipe",
)


class Browser:
    """One browser with one page, which is shown one file after the other."""

    def __init__(self, program: str, profile: Path) -> None:
        """Starts it; `profile` is a folder for its own files."""
        to_read, self._out = os.pipe()
        self._in, to_write = os.pipe()

        def numbered() -> None:
            # the browser reads from 3 and writes to 4; copies first, for either may be 3 or 4 itself
            reading, writing = os.dup(to_read), os.dup(to_write)
            os.dup2(reading, 3)
            os.dup2(writing, 4)

        self._process = subprocess.Popen(
            [program, *_OPTIONS, f"--user-data-dir={profile}", "about:blank"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            close_fds=False,
            preexec_fn=numbered,  # noqa: PLW1509  # nothing else runs in the child
        )
        os.close(to_read)
        os.close(to_write)
        self._answers = os.fdopen(self._in, "rb")
        self._number = 0
        self._session = ""
        self.events: list[dict[str, Any]] = []
        """What the browser told of its own accord since the page was shown."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **said: Any) -> dict[str, Any]:
        """One command, and its answer."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": said}
        if self._session:
            message["sessionId"] = self._session
        self._write(json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return dict(answer["result"])
            self.events.append(answer)

    def _write(self, data: bytes) -> None:
        while data:
            data = data[os.write(self._out, data) :]

    def _next(self) -> dict[str, Any]:
        parts = bytearray()
        while (byte := self._answers.read(1)) != b"\0":
            assert byte, "the browser has gone"
            parts += byte
        return dict(json.loads(parts))

    def show(self, file: Path) -> None:
        """Loads a file and waits until it is there."""
        self.events.clear()
        self.call("Page.navigate", url=file.as_uri())
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self._next())

    def value(self, expression: str) -> Any:
        """What an expression comes to in the page; a promise is waited for. The page's own rules about scripts do not hold for it."""
        found = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def media(self, kind: str) -> None:
        """`screen` or `print`; empty for whichever it is."""
        self.call("Emulation.setEmulatedMedia", media=kind)

    def width(self, pixels: int) -> None:
        """How wide the window is."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=pixels,
            height=900,
            deviceScaleFactor=1,
            mobile=pixels < 600,
        )

    def sheets(self, pages: str = "1-2") -> bytes:
        """The page as printed on A4 with the settings of a browser that nobody changed: a PDF of some of its sheets."""
        self.media("")  # as printers see it, whatever was looked at before
        said = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=False, pageRanges=pages)
        return base64.b64decode(said["data"])

    def picture(self, width: int, height: int, scale: float = 1) -> bytes:
        """The upper part of the page in a window of that width: a PNG."""
        self.width(width)
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": scale}
        said = self.call("Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True)
        return base64.b64decode(said["data"])

    def scripts(self, *, allowed: bool) -> None:
        """Whether the page may run scripts of its own."""
        self.call("Emulation.setScriptExecutionDisabled", value=not allowed)

    def tab(self) -> None:
        """Presses the tabulator key."""
        for kind in ("rawKeyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key="Tab", code="Tab", windowsVirtualKeyCode=9)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_why: object) -> None:
        os.close(self._out)
        self._process.terminate()
        self._process.wait(timeout=20)
        self._answers.close()
