"""Tokens made visible in a real browser: what is learned of a row (Train), how surprising a text is (Compare)."""

import threading
import time

import pytest

from lab.api import Lab
from lab.home import Home
from lab.serving.engine import InferenceEngine
from lab.store import Run, Status, Store
from lab.ui.launch import serve
from tests.browser.page import QuietServer, Visit
from tests.tiny import make_lora_run, make_tiny_base

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}}
KINDS = (
    "(chips) => chips.map((one) => ['learned', 'read', 'template', 'cut'].find((kind) => one.classList.contains(kind)))"
)
SIDEWAYS = """(place) => Math.max(...[...document.querySelectorAll(`${place} *`)].filter((one) =>
  !one.closest('.surprise-columns')).map((one) => one.getBoundingClientRect().right))"""
QUESTION, ANSWER = "Why is the sky blue?", "Because of 麻婆 🦜."


class InThisProcess:
    """Reads and answers with real models, where the page would ask the inference server's process."""

    def __init__(self, home: Home):
        self._engine = InferenceEngine(home)

    def surprise(self, text, context, panes):
        return self._engine.surprise(text, context, panes, threading.Event())

    def answer(self, conversations, panes, sampling, request=None, waiting=None):
        return self._engine.answer(conversations, panes, sampling, threading.Event())

    def stop(self, request): ...


class Reading(QuietServer):
    """The page with models behind it."""

    def __init__(self, home):
        self.store = Store(home)
        self.page = serve(Lab(home, self.store, None, InThisProcess(home)), "127.0.0.1", 0)
        self.url = self.page.local_url


class Tokens(Visit):
    """A lab with one finished LoRA run on a tiny base."""

    server_kind = Reading

    def furnish(self, root):
        base = str(make_tiny_base(root / "tiny"))
        make_lora_run(self.home, base, "aaaaaa01")
        recipe = f"base: {base}\ndata: cuisine\nvariants: [{{name: by LoRA, method: lora}}]\n"
        self.store.runs.queue([Run("aaaaaa01", "comp00aa", "by LoRA", "A recipe", recipe, base, "lora", "sft", None,
                                   Status.QUEUED, time.time())])  # fmt: skip
        self.store.runs.claim("here")
        self.store.runs.end("aaaaaa01", Status.DONE)


@pytest.fixture(scope="module")
def visit(tmp_path_factory):
    with Tokens.opened(tmp_path_factory.mktemp("tokens")) as made:
        yield made


def open_row(page):
    page.click("[data-peek]")
    page.click("[data-see-tokens]")
    page.wait_for_selector("[data-row-tokens] .token.learned")


def open_surprise(page):
    page.click("[data-tab=compare]")
    page.wait_for_selector("[data-surprise]")
    page.click("[data-surprise] summary")
    page.wait_for_function("document.querySelector('[data-surprise-text]').value")


def read_aloud(page, question: str, text: str):
    page.fill("[data-surprise-question]", question)
    page.fill("[data-surprise-text]", text)
    page.click("[data-read]")
    page.wait_for_selector("[data-surprise] .tokens")


def shapes(text: str) -> str:
    """Without spaces and signs that boxes for text change."""
    return "".join(sign for sign in text if sign.isprintable() and not sign.isspace())


def test_the_mask_of_a_row_is_shown_counted_and_told_from_the_keyboard(visit):
    page = visit.page()
    open_row(page)
    chips = page.locator("[data-row-tokens] .tokens-sequence .token")
    kinds = chips.evaluate_all(KINDS)
    assert kinds[0] == "template" and kinds[-1] == "learned" and "read" in kinds
    assert f"{kinds.count('learned')} learned" in page.inner_text(".tokens-counts")
    assert chips.last.text_content() == "<|im_end|>"
    chips.first.focus()
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.textContent") == "<|im_end|>"
    told = page.inner_text(".token-told")
    assert told.startswith(f"Token {len(kinds)}, “<|im_end|>”") and "learned" in told and "special token" in told
    page.keyboard.press("ArrowLeft")
    assert page.inner_text(".token-told").startswith(f"Token {len(kinds) - 1}, ")
    assert page.locator("[data-row-tokens] [data-token][tabindex='0']").count() == 1
    page.keyboard.press("Escape")
    page.wait_for_selector("[data-row-tokens]", state="detached")
    assert page.evaluate("document.activeElement.matches('[data-see-tokens]')")
    page.context.close()


