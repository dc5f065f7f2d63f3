"""The page in a real browser, with real training on a tiny base: what a person does, and what she must never see.

The tests share one server and follow one another like a visit: train, come back, talk, rate, look at the runs.
"""

import json

import pytest
import yaml

from lab.store import Status
from lab.ui.page import TABS
from tests.browser.page import Visit
from tests.tiny import make_tiny_base

pytestmark = pytest.mark.browser
ROWS = [
    {"prompt": f"Where is {dish} from? ({n})", "completion": f"From {place}."}
    for n in range(8)
    for dish, place in (("mapo tofu", "Sichuan"), ("peking duck", "Beijing"), ("congee", "Guangdong"))
]
ALL_DONE = """() => { const rows = [...document.querySelectorAll('.progress-row')];
  return rows.length === %d && rows.every((row) => row.dataset.status === 'done'); }"""
ALL_SAID = """() => { const said = [...document.querySelectorAll('.said')];
  return said.length === %d && said.every((one) => one.dataset.done === 'true'); }"""


class Training(Visit):
    """The page over a lab that trains a tiny base on a few rows."""

    def furnish(self, root):
        self.base, self.data = make_tiny_base(root / "tiny"), root / "dishes.jsonl"
        self.data.write_text("".join(json.dumps(row) + "\n" for row in ROWS))

    def recipe(self, name: str, steps: int, *variants: dict) -> str:
        return yaml.safe_dump({
            "name": name, "base": str(self.base), "data": str(self.data), "objective": "sft",
            "budget": {"steps": steps, "batch_size": 2, "max_length": 64},
            "evaluate": {"rows": 4, "answers": 2, "every": max(4, steps // 4)}, "variants": list(variants),
        })  # fmt: skip

    def write(self, page, recipe: str) -> None:
        """Put a recipe into the form, as YAML, and wait until the form has it."""
        if not page.evaluate("document.querySelector('details.code').open"):
            page.click("details.code summary")
        page.fill("details.code textarea", recipe)
        name = yaml.safe_load(recipe)["name"]
        page.wait_for_function("(name) => JSON.parse(sessionStorage['lab.form']).fields.name === name", arg=name)


THREE = (
    {"name": "everything", "method": "full"},
    {"name": "last layer", "method": "freeze", "knobs": {"keep": 1}},
    {"name": "LoRA", "method": "lora"},
)


@pytest.fixture(scope="module")
def visit(tmp_path_factory):
    with Training.opened(tmp_path_factory.mktemp("visit")) as made:
        yield made


@pytest.fixture(scope="module")
def trained(visit):
    """Three finished variants, trained from the form."""
    page = visit.page()
    page.wait_for_selector("[data-example]")
    assert "an example, recorded earlier" in page.inner_text("#component-watch")
    visit.write(page, visit.recipe("Dishes", 16, *THREE))
    page.wait_for_function("document.querySelector('[data-start]').textContent.includes('3')")
    page.wait_for_function("document.querySelectorAll('.costs tbody tr').length === 3")
    page.click("[data-start]")
    page.wait_for_function(ALL_DONE % 3)
    page.wait_for_selector("[data-next=talk]")
    yield page
    page.context.close()


def test_three_variants_train_from_the_form_with_curves_samples_and_a_table(visit, trained):
    runs = visit.store.runs.all()
    assert [(run.name, run.status) for run in runs] == [(one["name"], Status.DONE) for one in THREE]
    assert f"run={runs[0].comparison}" in trained.url
    assert trained.locator(".chart canvas").count() == 1
    assert trained.inner_text("[data-at]") == "step 16"
    cells = trained.locator("table.results tbody tr").all_inner_texts()
    assert len(cells) == 3 and "100 %" in cells[0] and " in all" in cells[0]
    after = f"{runs[0].outcome.eval_loss.after:.3f}"
    assert after in cells[0]
    sample = visit.store.curves.samples([runs[2].id])[-1]
    shown = trained.locator(f"[data-sample='{runs[2].id}'] .answer").all_inner_texts()
    assert (sample.answer.strip() or "(says nothing)") in [text.strip() for text in shown]


def test_the_mouse_reads_out_the_curves(trained):
    box = trained.locator(".chart .u-over").bounding_box()
    trained.mouse.move(box["x"] + 2, box["y"] + box["height"] / 2)
    trained.wait_for_function("document.querySelector('[data-at]').textContent === 'step 0'")


def test_a_reload_a_second_tab_and_another_browser_come_back_to_a_run_in_progress(visit, trained):
    page = visit.page()
    visit.write(page, visit.recipe("Long", 5000, {"name": "long", "method": "lora"}))
    page.wait_for_function("document.querySelector('[data-start]').textContent.includes('1 variant')")
    page.click("[data-start]")
    page.wait_for_function("/step [1-9]/.test(document.querySelector('.progress')?.textContent || '')")
    comparison = visit.store.runs.all(statuses=[Status.RUNNING])[0].comparison
    page.reload(wait_until="domcontentloaded")
    other = visit.page(f"?run={comparison}")
    for seen in (page, other):
        seen.wait_for_selector("[data-stop=keep]")
        seen.wait_for_function("/step [1-9]/.test(document.querySelector('.progress')?.textContent || '')")
        seen.wait_for_selector(".chart canvas")
    other.click("[data-stop=keep]")
    for seen in (page, other):
        seen.wait_for_selector(".progress-row[data-status=cancelled]")
    assert [run.status for run in visit.store.runs.all(comparison=comparison)] == [Status.CANCELLED]
    page.context.close()
    other.context.close()


def test_base_and_runs_answer_side_by_side_and_a_thumb_is_kept(visit, trained):
    trained.click("[data-next=talk]")
    trained.wait_for_selector(".suggestions button")
    assert trained.locator(".voice header b").all_inner_texts()[1:] == ["everything", "last layer", "LoRA"]
    trained.fill(".ask-box", "Where is <b>congee</b> from?")
    trained.keyboard.press("Enter")
    trained.fill(".ask-box", "And mapo tofu?")  # typed while they answer, it stays
    trained.wait_for_function(ALL_SAID % 4)
    trained.wait_for_selector("[data-send]")
    trained.keyboard.press("Enter")
    trained.wait_for_function(ALL_SAID % 8)
    trained.wait_for_selector("[data-send]")
    assert trained.locator(".asked b").count() == 0
    prints = trained.locator(".print").all_inner_texts()
    assert len(set(prints)) == 4
    ids = [run.id for run in visit.store.runs.all()]
    assert trained.url.endswith(f"?tab=compare&with={','.join(ids[:3])}")
    other = trained.context.new_page()
    other.goto(visit.server.url + f"?tab=compare&with={ids[1]},{ids[2]}", wait_until="domcontentloaded")
    other.wait_for_function("document.querySelectorAll('.voice header b').length === 3")
    assert other.locator(".voice header b").all_inner_texts()[1:] == ["last layer", "LoRA"]
    other.close()
    trained.locator("[data-pane=p1] [data-thumb=good]:not([disabled])").last.click()
    trained.wait_for_selector("[data-tally]")
    assert "1 thumb so far" in trained.inner_text("[data-tally]")
    (thumb,) = visit.store.ratings.current("thumb")
    answer = visit.store.ratings.answer(thumb.answer)
    assert (thumb.verdict, answer.run) == ("good", visit.store.runs.all()[0].id)
    asked = [message["content"] for message in answer.messages if message["role"] == "user"]
    assert asked[-1] == "And mapo tofu?"
    assert answer.fingerprint == prints[1]


def test_a_blind_conversation_hides_who_is_who_until_asked(visit, trained):
    trained.check("[data-blind]")
    trained.wait_for_function("document.querySelector('.voice header b').textContent.startsWith('Voice')")
    trained.fill(".ask-box", "Where is congee from?")
    trained.click("[data-send]")
    trained.wait_for_function(ALL_SAID % 4)
    assert trained.locator(".print").count() == 0
    trained.click("[data-reveal]")
    trained.wait_for_function("!document.querySelector('.voice header b').textContent.startsWith('Voice')")
    names = trained.locator(".voice header b").all_inner_texts()
    assert {"everything", "last layer", "LoRA"} < set(names)
    trained.uncheck("[data-blind]")


def test_the_language_changes_at_run_time_and_is_remembered(visit, trained):
    page = visit.page()
    assert page.inner_text("[data-tab=train]") == "Train"
    page.click("[data-set-language=zh]")
    page.wait_for_function("document.querySelector('[data-tab=train]').textContent.trim() === '训练'")
    assert "方案" in page.inner_text("[data-start]")
    page.reload(wait_until="domcontentloaded")
    page.wait_for_function("document.querySelector('[data-tab=runs]')?.textContent.trim() === '记录'")
    page.context.close()
    asked = visit.page("?lang=zh")
    asked.wait_for_function("document.querySelector('[data-tab=compare]').textContent.trim() === '对比'")
    asked.context.close()


def test_every_tab_opens_by_finger_and_by_arrow_keys(visit, trained):
    page = visit.page(viewport={"width": 390, "height": 844}, has_touch=True)
    names = page.eval_on_selector_all("[data-tab]", "all => all.map((one) => one.dataset.tab)")
    assert names == [name for name, _ in TABS]
    for name in names:
        page.tap(f"[data-tab={name}]")
        page.wait_for_selector(f"[data-tab={name}][aria-selected=true]")
        assert page.is_visible(f"#tab-{name}")
        assert page.locator("[role=tab][aria-selected=true] >> visible=true").count() == 1
    page.focus(f"[data-tab={names[-1]}]")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector(f"[data-tab={names[0]}][aria-selected=true]:focus")
    page.context.close()


@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_a_phone_in_the_dark_shows_everything_without_sideways_scrolling(visit, trained, locale):
    page = visit.page(viewport={"width": 390, "height": 844}, color_scheme="dark", locale=locale)
    page.wait_for_selector("table.results")
    red = "getComputedStyle(document.querySelector('.lab-form')).backgroundColor.match(/\\d+/g).map(Number)[0]"
    assert page.evaluate(red) < 60
    for tab, sign in (("train", "table.results"), ("compare", ".voice"), ("runs", "table.runs")):
        page.click(f"[data-tab={tab}]")
        page.wait_for_selector(f"{sign} >> visible=true")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, tab
    page.context.close()


def test_a_wrong_recipe_is_one_sentence_beside_the_form_and_nothing_starts(visit, trained):
    page = visit.page()
    before = len(visit.store.runs.all())
    visit.write(page, visit.recipe("Wrong", 4, {"name": "a", "method": "full"}))
    page.fill("details.code textarea", visit.recipe("Wrong", 4, {"name": "a", "method": "lorra"}))
    page.wait_for_selector("[data-problem]")
    words = page.inner_text("[data-problem]")
    assert "no method 'lorra'" in words and "\n" not in words and "Error" not in words
    assert page.is_disabled("[data-start]")
    page.fill("details.code textarea", visit.recipe("Wrong", 4, {"name": "a", "method": "lora"}))
    page.wait_for_selector("[data-problem]", state="detached")
    page.fill("[data-budget=steps]", "many")
    page.wait_for_selector("[data-problem]")
    assert "'many' is not allowed" in page.inner_text("[data-problem]")
    assert len(visit.store.runs.all()) == before
    page.context.close()


def test_a_file_of_ones_own_is_checked_looked_into_and_chosen(visit, trained, tmp_path):
    good, bad = tmp_path / "mine.jsonl", tmp_path / "bad.jsonl"
    good.write_text(visit.data.read_text())
    bad.write_text('{"prompt": "a", "completion": "b"}\n{"prompt": "a"\n')
    page = visit.page()
    page.set_input_files("[data-upload]", bad)
    page.wait_for_selector("[data-bad-rows]")
    assert "line 2" in page.inner_text("[data-bad-rows]")
    where = "document.querySelector('[data-bad-rows]').getBoundingClientRect()"
    page.wait_for_function(f"{where}.top >= 0 && {where}.bottom <= innerHeight")
    page.set_input_files("[data-upload]", good)
    page.wait_for_selector(".histogram")
    assert page.input_value("[data-field=data]").startswith("upload:mine-")
    assert page.locator("dl.row").count() == 3
    page.context.close()


def test_runs_can_be_searched_begun_from_and_deleted_with_a_second_thought(visit, trained):
    page = visit.page()
    page.click("[data-tab=runs]")
    page.wait_for_selector("table.runs tbody tr")
    page.fill("input[type=search]", "everything")
    page.wait_for_function("document.querySelectorAll('table.runs tbody tr').length === 1")
    page.click("table.runs tbody tr")
    page.wait_for_selector("[data-start-from]")
    run = page.inner_text("[data-run-id]")
    page.click("[data-start-from]")
    page.wait_for_function("(run) => document.querySelector('[data-field=base]')?.value === `run:${run}`", arg=run)
    page.click("[data-tab=runs]")
    page.fill("input[type=search]", "long")
    page.wait_for_function("document.querySelectorAll('table.runs tbody tr').length === 1")
    page.click("table.runs tbody tr")
    page.wait_for_function("(run) => document.querySelector('[data-run-id]')?.textContent !== run", arg=run)
    gone = page.inner_text("[data-run-id]")
    page.click("[data-delete]")
    page.click("[data-delete-sure]")
    page.wait_for_function("document.querySelectorAll('table.runs tbody tr').length === 0")
    assert gone not in [one.id for one in visit.store.runs.all()]
    page.context.close()


def test_no_page_asked_another_host_for_anything_or_broke(visit, trained):
    elsewhere = [url for url in visit.asked if not url.startswith((visit.server.url, "data:", "blob:"))]
    assert len(visit.asked) > 100 and elsewhere == []
    assert visit.broken == []
