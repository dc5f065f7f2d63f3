"""What people say of answers, in a real browser with real answers by nano and a run on it.

In the Arena: votes by key, names, undo, scripts, reload, files out and in. In Compare: thumbs with a reason, better
answers, another seed, questions to try.
"""

import json
import time

import pytest
import yaml

from lab.feedback import rank
from lab.store import Run, Status
from tests.browser.page import Visit, open_tab
from tests.tiny import make_lora_run

pytestmark = pytest.mark.browser
RUN = "abcdef01"
RECIPE = {"name": "Dishes", "base": "nano", "data": "cuisine", "variants": [{"name": "my LoRA", "method": "lora"}]}
GUARD = 300
"""Milliseconds in which a new question takes no vote yet."""


class Arena(Visit):
    """The Arena with a pair to judge, over a lab with one finished run."""

    tab, ready = "arena", "[data-vote]"

    def furnish(self, root):
        make_lora_run(self.home, "nano", RUN)
        self.store.runs.queue([
            Run(RUN, "comp00aa", "my LoRA", "Dishes", yaml.safe_dump(RECIPE), "nano", "lora", "sft", None,
                Status.QUEUED, created=time.time())
        ])  # fmt: skip
        self.store.runs.claim("nobody")
        self.store.runs.end(RUN, Status.DONE)


@pytest.fixture(scope="module")
def visit(tmp_path_factory):
    with Arena.opened(tmp_path_factory.mktemp("arena")) as made:
        yield made


@pytest.fixture(scope="module")
def page(visit):
    opened = visit.page()
    yield opened
    opened.context.close()


def shown(page) -> list[str]:
    return page.locator(".arena-stage h2, .arena-answer .answer").all_inner_texts()


def press(page, key: str) -> None:
    """Vote by key once the question takes one, and see the names."""
    page.wait_for_selector("[data-vote]")
    page.wait_for_timeout(GUARD)
    page.keyboard.press(key)
    page.wait_for_selector("[data-name]")


def verdicts(visit) -> list[str]:
    return [vote.verdict for vote in visit.store.ratings.current("vote") if not vote.scripted]


def test_a_vote_by_key_shows_the_names_and_the_next_question_comes_by_itself(visit, page):
    before = shown(page)
    assert len(before) == 3 and page.locator("[data-name]").count() == 0
    assert "my LoRA" not in page.inner_text(".arena-stage")
    press(page, "ArrowLeft")
    assert {name.strip() for name in page.locator("[data-name]").all_inner_texts()} == {"Nano", "my LoRA"}
    assert page.locator("[data-vote]").count() == 0
    page.wait_for_selector("[data-vote]")
    assert shown(page) != before
    (vote,) = visit.store.ratings.current("vote")
    left = visit.store.ratings.answer(vote.answer)
    assert (vote.verdict, vote.rater[:8], left.text) == ("left", "browser-", before[1].strip())


def test_every_verdict_has_its_key_and_space_goes_on(visit, page):
    for key in ("ArrowRight", "t", "ArrowDown"):
        press(page, key)
        page.keyboard.press(" ")
    page.wait_for_selector("[data-vote]")
    assert verdicts(visit) == ["left", "right", "tie", "both_bad"]
    assert "4 votes, 4 of them yours" in page.inner_text("[data-line]")


def test_the_last_vote_is_taken_back_by_key(visit, page):
    page.wait_for_timeout(GUARD)
    now = shown(page)
    page.keyboard.press("u")
    page.wait_for_function(
        "(before) => document.querySelector('.arena-answer .answer')?.textContent !== before", arg=now[1]
    )
    assert verdicts(visit) == ["left", "right", "tie"]
    press(page, "ArrowRight")
    page.keyboard.press(" ")
    assert verdicts(visit) == ["left", "right", "tie", "right"]


def test_a_reload_shows_the_same_pair_with_the_same_sides(visit, page):
    page.wait_for_selector("[data-vote]")
    before = shown(page)
    page.reload(wait_until="domcontentloaded")
    page.wait_for_selector("[data-start]", state="attached")
    page.click("[data-tab=arena]")
    page.wait_for_selector("[data-vote]")
    assert shown(page) == before


