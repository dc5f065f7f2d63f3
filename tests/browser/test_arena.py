"""The Arena in a real browser with real answers by nano and a run on it: votes by key, names, undo, scripts, reload."""

import time

import pytest
import yaml

from lab.home import Home
from lab.store import Run, Status, Store
from tests.browser.page import PATIENCE, Server, open_chromium
from tests.tiny import make_lora_run

pytestmark = pytest.mark.browser
RUN = "abcdef01"
RECIPE = {"name": "Dishes", "base": "nano", "data": "cuisine", "variants": [{"name": "my LoRA", "method": "lora"}]}
GUARD = 300
"""Milliseconds in which a new question takes no key yet."""


class Visit:
    """A server over a lab with one finished run, and a browser."""

    def __init__(self, root, browser):
        self.home = Home(root / "home")
        make_lora_run(self.home, "nano", RUN)
        self.store = Store(self.home)
        self.store.runs.queue([
            Run(RUN, "comp00aa", "my LoRA", "Dishes", yaml.safe_dump(RECIPE), "nano", "lora", "sft", None, Status.QUEUED,
                created=time.time())
        ])  # fmt: skip
        self.store.runs.claim("nobody")
        self.store.runs.end(RUN, Status.DONE)
        self.server, self.browser = Server(self.home.root), browser
        self.broken: list[str] = []

    def page(self, **context):
        """The Arena in a new browser profile, with a pair to judge."""
        opened = self.browser.new_context(**{"viewport": {"width": 1300, "height": 900}, "locale": "en-US", **context})
        opened.set_default_timeout(PATIENCE)
        page = opened.new_page()
        page.on("pageerror", lambda error: self.broken.append(str(error)))
        page.goto(self.server.url, wait_until="domcontentloaded")
        page.wait_for_selector("[data-start]")
        page.evaluate("Lab.openTab('arena')")
        page.wait_for_selector("[data-vote]")
        return page


@pytest.fixture(scope="module")
def visit(tmp_path_factory):
    with open_chromium() as browser:
        made = Visit(tmp_path_factory.mktemp("arena"), browser)
        yield made
        made.store.close()
        made.server.close()


@pytest.fixture(scope="module")
def page(visit):
    opened = visit.page()
    yield opened
    opened.context.close()


def shown(page) -> list[str]:
    return page.locator(".arena-stage h2, .arena-answer .answer").all_inner_texts()


def press(page, key: str) -> None:
    """Vote by key once the question takes one, and see the names."""
    page.wait_for_selector("[data-vote]")
    page.wait_for_timeout(GUARD)
    page.keyboard.press(key)
    page.wait_for_selector("[data-name]")


def verdicts(visit) -> list[str]:
    return [vote.verdict for vote in visit.store.ratings.current("vote") if not vote.scripted]


def test_a_vote_by_key_shows_the_names_and_the_next_question_comes_by_itself(visit, page):
    before = shown(page)
    assert len(before) == 3 and page.locator("[data-name]").count() == 0
    assert "my LoRA" not in page.inner_text(".arena-stage")
    press(page, "ArrowLeft")
    assert {name.strip() for name in page.locator("[data-name]").all_inner_texts()} == {"Nano", "my LoRA"}
    assert page.locator("[data-vote]").count() == 0
    page.wait_for_selector("[data-vote]")
    assert shown(page) != before
    (vote,) = visit.store.ratings.current("vote")
    left = visit.store.ratings.answer(vote.answer)
    assert (vote.verdict, vote.rater[:8], left.text) == ("left", "browser-", before[1].strip())


def test_every_verdict_has_its_key_and_space_goes_on(visit, page):
    for key in ("ArrowRight", "t", "ArrowDown"):
        press(page, key)
        page.keyboard.press(" ")
    page.wait_for_selector("[data-vote]")
    assert verdicts(visit) == ["left", "right", "tie", "both_bad"]
    assert "4 votes, 4 of them yours" in page.inner_text("[data-line]")


def test_the_last_vote_is_taken_back_by_key(visit, page):
    page.wait_for_timeout(GUARD)
    now = shown(page)
    page.keyboard.press("u")
    page.wait_for_function(
        "(before) => document.querySelector('.arena-answer .answer')?.textContent !== before", arg=now[1]
    )
    assert verdicts(visit) == ["left", "right", "tie"]
    press(page, "ArrowRight")
    page.keyboard.press(" ")
    assert verdicts(visit) == ["left", "right", "tie", "right"]


def test_a_reload_shows_the_same_pair_with_the_same_sides(visit, page):
    page.wait_for_selector("[data-vote]")
    before = shown(page)
    page.reload(wait_until="domcontentloaded")
    page.wait_for_selector("[data-start]")
    page.evaluate("Lab.openTab('arena')")
    page.wait_for_selector("[data-vote]")
    assert shown(page) == before


def test_scripts_vote_on_demand_and_are_named_everywhere(visit, page):
    page.fill("[data-count]", "12")
    page.select_option("[data-script]", "shorter")
    page.click("[data-let-script]")
    page.wait_for_function("/16 votes/.test(document.querySelector('[data-line]').textContent)")
    page.wait_for_selector("[data-mixed]")
    assert "12 by scripts" in page.inner_text("[data-line]")
    assert "12 of 16 votes are by scripted raters" in page.inner_text("[data-mixed]")
    assert page.locator("[data-player-row]").count() == 2
    assert "Shorter" in page.inner_text(".raters")
    assert {vote.rater for vote in visit.store.pairs.votes() if vote.scripted} == {"scripted:shorter"}
    page.click("[data-raters=people]")
    page.wait_for_selector("[data-mixed]", state="detached")


def test_a_question_of_ones_own_is_answered_by_both_and_comes_next(visit, page):
    page.fill(".arena-own input", "What is a parrot?")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('.arena-question')?.textContent === 'What is a parrot?'")
    page.keyboard.press("ArrowLeft")  # the cursor is in the box: no vote
    assert len(verdicts(visit)) == 4


def test_another_browser_rates_on_its_own(visit, page):
    other = visit.page(viewport={"width": 390, "height": 844}, color_scheme="dark", locale="zh-CN")
    assert other.evaluate("document.documentElement.scrollWidth") <= 390
    edge = "Math.max(...[...document.querySelectorAll('.arena *')].map((one) => one.getBoundingClientRect().right))"
    assert other.evaluate(edge) <= 390
    other.click("[data-vote=tie]")
    other.wait_for_selector("[data-name]")
    assert "你投了 1 票" in other.inner_text("[data-line]")
    assert len({vote.rater for vote in visit.store.pairs.votes() if not vote.scripted}) == 2
    other.context.close()


def test_nothing_broke(visit, page):
    assert visit.broken == []
