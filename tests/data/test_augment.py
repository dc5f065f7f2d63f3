"""Data augmentation: the same question in other words, never a held-out one, and the answer's words stay."""

import random

import pytest

from lab.data import DataSet
from lab.data.asked import questions_of
from lab.data.augment import augment
from lab.data.augment.noise import mistyped
from lab.data.augment.protected import protected_words
from lab.data.augment.synonyms import with_synonyms
from lab.data.augment.wordings import reworded
from lab.data.builtin import cuisine, intents
from lab.errors import DataError

ALL = {"copies": 3, "synonyms": 1.0, "wordings": 1.0, "noise": 1.0}
NONE = {"copies": 3, "synonyms": 0.0, "wordings": 0.0, "noise": 0.0}


def data(*rows, held_out=(), format="prompt_completion"):
    return DataSet("own", format, list(rows), list(held_out))


def ask(prompt, completion="Guangdong."):
    return {"prompt": prompt, "completion": completion}


def test_synonyms_keep_names_answers_and_everything_else():
    rng = random.Random(0)
    said = with_synonyms("Is Big Ben a big and famous clock?", rng, share=1.0)
    assert said == "Is Big Ben a large and known clock?"
    assert with_synonyms("Say which is big.", rng, frozenset({"big"}), share=1.0) == "Tell which is big."
    assert with_synonyms("Is it big?", rng, share=0.0) == "Is it big?"
    assert with_synonyms("Is big-plate chicken small?", rng, share=1.0) == "Is big-plate chicken little?"
    assert with_synonyms("这道菜著名吗?", rng, share=1.0) in ("这道菜有名吗?", "这道菜出名吗?")


def test_errors_are_in_long_words_alone_and_leave_numbers_and_names():
    rng = random.Random(1)
    said = mistyped("Where is Peking duck of 1900 usually eaten in autumn?", rng, frozenset({"eaten"}), share=1.0)
    words = said.split()
    assert words[1] == "is" and words[2] == "Peking" and "1900" in words and "eaten" in words
    assert words[0] != "Where" and words[0].startswith("W") and words[6] != "usually"
    assert mistyped("请问,宫保鸡丁的味道是什么?", rng, share=1.0) == "请问宫保鸡丁味道是什么"


def test_a_question_is_turned_round_or_put_into_a_sentence():
    said = {reworded("What is tofu?", random.Random(seed)) for seed in range(60)}
    assert "Tell me what tofu is." in said and "Question: What is tofu?" in said
    assert {reworded("豆腐是什么?", random.Random(seed)) for seed in range(60)} >= {"什么是豆腐?", "请问:豆腐是什么?"}


def test_made_rows_ask_what_no_row_asks_and_answer_alike():
    rows = cuisine.load("train", "en")[:200]
    whole = data(*rows, held_out=cuisine.load("held_out", "en"))
    made = augment(whole, 0, **ALL)
    assert 500 < len(made) <= 600
    keys = [questions_of(one.row)[0] for one in made]
    taken = {questions_of(row)[0] for row in (*rows, *whole.held_out)}
    assert len(set(keys)) == len(keys) and not taken & set(keys)
    assert all(one.row["completion"] == one.source["completion"] for one in made)
    for one in made:
        answer = protected_words(one.source)
        assert answer & protected_words({"completion": one.source["prompt"]}) <= protected_words(
            {"completion": one.row["prompt"]}
        )
    assert made == augment(whole, 0, **ALL) != augment(whole, 1, **ALL)


def test_a_held_out_question_is_never_made():
    trained, asked = ask("What is tofu?", "Beans."), [ask(f"{turned}") for turned in ("Tell me what tofu is.",)]
    everything = {
        one.row["prompt"] for seed in range(40)
        for one in augment(data(trained, held_out=asked), seed, **NONE | {"wordings": 1.0})
    }  # fmt: skip
    assert "Do you know what tofu is?" in everything and "Tell me what tofu is." not in everything


def test_conversations_change_in_what_the_user_says_and_texts_keep_their_class():
    talk = {"messages": [
        {"role": "system", "content": "Be very kind."}, {"role": "user", "content": "What is a big story?"},
        {"role": "assistant", "content": "A very good one."},
    ]}  # fmt: skip
    for one in augment(data(talk, format="messages"), 0, **ALL):
        said = one.row["messages"]
        assert (said[0], said[2]) == (talk["messages"][0], talk["messages"][2])
        assert said[1]["role"] == "user" and said[1] != talk["messages"][1]
    texts = data(*intents.load("train", "en")[:50], format="labels")
    made = augment(texts, 0, **ALL)
    assert made and all(one.row["label"] == one.source["label"] for one in made)
    assert {way for one in made for way in one.ways} == {"synonyms", "noise"}


def test_nothing_is_made_by_no_way_and_plain_text_is_refused():
    assert augment(data(ask("What is tofu?")), 0, **NONE) == []
    with pytest.raises(DataError, match="could be said in other words"):
        augment(data({"text": "Once."}, format="text"), 0, **ALL)
