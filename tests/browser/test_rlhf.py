"""The whole feedback loop in a real browser with real training on nano, a few steps long.

The tests follow one another like a visit: votes, reward model, PPO, duel, next round.
"""

import pytest

from lab.store import Feedback, Status
from lab.store.pairs import new_answer, new_pair
from tests.browser.page import Visit, open_tab, saved, visitor_in

pytestmark = pytest.mark.browser
DONE = "!document.querySelector('[data-station=%s] .progress-row')"


class Loop(Visit):
    """The RLHF tab over an empty lab."""

    tab, ready = "rlhf", "[data-station=duel] [data-needs]"


@pytest.fixture(scope="module")
def visit(tmp_path_factory):
    with Loop.opened(tmp_path_factory.mktemp("rlhf")) as made:
        yield made


@pytest.fixture(scope="module")
def page(visit):
    opened = visit.page()
    yield opened
    opened.context.close()


def says(page, station: str) -> str:
    return page.inner_text(f"[data-station={station}]")


def write(page, station: str, name: str, value: object) -> None:
    """Set one of a station's settings."""
    if not page.evaluate(f"document.querySelector('[data-station={station}] details').open"):
        page.click(f"[data-station={station}] summary")
    page.fill(f"[data-station={station}] [data-set={name}]", str(value))
    page.keyboard.press("Tab")


def test_an_empty_loop_says_the_first_step_at_every_station(page):
    assert page.inner_text("[data-round]") == "Round 1"
    assert "0 decided votes; 40 more and a reward model can learn from them" in says(page, "ratings")
    assert "40 more are needed" in says(page, "model")
    assert "Needs a reward model" in says(page, "policy")
    assert "Begins when a policy has been trained" in says(page, "duel")
    assert [page.is_disabled(f"[data-do={name}]") for name in ("model", "policy", "duel")] == [True] * 3


def test_a_recorded_round_shows_where_it_leads(page):
    page.click("[data-recorded-loop] summary")
    page.wait_for_selector("[data-recorded-station=duel] .station-big")
    page.wait_for_function("document.querySelectorAll('[data-recorded-loop] .trend canvas').length === 3")
    assert "held-out pairs told apart" in page.inner_text("[data-recorded-station=model]")
    assert "settled" in page.inner_text("[data-recorded-station=duel]")
    assert page.inner_text("[data-recorded-loop] [data-loop-verdict]")
    page.click("[data-recorded-loop] > summary")
    assert not page.is_visible("[data-recorded-station=duel]")


def test_scripts_vote_on_the_start_and_are_marked(visit, page):
    page.fill("[data-station=ratings] [data-set=votes]", "80")
    page.keyboard.press("Tab")
    page.click("[data-do=script_ratings]")
    page.wait_for_function("!document.querySelector('[data-do=model]').disabled")
    page.wait_for_selector("[data-do=script_ratings]")
    assert "by scripts" in page.inner_text("[data-kind=vote]") and "Happier" in says(page, "ratings")
    assert {(vote.first, vote.rater) for vote in visit.store.pairs.votes()} == {("base:nano", "scripted:happier")}


def test_a_reward_model_learns_from_the_votes_and_shows_what_it_likes(visit, page):
    write(page, "model", "modelSteps", 4)
    page.click("[data-do=model]")
    page.wait_for_selector("[data-station=model] .progress-row")
    page.wait_for_function(DONE % "model")
    page.wait_for_selector("[data-liked=highest] li")
    (model,) = visit.store.runs.all()
    assert (model.objective, model.status) == ("reward", Status.DONE)
    assert f"{round(100 * model.outcome.metrics['accuracy'].after)} %" in says(page, "model")
    assert "r = " in says(page, "model") and "confidence" in says(page, "model")


def test_whether_the_model_agrees_is_told_of_all_votes_and_of_ones_own_once_there_are_some(visit, page):
    page.wait_for_selector("[data-agrees=all] [data-agrees-row=model]")
    assert "not rated anything in this browser" in page.inner_text("[data-not-you]")
    assert "by scripts" in page.inner_text("[data-not-you]")
    new = page.inner_text("[data-agrees-kind=votes] h4")
    assert int(new.split()[0]) > 0 and "new to it" in new
    assert "it has learned from" in page.inner_text("[data-agrees-kind=votes] h5")
    rows = page.locator("[data-agrees-kind=votes] .agrees-row")
    assert [row.split("\n")[0] for row in rows.all_inner_texts()] == [
        "Reward model", "Longer answer", "Left answer", "Reward model",
    ]  # fmt: skip
    assert page.inner_text("[data-agrees-verdict]")

    me = visitor_in(page, visit.home)
    asked = [{"role": "user", "content": "Tell me about a whale that nobody has asked about before."}]
    for number in range(3):
        one, other = (new_answer("base:nano", asked, f"{word} {number}.", {}, "") for word in ("Happy day", "Sad"))
        visit.store.pairs.keep([pair := new_pair("prompts", one, other)])
        visit.store.ratings.rate(Feedback("vote", pair.id, me, "left", one.id, other.id))
    page.wait_for_selector("[data-agrees=mine]")
    assert page.inner_text("[data-agrees-kind=votes] h4") == "3 decided votes new to it"
    assert page.inner_text("[data-agrees-kind=votes] [data-agrees-row=longer] b:not(.arena-bar b)") == "100 %"
    assert page.locator("[data-not-you], [data-agrees-kind=votes] h5").count() == 0


