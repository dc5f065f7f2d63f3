"""A comparison to look at alone, and a recording of it opened from a folder: the lab's views, and nothing to change."""

from dataclasses import replace

import pytest

from lab.replay import write_replay
from lab.store import Status
from lab.ui.example import Example
from tests.browser.page import PATIENCE, EmptyLab

pytestmark = pytest.mark.browser
CHANGING = "[data-stop], [data-next], [data-start], [data-fork], [data-resume], [data-link], [data-more-seeds]"
BUTTONS = "(all) => [...new Set(all.flatMap((one) => Object.keys(one.dataset)))].toSorted()"
LOOKED = {"share", "embed", "embedLinesCopy", "setLanguage", "toggleDark", "together", "single", "against",
          "play", "replayAgain", "speed"}  # fmt: skip
"""What buttons of a page to look at are for, besides saving files and turning views."""
WIDE = "document.documentElement.scrollWidth > innerWidth"


class Looking(EmptyLab):
    """A finished comparison, one that is still running, and a recording of the first."""

    def furnish(self, root):
        recorded = Example(self.store).store_for("example0")
        runs = recorded.runs.all(comparison="example0")
        self.store.runs.queue([replace(run, id=f"aaaa000{i}", comparison="aaaa0000") for i, run in enumerate(runs, 1)])
        self.store.runs.queue([replace(runs[2], id="bbbb0001", comparison="bbbb0001", status=Status.RUNNING)])
        for i, run in enumerate(runs, 1):
            for name in ("loss", "eval_loss"):
                for step, value in recorded.curves.curve(run.id, name):
                    self.store.curves.write(f"aaaa000{i}", step, {name: value})
        self.folder = root / "replay"
        write_replay(runs, recorded, self.folder)

    def look(self, query, **context):
        """A page without the tabs; `query` is its address from the lab's, or a file's."""
        opened = self.browser.new_context(**{"viewport": {"width": 1300, "height": 900}, "locale": "en-US", **context})
        opened.set_default_timeout(PATIENCE)
        page = opened.new_page()
        page.on("pageerror", lambda error: self.broken.append(str(error)))
        page.on("request", lambda request: self.asked.append(f"{request.method} {request.url}"))
        page.goto(query if "://" in query else self.server.url + query, wait_until="domcontentloaded")
        return page


@pytest.fixture(scope="module")
def visit(tmp_path_factory):
    with Looking.opened(tmp_path_factory.mktemp("look")) as made:
        yield made


def test_one_looks_and_changes_nothing(visit):
    visit.asked.clear()
    page = visit.look("?show=aaaa0000")
    page.wait_for_selector("table.results tbody tr")
    assert page.locator("table.results tbody tr").count() == 4 and page.locator(".chart canvas").count() == 1
    assert page.locator(CHANGING).count() == 0
    kinds = set(page.eval_on_selector_all("button", BUTTONS))
    assert {one for one in kinds if not one.startswith(("save", "view", "tuned", "sort"))} <= LOOKED, kinds
    assert page.get_attribute("[data-share]", "data-share") == f"{visit.server.url}?show=aaaa0000"
    page.click("[data-embed]")
    lines = page.input_value("[data-embed-lines]")
    assert lines.startswith(f'<iframe src="{visit.server.url}?show=aaaa0000&amp;embed=1" title="First steps"')
    assert page.locator("[data-closed]").is_visible()
    page.click("[data-set-language=zh]")
    page.wait_for_selector("text=仅供查看")
    with page.expect_download() as saved:
        page.click("[data-save-report]")
    assert b"http-equiv" in saved.value.path().read_bytes()
    assert not [one for one in visit.asked if not one.startswith("GET ")] and not visit.broken
    assert not [one for one in visit.asked if "gradio" in one]
    page.context.close()


def test_what_still_trains_is_seen_but_not_stopped_and_a_wrong_address_is_told(visit):
    page = visit.look("?show=bbbb0001&embed=1", viewport={"width": 390, "height": 800})
    page.wait_for_selector("[data-status=running]")
    assert page.locator(CHANGING).count() == 0 and page.locator(".lab-header").count() == 0
    assert page.get_attribute("[data-alone]", "href") == "?show=bbbb0001" and not page.evaluate(WIDE)
    page.goto(f"{visit.server.url}?show=no-such", wait_until="domcontentloaded")
    assert "no-such" in page.inner_text("[role=alert]")
    page.context.close()
    assert not visit.broken


def test_the_lab_leads_there(visit):
    page = visit.page("?run=aaaa0000")
    page.click("[data-share]")
    page.wait_for_selector("[data-to-lab]")
    assert page.url == f"{visit.server.url}?show=aaaa0000"
    assert page.get_attribute("[data-to-lab]", "href") == "?run=aaaa0000"
    page.context.close()
    assert not visit.broken


def test_a_recording_plays_from_a_folder_without_a_network(visit):
    visit.asked.clear()
    page = visit.look(f"file://{visit.folder}/index.html", color_scheme="dark", offline=True)
    page.wait_for_selector("[data-status=running]")
    assert page.locator("body.dark").count() == 1 and "a recording" in page.inner_text(".look-what")
    assert page.locator(CHANGING).count() == 0 and page.locator("[data-save-csv], [data-example]").count() == 0
    page.select_option("[data-speed]", "1000")
    page.wait_for_selector("[data-status=done] >> nth=3")
    page.wait_for_selector(".tuned-column >> nth=3")
    row = page.inner_text("table.results tbody tr >> nth=0")
    assert "0.85" in row and "14 MB" in row
    assert page.locator("[data-sample]").count() == 12 and page.inner_text("[data-play]") == "Play"
    page.select_option("[data-speed]", "1")
    page.click("[data-replay-again]")
    page.wait_for_selector("[data-status=running]")
    assert [one for one in visit.asked if not one.startswith("GET data:")] == [f"GET file://{visit.folder}/index.html"]
    page.set_viewport_size({"width": 390, "height": 800})
    while page.evaluate(WIDE):  # the chart follows a moment later; the page's policy lets no function be waited for
        page.wait_for_timeout(50)
    assert not visit.broken and page.is_visible(".look-what")
    page.context.close()