def test_one_goes_from_row_to_row_and_a_row_there_is_not_is_said(visit):
    page = visit.page()
    open_row(page)
    first = page.inner_text(".tokens-sequence .tokens")
    page.click("[data-keep=go1]")
    page.wait_for_function("document.querySelector('[data-row]').value === '2'")
    assert page.inner_text(".tokens-sequence .tokens") != first
    assert page.evaluate("document.activeElement.dataset.keep") == "go1"
    page.fill("[data-row]", "900000")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-row-tokens] .problem")
    assert "there is no row 900,000. Give one from 1 to " in page.inner_text("[data-row-tokens] .problem")
    page.fill("[data-row]", "1")
    page.keyboard.press("Enter")
    page.wait_for_function("!document.querySelector('[data-row-tokens] .problem')")
    assert page.inner_text(".tokens-sequence .tokens") == first
    page.context.close()


def test_surprise_stands_side_by_side_and_tells_what_would_have_been_written(visit):
    page = visit.page()
    open_surprise(page)
    read_aloud(page, QUESTION, ANSWER)
    columns = page.locator(".surprise-result .surprise-column")
    assert columns.count() == 2
    texts = [columns.nth(i).locator(".token").all_text_contents() for i in range(2)]
    assert texts[0] == texts[1] and texts[0].count("🦜") == 1 and texts[0][-1] == "<|im_end|>"
    assert "".join(texts[0]).startswith("Because")
    means = columns.locator("[data-mean]").evaluate_all("(all) => all.map((one) => Number(one.dataset.mean))")
    assert means[0] > 0 and means[0] != means[1]
    columns.first.locator(".token", has_text="🦜").hover()
    assert page.locator(".token.picked").all_text_contents() == ["🦜", "🦜"]
    assert page.locator("[data-told] table.likeliest").count() == 2 * 4
    assert "⟨9F⟩" in page.inner_text(".surprise-told")
    columns.nth(1).locator(".token").first.focus()
    page.keyboard.press("ArrowRight")
    told = page.locator("[data-told]").nth(1)
    assert "nats, probability" in told.inner_text() and told.locator("tbody tr").count() == 5
    page.check("[data-numbers]")
    assert page.locator(".surprise-result .token small").count() == 2 * len(texts[0])
    page.context.close()


def test_an_answer_is_read_by_all_and_a_text_too_long_is_refused(visit):
    page = visit.page()
    page.click("[data-tab=compare]")
    page.fill(".ask-box", QUESTION)
    page.keyboard.press("Enter")
    page.locator("[data-pane=p1] [data-tokens]").click()
    page.wait_for_selector(".surprise-result .tokens")
    assert page.input_value("[data-surprise-question]") == QUESTION
    answer = page.locator(".voice[data-pane=p1] .answer").text_content()
    assert shapes(page.input_value("[data-surprise-text]")) == shapes(answer) != ""
    assert page.locator(".surprise-result .surprise-column").count() == 2
    page.fill("[data-surprise-text]", "🦜" * 600)
    page.click("[data-read]")
    page.wait_for_selector(".surprise-result .problem")
    assert "tokens long with all before it, 512 can be read" in page.inner_text(".surprise-result")
    page.fill("[data-surprise-text]", " ")
    page.click("[data-read]")
    page.wait_for_selector(".surprise-result > .problem")
    assert "there is no text to read" in page.inner_text(".surprise-result")
    page.context.close()


def test_a_phone_in_chinese_scrolls_only_inside(visit):
    page = visit.page(locale="zh-CN", **PHONE)
    open_row(page)
    assert "学习" in page.inner_text(".tokens-counts") and "模板" in page.inner_text(".tokens-key")
    assert page.evaluate(SIDEWAYS, "[data-row-tokens]") <= 390
    page.keyboard.press("Escape")
    open_surprise(page)
    read_aloud(page, QUESTION, ANSWER)
    assert "困惑度" in page.inner_text(".surprise-result")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate(SIDEWAYS, "[data-surprise]") <= 390
    assert visit.broken == []
    page.context.close()