def test_new_questions_to_vote_on_are_a_click_away(page):
    page.click("[data-do=vote_new]")
    page.wait_for_selector("[data-vote]")
    assert page.input_value("[data-source]") == "held_out"
    open_tab(page, "rlhf")


def test_ppo_asks_the_model_while_the_script_is_watched_and_the_curves_have_words(visit, page):
    write(page, "policy", "steps", 6)
    write(page, "policy", "batch", 8)
    page.click("[data-do=policy]")
    page.wait_for_selector("[data-station=policy] .progress-row")
    page.wait_for_function(DONE % "policy")
    page.wait_for_function("document.querySelectorAll('.trend canvas').length === 3")
    model, policy = visit.store.runs.all()
    assert (policy.objective, policy.status, policy.base) == ("ppo", Status.DONE, "nano")
    assert f"run:{model.id}" in policy.recipe and "happier" in policy.recipe
    assert "Happier, by its rule" in page.inner_text("[data-trend=score]")
    assert page.inner_text("[data-trend=kl] .trend-words")
    assert page.locator(".loop .sample .column").count() == 6
    name, drawn = saved(page, "trends-png")
    assert name.endswith("-trends.png") and drawn.startswith(b"\x89PNG") and len(drawn) > 5000
    assert page.locator("[data-round-row]").count() == 1


def test_the_same_script_judges_the_duel_with_the_start(visit, page):
    page.fill("[data-station=duel] [data-set=duels]", "20")
    page.keyboard.press("Tab")
    page.click("[data-do=script_duel]")
    page.wait_for_function("document.querySelector('[data-duel-votes]')")
    page.wait_for_selector("[data-do=script_duel]")
    policy = visit.store.runs.all()[-1]
    votes = [vote for vote in visit.store.pairs.votes() if policy.id in (vote.first, vote.second)]
    page.wait_for_function(f"document.querySelector('[data-duel-votes]').dataset.duelVotes === '{len(votes)}'")
    assert {vote.rater for vote in votes} == {"scripted:happier"}
    assert "won against its start" in says(page, "duel")
    assert "%" in page.inner_text("[data-wins]")


def test_a_second_tab_and_another_browser_see_the_same(visit, page):
    other = visit.page()
    for station in ("model", "duel"):
        state = f"[data-station={station}] .station-state"
        assert other.inner_text(state) == page.inner_text(state)
    assert other.locator("[data-round-row]").all_inner_texts() == page.locator("[data-round-row]").all_inner_texts()
    other.context.close()


def test_a_blind_duel_opens_in_the_arena_with_both(visit, page):
    page.click("[data-do=duel]")
    page.wait_for_selector("[data-vote]")
    policy = visit.store.runs.all()[-1]
    page.wait_for_function(f"document.querySelector('[data-player=second]').value === 'run:{policy.id}'")
    assert page.input_value("[data-player=first]") == "nano" and page.input_value("[data-source]") == "held_out"
    open_tab(page, "rlhf")


def test_the_next_round_goes_out_from_the_policy_also_after_a_reload(visit, page):
    policy = visit.store.runs.all()[-1]
    page.click("[data-do=next]")
    page.wait_for_function("document.querySelector('[data-round]').textContent === 'Round 2'")
    assert page.input_value("[data-from]") == f"run:{policy.id}"
    assert "of the round before" in says(page, "model") and "PPO 1" in says(page, "policy")
    fresh = visit.page()
    fresh.wait_for_function("document.querySelector('[data-round]').textContent === 'Round 2'")
    assert fresh.input_value("[data-from]") == f"run:{policy.id}"
    fresh.context.close()


@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_a_phone_in_the_dark_shows_the_loop_without_sideways_scrolling(visit, page, locale):
    context = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark", "locale": locale}
    phone = visit.page("?start=nano", **context)
    phone.wait_for_selector(".trend canvas")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    edge = """Math.max(...[...document.querySelectorAll('.loop *')].filter((one) => !one.closest('.scroll-x, .columns'))
      .map((one) => one.getBoundingClientRect().right))"""
    assert phone.evaluate(edge) <= 390
    phone.context.close()


def test_nothing_broke(visit, page):
    assert visit.broken == []
