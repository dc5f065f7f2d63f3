"""The Overfitting tab in a real browser: switches, the recipe they stand for, two error curves a variant."""

import xml.etree.ElementTree as xml

import pytest

from lab.store import Change, Outcome, Status
from tests.browser.page import QuietServer, Visit, saved

pytestmark = pytest.mark.browser


class Clinic(Visit):
    """The tab over an empty lab with nobody who trains: the test writes what training would."""

    server_kind, tab, ready = QuietServer, "overfitting", "[data-switch=l1]"


@pytest.fixture(scope="module")
def visit(tmp_path_factory):
    with Clinic.opened(tmp_path_factory.mktemp("overfitting")) as made:
        yield made


def learn(store, run, held_out, kept=None, exact=(1.0, 0.4)):
    """A run whose training loss falls to nothing, with these held-out losses every other step."""
    store.runs.claim("here", only=[run.id])
    for step in range(1, 13):
        store.curves.write(run.id, step, {"loss": 5.0 / step**2})
    for place, loss in enumerate(held_out):
        store.curves.write(run.id, 2 * place, {"eval_loss": loss})
    metrics = {"exact_match/trained": Change(0.0, exact[0]), "exact_match": Change(0.0, exact[1])}
    store.runs.note(
        run.id, Outcome(trainable_params=10, total_params=10, train_seconds=1.0, kept_step=kept, metrics=metrics)
    )
    store.runs.end(run.id, Status.DONE)


def test_switches_make_variants_and_each_shows_where_its_errors_part(visit):
    page = visit.page()
    assert page.inner_text("#component-curves h2") == "Watch a model learn by heart, and cure it"
    page.check("[data-switch=l1]")
    page.fill("[data-slider=l1]", "0.5")
    page.uncheck("[data-switch=more_data]")
    button = "#component-switches [data-start]"
    page.wait_for_function(f"document.querySelector('{button}').textContent === 'Train 3 variants'")
    page.wait_for_function(
        "document.querySelector('#component-switches [data-cost]')?.textContent.startsWith('3 runs')"
    )
    page.click(button)
    page.wait_for_function("localStorage.getItem('lab.overfitting')")
    runs = visit.store.runs.all(comparison=page.evaluate("localStorage.getItem('lab.overfitting')"))
    assert [run.name for run in runs] == ["No remedy", "L1", "Early stopping"]
    assert "strength: 0.5" in runs[1].recipe
    learn(visit.store, runs[0], [5.0, 2.0, 2.2, 2.5, 2.9, 3.2, 3.5])
    learn(visit.store, runs[1], [5.0, 2.5, 2.1, 1.9, 1.8, 1.7, 1.65], exact=(0.9, 0.6))
    learn(visit.store, runs[2], [5.0, 2.0, 2.2, 2.5], kept=2, exact=(0.7, 0.5))
    page.wait_for_selector("[data-variant='No remedy'] [data-share=held-out]")
    assert page.text_content("[data-variant='No remedy'] .parted-words") == "part at step 2"
    assert page.locator("[data-variant='L1'] .parted").count() == 0
    page.wait_for_selector("[data-variant='Early stopping'] circle.kept")
    shares = [one.inner_text() for one in page.locator("[data-variant='No remedy'] .share output").all()]
    assert shares == ["100 %", "40 %"]
    page.wait_for_selector("#component-curves table.results tbody tr")
    page.select_option("#component-curves [data-against]", "No remedy")
    page.wait_for_selector("[data-of=L1] [data-gap='metric:exact_match']")
    assert page.inner_text("[data-of=L1] [data-gap='metric:exact_match']") == "+0.20 · can't tell"  # one run of each
    assert page.locator("[data-of='No remedy'] [data-gap]").count() == 0
    drawn = xml.fromstring(saved(page, "overfitting-svg")[1])
    assert [one.text for one in drawn if one.tag.endswith("}text")] == ["No remedy", "L1", "Early stopping"]
    assert len(drawn.findall(".//{*}svg")) == 3 and saved(page, "overfitting-png")[1].startswith(b"\x89PNG")
    assert visit.broken == []
    page.context.close()


def test_the_switches_open_as_a_recipe_and_a_phone_has_them_in_chinese(visit):
    page = visit.page(viewport={"width": 390, "height": 844}, locale="zh-CN")
    assert page.inner_text("#component-switches h2").startswith("过拟合")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.wait_for_selector("[data-as-recipe]")
    page.click("[data-as-recipe]")
    page.wait_for_function(
        "[...document.querySelectorAll('.variant-name')].map((one) => one.value).join() === "
        "'不用任何办法,更多训练数据,早停法'"
    )
    assert visit.broken == []
    page.context.close()
