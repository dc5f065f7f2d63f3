"""Names found in sentences, and whether two tasks pull the same way, of a run in a real browser."""

import pytest

from lab.store import Change, Outcome
from lab.store.pictures import Lines, Matrix, Spans
from tests.browser.page import QuietServer, Visit
from tests.browser.test_moved import write

pytestmark = pytest.mark.browser
SENTENCE = ("Dela", "met", "us", "at", "Old", "Bell", "in", "Misu")
WANTED = ("B-person", "O", "O", "O", "B-inn", "I-inn", "O", "B-town")
SAID = ("B-person", "O", "O", "O", "B-inn", "I-inn", "O", "O")


class Named(Visit):
    """A finished run of two tasks."""

    server_kind, ready = QuietServer, "#component-watch table.results tbody tr"

    def furnish(self, root):
        outcome = Outcome(
            trainable_params=1000, total_params=10**6, train_seconds=1.0, eval_loss=Change(1.0, 0.3),
            metrics={"accuracy/visits_mood": Change(None, 0.7), "span_f1/visits_names": Change(None, 0.8)},
            pictures={
                "spans/visits_names": Spans((SENTENCE,), (WANTED,), (SAID,), ("inn", "person", "town")),
                "gradient_cosines": Lines.of({"visits_mood · visits_names": [(20, 0.1), (40, -0.2)]}),
                "confusion/visits_mood": Matrix(("good", "bad"), ("good", "bad"), ((3, 1), (0, 4))),
            },
        )  # fmt: skip
        write(self.store, "names000", "name00aa", "both tasks", "lora", outcome)


@pytest.fixture(scope="module")
def visit(tmp_path_factory):
    with Named.opened(tmp_path_factory.mktemp("spans")) as made:
        yield made


@pytest.mark.parametrize(
    ("locale", "title", "missed", "pair", "confused"),
    [
        ("en-US", "Names that were found · names", "missed", "mood · names", "Which class is taken for which · mood"),
        ("zh-CN", "找出的命名实体 · 命名实体", "漏掉的", "情感 · 命名实体", "哪一类被认成哪一类 · 情感"),
    ],
)
def test_names_stand_coloured_in_their_sentences_in_both_languages(visit, locale, title, missed, pair, confused):
    page = visit.page("?run=name00aa", locale=locale)
    page.wait_for_selector("[data-picture='spans/visits_names'] .sentence")
    assert page.inner_text("[data-picture='spans/visits_names'] h3") == title
    names = page.locator(".sentence mark")
    assert names.all_inner_texts() == ["Dela", "Old Bell", "Misu"]
    assert [name.get_attribute("data-kind") for name in names.all()] == ["person", "inn", "town"]
    assert [name.get_attribute("class") for name in names.all()] == [
        "name-span right", "name-span right", "name-span missed"
    ]  # fmt: skip
    colours = {name.evaluate("one => getComputedStyle(one).borderBottomColor") for name in names.all()}
    assert len(colours) == 3 and missed in page.inner_text(".spans-key")
    assert page.inner_text(".sentence").strip() == " ".join(SENTENCE)
    assert pair in page.inner_text("[data-picture=gradient_cosines] .lines-key")
    assert page.inner_text("[data-picture='confusion/visits_mood'] h3") == confused
    assert not visit.broken
    page.context.close()
