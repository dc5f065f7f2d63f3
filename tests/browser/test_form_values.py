"""Seeds, several values and limits in the form, in a real browser: what is typed is what the recipe says."""

import pytest

from tests.browser.page import EmptyLab

pytestmark = pytest.mark.browser
YAML = "document.querySelector('details.code textarea')?.value"
START = "[data-start]"


@pytest.fixture(scope="module")
def visit(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("lab.planning.estimate.slowdown", lambda workers: 1.0)
        yield from opened(tmp_path_factory)


def opened(tmp_path_factory):
    with EmptyLab.opened(tmp_path_factory.mktemp("form")) as made:
        yield made


def test_an_engineer_sweeps_two_settings_over_three_seeds(visit):
    page = visit.page()
    page.wait_for_function(f"{YAML}?.includes('variants')")
    page.click("[data-variant='2'] > summary")
    page.fill("[data-variant='2'] [data-knob=r]", "2, 8, 32")
    page.fill("[data-variant='2'] [data-knob=learning_rate]", "1e-3 … 1e-2 × 2")
    page.wait_for_function("document.querySelectorAll('[data-cost-of]').length === 9")
    names = page.locator("[data-cost-of]").evaluate_all("all => all.map(one => one.dataset.costOf)")
    assert names[2].endswith("· r 2 · learning_rate 0.001")
    assert page.inner_text(START) == f"Train {len(names)} variants"
    page.click("[data-advanced] > summary")
    page.select_option("[data-field=repeat]", "3")
    page.wait_for_function(f"document.querySelector('{START}').textContent.includes('({3 * len(names)} runs)')")
    page.select_option("[data-field=vary]", "order")
    page.select_option("[data-field=sweep]", "random")
    page.fill("[data-field=tries]", "2")
    page.select_option("[data-field=halving]", "on")
    for said in ("vary: [order]", "tries: 2", "halving: {}", "r: [2, 8, 32]", "log: [0.001, 0.01]"):
        page.wait_for_function(f"{YAML}.includes('{said}')")
    assert "changed" in page.locator("[data-field=recipe] option:checked").inner_text()
    page.reload()
    page.wait_for_function(f"{YAML}?.includes('tries: 2')")
    page.click("[data-variant='2'] > summary")
    assert page.input_value("[data-variant='2'] [data-knob=r]") == "2, 8, 32"
    assert page.input_value("[data-variant='2'] [data-knob=learning_rate]") == "0.001 … 0.01 × 2"
    assert not visit.broken
    page.context.close()


def test_five_seeds_are_offered_with_what_they_take_and_defaults_are_placeholders(visit):
    page = visit.page(locale="zh-CN")
    page.wait_for_function(f"{YAML}?.includes('variants')")
    assert "已修改" not in page.locator("[data-field=recipe] option:checked").inner_text()
    page.fill("[data-budget=steps]", "10")
    page.wait_for_selector("[data-seeds-offer]")
    assert "五个种子" in page.inner_text("[data-seeds-offer]")
    assert "已修改" in page.locator("[data-field=recipe] option:checked").inner_text()
    page.click("[data-five-seeds]")
    page.wait_for_function(f"{YAML}?.includes('repeat: 5')")
    assert page.locator("[data-seeds-offer]").count() == 0
    assert "次）" in page.inner_text(START)
    page.click("[data-advanced] > summary")
    assert page.get_attribute("[data-field=warmup]", "placeholder") == "0.1"
    page.fill("[data-field=seconds]", "20")
    page.fill("[data-budget=steps]", "")
    page.wait_for_function(f"{YAML}.includes('seconds: 20')")
    assert page.locator("[data-problem]").count() == 0
    page.context.close()


def test_data_is_mixed_and_stages_are_added_in_the_form(visit):
    page = visit.page()
    page.wait_for_function(f"{YAML}?.includes('variants')")
    page.click("[data-mix]")
    page.wait_for_selector("[data-mixed='1']")
    page.select_option("[data-mixed='1'] select", "retain")
    page.fill("[data-mixed='1'] input", "0.3")
    page.wait_for_function(f"{YAML}.includes('retain, weight: 0.3')")
    page.click("[data-mixed='1'] button")
    page.wait_for_function("document.querySelectorAll('[data-mixed]').length === 0")
    page.click("[data-variant='2'] > summary")
    page.click("[data-variant='2'] [data-add-stage]")
    page.fill("[data-variant='2'] [data-stage='1'] [data-stage-steps]", "7")
    page.select_option("[data-variant='2'] [data-stage='1'] [data-stage-data]", "retain")
    page.wait_for_function(f"{YAML}.includes('steps: 7') && {YAML}.includes('stages:')")
    assert page.locator("[data-problem]").count() == 0
    page.click("[data-variant='2'] [data-remove-stage='1']")
    page.wait_for_function(f"!{YAML}.includes('stages:')")
    assert not visit.broken
    page.context.close()