def test_arrow_keys_vote_after_the_tab_was_pressed_and_open_tabs_while_the_row_is_in_focus(visit, page):
    page.wait_for_function("document.activeElement.id === 'tab-arena'")
    press(page, "ArrowRight")
    page.keyboard.press(" ")
    assert verdicts(visit) == ["left", "right", "tie", "right", "right"]
    page.focus("[data-tab=arena]")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("[data-tab=rlhf][aria-selected=true]:focus")
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector("[data-tab=arena][aria-selected=true]:focus")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'tab-arena'")
    assert len(verdicts(visit)) == 5
    page.wait_for_selector("[data-vote]")
    page.wait_for_timeout(GUARD)
    page.keyboard.press("u")
    page.wait_for_function("document.querySelector('[data-line]').textContent.includes('4 votes')")


def test_a_vote_says_how_far_it_is_from_settled_in_an_interval_for_every_look(visit, page):
    line = page.inner_text("[data-line]")
    assert page.get_attribute("[data-line] [data-settled]", "data-settled") == "open" and "not settled" in line
    (one,) = rank(visit.store.pairs.votes()).comparisons
    assert f"({round(100 * one.low)}–{round(100 * one.high)})" in line
    assert "left won" in page.inner_text("[data-sides]").lower()


def test_scripts_vote_on_demand_and_are_named_everywhere(visit, page):
    page.fill("[data-count]", "12")
    page.select_option("[data-script]", "shorter")
    page.click("[data-let-script]")
    page.wait_for_function("/16 votes/.test(document.querySelector('[data-line]').textContent)")
    page.wait_for_selector("[data-mixed]")
    assert "12 by scripts" in page.inner_text("[data-line]")
    assert "12 of 16 votes are by scripted raters" in page.inner_text("[data-mixed]")
    assert page.locator("[data-player-row]").count() == 2
    assert "Shorter" in page.inner_text(".raters")
    assert {vote.rater for vote in visit.store.pairs.votes() if vote.scripted} == {"scripted:shorter"}
    page.click("[data-raters=people]")
    page.wait_for_selector("[data-mixed]", state="detached")


def test_a_question_of_ones_own_is_answered_by_both_and_comes_next(visit, page):
    page.fill(".arena-own input", "What is a parrot?")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('.arena-question')?.textContent === 'What is a parrot?'")
    page.keyboard.press("ArrowLeft")  # the cursor is in the box: no vote
    assert len(verdicts(visit)) == 4


def test_another_browser_rates_on_its_own(visit, page):
    other = visit.page(viewport={"width": 390, "height": 844}, color_scheme="dark", locale="zh-CN")
    assert other.evaluate("document.documentElement.scrollWidth") <= 390
    edge = "Math.max(...[...document.querySelectorAll('.arena *')].map((one) => one.getBoundingClientRect().right))"
    assert other.evaluate(edge) <= 390
    other.wait_for_timeout(GUARD)  # nor a finger that was still on its way to what stood there before
    other.click("[data-vote=tie]")
    other.wait_for_selector("[data-name]")
    assert "你投了 1 票" in other.inner_text("[data-line]")
    assert len({vote.rater for vote in visit.store.pairs.votes() if not vote.scripted}) == 2
    other.context.close()


def test_pairs_are_taken_out_for_trl_as_jsonl_and_parquet(page):
    import pyarrow.parquet

    with page.expect_download() as awaited:
        page.click("[data-take-out]")
    rows = [json.loads(line) for line in awaited.value.path().read_text().splitlines()]
    assert awaited.value.suggested_filename == "feedback-dpo.jsonl" and len(rows) >= 2
    assert all(set(row) == {"prompt", "chosen", "rejected"} for row in rows)
    page.select_option("[data-format]", "votes")
    page.select_option("[data-ending]", "parquet")
    with page.expect_download() as awaited:
        page.click("[data-take-out]")
    table = pyarrow.parquet.read_table(awaited.value.path())
    assert {"left", "right", "verdict", "rater", "scripted"} <= set(table.column_names)
    page.wait_for_selector("[data-exchange]")
    assert f"{table.num_rows} rows in feedback-votes.parquet" in page.inner_text("[data-exchange]")


