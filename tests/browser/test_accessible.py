"""For everyone: axe finds nothing to mend in any tab, in light and English or in dark and Chinese, nor in the tour
beside them, and three walks through the page go by keys alone.

One visit for all: an empty lab with the recorded example, and pairs of answers that wait for a vote.
"""

from importlib.resources import files

import pytest

from lab.store.pairs import new_answer, new_pair
from tests.browser.page import EmptyLab, open_tab

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
TABS = ("learn", "train", "compare", "arena", "rlhf", "overfitting", "runs")
SHOWN = {"learn": ".learn-split", "compare": "[data-ask]", "arena": "[data-vote]", "rlhf": "[data-needs]"}
"""What is waited for where a tab asks the lab first."""
AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
LOOK = """async ([tab, rules]) => {
  const place = rules ? [[`#tab-${tab}`]] : null;
  const options = {resultTypes: ["violations"], preload: false, iframes: false};
  if (rules) options.runOnly = rules;
  const {violations} = await axe.run(place ? {include: place, exclude: [["svg"]]} : document, options);
  const first = (nodes) => nodes.slice(0, 3).map((one) => one.html.slice(0, 120)).join(" | ");
  return violations.map(({id, nodes}) => `${id}: ${first(nodes)}`);
}"""
WITHOUT_PICTURES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
"""Axe's rules by their kinds, in a tab alone and without its drawings, which are alike in all languages."""
UNFOLD = "document.querySelectorAll('details:not(.variant, [data-tuned] *)').forEach((one) => (one.open = true))"
"""All but the variants' forms, which are alike, and the long table of every module."""
FOCUSED = "(selector) => Boolean(document.activeElement?.matches(selector))"
MOST_STOPS = 60
"""Presses of Tab that any control of a walk is away from the one before it."""


class Accessible(EmptyLab):
    """An empty lab, but for pairs of nano's answers to vote on."""

    def furnish(self, root):
        asked = [{"role": "user", "content": "Tell me a story."}]
        sides = [[new_answer("base:nano", asked, f"{text} {i}.", {}, "n") for text in ("A happy day", "A dark day")]
                 for i in range(12)]  # fmt: skip
        self.store.pairs.keep([new_pair("prompts", *side) for side in sides])


@pytest.fixture(scope="module")
def visit(tmp_path_factory):
    with Accessible.opened(tmp_path_factory.mktemp("accessible")) as made:
        yield made


@pytest.fixture(scope="module")
def page(visit):
    opened = visit.page()
    opened.evaluate(AXE)
    yield opened
    opened.context.close()


def violations(page, rules: list[str] | None = None) -> dict[str, list[str]]:
    """By tab what axe finds: of some rules in the tab as it opens, of all rules in the whole page, folds open."""
    found = {}
    for tab in TABS:
        open_tab(page, tab)
        page.wait_for_selector(f"#tab-{tab} {SHOWN.get(tab, '.lab-component *')}")
        if tab == "train":
            page.wait_for_selector("[data-save-csv]")
        if not rules:
            page.evaluate(UNFOLD)
        found[tab] = page.evaluate(LOOK, [tab, rules])
    return {tab: wrong for tab, wrong in found.items() if wrong}


def test_axe_finds_nothing_in_any_tab_in_the_dark_and_in_chinese(page):
    page.click("[data-toggle-dark]")
    page.click("[data-set-language=zh]")
    page.wait_for_function("document.querySelector('[data-tab=runs]').textContent === '记录'")
    assert violations(page, WITHOUT_PICTURES) == {}
    page.click("[data-tour-toggle]")
    page.wait_for_selector("[data-tour-title]")
    page.wait_for_timeout(300)
    assert page.evaluate(LOOK, ["train", None]) == []  # the whole page with the tour's panel over it
    page.click("[data-tour-close]")
    page.click("[data-set-language=en]")
    page.click("[data-toggle-dark]")


def test_axe_finds_nothing_in_any_tab_in_light(page):
    assert violations(page) == {}


class Keys:
    """Somebody without a mouse: Tab, arrows, Enter, and typing."""

    def __init__(self, page):
        self.page, self.stops = page, 0

    def to(self, selector: str, key: str = "Tab") -> None:
        """Press Tab until the control has the keyboard."""
        for _ in range(MOST_STOPS):
            if self.page.evaluate(FOCUSED, selector):
                return
            self.page.keyboard.press(key)
            self.stops += 1
        raise AssertionError(f"{selector} is not reached by {key}")

    def press(self, selector: str, key: str = "Enter") -> None:
        self.to(selector)
        self.page.keyboard.press(key)

    def open(self, tab: str) -> None:
        """To the row of tabs, along it with the arrows, and into the tab."""
        fresh = self.page.evaluate("document.activeElement === document.body")
        self.to("[role=tab]", "Tab" if fresh else "Shift+Tab")
        for _ in TABS:
            if self.page.evaluate(FOCUSED, f"[data-tab={tab}]"):
                break
            self.page.keyboard.press("ArrowRight")
            self.page.wait_for_timeout(60)
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector(f"#tab-{tab} .lab-component *")


def test_a_student_trains_and_asks_by_keys_alone(visit):
    page = visit.page()
    keys = Keys(page)
    keys.press("[data-start]", " ")
    page.wait_for_selector("[data-whole-progress]")
    assert len(visit.store.runs.all()) == 4 and keys.stops < MOST_STOPS
    keys.open("compare")
    keys.to("[data-ask]")
    page.keyboard.type("What does mapo tofu taste like?")
    page.keyboard.press("Enter")
    page.wait_for_selector(".voice")
    keys.open("runs")
    keys.press("[data-open-run], #tab-runs tr[tabindex], #tab-runs a[href*='run=']")
    page.wait_for_selector(".run-page")
    page.context.close()


def test_an_engineer_sweeps_a_setting_and_takes_figures_along_by_keys_alone(visit):
    page = visit.page()
    keys = Keys(page)
    keys.press("[data-variant='2'] > summary")
    keys.to("[data-variant='2'] [data-knob=r]")
    page.keyboard.press("Control+a")
    page.keyboard.type("2, 8, 32")
    page.wait_for_function("document.querySelector('[data-start]').textContent.includes('6')")
    page.wait_for_selector("[data-save-csv]")
    keys.to("[data-save-csv]")
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    assert saved.value.suggested_filename.endswith(".csv")
    page.context.close()


def test_a_teacher_goes_from_training_over_votes_to_the_loops_stations_by_keys_alone(visit):
    page = visit.page()
    keys = Keys(page)
    queued = len(visit.store.runs.all())
    keys.press("[data-start]", " ")
    page.wait_for_selector("[data-whole-progress]")
    assert len(visit.store.runs.all()) > queued
    keys.open("arena")
    page.wait_for_selector("[data-vote]")
    page.wait_for_timeout(400)
    page.keyboard.press("ArrowLeft")  # the tab has the keyboard: a vote, not another tab
    page.wait_for_selector("[data-name]")
    assert visit.store.ratings.count("vote") == 1
    keys.open("rlhf")
    page.wait_for_selector("[data-station=ratings]")
    for control in ("[data-set=votes]", "[data-do=script_ratings]"):
        keys.to(f"[data-station=ratings] {control}")
    for station in ("model", "policy", "duel"):  # what can't be done yet has its settings within reach
        keys.to(f"[data-station={station}] :is(summary, button, input, select)")
    page.context.close()
    assert visit.broken == []
