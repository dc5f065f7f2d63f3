"""The measured table in a real browser: filters, order, another data set, a method put into one's own comparison."""

import pytest

from lab.evaluate.leaderboard import read_leaderboard
from tests.browser.page import QuietServer, Visit, open_tab

pytestmark = pytest.mark.browser
NAMES = "[...document.querySelectorAll('.variant-name')].map((one) => one.value)"


class Measuring(Visit):
    """The Learn tab over an empty lab."""

    server_kind, tab, ready = QuietServer, "learn", "[data-measured-open]"


@pytest.fixture(scope="module")
def visit(tmp_path_factory):
    with Measuring.opened(tmp_path_factory.mktemp("measured")) as made:
        yield made


def rows(page):
    return page.evaluate("[...document.querySelectorAll('[data-measured]')].map((one) => one.dataset.measured)")


def test_the_table_is_filtered_sorted_and_put_to_use(visit):
    table, page = read_leaderboard(), visit.page()
    first = table.of(table.data[0].id)
    page.click("[data-measured-open]")
    page.wait_for_selector("[data-measured]")
    assert rows(page) == [one.method for one in first]
    assert page.locator("[data-measured-bubble]").count() == len(first)
    page.wait_for_function(  # which one is chosen is seen
        "getComputedStyle(document.querySelector('[data-measured-data][aria-pressed=true]')).fontWeight === '600'"
    )
    page.click("[data-measured-sort=trainable]")
    assert rows(page)[0] == min(first, key=lambda one: one.trainable).method
    page.select_option("[data-measured-family]", "selective")
    selective = rows(page)
    assert "bitfit" in selective and "full" not in selective and len(selective) < len(first)
    page.select_option("[data-measured-cost]", "parameters")
    assert page.locator("[data-measured-bubble]").count() == len(selective)
    before = page.evaluate(NAMES)
    page.click("[data-add=bitfit]")
    page.wait_for_selector("[data-add=bitfit]:disabled")
    assert page.evaluate(NAMES) == [*before, "BitFit (biases only)"]
    open_tab(page, "train")
    page.wait_for_function("document.querySelector('.form-body')?.offsetParent")
    open_tab(page, "learn")
    if len(table.data) > 1:
        page.click(f"[data-measured-data='{table.data[1].id}']")
        assert set(rows(page)) <= {one.method for one in table.of(table.data[1].id)}
    assert visit.broken == []
    page.context.close()


def test_a_phone_in_chinese_shows_it_without_a_sideways_page(visit):
    page = visit.page(viewport={"width": 390, "height": 844}, color_scheme="dark", locale="zh-CN")
    page.click("[data-measured-open]")
    page.wait_for_selector("[data-measured]")
    assert "全量微调" in page.inner_text("[data-measured=full]")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert visit.broken == []
    page.context.close()
