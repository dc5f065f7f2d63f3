"""A model that tells classes apart, in a real browser: it answers with bars of its classes, which nobody can rate."""

import pytest

from lab.planning.queue import submit
from lab.recipe import build_recipe
from lab.store import Status
from lab.training.run import train_run
from tests.browser.page import Visit, open_tab
from tests.tiny import make_tiny_base

pytestmark = pytest.mark.browser
SAID = "[...document.querySelectorAll('.said')].filter((one) => one.dataset.done === 'true').length === 2"
WIDER = """() => {
  const [most, least] = [...document.querySelectorAll('[data-classes] .bar i')].map((one) => one.offsetWidth);
  return most > least;
}"""


class Classified(Visit):
    """A lab with one run that tells food from the sea."""

    def furnish(self, root):
        lines = [f"Number {n} is {'tofu and rice' if n % 2 else 'a boat at sea'}.,{'food' if n % 2 else 'sea'}"
                 for n in range(40)]  # fmt: skip
        (root / "food.csv").write_text("text,label\n" + "\n".join(lines), encoding="utf-8")
        recipe = build_recipe({
            "name": "Food or sea", "base": str(make_tiny_base(root / "tiny")), "data": str(root / "food.csv"),
            "objective": "classify", "learning_rate": 3e-2, "budget": {"steps": 20, "batch_size": 8, "max_length": 64},
            "evaluate": {"retained": 0, "every": 100}, "variants": [{"name": "food or sea", "method": "lora"}],
        })  # fmt: skip
        (queued,) = submit(recipe, self.store)
        assert train_run(self.store.runs.claim("here", only=[queued.id]), self.store) == Status.DONE
        self.store.runs.end(queued.id, Status.DONE)


@pytest.fixture(scope="module")
def visit(tmp_path_factory):
    with Classified.opened(tmp_path_factory.mktemp("classes")) as made:
        yield made


def test_what_is_asked_gets_its_classes_as_bars_the_likeliest_first(visit):
    page = visit.page()
    open_tab(page, "compare")
    page.wait_for_function("document.querySelectorAll('.voice').length === 2")
    page.fill(".ask-box", "Number 3 is tofu and rice.")
    page.keyboard.press("Enter")
    page.wait_for_function(SAID)
    assert page.locator("[data-classes]").count() == 1  # the base beside it speaks
    assert page.inner_text("[data-classes] b[data-class]") == "food"
    names = page.locator("[data-classes] .class-shares > :nth-child(3n + 1)").all_inner_texts()
    widths = [float(bar.get_attribute("style").removeprefix("width:").rstrip("%;"))
              for bar in page.locator("[data-classes] .bar i").all()]  # fmt: skip
    assert names == ["food", "sea"] and widths[0] > 50 > widths[1] and abs(sum(widths) - 100) < 0.1
    page.wait_for_function(WIDER)
    assert page.locator(".said:has([data-classes]) [data-thumb]").count() == 0
    assert not visit.broken
    page.context.close()
