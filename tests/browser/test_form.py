"""The form's settings in a real browser: what is chosen is what the recipe says, also after a reload."""

import pytest

from tests.browser.page import EmptyLab

pytestmark = pytest.mark.browser
PRECISION = "[data-field=precision]"
SETTINGS = "[data-settings] > summary"
YAML = "document.querySelector('details.code textarea')?.value"


@pytest.fixture(scope="module")
def visit(tmp_path_factory):
    with EmptyLab.opened(tmp_path_factory.mktemp("form")) as made:
        yield made


@pytest.mark.parametrize(("locale", "label", "auto"), [("en-US", "Precision", "auto"), ("zh-CN", "精度", "自动")])
def test_the_precision_is_chosen_in_the_form(visit, locale, label, auto):
    page = visit.page(locale=locale)
    page.click(SETTINGS)
    assert page.inner_text(f"label:has({PRECISION}) > span") == label
    assert page.locator(f"{PRECISION} option").all_inner_texts() == [auto, "fp32", "bf16", "pure bf16"]
    page.wait_for_function(f"{YAML} && !{YAML}.includes('precision')")
    page.select_option(PRECISION, "pure_bf16")
    page.wait_for_function(f"{YAML}.includes('precision: pure_bf16')")
    assert "precision=pure_bf16" in page.text_content("details.code code")
    page.reload()
    page.click(SETTINGS)
    assert page.input_value(PRECISION) == "pure_bf16"
    page.select_option(PRECISION, "")
    page.wait_for_function(f"!{YAML}.includes('precision')")
    page.context.close()


def test_early_stopping_the_weights_to_keep_and_the_order_are_chosen_in_the_form(visit):
    page = visit.page()
    page.wait_for_function(f"{YAML} && !{YAML}.includes('early_stop')")
    page.click(SETTINGS)
    page.fill("[data-field=early_stop]", "4")
    page.select_option("[data-field=keep]", "last")
    page.select_option("[data-field=order]", "queue")
    for said in ("patience: 4", "keep: last", "order: queue"):
        page.wait_for_function(f"{YAML}.includes('{said}')")
    page.reload()
    page.click(SETTINGS)
    assert page.input_value("[data-field=early_stop]") == "4"
    page.fill("[data-field=early_stop]", "")
    page.wait_for_function(f"!{YAML}.includes('early_stop')")
    page.context.close()


def test_the_form_fits_a_phone(visit):
    page = visit.page(viewport={"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.context.close()


@pytest.mark.parametrize(("locale", "label"), [("en-US", "Teacher"), ("zh-CN", "教师模型")])
def test_a_teacher_is_chosen_where_one_is_learned_from(visit, locale, label):
    page = visit.page(locale=locale)
    assert not page.locator("[data-field=teacher]").count()
    page.select_option("[data-field=objective]", "distill")
    page.wait_for_function(f"{YAML}.includes('objective: distill') && {YAML}.includes('teacher: ')")
    assert page.inner_text("label:has([data-field=teacher]) > span") == label
    page.select_option("[data-field=teacher]", "smollm2-135m")  # not on the machine of an empty lab
    page.wait_for_selector("text=lab models pull smollm2-135m")
    page.select_option("[data-field=objective]", "sft")
    page.wait_for_function(f"!{YAML}.includes('teacher')")
    page.context.close()
