"""Forking in a real browser: the form beside a run that trains, the fork that waits beside it, the tree of runs."""

import pytest

from lab.planning import submit
from lab.recipe import build_recipe
from lab.store import Status
from tests.browser.page import QuietServer, Visit, open_tab

pytestmark = pytest.mark.browser


class Forking(Visit):
    """A lab with two variants, one of which trains as far as anybody can see; nobody carries runs out."""

    server_kind = QuietServer

    def furnish(self, root):
        variants = [{"name": name, "method": "lora", "learning_rate": 1e-3} for name in ("first", "second")]
        self.runs = submit(build_recipe({"name": "Forked", "variants": variants}), self.store)
        run = self.store.runs.claim("here")
        self.store.runs.progress(run.id, 20, 60)
        for step in range(1, 21):
            self.store.curves.write(run.id, step, {"loss": 5 - step / 10})


@pytest.fixture(scope="module")
def visit(tmp_path_factory):
    with Forking.opened(tmp_path_factory.mktemp("forks")) as made:
        yield made


def test_a_run_that_trains_is_forked_with_changes_and_stands_in_the_tree(visit):
    run = visit.runs[0]
    page = visit.page(f"?run={run.comparison}")
    row = f".progress-row[data-run='{run.id}']"
    page.wait_for_selector(f"{row} [data-stop-run]")
    assert page.locator(".progress-row [data-fork]").count() == 1  # the other one has not begun
    page.click(f"{row} [data-fork]")
    page.wait_for_selector("[data-fork-form]")
    assert page.input_value("[data-field=learning_rate]") == "0.001" and page.input_value("[data-field=steps]") == "60"
    page.fill("[data-field=steps]", "10")
    page.click("[data-fork-send]")
    page.wait_for_selector("[data-fork-form] .problem")
    assert "behind the fork: its parent has done 20 steps" in page.inner_text("[data-fork-form]")
    page.fill("[data-field=steps]", "90")
    page.fill("[data-field=learning_rate]", "1e-4")
    page.click("[data-fork-send]")
    page.wait_for_function("document.querySelectorAll('.progress-row').length === 3")
    assert page.locator("[data-fork-form]").count() == 0
    assert "waits for its parent" in page.inner_text(".progress")
    copy = visit.store.runs.all()[-1]
    assert (copy.name, copy.parent) == ("first → learning_rate=1e-4,budget.steps=90".replace(",", ", "), run.id)
    assert visit.store.runs.get(run.id).request == "checkpoint"

    visit.store.runs.request(copy.id, "cancel")
    page.click(f"{row} [data-stop-run]")
    page.wait_for_function("document.querySelector('.progress').innerText.includes('stopping')")
    assert visit.store.runs.get(run.id).request == "cancel"
    visit.store.runs.end(run.id, Status.INTERRUPTED, "stopped")
    page.click(f"{row} [data-resume-run]")
    page.wait_for_function(f"document.querySelector(\"{row}\").dataset.status === 'queued'")

    open_tab(page, "runs")
    page.wait_for_selector("[data-families]")
    page.click("[data-families]")
    tree = ".overview [role=tree]"
    assert page.locator(f"{tree} [role=treeitem]").count() == 2
    page.focus(f"{tree} [data-lineage='{run.id}']")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.lineage") == copy.id
    page.keyboard.press("Enter")
    page.wait_for_selector(f"[data-run-id='{copy.id}']")
    assert page.locator(f".run-page [data-lineage='{copy.id}'][aria-current=true]").count() == 1
    assert visit.broken == []
