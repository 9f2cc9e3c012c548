"""What tests of every kind share: the real browser, and the rule for tools that may be missing."""

import gc
import os
import shutil
from asyncio import events
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from site_builder.build import build
from tests.built_sites import REAL, built

BROWSERS = ("chromium", "chromium-browser", "google-chrome")  # as scripts/setup-tools looks

# Chromium counts the last list of features alone. First come those of Playwright's list that matter here: they keep it
# from calling home and from asking for https. The others make a whole process for each window, and some more for each
# page: of the address bar, that no test has, and one kept ready. Two thirds of the time of a page went there.
FEATURES_OFF = (
    "AimEnabled",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
    "SpareRendererForSitePerProcess",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxPopup",
)

# Chromium's own sandbox does not start for root; the pages it opens here are ours.
# The other flags keep it from calling home.
BROWSER_FLAGS = (
    f"--disable-features={','.join(FEATURES_OFF)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# A machine with other work is slow now and then: that is no failure of the code.
settings.register_profile("patient", deadline=None)
settings.register_profile("quick", deadline=None, max_examples=20)  # of `make test-fast`
settings.load_profile("patient")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One process more than there are cores where tests wait, while a browser or a program works."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return cores + ("not browser" not in config.option.markexpr)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes the browser is marked so, whoever wrote it."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


def pytest_collection_finish() -> None:
    """Look for no garbage among what lasts for the whole run: the tests are thousands of objects each."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def _caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what builds cache out of the home of whoever runs the tests; the processes of one run share it."""
    own = tmp_path_factory.getbasetemp()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own))
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_power_loss() -> Iterator[None]:
    """Let no build of a test wait for the disk: that is most of what thousands of them cost, and outlives no test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


def _missing(what: str) -> None:
    """Skip the test on a person's machine, fail it on CI: there a test left out must not look green."""
    if os.environ.get("CI"):
        pytest.fail(f"{what}, and CI is set", pytrace=False)
    pytest.skip(what)


@pytest.fixture(scope="session")
def require_tool() -> Callable[[str], str]:
    """Return a function from a program's name to its path, that skips the test, or on CI fails it, without one."""

    def path_of(name: str) -> str:
        path = shutil.which(name)
        if path is None:
            _missing(f"{name} is not on PATH")
        return path or ""

    return path_of


def browser_path() -> str:
    """Where the browser is."""
    named = os.environ.get("BROWSER_PATH")
    path = named or next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        _missing(f"no browser: BROWSER_PATH is not set, and none of {', '.join(BROWSERS)} is on PATH")
    return path or ""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Yield one headless Chromium for each test process; open a new context in every test."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser_path(), args=list(BROWSER_FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return where each site that is opened here was built, by name."""
    found = {}
    for name in (REAL, "tangle", "harbour", "smallest", "empty-seed"):
        found[name] = tmp_path_factory.mktemp("site")
        build(built(name).folder, found[name])
    return found


@pytest.fixture(autouse=True)
def no_foreign_event_loop(request: pytest.FixtureRequest) -> Iterator[None]:
    """Hide Playwright's event loop, that counts as running while a browser is open, from tests that want their own.

    A test that needs both runs its own loop in a thread or another process.
    """
    if "browser" in request.fixturenames:
        yield
        return
    loop = events._get_running_loop()
    events._set_running_loop(None)
    yield
    events._set_running_loop(loop)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests measured and recorded as a property, whichever process they ran in."""
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            for name, value in report.user_properties:
                terminalreporter.write_line(f"{name}: {value}")
