"""A picture of a run's own, in a real browser: which class is taken for which, of two runs side by side."""

import pytest

from lab.store import Change, Outcome
from lab.store.pictures import Lines, Matrix, Scores, Texts
from tests.browser.page import QuietServer, Visit
from tests.browser.test_moved import write

pytestmark = pytest.mark.browser
NAMES = ("request", "thanks", "refusal")
OTHERS = {
    "perplexities": Lines.of({"field": [(0, 300.0), (50, 4.0)], "general": [(0, 2.3), (50, 60.0)]}, log=True),
    "restorations": Texts(
        ("damaged", "restored", "original"),
        (
            ("Anna sells ___.", "Anna sells <b>tofu</b>.", "Anna sells <b>tofu</b>."),
            ("___ is hot.", "It is hot.", "Soup is hot."),
        ),
        (True, False),
    ),
    "groups": Matrix(("request", "thanks"), ("1: can you", "2: thank so"), ((9, 1), (2, 8))),
}
COUNTS = {"only the head": ((5, 4, 1), (3, 5, 2), (2, 2, 0)), "LoRA": ((9, 1, 0), (0, 10, 0), (1, 0, 3))}

SCORES = Scores(
    ("start", "west", "south"), ("west", "south", "tales"),
    ((0.0, 0.0, 3.0), (0.9, 0.1, 2.5), (0.25, None, 2.0)), ((), (0,), (1,)),
    ("exact_match", "exact_match", "eval_loss"), (48, 48, 20), (0, 60, 60), (0.0, 25155.0, 24690.0), (0.0, 0.0, 0.3),
)  # fmt: skip


class Pictured(Visit):
    """A finished comparison of two ways to tell three classes apart."""

    server_kind, ready = QuietServer, "#component-watch table.results tbody tr"

    def furnish(self, root):
        for place, (name, counts) in enumerate(COUNTS.items()):
            outcome = Outcome(
                trainable_params=1000, total_params=10**6, train_seconds=1.0, eval_loss=Change(1.1, 0.5),
                metrics={"accuracy": Change(None, 0.4, 24, None, (0.2, 0.6), 0.42)},
                pictures={"confusion": Matrix(NAMES, NAMES, counts)} | ({} if place else {"tasks": SCORES}),
            )  # fmt: skip
            write(self.store, f"picture{place}", "pict00aa", name, "lora", outcome)
        other = Outcome(
            trainable_params=1000, total_params=10**6, train_seconds=1.0, eval_loss=Change(1.1, 0.5), pictures=OTHERS
        )
        write(self.store, "picture9", "pict00bb", "everything", "full", other)


@pytest.fixture(scope="module")
def visit(tmp_path_factory):
    with Pictured.opened(tmp_path_factory.mktemp("pictures")) as made:
        yield made


def test_which_class_is_taken_for_which_is_drawn_for_each_run(visit):
    page = visit.page("?run=pict00aa")
    page.wait_for_selector("[data-picture=confusion] table.matrix")
    assert page.inner_text("[data-picture=confusion] h3") == "Which class is taken for which"
    for place, counts in enumerate(COUNTS.values()):
        drawn = page.locator(f"[data-picture-of=picture{place}]")
        said = [cell.inner_text() for cell in drawn.locator("td.count").all()]
        assert said == [str(count) if count else "·" for row in counts for count in row]
    cell = page.locator("[data-picture-of=picture1] [data-cell='refusal/request']")
    assert cell.get_attribute("title") == "refusal, taken for request: 1 of 4"
    same = page.locator("[data-picture-of=picture1] td.same")
    assert [float(one.get_attribute("style").split(":")[1]) for one in same.all()] == [0.9, 1.0, 0.75]
    # cells keep the colours of the page's own light: `dark` would turn Gradio's dark theme on inside them
    grounds = {page.evaluate("cell => getComputedStyle(cell).getPropertyValue('--lab-accent')", one.element_handle())
               for one in (*same.all(), page.locator("body"))}  # fmt: skip
    assert len(grounds) == 1
    assert not visit.broken
    page.context.close()


def test_it_speaks_chinese_too(visit):
    page = visit.page("?run=pict00aa", locale="zh-CN")
    page.wait_for_selector("[data-picture=confusion] table.matrix")
    assert page.inner_text("[data-picture=confusion] h3") == "哪一类被认成哪一类"
    page.context.close()


@pytest.mark.parametrize(("locale", "said"), [("en-GB", "1 of these 2 word for word"), ("zh-CN", "一字不差")])
def test_lines_texts_and_groups_are_drawn(visit, locale, said):
    page = visit.page("?run=pict00bb", locale=locale)
    page.wait_for_selector("[data-picture=groups] table.matrix")
    ends = [line.inner_text() for line in page.locator("[data-picture=perplexities] li b").all()]
    assert ends == ["300.00 → 4.00", "2.30 → 60.00"]
    assert page.locator("[data-picture=perplexities] svg.lines path.line").count() == 2
    assert said in page.inner_text("[data-picture=restorations] p.soft >> nth=-1")
    right = page.locator("[data-picture=restorations] dl.right dd[data-column=original]")
    assert right.inner_text() == "Anna sells <b>tofu</b>."  # text is text
    assert page.locator("[data-picture=groups] td.count").first.inner_text() == "9"
    assert not visit.broken
    page.context.close()


def test_what_is_forgotten_stage_by_stage_is_drawn_with_what_each_stage_took(visit):
    page = visit.page("?run=pict00aa")
    page.wait_for_selector("[data-picture=tasks] table.matrix")
    drawn = page.locator("[data-picture-of=picture0] table.of-scores")
    said = [cell.inner_text() for cell in drawn.locator("td.score").all()]
    assert said == ["0", "0", "3.00", "90", "10", "2.50", "25", "–", "2.00"]
    assert [cell.get_attribute("data-cell") for cell in drawn.locator("td.learned").all()] == ["1/0", "2/1"]
    took = [cell.inner_text() for cell in drawn.locator("td.took").all()]
    assert took[3:] == ["60", "25.2 k", "0 %", "60", "24.7 k", "30 %"]
    assert page.inner_text("[data-lost]") == "Lost most: west, from 90 when it was learned to 25."
    assert drawn.locator("[data-cell='2/0']").get_attribute("title") == "west after south: 25 (over 48 rows)"
    page.context.close()
    page = visit.page("?run=pict00aa", locale="zh-CN")
    page.wait_for_selector("[data-picture=tasks] table.matrix")
    assert page.inner_text("[data-lost]") == "忘得最多：west，刚学完时 90，最后 25。"
    page.context.close()