def test_what_can_not_go_to_the_hub_is_said(page):
    page.select_option("[data-ending]", "hub")
    page.fill("[data-repo]", "no name of a data set")
    page.click("[data-take-out]")
    page.wait_for_selector("[data-exchange-problem]")
    assert "owner/name" in page.inner_text("[data-exchange-problem]")
    page.select_option("[data-ending]", "jsonl")
    assert page.locator("[data-repo]").count() == 0


def test_a_file_with_a_wrong_row_is_named_and_taken_in_without_it(visit, page, tmp_path):
    rows = [{"prompt": f"Say {n}.", "chosen": f"{n}, gladly.", "rejected": "No."} for n in ("one", "two", "three")]
    rows[1]["rejected"] = rows[1]["chosen"]
    file = tmp_path / "pairs.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    before = len(visit.store.pairs.votes())
    page.set_input_files("[data-bring-in]", file)
    page.wait_for_selector("[data-exchange-problem]")
    words = page.inner_text("[data-exchange-problem]")
    assert "line 2, column 'rejected'" in words and "1 of 3 rows are wrong" in words
    assert len(visit.store.pairs.votes()) == before
    page.click("[data-leave-out]")
    page.wait_for_selector("[data-exchange]")
    assert "2 votes read, 2 of them new" in page.inner_text("[data-exchange]")
    assert len(visit.store.pairs.votes()) == before + 2
    assert {vote.rater for vote in visit.store.pairs.votes()} >= {"file pairs.jsonl"}


@pytest.fixture(scope="module")
def compare(visit, page):
    """The base and the run, asked one of the questions that the page offers."""
    open_tab(page, "compare")
    page.click(".suggestions button")
    page.wait_for_function(SAID)
    return page


SAID = """() => { const said = [...document.querySelectorAll('.said')];
  return said.length === 2 && said.every((one) => one.dataset.done === 'true'); }"""


def test_the_questions_offered_are_held_out_rows_of_the_runs_data(compare):
    from lab.data.builtin import cuisine

    held_out = {row["prompt"] for row in cuisine.load("held_out")}
    assert set(compare.locator(".asked").all_inner_texts()) <= held_out


def test_another_seed_gives_other_answers_to_the_same_question(compare):
    before, asked = compare.locator(".said .answer").all_inner_texts(), compare.locator(".asked").all_inner_texts()
    compare.click("[data-again]")
    compare.wait_for_function(
        "(said) => document.querySelector('.said .answer')?.textContent.trim() !== said", arg=before[0]
    )
    compare.wait_for_function(SAID)
    assert compare.locator(".asked").all_inner_texts() == asked


def test_a_thumb_takes_a_line_on_why(visit, compare):
    compare.click("[data-pane=p0] [data-thumb=bad]")
    compare.fill("[data-pane=p0] .reason", "It rambles.")
    compare.keyboard.press("Enter")
    compare.wait_for_function("document.querySelector('[data-tally]')?.textContent.includes('1 thumb ')")
    compare.wait_for_function("!document.activeElement.matches('.reason')")
    until = time.monotonic() + 30  # the thumb is kept first, and what was written about it a moment later
    while not (kept := visit.store.ratings.current("thumb")) or (not kept[0].reason and time.monotonic() < until):
        compare.wait_for_timeout(50)
    assert [(thumb.verdict, thumb.reason) for thumb in kept] == [("bad", "It rambles.")]


def test_a_better_answer_is_kept_shown_and_becomes_rows_for_sft_and_dpo(visit, compare):
    from lab.feedback import rows_for

    pairs = len(rows_for(visit.store, "dpo"))
    compare.click("[data-pane=p1] [data-better]")
    compare.fill("[data-pane=p1] .editor textarea", "It is from Sichuan.")
    compare.click("[data-keep-better]")
    compare.wait_for_selector("[data-pane=p1] [data-mended]")
    assert "It is from Sichuan." in compare.inner_text("[data-mended]")
    assert "1 better answer: a row for SFT" in compare.inner_text("[data-tally]")
    (edit,) = visit.store.ratings.current("edit")
    assert (edit.verdict, visit.store.ratings.answer(edit.answer).run) == ("It is from Sichuan.", RUN)
    (row,) = rows_for(visit.store, "sft")
    assert row["completion"][0]["content"] == "It is from Sichuan."
    assert len(rows_for(visit.store, "dpo")) == pairs + 1


def test_nothing_broke(visit, page):
    assert visit.broken == []
