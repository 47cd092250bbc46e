"""Headless Chromium for tests, spoken to over a pipe: no driver, no port, no network.

A ``Browser`` opens pages offline and keeps what they did: requests, console messages, exceptions.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--disable-dev-shm-usage", "--lang=en-US",
    "--host-resolver-rules=MAP * ~NOTFOUND", "--remote-debugging-pipe",
)  # fmt: skip


def chromium() -> str | None:
    """Where Chromium is, or None."""
    return next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)


@dataclass(slots=True)
class Seen:
    """What a page did while it was open."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)  # console messages, log entries and exceptions


class Browser:
    """One browser with one page. Use as a context manager."""

    def __init__(self) -> None:
        found = chromium()
        assert found is not None
        self._folder = tempfile.TemporaryDirectory(prefix="browser-", ignore_cleanup_errors=True)
        read, self._out = os.pipe()
        self._in, write = os.pipe()
        command = [found, *_FLAGS, f"--user-data-dir={self._folder.name}", "about:blank"]
        # Chromium reads commands from descriptor 3 and answers on 4.
        wrapper = f'exec 3<&{read} 4>&{write}; exec "$@"'
        self._process = subprocess.Popen(
            ["bash", "-c", wrapper, "bash", *command],
            pass_fds=(read, write), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(read)
        os.close(write)
        self._buffer = b""
        self._number = 0
        self._session: str | None = None
        self.seen = Seen()

    def __enter__(self) -> Browser:
        targets = self._call("Target.getTargets")["targetInfos"]
        page = next(target["targetId"] for target in targets if target["type"] == "page")
        self._session = self._call("Target.attachToTarget", targetId=page, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._call(f"{domain}.enable")
        self._call("Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=0, uploadThroughput=0)
        self.size(1300, 900)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._in)
        os.close(self._out)
        self._folder.cleanup()

    def open(self, page: Path, address: str = "", dark: bool = False) -> Seen:
        """Open a page from its file (``address``: what follows its name, as "?lang=vi#figures-3"); returns what it did."""
        media = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self._call("Emulation.setEmulatedMedia", features=media)
        self._load("about:blank")  # so that another anchor of the same page loads it anew
        self.seen = Seen()
        self._load(page.absolute().as_uri() + address)
        self.run("new Promise(done => setTimeout(done, 60))")  # what an image or a script would have set off
        return self.seen

    def _load(self, url: str) -> None:
        self._call("Page.navigate", url=url)
        until = time.monotonic() + 30
        scheme = url.partition(":")[0]
        while self.run("location.protocol + document.readyState") != f"{scheme}:complete":
            assert time.monotonic() < until, f"{url} did not load"
            time.sleep(0.01)

    def run(self, expression: str) -> Any:
        """The value of a JavaScript expression in the page."""
        answer = self._call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def press(self, key: str, times: int = 1) -> None:
        """Press a key as a person would: Tab, Enter, Escape, ArrowRight."""
        code = {"Tab": 9, "Enter": 13, "Escape": 27, "ArrowLeft": 37, "ArrowRight": 39, "Space": 32}[key]
        text = {"Enter": "\r", "Space": " "}.get(key, "")
        for _ in range(times):
            named = {"key": " " if key == "Space" else key, "code": key, "windowsVirtualKeyCode": code}
            self._call("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", text=text, **named)
            self._call("Input.dispatchKeyEvent", type="keyUp", **named)

    def point(self, selector: str) -> None:
        """Move the mouse to the middle of the first box of an element."""
        find = f"document.querySelector({json.dumps(selector)})"
        self.run(f"{find}.scrollIntoView({{block: 'center', behavior: 'instant'}})")
        x, y = self.run(f"(r => [r.left + r.width / 2, r.top + r.height / 2])({find}.getClientRects()[0])")
        self._call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)

    def size(self, width: int, height: int) -> None:
        self._call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def picture(self, target: Path) -> None:
        """Save a screenshot of the whole page."""
        data = self._call("Page.captureScreenshot", format="png", captureBeyondViewport=True)["data"]
        target.write_bytes(base64.b64decode(data))

    def _call(self, method: str, **params: Any) -> dict[str, Any]:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == self._number:
                assert "error" not in answer, f"{method}: {answer['error']}"
                return dict(answer["result"])
            self._note(answer.get("method", ""), answer.get("params", {}))

    def _receive(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            more = os.read(self._in, 1 << 20)
            assert more, "Chromium has ended"
            self._buffer += more
        message, _, self._buffer = self._buffer.partition(b"\0")
        return dict(json.loads(message))

    def _note(self, event: str, params: dict[str, Any]) -> None:
        if event == "Network.requestWillBeSent":
            self.seen.requests.append(params["request"]["url"])
        elif event == "Log.entryAdded":
            self.seen.complaints.append(params["entry"]["text"])
        elif event == "Runtime.consoleAPICalled":
            self.seen.complaints.append(json.dumps(params["args"]))
        elif event == "Runtime.exceptionThrown":
            self.seen.complaints.append(json.dumps(params["exceptionDetails"]))


def unharmed(browser: Browser, seen: Seen, target: Path) -> None:
    """The page asked for itself only, complained of nothing, and nothing in it came alive."""
    assert {address.partition("#")[0].partition("?")[0] for address in seen.requests} == {target.absolute().as_uri()}
    assert seen.complaints == []
    assert browser.run("document.documentElement.dataset.alive") is None
    assert browser.run("document.querySelectorAll('script').length") <= 1
    foreign = "img, iframe, object, embed, link, base, form, video, audio, [onerror], [onload], [onclick], [style]:not(#tip)"
    assert browser.run(f"document.querySelectorAll({foreign!r}).length") == 0
