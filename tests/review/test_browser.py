"""The page in a real browser without a window: keys, marks, undo, and forms where scripts are off."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from casework.review.drawing import Review
from casework.review.page import serve
from ledger import Ledger, link_decisions
from tests.chromium import chromium

SETTLED = 450
"""Milliseconds after which the page takes a key."""

Opened = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def opened(browser: Browser, review: Review) -> Iterator[Opened]:
    """Open the page as a clerk does, by the address that the command says."""
    said: list[str] = []
    threading.Thread(target=serve, args=(review, 0, "王核", said.append), daemon=True).start()
    deadline = time.monotonic() + 20
    while not said and time.monotonic() < deadline:
        time.sleep(0.02)
    contexts = []
    troubles: list[str] = []

    def open_page(*, scripts: bool = True) -> Page:
        context = browser.new_context(java_script_enabled=scripts, viewport={"width": 1180, "height": 860})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: troubles.append(message.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(said[0])
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []  # neither an error nor a refusal by the content policy


def verdicts(review: Review) -> list[str]:
    with Ledger.open(review.paths.ledger) as book:
        return link_decisions(book, book.sequence())["verdict"].to_list()


def press(page: Page, key: str) -> None:
    page.wait_for_timeout(SETTLED)
    with page.expect_navigation():
        page.keyboard.press(key)


def at(page: Page) -> str:
    return page.url.rpartition("/")[2]


def test_keys_answer_and_turn_pages(opened: Opened, review: Review) -> None:
    codes = review.pairs["code"].to_list()
    page = opened()
    assert "key=" not in page.url and at(page) == codes[0]
    for place, key in enumerate("123", start=1):
        press(page, key)
        assert at(page) == codes[place]
    assert verdicts(review) == ["same", "different", "cannot_tell"]
    press(page, "ArrowLeft")
    assert at(page) == codes[2] and page.locator("button.chosen").inner_text().startswith("3")
    press(page, "1")
    assert verdicts(review) == ["same", "different", "cannot_tell", "same"]
    assert at(page) == codes[3]


def test_a_key_struck_twice_answers_once(opened: Opened, review: Review) -> None:
    page = opened()
    # The second stroke comes as soon as the next page can take it, however slow this machine is.
    page.add_init_script(
        "document.addEventListener('DOMContentLoaded', () => document.body.dispatchEvent("
        "new KeyboardEvent('keydown', {key: '2', bubbles: true})))"
    )
    press(page, "2")
    page.wait_for_timeout(SETTLED)
    assert verdicts(review) == ["different"]
    assert at(page) == review.pairs["code"][1]


def test_a_reason_may_hold_digits_and_enter_answers_nothing(opened: Opened, review: Review) -> None:
    page = opened()
    page.wait_for_timeout(SETTLED)
    page.fill("input[name=reason]", "")
    page.type("input[name=reason]", "第123行")
    page.keyboard.press("Enter")
    page.wait_for_timeout(SETTLED)
    assert verdicts(review) == []
    with page.expect_navigation():
        page.click("button[value=different]")
    with Ledger.open(review.paths.ledger) as book:
        assert link_decisions(book, book.sequence())["reason"].to_list() == ["第123行"]


def test_it_works_without_scripts(opened: Opened, review: Review) -> None:
    page = opened(scripts=False)
    for word in ("不是同一人", "无法判断"):
        with page.expect_navigation():
            page.click(f"button:has-text('{word}')")
    page.press("input[name=reason]", "Enter")
    assert verdicts(review) == ["different", "cannot_tell"]
    assert "已判断 2 /" in page.inner_text(".progress")


def test_differences_are_seen(opened: Opened, review: Review, tmp_path: Path) -> None:
    page = opened()
    marked = review.pairs.filter(review.pairs["left_name"] == "另一人")["code"][0]
    page.goto(page.url.rpartition("/")[0] + f"/{marked}")
    assert page.locator("tr:has(th:text-is('姓名')) mark").all_inner_texts()[0] == "另一人"
    colours = page.locator("tbody mark").first.evaluate("mark => getComputedStyle(mark).color")
    assert colours == "rgb(180, 35, 24)"
    overflow = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert not overflow
    shot = page.screenshot(path=tmp_path / "review.png")
    assert len(shot) > 10_000
