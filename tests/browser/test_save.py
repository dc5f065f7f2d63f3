"""Figures leave the page as files, and the table that they are from keeps its last columns in sight."""

import csv
import io
from dataclasses import replace

import pytest

from lab.model_export import Agreement
from lab.model_export.record import keep_record
from lab.store import Change, Status
from lab.ui.example import Example
from tests.browser.page import EmptyLab, saved

pytestmark = pytest.mark.browser
TAKEN = Agreement(104, 0.5, 7.5e-4, 0.971, by="llama.cpp (x 1)", texts=28, texts_same=27, differing=("x",))
LONG = "a_very_long_name_without_any_space_that_nobody_would_give_but_that_a_sweep_over_many_settings_makes_by_itself"
WIDTHS = """() => {
  const table = document.querySelector('table.results');
  const last = table.querySelector('thead th:last-child').getBoundingClientRect();
  return [table.scrollWidth, table.closest('.scroll-x').clientWidth, last.right, innerWidth];
}"""


class Saving(EmptyLab):
    """A finished comparison, one variant with a long name and one that was stopped before it had a loss."""

    def furnish(self, root):
        recorded = Example(self.store).store_for("example0")
        named = {1: {"name": LONG}, 2: {"name": "stopped", "status": Status.CANCELLED}}
        runs = [replace(run, id=f"aaaa000{i}", comparison="aaaa0000", recipe_name="A/B: <test>", **named.get(i, {}))
                for i, run in enumerate(recorded.runs.all(comparison="example0"))]  # fmt: skip
        runs[2] = replace(runs[2], outcome=replace(runs[2].outcome, eval_loss=Change()))
        self.store.runs.queue(runs)
        for i, run in enumerate(runs):
            for name in ("loss", "eval_loss"):
                for step, value in recorded.curves.curve(f"example{i + 1}", name):
                    self.store.curves.write(run.id, step, {name: value})


@pytest.fixture(scope="module")
def visit(tmp_path_factory):
    with Saving.opened(tmp_path_factory.mktemp("save")) as made:
        yield made


def test_table_report_curves_and_plot_are_saved_as_files(visit):
    page = visit.page()
    page.wait_for_selector("[data-save-csv]")
    name, text = saved(page, "csv")
    rows = {row["variant"]: row for row in csv.DictReader(io.StringIO(text.decode()))}
    assert name == "A-B-test.csv" and len(rows) == 4 and set(rows) >= {LONG, "stopped"}
    assert rows["stopped"]["held_out_loss.after"] == "" and float(rows[LONG]["held_out_loss.after"]) > 0
    assert saved(page, "markdown")[1].startswith(b"| variant |") and b"\\begin{tabular}" in saved(page, "latex")[1]
    name, report = saved(page, "report")
    assert name == "A-B-test.html" and b"A/B: &lt;test&gt;" in report and b"<test>" not in report and b"<svg" in report
    assert saved(page, "curves-svg")[1].startswith(b"<svg") and saved(page, "curves-png")[1].startswith(b"\x89PNG")
    page.evaluate("document.querySelectorAll('details.overview').forEach((one) => (one.open = true))")
    page.wait_for_selector(".plot-box svg")
    name, plot = saved(page, "plot-svg")
    assert name == "A-B-test-plot.svg" and b"fill:" in plot and saved(page, "plot-png")[1].startswith(b"\x89PNG")
    table, place, last, window = page.evaluate(WIDTHS)
    assert table <= place and last <= window, "the table's last columns are out of sight at 1,400 pixels"
    page.context.close()
    assert visit.broken == []


def test_a_model_is_taken_home_from_below_the_table_and_what_was_taken_is_told_on_its_page(visit):
    keep_record("aaaa0001", "gguf_q8_0", 4_000_000, TAKEN, visit.home)
    page = visit.page()
    page.click("[data-take]")
    assert page.locator("[data-take-run] option").count() == 4
    page.select_option("[data-take-run]", "aaaa0001")
    page.click("[data-take-home=gguf_q8_0]")  # the runs of this lab are rows without files
    page.wait_for_selector(".problem[data-taken]")
    assert page.inner_text("[data-taken]").startswith("run 'aaaa0001' has no weights here")
    page.goto(f"{page.url.split('?')[0]}?tab=runs&run=aaaa0001")
    page.wait_for_selector("[data-exports]")
    told = page.inner_text("[data-exports] tbody")
    assert "GGUF, 8 bits" in told and "llama.cpp (x 1)" in told and "97.1 %" in told and "27 / 28" in told
