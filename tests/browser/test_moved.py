"""What became of a comparison, in a real browser: the plot, the table of many variants, the picture of what was tuned.

The picture is of real models, measured after a nudge; the figures of twelve variants are written into the store, so
that they are known to the digit. Nobody trains while the page is looked at.
"""

import time

import pytest
import torch
import yaml

from lab.card import find_cards
from lab.data.encode import encode
from lab.evaluate.movement import measure, movable
from lab.models import Link, load_model, load_tokenizer
from lab.models.shape import folder_shape
from lab.models.tensors import open_tensors
from lab.store import Change, Outcome, Run, Status
from lab.training.weights import trainable_count
from tests.browser.page import QuietServer, Visit, open_tab
from tests.tiny import SENTENCES, make_tiny_base

pytestmark = pytest.mark.browser
FOUR = ("full", "adalora", "prefix", "adapter")
TWELVE = ("full", "freeze", "lora", "prefix", "adapter", "ia3", "oft", "shira", "dora", "prompt", "adalora", "vera")
SHOWN = "[...document.querySelectorAll('#component-watch tr[data-of]')].map((row) => row.dataset.of)"
SIDEWAYS = """Math.max(...[...document.querySelectorAll('#component-watch *')].filter((one) =>
  !one.closest('.scroll-x, .columns, .tuned-columns')).map((one) => one.getBoundingClientRect().right))"""
SEEN_IN_TABLE = """(name) => { const row = document.querySelector(`tr[data-of='${name}']`).getBoundingClientRect();
  const box = document.querySelector('.scroll-x.tall').getBoundingClientRect();
  return row.top >= box.top && row.bottom <= box.bottom; }"""


def write(store, run_id: str, comparison: str, name: str, method: str, outcome: Outcome, seed: int = 0) -> None:
    """A finished run with that outcome and a short curve."""
    recipe = yaml.safe_dump({"base": "nano", "seed": seed, "variants": [{"name": name, "method": method}]})
    run = Run(run_id, comparison, name, "A recipe", recipe, "nano", method, "sft", None, Status.QUEUED, time.time())
    store.runs.queue([run])
    store.runs.claim("here", only=[run_id])
    for step in (1, 2):
        loss = outcome.eval_loss.after + 2 - step
        store.curves.write(run_id, step, {"loss": loss, "eval_loss": loss})
    store.runs.note(run_id, outcome)
    store.runs.end(run_id, Status.DONE)


def write_four(store, base) -> None:
    """FOUR methods on the tiny base, their trainable weights nudged a little, measured as after a run."""
    tokenizer, tensors = load_tokenizer(base), folder_shape(base).tensors
    rows = encode([{"text": text} for text in SENTENCES[:2]], "text", tokenizer, 32)
    for place, method in enumerate(FOUR):
        module = find_cards("lab.methods")[method]
        knobs = module.CARD.complete_knobs({}, method)
        torch.manual_seed(place)
        model = module.build(load_model(base), steps=20, seed=0, **knobs)
        with torch.no_grad():
            for weight in model.parameters():
                if weight.requires_grad:
                    weight += 0.03 * torch.randn_like(weight)
        with open_tensors((Link("base", str(base)),), store.home) as start:
            movement = measure(model, movable(model, tensors), start, rows, mergeable=module.CARD.mergeable)
        ranks = {f"layers.{layer}.mlp.down_proj": 3 + layer for layer in (0, 1)} if method == "adalora" else {}
        outcome = Outcome(trainable_params=trainable_count(model), total_params=model.num_parameters(), ranks=ranks,
                          train_seconds=1.0, eval_loss=Change(4.0, 2.0 + place), moved=movement.pack())  # fmt: skip
        write(store, f"{method:0>8}", "four00aa", f"by {method}", method, outcome)


def write_many(store, comparison: str, methods=TWELVE, seeds: int = 1, **metrics) -> None:
    """One variant a method; held-out loss 3 − place/10, one more a seed."""
    for place, method in enumerate(methods):
        for seed in range(seeds):
            name = f"way {place}" if seeds == 1 else f"way {place} · seed {seed}"
            figures = {key: Change(value(0), value(place)) for key, value in metrics.items()}
            outcome = Outcome(trainable_params=10 ** (place % 6 + 1), total_params=10**7, train_seconds=1.0 + place,
                              eval_loss=Change(4.0, 3.0 - place / 10 + seed), metrics=figures)  # fmt: skip
            write(store, f"{comparison[:4]}{place:02d}{seed:02d}", comparison, name, method, outcome, seed)


class Watching(Visit):
    """Pages at a finished comparison: four kinds of movement, twelve variants, three seeds, a feedback loop."""

    server_kind, ready = QuietServer, "#component-watch table.results tbody tr"

    def furnish(self, root):
        write_four(self.store, make_tiny_base(root / "tiny"))
        write_many(self.store, "many00aa", exact_match=lambda place: place / 20)
        write_many(self.store, "seed00aa", TWELVE[:3], seeds=3)
        write_many(self.store, "rlhf00aa", TWELVE[:5], reward=lambda place: place / 2, kl=lambda place: 1.0 * place)


@pytest.fixture(scope="module")
def visit(tmp_path_factory):
    with Watching.opened(tmp_path_factory.mktemp("moved")) as made:
        yield made


