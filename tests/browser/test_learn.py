"""The Learn tab in a real browser: search, open a card, try it; and what a phone shows. Nothing is trained here."""

import pytest

from lab.home import Home
from lab.store import Store
from lab.ui.lab import Lab
from lab.ui.launch import serve
from tests.browser.page import PATIENCE, open_chromium

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def visit(tmp_path_factory):
    """Opens pages at Learn; the lab behind them has nobody who would train or answer, so it starts at once."""
    with Store(Home(tmp_path_factory.mktemp("learn") / "home")) as store, open_chromium() as browser:
        page = serve(Lab(store.home, store, None, None), "127.0.0.1", 0)
        yield lambda **context: _page(browser, page.local_url, **context)
        page.close(verbose=False)


def _page(browser, url, **context):
    opened = browser.new_context(**{"viewport": {"width": 1400, "height": 900}, "locale": "en-US", **context})
    opened.set_default_timeout(PATIENCE)
    page = opened.new_page()
    page.broken = []
    page.on("pageerror", lambda error: page.broken.append(str(error)))
    page.goto(url, wait_until="domcontentloaded")
    page.wait_for_selector("[data-start]")
    page.evaluate("Lab.openTab('learn')")
    page.wait_for_selector(".tile")
    return page


def test_search_a_method_open_its_card_and_try_it(visit):
    page = visit()
    page.fill("[data-find]", "lora")
    page.wait_for_function("!document.querySelector('[data-method=ia3]')")
    page.click("[data-method=lora]")
    assert page.inner_text(".method-card h2") == "LoRA"
    assert page.locator(".method-card svg .lit").count() == 6
    page.click("[data-try=lora]")
    names = "[...document.querySelectorAll('.variant-name')].map((one) => one.value).join()"
    page.wait_for_function(f"{names} === 'LoRA on all layers,LoRA on attention,LoRA on the MLP'")
    assert page.is_visible("[data-start]")
    assert page.broken == []
    page.context.close()


def test_a_phone_in_chinese_is_advised_and_tries_three_side_by_side(visit):
    page = visit(viewport={"width": 390, "height": 844}, color_scheme="dark", locale="zh-CN")
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
    assert page.broken == []
    page.context.close()
