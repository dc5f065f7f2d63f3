"""The Chinese stories: no two alike, about what was asked for, and written as Chinese is."""

import random
import re

import pytest

from recipes.nano.world.chinese import cast, plots, stories
from recipes.nano.world.chinese import words as w
from recipes.nano.world.chinese.openings import MIDST, OTHER_OPENINGS, STATIC

STRAY = re.compile(r"[!-~\x00-\x09\x0b-\x1f]")  # slots, marks, ASCII signs and letters
PAIRS = re.compile(r"[，。！？：；]{2}|^[，。！？：；]|“”|。”。|！”！")


def told(count: int, seed: int = 5) -> list[stories.Story]:
    rng = random.Random(seed)
    return [stories.any_story(rng) for _ in range(count)]


def assert_well_written(text: str) -> None:
    assert not STRAY.search(text), text
    assert not PAIRS.search(text), text
    assert text[-1] in "。！？”", text
    depth = 0
    for char in text:
        depth += (char == "“") - (char == "”")
        assert depth in (0, 1), text
    assert depth == 0, text


def test_no_two_stories_are_alike():
    texts = [stories.document(random.Random(seed)).text for seed in range(600)]
    assert len(set(texts)) == len(texts)
    assert len({text[:40] for text in texts}) > 560


def test_the_same_seed_tells_the_same_stories():
    assert [one.text for one in told(100)] == [one.text for one in told(100)]


def test_every_plot_is_well_written_with_both_endings():
    rng = random.Random(2)
    for plot in plots.PLOTS:
        for ending in ("happy", "sad"):
            for _ in range(12):
                made = stories.story(rng, ending=ending, plot=plot)
                assert_well_written(made.text)
                assert not STRAY.search(made.about + made.slots["title"]), made.about
                assert made.text.startswith(made.opening) and made.slots["h"] in made.text


def test_days_are_well_written():
    rng = random.Random(3)
    for _ in range(800):
        assert_well_written(stories.day(rng).text)


def test_there_are_as_many_parts_as_we_say():
    assert len(plots.PLOTS) >= 80 and len(STATIC) + len(MIDST) >= 80
    for family in plots.FAMILIES:
        assert all(len(problem.tries or family.tries) >= 4 for problem in family.problems)
        assert all((problem.happy or family.happy) and (problem.sad or family.sad) for problem in family.problems)


def test_pronouns_follow_the_hero():
    """Animals are 它; where everybody is a woman or a girl, nobody is 他, and the other way round."""
    seen = {"它": 0, "她": 0, "他": 0}
    for made in told(2500):
        slots = made.slots
        text = re.sub("其他|吉他|他们|她们|它们", "", made.text)
        if slots["he"] == "它":
            assert not re.search("[他她]", text), made.text
        elif slots["he"] == slots["fhe"] == slots["rhe"] == slots["oldhe"]:
            assert ("她" if slots["he"] == "他" else "他") not in text, made.text
        else:
            continue
        seen[slots["he"]] += 1
    assert min(seen.values()) > 15


def test_a_story_on_request_is_about_what_was_asked():
    rng = random.Random(7)
    for kind in stories.KINDS:
        thing = rng.choice(w.KEEPSAKES)[0]
        made = stories.any_story(rng, kind=kind, thing=thing, ending="sad")
        assert kind in made.text and thing in made.text and made.ending == "sad"
        assert kind == made.slots["kind"]


def test_stories_end_happily_and_sadly_about_equally():
    assert 900 < sum(made.ending == "happy" for made in told(2000, seed=6)) < 1100


def test_who_comes_first_is_introduced():
    """A friend's name is not dropped into a story: the first time it says what the friend is to the hero."""
    for made in told(1000, seed=8):
        before, met, _ = made.text.partition(made.slots["f"])
        if met and made.slots["f"] != made.slots["fkind"] and before.count("“") == before.count("”"):
            assert re.search("朋友|伙伴|邻居|一个是|一个叫", before), made.text


def test_things_are_counted_with_their_own_measure_words():
    measures = dict(w.KEEPSAKES)
    for made in told(600, seed=9):
        for found in re.finditer(f"一([{''.join(set(measures.values()))}]){made.slots['thing']}", made.text):
            assert found[1] == measures[made.slots["thing"]], made.text


@pytest.mark.parametrize("make", [stories.story_on_request, stories.continuation], ids=lambda make: make.__name__)
def test_talk_about_stories_is_well_written(make):
    rng = random.Random(4)
    for _ in range(1000):
        turns = make(rng).turns
        assert [role for role, _ in turns] == ["user", "assistant"] * (len(turns) // 2)
        for _, content in turns:
            assert content and not STRAY.search(content) and content.count("“") == content.count("”"), content


def test_no_snow_falls_in_summer_and_no_flowers_open_in_winter():
    assert set(stories.OUT_OF_SEASON) <= set(cast.SEASONS)
    for _, problem in plots.PLOTS:
        assert stories.seasons_of(problem)
        assert all(stories.fits(problem.text, season) for season in stories.seasons_of(problem)), problem.text
    for made in told(600, seed=10):
        if made.slots["season"] == "夏天":
            assert not re.search("雪花|火炉|冻得", made.text), made.text
        if made.slots["season"] == "冬天":
            assert not re.search("一朵.*野花|第一朵花|荷花开", made.text), made.text


def test_no_name_is_a_part_of_what_is_said_besides():
    said = " ".join(
        (*STATIC, *MIDST, *(text for family in plots.FAMILIES for text in (*family.tries, *family.happy, *family.sad)))
    )
    said += " ".join(problem.text for _, problem in plots.PLOTS)
    names = {*w.GIRLS, *w.BOYS, *w.ANIMAL_NAMES} - cast.WORDS_TOO
    assert not [name for name in names if name in said]


def test_no_story_begins_like_an_opening_that_is_kept_for_judging():
    rng = random.Random(11)
    kept = {opening[:5] for opening in OTHER_OPENINGS}
    assert not kept & {stories.document(rng).text[:5] for _ in range(1200)}
