"""The engineer's afternoon, by keys alone: runs that were trained are compared, told apart, named, tagged and deleted;
and the addresses on the way, with Back, Forward, reload and wrong ones.

The runs are written into the store, so that no time goes into training. How many keys it takes is asserted, and printed
with the time (`-s`).
"""

import time
from dataclasses import replace

import pytest

from lab.planning import submit
from lab.recipe import build_recipe
from lab.serving.pulling import Pull, Pulls
from lab.store import Change, Outcome, Status
from lab.ui import form_choices, pulling
from tests.browser.page import QuietServer, Visit
from tests.browser.test_accessible import AXE, LOOK

pytestmark = pytest.mark.browser
TRAINED = (("First try", ("lora", "full", "ia3"), 1e-3), ("Second try", ("lora",), 5e-3), ("Dead end", ("lora",), 1.0))
MOST_STOPS = 60
"""Presses of Tab from one thing to the next; a run's row has two stops."""
ON = "(selector) => Boolean(document.activeElement?.matches(selector))"


class Afternoon(Visit):
    """A lab with three finished comparisons and nobody who would train."""

    server_kind = QuietServer
    ready = "#component-watch table.results tbody tr"

    def furnish(self, root):
        self.runs = {}
        for name, methods, rate in TRAINED:
            variants = [{"name": method, "method": method, "learning_rate": rate} for method in methods]
            for place, run in enumerate(submit(build_recipe({"name": name, "variants": variants}), self.store)):
                self.store.runs.claim("here")
                self.store.curves.write(run.id, 1, {"loss": 4.0, "eval_loss": 4.0})
                for step in (2, 3, 4):
                    self.store.curves.write(run.id, step, {"loss": 4 / step + place, "eval_loss": 4 / step + place})
                outcome = Outcome(steps=4, trainable_params=10 ** (3 + place), total_params=10**6)
                self.store.runs.note(run.id, replace(outcome, eval_loss=Change(4.0, 1.0 + place), train_seconds=9.0))
                self.store.runs.end(run.id, Status.DONE)
                (folder := self.home.run(run.id).root).mkdir(parents=True)
                (folder / "log.txt").write_text("x" * 9000)
                self.runs[name, run.name] = run


class Keys:
    """Somebody without a mouse, whose presses are counted."""

    def __init__(self, page):
        self.page, self.pressed, self.began = page, 0, time.monotonic()

    def press(self, key: str) -> None:
        self.pressed += 1
        self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        self.pressed += len(text)
        self.page.keyboard.type(text)

    def reach(self, selector: str, key: str = "Tab") -> None:
        """Go on by one key until that is in focus."""
        self.page.wait_for_selector(selector)
        for _ in range(MOST_STOPS):
            if self.page.evaluate(ON, selector):
                return
            self.press(key)
        raise AssertionError(f"{selector} is not within {MOST_STOPS} presses of {key}")

    def do(self, selector: str, key: str = "Tab") -> None:
        self.reach(selector, key)
        self.press("Enter")

    def tell(self, what: str) -> None:
        print(f"{what}: {time.monotonic() - self.began:.1f} s, {self.pressed} keys")


@pytest.fixture(scope="module")
def visit(tmp_path_factory):
    with Afternoon.opened(tmp_path_factory.mktemp("afternoon")) as made:
        yield made


