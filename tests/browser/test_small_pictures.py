"""Small pictures in a real browser: drawings of a run with how they grew, captions and samples."""

import pytest

from lab.data.builtin import shapes
from lab.data.grids import to_grid
from lab.store import Change, Outcome, Sample
from lab.store.pictures import Captions, Drawings
from tests.browser.page import QuietServer, Visit
from tests.browser.test_moved import write

pytestmark = pytest.mark.browser
ROWS = shapes.load("held_out")[:2]
WHITE, RED = to_grid([0] * 144), to_grid([3] * 144)
NEAR = shapes.load("train")[0]["image"]


class Drawn(Visit):
    """A finished comparison of a run that draws with one that describes."""

    server_kind, ready = QuietServer, "#component-watch table.results tbody tr"

    def furnish(self, root):
        captions, wanted = ([row[name] for row in ROWS] for name in ("caption", "image"))
        grown = (WHITE, NEAR), (RED, WHITE)
        drawings = Drawings(tuple(captions), tuple(wanted), (wanted[0], WHITE), (NEAR, NEAR), (9, 0), (4, 12), grown)
        told = Captions(tuple(wanted), tuple(captions), (captions[0], "A lie."), ("Blind.", "Blind."), (True, False))
        metrics = {"drawn_exactly": Change(None, 0.5, 2, None, (0.1, 0.9), 0.0)}
        runs = {"draws": {"drawings": drawings}, "tells": {"captions": told}}
        for place, (name, pictures) in enumerate(runs.items()):
            outcome = Outcome(train_seconds=1.0, eval_loss=Change(1.1, 0.5), metrics=metrics, pictures=pictures)
            write(self.store, f"small{place}", "smal00aa", name, "lora", outcome)
        samples = ((4, NEAR), (9, wanted[0]))
        self.store.curves.write_samples(Sample("small0", step, 0, captions[0], grid) for step, grid in samples)


@pytest.fixture(scope="module")
def visit(tmp_path_factory):
    with Drawn.opened(tmp_path_factory.mktemp("small")) as made:
        yield made


def test_drawings_captions_and_samples_are_pictures(visit):
    page = visit.page("?run=smal00aa")
    page.wait_for_selector("[data-picture=drawings] svg")
    strips = page.locator("[data-drawing]")
    assert strips.count() == 2 and [strip.locator("svg").count() for strip in strips.all()] == [5, 5]
    shown = [one.get_attribute("data-grid") for one in strips.first.locator("svg").all()]
    assert shown == [ROWS[0]["image"], WHITE, NEAR, ROWS[0]["image"], NEAR]
    assert "step 4" in strips.first.inner_text() and "9 squares differ" in strips.first.inner_text()
    assert "the same as in training" in strips.nth(1).inner_text()
    wrong = strips.nth(1).locator("figure").nth(3).locator("circle").count()
    assert wrong == sum(a != b for a, b in zip(WHITE, ROWS[1]["image"], strict=True))
    assert "A lie. ✗" in page.inner_text("[data-caption='1']")
    assert page.locator("[data-sample=small0] svg").first.get_attribute("data-grid") == ROWS[0]["image"]
    assert not visit.broken
    page.context.close()


def test_it_speaks_chinese_too(visit):
    page = visit.page("?run=smal00aa", locale="zh-CN")
    page.wait_for_selector("[data-picture=drawings] svg")
    assert page.inner_text("[data-picture=drawings] h3") == "按说明画的画"
    assert "训练中最像的：差 9 格" in page.inner_text("[data-drawing='0']")
    page.context.close()
