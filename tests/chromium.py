"""Debian's Chromium without a window, for tests that need a real browser; elsewhere they are skipped, but not in CI."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pytest
from playwright.sync_api import Browser, sync_playwright

FLAGS: Final = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@contextmanager
def chromium(*flags: str) -> Iterator[Browser]:
    """Start the browser, or skip the test where there is none."""
    program = shutil.which("chromium")
    if program is None:
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail("CI must test the page in a browser: `make browser` installs chromium")
        pytest.skip("there is no chromium here; `make browser` installs it on Debian")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*FLAGS, *flags])
        yield browser
        browser.close()