def test_what_was_tuned_is_drawn_from_the_model_and_read_out(visit):
    page = visit.page("?run=four00aa")
    page.wait_for_selector(".tuned-picture")
    assert page.locator(".tuned-picture").count() == 4
    ada = page.locator("[data-tuned='0adalora']")
    assert ada.locator(".cell").count() == 20 and ada.locator(".cell.may").count() == 14
    prefix, adapter = page.locator("[data-tuned='00prefix']"), page.locator("[data-tuned='0adapter']")
    assert prefix.locator(".cell.may").count() == 2 and adapter.locator(".cell.new").count() == 2
    prefix.locator(".cell.may").first.hover()
    assert "of the attention" in page.inner_text(".tuned-told")
    ada.locator("[data-module='model.layers.1.mlp.down_proj']").click()
    told = page.inner_text(".tuned-told")
    assert told.startswith("Layer 2, MLP down") and "8,192 weights" in told and "rank" in told
    page.click("[data-tuned-rank]")
    assert ada.locator("[data-module$=down_proj] .tuned-word").all_text_contents() == ["4", "3"]
    page.click("[data-tuned-trainable]")
    assert page.locator("[data-tuned='0000full'] .lit").count() == 20
    ada.locator("details summary").click()
    assert "%" in ada.locator("table").inner_text()
    page.context.close()


def test_the_table_of_many_is_sorted_searched_and_tells_only_differences(visit):
    page = visit.page("?run=many00aa")
    assert page.evaluate(SHOWN)[0] == "way 0"
    page.click("[data-sort=held_out]")
    assert page.evaluate(SHOWN)[:2] == ["way 11", "way 10"]
    page.click("[data-sort='metric:exact_match']")
    assert page.evaluate(SHOWN)[:2] == ["way 11", "way 10"]
    page.click("[data-sort=trainable]")
    assert page.evaluate(SHOWN)[:2] == ["way 0", "way 6"]
    page.fill("[data-find-variant]", "low rank")
    assert set(page.evaluate(SHOWN)) == {"way 2", "way 8", "way 10", "way 11"}
    page.fill("[data-find-variant]", "")
    page.click("[data-view-differences]")
    page.wait_for_selector("[data-sort='setting:method']")
    heads = page.locator("#component-watch thead [data-sort]")
    columns = heads.evaluate_all("(all) => all.map((one) => one.dataset.sort)")
    assert columns == ["variant", "setting:method", "setting:knobs", "held_out"]
    page.click("[data-view-settings]")
    page.wait_for_selector("[data-sort='setting:batch_size']")
    page.context.close()


def test_a_click_on_a_bubble_picks_the_variant_everywhere(visit):
    page = visit.page("?run=many00aa")
    page.wait_for_selector("[data-bubble='way 3']")
    assert page.locator("[data-bubble]").count() == 12
    assert "12 curves" in page.inner_text(".chart-key")
    page.locator("[data-bubble='way 3'] circle").hover()
    assert "2.700" in page.inner_text(".plot-words") and "10.0 k" in page.inner_text(".plot-words")
    page.locator("[data-bubble='way 3'] circle").click()
    page.wait_for_selector("tr[data-of='way 3'][aria-selected=true]")
    assert page.evaluate(SEEN_IN_TABLE, "way 3")
    assert page.locator("[data-beside]").all_inner_texts() == ["way 3"]
    assert "way 3" in page.inner_text(".chart-key")
    page.locator("tr[data-of='way 5']").click()
    assert page.locator("[data-beside]").all_inner_texts() == ["way 3", "way 5"]
    page.click("[data-beside='way 3']")
    assert page.locator("[data-beside]").all_inner_texts() == ["way 5"]
    page.select_option("[data-plot]", "metric:exact_match")
    assert "exact answers" in page.text_content(".plot")
    page.click("[data-family-key=low-rank]")
    assert page.locator(".bubble:not(.dim)").count() == 5
    page.context.close()


def test_seeds_are_one_row_and_one_bubble_with_their_spread(visit):
    page = visit.page("?run=seed00aa")
    assert page.evaluate(SHOWN) == ["way 0", "way 1", "way 2"]
    page.evaluate("document.querySelector('details.overview').open = true")
    page.wait_for_selector(".plot")
    assert "4.000 ± 1.000" in page.inner_text("tr[data-of='way 0']")
    assert page.locator("[data-bubble]").count() == page.locator(".bubble .spread").count() == 3
    page.click("[data-single]")
    assert len(page.evaluate(SHOWN)) == 9
    assert "± " not in page.inner_text("#component-watch table.results")
    page.context.close()


def test_reward_stands_against_divergence_where_runs_have_both(visit):
    page = visit.page("?run=rlhf00aa")
    page.evaluate("document.querySelector('details.overview').open = true")
    page.wait_for_selector("[data-plot]")
    page.select_option("[data-plot]", "frontier")
    page.locator("[data-bubble='way 4'] circle").hover()
    assert "reward 2.00" in page.inner_text(".plot-words") and "KL 4.00" in page.inner_text(".plot-words")
    assert "upper left" in page.inner_text(".plot-tools")
    page.context.close()


@pytest.mark.parametrize("comparison", ["four00aa", "many00aa"])
def test_a_phone_in_chinese_and_in_the_dark_scrolls_only_inside(visit, comparison):
    page = visit.page("?run=" + comparison, viewport={"width": 390, "height": 844}, color_scheme="dark", locale="zh-CN")
    page.evaluate("document.querySelector('details.overview').open = true")
    page.wait_for_selector(".plot")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate(SIDEWAYS) <= 390
    assert "可训练参数" in page.text_content(".plot")
    page.context.close()


def test_a_runs_own_page_shows_its_picture(visit):
    page = visit.page("?run=four00aa")
    open_tab(page, "runs")
    page.click("table.runs tr[data-run='0000full']")
    page.wait_for_selector("#component-runs .tuned-picture")
    assert page.locator("#component-runs .tuned-picture").count() == 1
    assert page.locator("#component-runs [data-sort='variant']").count() == 0
    page.context.close()


def test_nothing_broke(visit):
    assert visit.broken == []
