"""On a phone an arrow says that more tabs follow, on the side where they are; on a wide screen there is none."""

import pytest

from tests.browser.page import EmptyLab, open_tab

pytestmark = pytest.mark.browser
MORE = "[...document.querySelector('.lab-tabs-box').attributes].map((one) => one.name).filter((one) => one !== 'class')"


@pytest.fixture(scope="module")
def visit(tmp_path_factory):
    with EmptyLab.opened(tmp_path_factory.mktemp("tabs")) as made:
        yield made


@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_it_is_seen_on_a_phone_that_more_tabs_follow(visit, locale):
    page = visit.page(viewport={"width": 390, "height": 844}, locale=locale)
    page.wait_for_function(f"{MORE}.includes('data-more-after')")
    open_tab(page, "runs")
    page.wait_for_function(f"{MORE}.join() === 'data-more-before'")
    open_tab(page, "learn")
    page.wait_for_function(f"{MORE}.join() === 'data-more-after'")
    page.context.close()


def test_a_wide_row_has_no_arrow(visit):
    page = visit.page()
    page.wait_for_selector("[data-tab=runs]")
    assert page.evaluate(MORE) == []
    page.context.close()


def test_variants_and_recipes_have_chinese_names_in_the_chinese_page_and_english_ones_in_the_other(visit):
    page = visit.page(locale="zh-CN")
    page.wait_for_selector("[data-example]")
    for seen in (".watch-head h2", ".progress-row", ".chart-key", ".samples", ".variants", "[data-tuned]"):
        if page.locator(seen).count():
            said = " ".join(page.locator(seen).all_inner_texts())
            assert "everything" not in said and "last two layers" not in said and "First steps" not in said, seen
    assert "全部参数" in page.inner_text("[data-variant='0']") and "全部参数" in page.inner_text(".chart-key")
    page.click("[data-set-language=en]")
    assert "everything" in page.inner_text("[data-variant='0']") and "everything" in page.inner_text(".chart-key")
    page.context.close()
