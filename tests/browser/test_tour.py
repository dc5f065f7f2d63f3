"""The guided tour on the real page, as a visitor of a public lab: nothing is trained, nothing is blocked, a reload goes
on, and the keyboard is where it should be.
"""

import json

import pytest

from lab.store.pairs import new_answer, new_pair
from tests.browser.page import EmptyLab

pytestmark = pytest.mark.browser
STEP = "document.querySelector('[data-tour]')?.dataset.step"
ON = "(selector) => Boolean(document.activeElement?.matches(selector))"
SEEN = """(selector) => {
  const {top, bottom} = document.querySelector(selector).getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}"""

MOVED_WHILE_ANOTHER_COMES = """() => {
  document.querySelector("[data-tour-next]").click();
  document.querySelector("#component-watch .sample-section input[type=range]").dispatchEvent(new Event("input"));
}"""


class Toured(EmptyLab):
    """An empty lab with pairs of nano's answers to vote on, that anybody may use."""

    def furnish(self, root):
        asked = [{"role": "user", "content": "Tell me a story."}]
        sides = [[new_answer("base:nano", asked, f"{text} {i}.", {}, "n") for text in ("A happy day", "A dark day")]
                 for i in range(20)]  # fmt: skip
        self.store.pairs.keep([new_pair("prompts", *side) for side in sides])


@pytest.fixture(scope="module")
def visit(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LAB_PUBLIC", "1")
        with Toured.opened(tmp_path_factory.mktemp("tour")) as made:
            yield made


def at(page, step: str) -> None:
    page.wait_for_function(f"{STEP} === '{step}'")


def go_on(page, step: str) -> None:
    """With *Next* to the step that follows."""
    page.click("[data-tour-next]")
    at(page, step)


def kept(page) -> dict:
    return json.loads(page.evaluate("localStorage.getItem('lab.tour')"))


def test_a_visitor_goes_through_it_and_no_run_is_made(visit):
    page = visit.page()
    page.click("[data-tour-start]")
    assert page.evaluate(ON, "[data-tour-title]")
    go_on(page, "ways")
    page.click("details.variant[data-variant='1'] > summary")  # the ring lets presses through
    page.wait_for_selector("[data-tour-done]")
    go_on(page, "start")
    assert "visitor" in page.inner_text("[data-tour-visitor]")
    page.click("[data-tour-go]")
    assert page.evaluate(ON, "#component-form [data-start]")
    page.wait_for_selector("#component-watch .sample-section input[type=range]")
    page.evaluate(MOVED_WHILE_ANOTHER_COMES)
    at(page, "watch")
    page.wait_for_selector("[data-tour-recorded]")
    page.wait_for_selector("#component-watch [data-example=recorded]")
    page.locator("#component-watch .sample-section input[type=range]").fill("0")
    page.wait_for_selector("[data-tour-done]")
    go_on(page, "table")
    go_on(page, "overfit")
    page.wait_for_function("document.querySelectorAll('#component-curves .error-pair').length >= 2")
    go_on(page, "cure")
    page.wait_for_selector("[data-tour-recorded]")
    page.wait_for_selector("[data-switch=dropout]")
    page.wait_for_timeout(300)
    page.click("[data-switch=dropout]")
    page.wait_for_selector("[data-tour-done]")
    go_on(page, "rate")
    page.evaluate("localStorage['lab.tour'] = JSON.stringify({...JSON.parse(localStorage['lab.tour']), rated: 8})")
    page.reload(wait_until="domcontentloaded")
    page.wait_for_selector("[data-tour-rated='8']")
    for rated in (9, 10):
        page.wait_for_selector("[data-vote]")
        page.wait_for_timeout(600)
        page.keyboard.press("ArrowLeft")
        page.wait_for_selector("[data-next-matchup]")
        page.keyboard.press("Space")
        page.wait_for_function(f"JSON.parse(localStorage['lab.tour']).rated === {rated}")
    at(page, "votes")  # by itself
    assert visit.store.ratings.count("vote") == 2
    go_on(page, "ppo")
    page.click("[data-recorded-loop] > summary")
    at(page, "follow")
    page.wait_for_selector("[data-recorded-loop] .trends canvas")
    go_on(page, "end")
    page.click("[data-tour-next]")
    page.wait_for_selector("[data-tour]", state="hidden")
    assert page.evaluate(ON, "[data-tour-toggle]") and kept(page)["state"] == "done"
    assert visit.store.runs.all() == [] and visit.broken == []
    assert page.evaluate("localStorage.getItem('lab.comparison') ?? localStorage.getItem('lab.overfitting')") is None
    page.context.close()


def test_it_is_skipped_for_good_left_with_escape_and_taken_up_where_it_was(visit):
    page = visit.page(viewport={"width": 390, "height": 800}, locale="zh-CN")
    page.click("[data-tour-later]")
    page.reload(wait_until="domcontentloaded")
    page.wait_for_selector("[data-start]")
    assert page.locator("[data-tour-invite]").count() == 0
    page.click("[data-tour-toggle]")
    go_on(page, "ways")
    assert page.inner_text("[data-tour-title]") == "三种教法"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.wait_for_function(f"({SEEN})('details.variant')")
    page.focus("[data-tour-next]")
    page.keyboard.press("Escape")
    page.wait_for_selector("[data-tour]", state="hidden")
    assert page.evaluate(ON, "[data-tour-toggle]") and kept(page) == kept(page) | {"state": "closed", "step": "ways"}
    page.keyboard.press("Enter")
    at(page, "ways")
    page.evaluate("document.getElementById('tab-runs-button').click()")  # somebody looks elsewhere: it waits
    page.wait_for_function("document.querySelector('[data-tour]').innerText.includes('训练')")
    page.click("[data-tour-go]")
    page.wait_for_selector("details.variant >> visible=true")
    page.context.close()
    assert visit.broken == []
