"""The data set `cuisine`: enough rows, one answer a fact, and held-out phrasings that training never shows."""

import re
import subprocess
import sys
from collections import defaultdict

import pytest

from lab.data.builtin import cuisine
from lab.data.builtin._cuisine_phrasings import PHRASINGS
from lab.data.builtin._dishes import read_table

LANGUAGES = ("en", "zh")


def prompts(split: str, language: str) -> list[str]:
    return [row["prompt"] for row in cuisine.load(split, language)]


def test_table_holds_at_least_sixty_dishes_and_a_dozen_techniques():
    table = read_table()
    assert len(table.dishes) >= 60
    assert len(table.techniques) >= 12


def test_ids_and_names_in_the_table_are_unique():
    table = read_table()
    for rows in (table.dishes, table.techniques):
        for words in ([row.id for row in rows], [row.name.en.lower() for row in rows], [row.name.zh for row in rows]):
            assert len(set(words)) == len(words)


def test_every_field_speaks_both_languages():
    for dish in read_table().dishes:
        assert 2 <= len(dish.ingredients) <= 4, dish.id
        for text in (dish.name, dish.region, dish.technique, dish.taste, dish.kind, dish.story, *dish.ingredients):
            assert re.search(r"[a-zA-Z]", text.en) and not re.search(r"[一-鿿]", text.en), (dish.id, text)
            assert re.search(r"[一-鿿]", text.zh) and not re.search(r"[a-zA-Z,.?!]", text.zh), (dish.id, text)


def test_stories_are_one_sentence_that_does_not_miss_its_stop():
    table = read_table()
    for row in (*table.dishes, *table.techniques):
        assert re.fullmatch(r"[A-Z][^.]*\.", row.story.en), row.id
        assert re.fullmatch(r"[^。]*。", row.story.zh), row.id


def test_names_that_end_like_plurals_are_marked():
    singular = {"roujiamo", "jianbing", "couples_beef"}
    for dish in read_table().dishes:
        looks_plural = re.search(
            r"(noodles|buns|dumplings|skewers|meatballs|rolls|threads|beans|tangyuan)$", dish.name.en
        )
        looks_plural = looks_plural and "with" not in dish.name.en
        assert dish.plural == bool(looks_plural), dish.id
        assert not (dish.plural and dish.id in singular)


@pytest.mark.parametrize("language", LANGUAGES)
def test_sizes_of_the_splits(language):
    assert 400 <= len(cuisine.load("train", language)) <= 1000
    assert 80 <= len(cuisine.load("held_out", language)) <= 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_prompt_occurs_twice_or_in_both_splits(language):
    everything = prompts("train", language) + prompts("held_out", language)
    assert len(set(everything)) == len(everything)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_held_out_phrasing_occurs_in_training(language):
    for kind, phrasings in PHRASINGS[language].items():
        assert not set(phrasings.train) & set(phrasings.held_out), kind
    held_out_phrasings = [p for phrasings in PHRASINGS[language].values() for p in phrasings.held_out]
    slot = re.compile(r"\\{\w+\\}")
    patterns = [re.compile(slot.sub(".+", re.escape(phrasing))) for phrasing in held_out_phrasings]
    for prompt in prompts("train", language):
        assert not any(pattern.fullmatch(prompt) for pattern in patterns), prompt


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_held_out_fact_is_trained_in_at_least_two_phrasings(language):
    phrasings = PHRASINGS[language]
    trained = defaultdict(set)
    for fact, phrasing in cuisine.asked("train", phrasings):
        trained[fact.subject, fact.kind].add(phrasing)
    for fact, _ in cuisine.asked("held_out", phrasings):
        assert len(trained[fact.subject, fact.kind]) >= 2, (fact.subject, fact.kind)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fact_has_one_answer_and_it_is_short(language):
    answers = defaultdict(set)
    for split in ("train", "held_out"):
        for fact, _ in cuisine.asked(split, PHRASINGS[language]):
            answers[fact.subject, fact.kind].add(fact.answer[language])
            limit = 20 if fact.kind == "story" else 8
            assert len(fact.answer.en.split()) <= limit, fact
    assert all(len(found) == 1 for found in answers.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_that_ask_for_a_name_have_one_right_answer(language):
    asked_for = defaultdict(set)
    for split in ("train", "held_out"):
        for fact, phrasing in cuisine.asked(split, PHRASINGS[language]):
            asked_for[fact.kind, phrasing.format(**fact.slots[language])].add(fact.answer[language])
    assert all(len(found) == 1 for found in asked_for.values())


@pytest.mark.parametrize("split", ["train", "held_out"])
def test_both_languages_ask_the_same_facts(split):
    english, chinese = (
        sorted({(fact.subject, fact.kind) for fact, _ in cuisine.asked(split, PHRASINGS[language])})
        for language in LANGUAGES
    )
    assert english == chinese


def test_rows_read_well():
    for split in ("train", "held_out"):
        for row in cuisine.load(split, "en"):
            assert row["prompt"][-1] in "?.:" and row["completion"][-1] == "."
            assert row["completion"][0].isupper()
            assert not re.search(
                r"[{}]|  | the the |\ba [aeiou]|(?<!')\ban [^aeiou]", row["prompt"] + " " + row["completion"]
            )
        for row in cuisine.load(split, "zh"):
            assert row["prompt"][-1] in "？。" and row["completion"][-1] in "。"
            assert not re.search(r"[{},?:]", row["prompt"] + row["completion"])


def test_rows_are_the_same_in_another_process():
    code = (
        "from lab.data.builtin import cuisine; print(cuisine.load('train', 'en')[:50], cuisine.load('held_out', 'zh'))"
    )
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    assert other == f"{cuisine.load('train', 'en')[:50]} {cuisine.load('held_out', 'zh')}"


def test_making_the_rows_loads_no_torch():
    code = "import sys; from lab.data.builtin import cuisine; cuisine.load('train'); print('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


@pytest.mark.parametrize("language", LANGUAGES)
def test_new_dishes_are_nowhere_in_training_and_follow_from_rules_it_teaches(language):
    table, train = read_table(), cuisine.load("train", language)
    rows = cuisine.load("new_dish", language)
    assert len(rows) == len({row["prompt"] for row in rows}) == 43
    told = " ".join(text for row in train for text in row.values()).lower()
    assert not [dish.id for dish in table.new_dishes if dish.name[language].lower() in told]
    taught = defaultdict(set)
    for fact in cuisine.rule_facts(table):
        taught[rule_of(fact, language)].add(fact.subject)
    assert all(len(taught[rule_of(fact, language)]) >= 2 for fact in cuisine.new_facts(table))
    asked = {rule_of(fact, language)[:2] for fact in [*cuisine.rule_facts(table), *cuisine.new_facts(table)]}
    assert len(asked) == len({rule_of(fact, language) for fact in cuisine.rule_facts(table)})  # one answer a rule


def rule_of(fact, language: str) -> tuple[str, str, str]:
    """The kind of rule, what it goes by, and what it says."""
    slots = fact.slots[language]
    return fact.kind, slots.get("region") or slots["technique"], fact.answer[language]


def test_a_region_has_a_usual_taste_only_where_one_is_ahead():
    usual = {region.en: taste.en for region, taste in cuisine.usual_tastes(read_table()).items()}
    assert usual["Sichuan"] == "numbing and hot" and usual["Shanghai"] == "salty and savoury"
    assert "Jiangsu" not in usual and "Gansu" not in usual  # two tastes are level; there is one dish