def test_the_afternoon_by_keys_alone(visit):
    first, second = visit.runs["First try", "lora"].id, visit.runs["Second try", "lora"].id
    page = visit.page()
    keys = Keys(page)
    page.focus("[data-tab=train]")
    keys.reach("[data-tab=runs]", "ArrowLeft")  # two steps: the row of tabs goes round
    page.wait_for_selector("table.runs tbody tr")
    keys.reach(f".runs tr[data-run='{second}']")
    keys.press("Space")
    keys.reach(f".runs tr[data-run='{first}']")
    keys.press("Space")
    page.wait_for_selector("[data-picked='2']")
    keys.tell("two runs chosen")

    keys.do("[data-compare]", "Shift+Tab")
    page.wait_for_selector(".side-by-side table.results tbody tr")
    assert page.evaluate(ON, "[data-back]")
    names = page.locator(".side-by-side table.results tbody .name > span:not(.swatch)").all_inner_texts()
    assert names == ["lora · Second try", "lora · First try"]
    assert page.locator(".side-by-side .chart canvas").count() == 1
    assert "same questions" in page.inner_text(".side-by-side [data-alike=true]")
    keys.do("[data-diff]")
    page.wait_for_selector("[data-differs=learning_rate]")
    assert page.inner_text("[data-differs=learning_rate]").split() == ["learning", "rate", "0.005", "0.001"]
    keys.tell("compared")
    page.evaluate(AXE)
    assert page.evaluate(LOOK, ["runs", None]) == []

    keys.do("[data-back]", "Shift+Tab")
    page.wait_for_selector("[data-picked='2']")
    keys.reach("[data-tag]")
    keys.write("paper")
    keys.press("Enter")
    page.wait_for_selector("[data-untag=paper]")
    keys.do("[data-star]", "Shift+Tab")
    page.wait_for_function("document.querySelectorAll('table.runs .star').length === 2")
    keys.do("[data-pick-none]")
    keys.reach("[data-filter-tag]")
    keys.write("#p")
    page.wait_for_function("document.querySelectorAll('table.runs tbody tr').length === 2")
    keys.tell("tagged, starred and filtered")

    keys.do(f".runs tr[data-run='{first}']")
    page.wait_for_selector(".run-page [data-name]")
    assert page.evaluate(LOOK, ["runs", None]) == []
    keys.reach(".run-page [data-name]")
    keys.press("Control+a")
    keys.write("baseline")
    keys.press("Enter")
    page.wait_for_function("document.querySelector('table.runs').innerText.includes('baseline')")
    assert f"run={first}" in page.url and visit.store.runs.get(first).name == "baseline"
    keys.tell("renamed")

    dead = visit.runs["Dead end", "lora"].comparison
    keys.do("[data-list-comparisons]", "Shift+Tab")
    page.wait_for_selector("[data-open-comparison] polyline")
    page.keyboard.press("Tab")
    keys.reach("[data-filter-tag]")
    keys.press("Home")
    page.wait_for_function("document.querySelectorAll('.comparison-card').length === 3")
    keys.reach(f"[data-pick='{dead}']")
    keys.press("Space")
    keys.do("[data-delete-picked]", "Shift+Tab")
    page.wait_for_selector("[data-removal='1']")
    assert "1 run goes for good" in page.inner_text(".removal") and "kB of disk" in page.inner_text(".removal")
    assert page.evaluate(ON, "[data-delete-picked-sure]")
    assert page.evaluate(LOOK, ["runs", None]) == []
    keys.press("Enter")
    page.wait_for_function("document.querySelectorAll('.comparison-card').length === 2")
    assert visit.store.runs.all(comparison=dead) == []
    keys.tell("deleted")
    assert keys.pressed < 250 and visit.broken == []
    page.context.close()


def test_a_base_is_fetched_from_the_form_and_is_known_at_once(visit, monkeypatch):
    pull, here = Pull("smollm2-135m", words="downloading it", total=100_000_000), {"nano"}
    monkeypatch.setattr(Pulls, "start", lambda pulls, model: here.add("asked"))
    monkeypatch.setattr(Pulls, "all", lambda pulls: [pull] if "asked" in here else [])
    for module in (form_choices, pulling):
        monkeypatch.setattr(module, "is_here", lambda name, home: name in here)
    page = visit.page()
    page.select_option("[data-field=base]", "smollm2-135m")
    page.wait_for_selector("[data-pull]")
    assert "Fetch it (269 MB)" in page.inner_text("[data-pull]")
    page.click("[data-pull]")
    page.wait_for_selector("[data-pulling]")
    pull.bytes = 40_000_000
    page.wait_for_function("document.querySelector('[data-pulling]').innerText.includes('40 MB of about 100 MB')")
    assert "downloading it" in page.inner_text("[data-pulling]")
    assert page.locator("[data-pull-stop]").count() == 1
    here.add("smollm2-135m")
    page.wait_for_selector(".pull", state="hidden")
    chosen = "document.querySelector('[data-field=base]').selectedOptions[0].textContent"
    page.wait_for_function(f"!{chosen}.includes('not on this machine')")
    page.context.close()


