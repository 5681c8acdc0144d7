"""A page in a real browser that notes where it asked, and what went wrong."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

# Streamlit looks for itself under each part of a page's own address first.
PROBES = re.compile(r"/\w+/_stcore/(health|host-config)$")

_OVERFLOW_PX = (
    "Math.max(document.documentElement.scrollWidth,"
    " document.querySelector('[data-testid=stMain]').scrollWidth) - innerWidth"
)


class Visit:
    """A page that notes where it asked, and what went wrong."""

    def __init__(self, browser: Any, **options: Any) -> None:
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(30_000)
        self.hosts: set[str] = set()
        self.troubles: list[str] = []
        self.page.on("request", lambda request: self._note_host(request.url))
        self.page.on("response", self._note_status)
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("console", self._note_console)

    def open(self, url: str) -> None:
        self.page.goto(url)
        self.settle()

    def settle(self) -> None:
        self.page.wait_for_selector("h1, [data-testid=stAlert]")
        # The style sheet may come after the page's first words: until then tables are wide.
        self.page.wait_for_function(
            "[...document.styleSheets].some(s => s.ownerNode.textContent.includes('.pm-table'))"
        )
        self.page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget]')")

    def overflow_px(self) -> int:
        """Return by how much the page is wider than the screen once its layout has come to rest."""
        for _ in range(20):
            found_px = int(self.page.evaluate(_OVERFLOW_PX))
            if found_px <= 0:
                break
            self.page.wait_for_timeout(250)
        return found_px

    def assert_clean(self) -> None:
        assert self.troubles == []
        assert self.hosts <= {"127.0.0.1"}
        assert self.page.get_by_text("Traceback").count() == 0
        exceptions = self.page.locator("[data-testid=stException]").all_inner_texts()
        assert exceptions == [], exceptions

    def _note_host(self, url: str) -> None:
        host = urlsplit(url).hostname  # none for data: and blob:
        if host:
            self.hosts.add(host)

    def _note_status(self, response: Any) -> None:
        if response.status >= 400 and not PROBES.search(response.url):
            self.troubles.append(f"{response.status} {response.url}")

    def _note_console(self, message: Any) -> None:
        if message.type == "error" and "status of 404" not in message.text:
            self.troubles.append(message.text)


def wait_until(page: Any, holds: Callable[[], bool], what: str) -> None:
    """Wait until something is so, as long as the page waits for anything else."""
    for _ in range(300):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError(what)


def still_box(mark: Any) -> dict[str, float]:
    """Return where something stands in the middle of the screen once it moves no more.

    At an edge the page's own bar may lie over it.
    """
    mark.evaluate("element => element.scrollIntoView({block: 'center'})")
    before = None
    for _ in range(40):
        box = mark.bounding_box()
        if box is not None and box == before:
            break
        before = box
        mark.page.wait_for_timeout(250)
    assert box is not None
    return dict(box)
