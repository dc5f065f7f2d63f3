"""The Learn tab in a real browser: search, open a card, try it; and what a phone shows. Nothing is trained here."""

import pytest

from lab.planning import plan
from lab.recipe import build_recipe
from tests.browser.page import QuietServer, Visit, open_tab

pytestmark = pytest.mark.browser


class Learning(Visit):
    """The Learn tab over an empty lab."""

    server_kind, tab, ready = QuietServer, "learn", ".tile"


@pytest.fixture(scope="module")
def visit(tmp_path_factory):
    with Learning.opened(tmp_path_factory.mktemp("learn")) as made:
        yield made


def test_search_a_method_open_its_card_and_try_it(visit):
    page = visit.page()
    page.fill("[data-find]", "lora")
    page.wait_for_function("!document.querySelector('[data-method=ia3]')")
    page.click("[data-method=lora]")
    assert page.inner_text(".method-card h2") == "LoRA"
    assert page.locator(".method-card svg .lit").count() == 6
    page.click("[data-try=lora]")
    names = "[...document.querySelectorAll('.variant-name')].map((one) => one.value).join()"
    page.wait_for_function(f"{names} === 'LoRA on all layers,LoRA on attention,LoRA on the MLP'")
    assert page.is_visible("[data-start]")
    assert visit.broken == []
    page.context.close()


def test_a_phone_in_chinese_is_advised_and_tries_three_side_by_side(visit):
    page = visit.page(viewport={"width": 390, "height": 844}, color_scheme="dark", locale="zh-CN")
    wide = "document.documentElement.scrollWidth"
    assert page.evaluate(wide) <= 390 and not page.is_visible(".method-card")
    page.click("[data-advisor]")
    page.click("[data-answer=amount-few]")
    page.click("[data-answer=task-style]")
    page.wait_for_selector("[data-about=ia3]")
    page.click("[data-about=ia3]")
    assert "激活缩放" in page.inner_text(".method-card h2")
    assert page.evaluate(wide) <= 390
    page.click(".method-card .page-head button")
    page.click("[data-try-beside]")
    page.wait_for_function("document.querySelectorAll('.variant').length === 3")
    assert visit.broken == []
    page.context.close()


def test_an_answer_changes_the_ranking_and_try_it_brings_a_recipe_that_the_lab_would_train(visit):
    page = visit.page()
    page.click("[data-advisor]")
    page.wait_for_selector("[data-advised]")
    first = "document.querySelector('[data-advised] b').textContent"
    facts = page.evaluate(first)
    page.focus("[data-answer=labels-answers] input")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")  # to pairs: arrow keys answer, and the focus stays
    page.wait_for_function(f"{first} !== {facts!r} && {first}.includes('DPO')")
    assert page.evaluate("document.activeElement.value") == "pairs"
    assert page.locator("[data-advised] .pro").count() >= 3 and page.locator("[data-advised] .warn").count() >= 3
    page.click("[data-try-advised]")
    page.wait_for_function("[...document.querySelectorAll('.variant-name')].map((one) => one.value).join() === 'LoRA'")
    page.wait_for_function("!document.querySelector('[data-start]').disabled")
    fields = "JSON.parse(sessionStorage.getItem('lab.form')).fields"
    page.wait_for_function(f"{fields}.objective === 'dpo'")  # the form keeps itself a moment after it changed
    kept = page.evaluate(fields)
    assert kept["data"] == "friendly_pairs"
    assert all(plan(build_recipe(kept), visit.home))
    page.reload()
    page.wait_for_selector("[data-start]", state="attached")
    open_tab(page, "learn")
    page.click("[data-advisor]")
    page.wait_for_selector("[data-answer=labels-pairs] input:checked", state="attached")  # as it was answered
    assert visit.broken == []
    page.context.close()


def test_a_device_that_there_is_not_is_said_in_a_sentence(visit):
    page = visit.page()
    page.click("[data-advisor]")
    page.click("[data-answer=device-other]")
    page.fill("[data-device]", "a banana")
    page.wait_for_selector(".counsel .problem")
    page.fill("[data-device]", "24 GB")
    page.wait_for_selector(".counsel [data-advised]")
    assert visit.broken == []
    page.context.close()