def test_every_place_has_an_address_that_back_forward_and_reload_know(visit):
    first = visit.runs["First try", "full"]
    page = visit.page(f"?run={first.comparison}")
    page.click("[data-tab=runs]")
    page.click(f".runs tr[data-run='{first.id}'] td.name")
    page.wait_for_selector(f"[data-run-id='{first.id}']")
    page.click("[data-list-comparisons]")
    page.click(f"[data-open-comparison='{first.comparison}']")
    page.wait_for_selector(".side-by-side table.results tbody tr")
    address = f"?tab=runs&compare={first.comparison}"
    assert page.url.endswith(address)
    page.click("[data-tab=learn]")
    page.wait_for_function("location.search === '?tab=learn'")
    page.go_back()
    page.wait_for_selector(".side-by-side table.results >> visible=true")
    page.go_back()
    page.wait_for_selector(".comparison-card >> visible=true")
    page.go_back()
    page.wait_for_selector(f"[data-run-id='{first.id}'] >> visible=true")
    page.go_back()
    page.wait_for_selector("table.runs >> visible=true")
    page.go_back()
    page.wait_for_selector("#component-watch table.results >> visible=true")
    assert page.url.endswith(f"?run={first.comparison}")
    for _ in range(4):
        page.go_forward()
    page.wait_for_selector(".side-by-side table.results >> visible=true")
    assert page.url.endswith(address)
    page.reload(wait_until="domcontentloaded")
    page.wait_for_selector(".side-by-side table.results >> visible=true")
    page.context.close()


def test_a_wrong_address_is_a_sentence_and_a_run_where_a_comparison_is_meant_leads_to_its_page(visit):
    page = visit.page("?tab=nowhere&lang=en")
    assert 'a tab "nowhere", which there is not' in page.inner_text("[data-address-problem]")
    first = visit.runs["First try", "full"]
    for query, selector, words in (
        ("?run=<b>", "[data-address-problem]", 'asks for "run=<b>"'),
        ("?run=abcdefgh", "#component-watch .problem", "no longer there"),
        ("?tab=runs&run=abcdefgh", ".run-page .problem", "there is no run 'abcdefgh'"),
        ("?tab=runs&compare=abcdefgh", ".side-by-side .problem", "none of these runs is there"),
        (f"?tab=runs&compare={first.id},abcdefgh", "[data-missing]", "No longer there: abcdefgh"),
    ):
        page.goto(visit.server.url + query, wait_until="domcontentloaded")
        page.wait_for_selector(selector)
        assert words in page.inner_text(selector), query
    page.evaluate("localStorage['lab.comparison'] = localStorage['lab.overfitting'] = 'abcdefgh'")  # deleted since
    page.goto(visit.server.url, wait_until="domcontentloaded")
    page.wait_for_selector("#component-watch table.results")
    assert page.locator("#component-watch .problem >> visible=true").count() == 0
    page.click("[data-tab=overfitting]")
    page.wait_for_selector("#component-curves .empty >> visible=true")
    page.wait_for_function("!localStorage['lab.overfitting']")
    assert page.locator("#component-curves .problem >> visible=true").count() == 0
    page.goto(visit.server.url + f"?run={first.id}", wait_until="domcontentloaded")
    page.wait_for_selector(f"[data-run-id='{first.id}']")
    assert page.url.endswith(f"?tab=runs&run={first.id}") and visit.broken == []
    page.context.close()
