"""The Learn tab in a real browser: search, open a card, try it; and what a phone shows. Nothing is trained here."""

import pytest

from tests.browser.page import QuietServer, Visit

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
    page.click("[data-answer=data-few]")
    page.click("[data-answer=distance-near]")
    page.wait_for_selector("[data-advised=ia3]")
    page.click("[data-advised=ia3]")
    assert "激活缩放" in page.inner_text(".method-card h2")
    assert page.evaluate(wide) <= 390
    page.click(".method-card .page-head button")
    page.click("[data-try-three]")
    page.wait_for_function("document.querySelectorAll('.variant').length === 3")
    assert visit.broken == []
    page.context.close()
