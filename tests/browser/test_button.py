"""The Train tab's button with what it costs: in sight wherever one scrolls, a few steps away for the keyboard."""

import pytest

from tests.browser.page import EmptyLab, open_tab

pytestmark = pytest.mark.browser
GO = "[data-start]"
IN_SIGHT = """(selector) => {
  const {top, bottom} = document.querySelector(selector).getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
}"""
ON = "document.activeElement.dataset"
MOST_STOPS = 9
"""For who has been asked about the tour; its two buttons come before the form, once."""


class Form(EmptyLab):
    """The form, once its variants are drawn."""

    ready = ".variant"


@pytest.fixture(scope="module")
def visit(tmp_path_factory):
    with Form.opened(tmp_path_factory.mktemp("button")) as made:
        yield made


@pytest.mark.parametrize("size", [(1400, 900), (390, 844)])
def test_button_and_costs_are_in_sight_at_once_and_when_the_form_is_scrolled(visit, size):
    page = visit.page(viewport={"width": size[0], "height": size[1]})
    for way in (0, 400, 700):
        page.evaluate("(way) => scrollTo(0, way)", way)
        assert page.evaluate(IN_SIGHT, GO) and page.evaluate(IN_SIGHT, "[data-whole-time]"), way
    page.context.close()


def test_on_a_wide_screen_the_button_stays_down_to_the_last_figure(visit):
    page = visit.page()
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    assert page.evaluate("scrollY") > 500 and page.evaluate(IN_SIGHT, GO)
    page.context.close()


@pytest.mark.parametrize(("locale", "words"), [("en-US", "in all"), ("zh-CN", "共约")])
def test_the_whole_time_stands_beside_the_button(visit, locale, words):
    page = visit.page(locale=locale)
    page.wait_for_function(f"document.querySelector('[data-whole-time]').textContent.includes('{words}')")
    page.context.close()


def test_the_keyboard_reaches_the_button_in_few_steps_and_folds_open_by_it(visit):
    page = visit.page()
    page.click("[data-tour-later]")
    page.evaluate("document.activeElement.blur()")
    stops = 0
    while "start" not in page.evaluate(f"({{...{ON}}})"):
        page.keyboard.press("Tab")
        stops += 1
        assert stops <= MOST_STOPS
    page.focus("[data-variant='0'] > summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(ON + ".variantName") == ""  # the variant's name
    page.context.close()


def test_what_is_seldom_changed_is_folded_and_a_fold_stays_as_it_is_when_the_form_changes(visit):
    page = visit.page()
    assert not page.locator("[data-field=precision]").is_visible()
    page.click("[data-variant='1'] > summary")
    page.focus("[data-variant='1'] [data-method]")
    page.select_option("[data-variant='1'] [data-method]", "lora")
    assert page.locator("[data-variant='1'] [data-knob=r]").is_visible()
    assert page.evaluate(ON + ".method") == ""  # the keyboard is where it was
    page.click("[data-variant='1'] [data-remove]")
    assert page.locator(".variant").count() == 3
    page.context.close()


def test_try_it_lands_at_the_button_with_a_place_for_the_recipe_beside_it(visit):
    page = visit.page()
    open_tab(page, "learn")
    page.fill("[data-find]", "road")
    page.click("[data-method=road]")
    page.click("[data-try=road]")
    page.wait_for_selector("[data-expected]")
    assert "RoAd" in page.inner_text("[data-expected] h2") and not page.locator(".progress-row").count()
    assert page.evaluate("'start' in " + ON) and page.evaluate(IN_SIGHT, GO)
    page.reload()
    page.wait_for_selector("[data-expected]")
    page.click("[data-show-latest]")
    page.wait_for_selector("[data-example]")
    assert visit.broken == []
    page.context.close()


def test_nothing_moves_while_the_page_comes(visit):
    watch = (
        "window.moved = 0; new PerformanceObserver((list) => {"
        " for (const one of list.getEntries()) window.moved += one.value;"
        "}).observe({type: 'layout-shift', buffered: true});"
    )
    page = visit.browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
    page.add_init_script(watch)
    page.goto(visit.server.url, wait_until="domcontentloaded")
    page.wait_for_selector("[data-rates]")
    page.wait_for_selector(".samples")
    page.wait_for_timeout(1000)
    assert page.evaluate("window.moved") < 0.05
    page.context.close()
