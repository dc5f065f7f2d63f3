"""Scripted raters like what their cards say."""

import math

import pytest

from lab.card import find_cards

RATERS = find_cards("lab.raters")
BETTER = {
    "shorter": ("What is rice?", "A grain.", "It is a very small grain that people in many countries like to eat."),
    "happier": (
        "Tell me a story.",
        "She laughed with her friends in the warm sunshine.",
        "He was sad and cried alone.",
    ),
    "moral": ("Tell me a story.", "The fox fell. He learned that lies hurt.", "The fox fell into the river."),
    "polite": ("Can you help?", "Hello, dear friend. Please come in, thank you!", "No. Go away, stupid."),
    "no_repeats": (
        "Tell me.",
        "One day a bird flew over the hill.",
        "The bird and the bird and the bird and the bird.",
    ),
    "on_topic": ("Describe the sea.", "The sea is blue.", "I like trains."),
}
CHINESE = {
    "shorter": ("什么是米?", "一种粮食。", "米是一种很多国家的人都喜欢吃的粮食。"),
    "happier": ("讲个故事。", "她和朋友们开心地笑了。", "他很难过，一个人哭了。"),
    "moral": ("讲个故事。", "狐狸掉进河里。它懂得了不能说谎。", "狐狸掉进了河里。"),
    "polite": ("能帮我吗?", "您好，请进，谢谢!", "滚，笨蛋。"),
    "no_repeats": ("说吧。", "一只小鸟飞过山。", "小鸟小鸟小鸟小鸟。"),
    "on_topic": ("形容一下大海。", "大海很蓝。", "我喜欢火车。"),
}


def test_every_rater_has_its_examples():
    assert set(RATERS) == set(BETTER) == set(CHINESE)


def test_every_rater_likes_what_its_card_says():
    wrong = []
    for name, rater in RATERS.items():
        for prompt, better, worse in (BETTER[name], CHINESE[name]):
            liked, disliked = rater.score([prompt, prompt], [better, worse])
            if liked <= disliked:
                wrong.append(f"{name}: {better} ({liked}) is liked no more than {worse} ({disliked})")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", RATERS)
def test_texts_and_messages_are_rated_alike_and_nothing_breaks_on_silence(name):
    prompt, better, worse = BETTER[name]
    as_messages = [[{"role": "assistant", "content": said}] for said in (better, worse, "")]
    asked = [[{"role": "user", "content": prompt}]] * 3
    scores = RATERS[name].score(asked, as_messages)
    assert scores == RATERS[name].score([prompt] * 3, [better, worse, ""])
    assert all(isinstance(score, float) and math.isfinite(score) for score in scores)


def test_chanting_one_cheerful_word_earns_one_point():
    assert RATERS["happier"].score(["x"], ["Happy happy happy happy."]) == [1.0]


def test_silence_is_not_the_shortest_answer():
    assert RATERS["shorter"].score(["x", "x"], ["", "word " * 60])[0] < -6.0
