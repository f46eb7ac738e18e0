"""The pages in a real browser: nothing breaks, nothing leaves, a keyboard is enough, and they fit a small screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe

MOLDOVA = (Path(__file__).parents[2] / "docs" / "cases" / "moldova.yaml").read_text("utf-8")
PATHS = (
    "/", "/find", "/search", "/about", "/state", "/forum", "/instrument", "/state/TUR", "/state/SUN", "/forum/ecthr",
    "/forum/icc-communication", "/instrument/echr", "/instrument/coe",
)  # fmt: skip
STEPS = ("answer", "questions", "mistakes", "found", "no-such-state")
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}


def go(page: Any, address: str, step: str) -> None:
    """Bring a page to what can only be reached by a form."""
    if step.startswith("/"):
        page.goto(address + step)
    elif step == "answer":
        page.goto(f"{address}/find")
        page.locator("summary", has_text="You have a case file").click()
        page.fill("#pasted", MOLDOVA)
        page.get_by_role("button", name="Use this case").click()
    elif step == "found":
        page.goto(f"{address}/search")
        page.fill("#text", "torture")
        page.keyboard.press("Enter")
        page.get_by_role("status").wait_for()
    elif step == "no-such-state":
        page.goto(f"{address}/state/Turky")
    else:
        page.goto(f"{address}/find")
        page.fill("#from", "2024-03-18" if step == "questions" else "the day before")
        page.select_option("#tactic", "abduction-rendition")
        page.fill("#where", "Türkiye" if step == "questions" else "Turky")
        page.fill("#respondent-1", "Republic of Moldova")
        page.locator("button[value=next]").click()
        page.get_by_role("heading", name="A few more facts" if step == "questions" else "needs mending").wait_for()
    page.wait_for_load_state()


def expected(watch: Any, step: str) -> None:
    """A page about a mistake has the status of one, which Chromium tells the console; nothing else may be told."""
    if step in ("mistakes", "no-such-state"):
        assert watch.told and all("Failed to load resource" in line for line in watch.told)
        watch.told.clear()
    watch.nothing_wrong()


@pytest.mark.parametrize("step", PATHS + STEPS)
def test_each_page_loads_quietly_and_asks_nobody_else(page: Any, address: str, watch: Any, step: str) -> None:
    go(page, address, step)
    assert page.title().endswith("· Recourse") and page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("lang") == "en" and page.locator("html").get_attribute("dir") == "ltr"
    expected(watch, step)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("step", PATHS + STEPS)
def test_axe_finds_nothing(page: Any, address: str, step: str, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    go(page, address, step)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("step", PATHS + STEPS)
def test_each_page_fits_320_pixels(page: Any, address: str, step: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    go(page, address, step)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_keyboard_alone_leads_from_the_first_page_to_an_answer(page: Any, address: str, watch: Any) -> None:
    page.goto(address)
    keys = page.keyboard

    def tab_to(text: str, most: int = 60) -> None:
        for _ in range(most):
            keys.press("Tab")
            if text in page.evaluate("document.activeElement.id + ' ' + document.activeElement.innerText"):
                return
        raise AssertionError(f"{text} cannot be reached")

    keys.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    keys.press("Enter")
    tab_to("Start with the facts")
    keys.press("Enter")
    page.wait_for_url("**/find")
    tab_to("from")
    keys.type("2018-09-06")
    tab_to("tactic")
    keys.type("Abduction")
    tab_to("where")
    keys.type("Republic of Moldova")
    tab_to("respondent-1")
    keys.type("MDA")
    tab_to("respondent-2")
    keys.type("Türkiye")
    tab_to("urgent-3")
    keys.press("ArrowUp")
    keys.press("ArrowUp")
    tab_to("Next")
    keys.press("Enter")
    page.get_by_role("heading", name="A few more facts").wait_for()
    tab_to("q1-c-1")
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    tab_to("Show the answer now")
    keys.press("Enter")
    page.get_by_role("heading", name="What is open, until when").wait_for()
    known = page.locator("input[name=case]").first.input_value()
    assert '"urgent":true' in known and '{"state":"TUR","link":"physical-custody"}' in known
    tab_to("European Court of Human Rights")
    watch.nothing_wrong()
    assert watch.origins == [address, address]  # so that a server can tell its own forms from those of others


def test_it_works_without_scripts(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    go(page, address, "questions")
    page.locator("button[value=answer]").click()
    assert "What is open, until when" in page.content()
    context.close()


def test_the_facts_never_enter_an_address_or_a_store(page: Any, address: str) -> None:
    go(page, address, "answer")
    assert page.url == f"{address}/find"
    sent: list[Any] = []

    def heard(response: Any) -> None:
        sent.append(response)

    page.on("response", heard)
    page.get_by_role("button", name="Answer the open questions").click()
    page.get_by_role("heading", name="A few more facts").wait_for()
    answers = [one for one in sent if one.request.method == "POST"]
    assert answers and all(one.headers["cache-control"] == "no-store" for one in answers)
    assert page.context.cookies() == [] and page.evaluate("localStorage.length") == 0


def test_what_to_do_now_comes_first(page: Any, address: str) -> None:
    go(page, address, "answer")
    heads = [head.inner_text() for head in page.locator("h2").all()]
    order = ["In short", "What can be asked for at once", "Last days", "Where to file"]
    assert heads[:4] == order
    first = page.locator("main").inner_text()[:400]
    assert "First last day: 6 March 2019 (167 days left)" in first and "European Court of Human Rights" in first


def test_an_answer_can_be_taken_along(page: Any, address: str) -> None:
    go(page, address, "answer")
    for button, name, begins in (
        ("Calendar of last days", "deadlines.ics", "BEGIN:VCALENDAR"),
        ("Case file", "case.yaml", "id: moldova-teachers-2018"),
        ("Picture of the answer", "answer.html", "<!doctype html>"),
    ):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=button).click()
        file = waiting.value
        assert file.suggested_filename == name
        assert Path(file.path()).read_text("utf-8").startswith(begins)
    page.get_by_role("button", name="Sheet to print").click()
    page.get_by_role("heading", level=1, name="Which bodies can hear").wait_for()
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith("Georgia")  # its style is allowed


@pytest.mark.parametrize("step", ["answer", "/forum/ecthr"])
def test_a_page_prints(page: Any, address: str, step: str) -> None:
    go(page, address, step)
    page.emulate_media(media="print")
    assert not page.locator("header.top").is_visible() and page.locator("h1").is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_a_question_answered_wrongly_is_asked_again_with_what_was_written(page: Any, address: str) -> None:
    go(page, address, "mistakes")
    assert page.locator("#from").input_value() == "the day before"
    assert page.locator("#where").input_value() == "Turky" and page.locator("#where[aria-invalid=true]").count() == 1
    assert "did you mean TUR?" in page.locator("#where-error").inner_text()
    assert page.locator("#tactic").input_value() == "abduction-rendition"
    page.locator(".problems a").first.click()
    assert page.evaluate("location.hash") in ("#from", "#where")


def test_the_facts_can_be_changed_from_the_answer(page: Any, address: str) -> None:
    go(page, address, "answer")
    page.get_by_role("button", name="Change or add facts").click()
    assert page.locator("#from").input_value() == "2018-09-06"
    page.locator("button[value=answer]").first.click()
    page.get_by_role("heading", name="What is open, until when").wait_for()
    assert '"residence"' not in page.locator("input[name=case]").first.input_value()
    assert '"condition":"detained"' in page.locator("input[name=case]").first.input_value()


def test_the_style_is_served_with_its_type(address: str) -> None:
    with urlopen(f"{address}/static/style.css") as answer:
        assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
