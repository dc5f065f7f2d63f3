"""The first minute as a newcomer has it: from an empty lab by clicks to a finished comparison and a question asked.

What is seen is asserted, and how many clicks it takes; how long it took is printed (`-s`), since machines differ.
"""

import time

import pytest

from tests.browser.page import Server, Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.long, pytest.mark.timeout(1200)]
QUESTION = "What does mapo tofu taste like?"
"""The README's own first question."""
PATIENCE = 900
"""Seconds to wait for the first comparison; it takes about one minute and a half on two idle cores."""
PROGRESS = """() => ({
  whole: document.querySelector('[data-whole-progress]')?.innerText || '',
  rows: [...document.querySelectorAll('.progress-row .progress-words')].map((one) => one.innerText),
  over: Boolean(document.querySelector('[data-next=talk]')),
  sight: document.querySelector('[data-whole-progress]')?.getBoundingClientRect().top,
})"""


class FirstMinute(Visit):
    """An empty lab with all that trains and answers behind it."""

    server_kind = Server
    ready = "[data-example]"


class Newcomer:
    """Somebody who clicks, and counts it."""

    def __init__(self, page):
        self.page, self.clicks, self.began = page, 0, time.monotonic()

    def click(self, selector: str) -> None:
        self.clicks += 1
        self.page.click(selector)

    def tell(self, what: str) -> None:
        print(f"{what}: {time.monotonic() - self.began:.1f} s, {self.clicks} clicks")


@pytest.fixture(scope="module")
def visit(tmp_path_factory):
    with FirstMinute.opened(tmp_path_factory.mktemp("walk")) as made:
        yield made


def test_from_an_empty_lab_to_a_finished_comparison_and_an_answered_question(visit):
    page = visit.page()
    newcomer = Newcomer(page)
    assert "an example" in page.inner_text("[data-example]") and page.locator(".samples [data-wanted]").count() == 3
    page.wait_for_function("document.querySelector('[data-whole-time]').textContent.includes('in all')")
    newcomer.tell(f"the page ({page.inner_text('[data-whole-time]')})")

    newcomer.click("[data-start]")
    page.wait_for_selector("[data-whole-progress]")
    newcomer.tell("training")
    seen = _watched(page)
    newcomer.tell("finished")
    told = [one["whole"] for one in seen]
    assert all("left" in one for one in told[1:]) and not any("0.0 s" in one for one in told)
    assert any("measuring what it learned" in row for one in seen for row in one["rows"])
    page.wait_for_selector("[data-sample] .answer[data-right]")
    assert page.locator(".samples [data-wanted]").count() == 3

    newcomer.click("[data-next=talk]")
    page.fill("[data-ask]", QUESTION)
    newcomer.click("[data-send]")
    page.wait_for_function("document.querySelectorAll('.said[data-done=true]').length === 5")
    newcomer.tell("answered")
    assert "Numbing and hot" in page.locator(".voice [data-wanted]").first.inner_text()
    judged = page.locator(".said").evaluate_all("(all) => all.map((one) => one.dataset.right)")
    assert judged[0] != "true" and "true" in judged[1:], judged
    assert newcomer.clicks == 3 and visit.broken == []
    page.context.close()


def _watched(page) -> list[dict]:
    """What the progress said, about twice a second, until the comparison was over."""
    seen, until = [], time.monotonic() + PATIENCE
    while time.monotonic() < until:
        now = page.evaluate(PROGRESS)
        if now["over"]:
            return seen
        seen.append(now)
        time.sleep(0.5)
    raise AssertionError(seen[-1])
