"""The pages over the shipped data, served on loopback to a real browser that may ask nobody else."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph import law as compiled
from graph.finder import Finder
from graph.law import Law
from graph.settings import Settings
from graph.store.open import open_store
from viz.web.site import Site

MOLDOVA = Path(__file__).parents[2] / "docs" / "cases" / "moldova.yaml"
TODAY = date(2026, 11, 24)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def law(shipped_home: Path) -> Law:
    """The shipped law."""
    return compiled.load(shipped_home)


@pytest.fixture(scope="session")
def finder(law: Law) -> Finder:
    """Its programs."""
    return Finder(law)


@pytest.fixture(scope="session")
def site(finder: Finder) -> Site:
    """The pages in English."""
    return Site(finder.words("en"))


@pytest.fixture(scope="session")
def address(shipped_home: Path, finder: Finder) -> Iterator[str]:
    """Where the pages are served, for as long as the tests run."""
    import uvicorn
    from fastapi import FastAPI

    from api.rest.pages import pages

    store = open_store(Settings(home=shipped_home, quiet=True))
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(pages(lambda known_on: finder, lambda: TODAY, store=store))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    last = time.monotonic() + 30
    while not server.started:
        assert thread.is_alive() and time.monotonic() < last
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)
    store.close()


def chromium() -> str | None:
    """Return the path of Chromium, if there is one."""
    named = os.environ.get("CHROMIUM")
    return next((path for name in ((named,) if named else BROWSERS) if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Use Debian's Chromium. Without one the tests are skipped, but in CI they fail."""
    path = chromium()
    if path is None:
        told = "no Chromium here; tests/browser/install.sh installs it, CHROMIUM names another one"
        if os.environ.get("CI", "").lower() in ("1", "true"):
            pytest.fail(told)
        pytest.skip(told)
    return {"executable_path": path, "args": ["--no-sandbox", "--disable-gpu"]}


@dataclass
class Watch:
    """What went wrong on a page: whatever it told the console, and every request that left the origin."""

    told: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    origins: list[str | None] = field(default_factory=list)  # of the forms that were sent

    def on(self, page: Any, origin: str) -> Watch:
        """Watch a page; what is not of this origin is stopped and remembered."""

        def decide(route: Any) -> None:
            request = route.request
            if request.method == "POST":
                self.origins.append(request.header_value("origin"))
            if request.url.startswith((origin, "data:")):
                route.continue_()
            else:
                self.foreign.append(request.url)
                route.abort()

        page.route("**/*", decide)
        page.on("console", lambda message: self.told.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.told.append(f"error: {error}"))
        return self

    def nothing_wrong(self) -> None:
        """Fail when something was."""
        assert (self.told, self.foreign) == ([], [])


@pytest.fixture
def watch(page: Any, address: str) -> Watch:
    """Watch the page of this test."""
    return Watch().on(page, address)
