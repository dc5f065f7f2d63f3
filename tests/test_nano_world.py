"""The world's generators: the same for a seed, right in grammar and sums, and strict about what is held out."""

import random
import re
import subprocess
import sys

import pytest

from recipes.nano.world import choices, corpus, facts, feelings, grammar, lists, numbers, reading, stories, talk, things
from recipes.nano.world import openings as beginnings
from recipes.nano.world.phrasings import FRAMES, MORE_ASKS
from recipes.nano.world.shapes import Question, fact_is_held_out, phrasings

NUMBER_WORDS = {numbers.in_words(n): n for n in range(101)}


def rendered(split: str, count: int, seed: int = 0) -> list[str]:
    drawn = corpus.documents(seed, split)
    return [corpus.render(next(drawn)) for _ in range(count)]


def test_the_same_seed_gives_the_same_corpus_and_another_seed_another():
    assert rendered("train", 300) == rendered("train", 300)
    assert rendered("train", 50) != rendered("train", 50, seed=1)


def test_the_generators_load_no_heavy_library():
    heavy = "('torch', 'numpy', 'transformers')"
    code = f"import sys, recipes.nano.world.corpus; print([name for name in {heavy} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"


def test_no_two_stories_are_alike():
    rng = random.Random(5)
    texts = [stories.document(rng).text for _ in range(1500)]
    assert len(set(texts)) == len(texts)
    assert len({text[:80] for text in texts}) > 1400


MAKERS = [
    facts.question,
    choices.yes_or_no,
    choices.listing,
    numbers.arithmetic,
    numbers.word_problem,
    numbers.comparison,
    numbers.counting,
    feelings.question,
    talk.rewriting,
    talk.reading,
    lists.question,
]


@pytest.mark.parametrize("maker", MAKERS, ids=lambda maker: f"{maker.__module__}.{maker.__name__}")
def test_every_answer_is_right_by_its_own_key_and_no_question_is_in_both_splits(maker):
    rng = random.Random(3)
    trained = [maker(rng, "train") for _ in range(1500)]
    unseen = [maker(rng, "held_out") for _ in range(300)]
    for question in (*trained, *unseen):
        assert question.is_right(question.answer), question
        assert "{" not in question.prompt + question.answer
    both = {q.prompt for q in trained} & {q.prompt for q in unseen}
    assert not both, sorted(both)[:5]


def test_every_thing_with_parts_is_in_the_tables():
    assert set(things.part_table()) <= {thing.name for thing in things.things()}
    rng = random.Random(0)
    asked = [q for q in (facts.question(rng, "train") for _ in range(6000)) if q.kind == "part"]
    assert len(asked) > 50 and all(re.search(r"ha(s|ve) |and", q.answer) for q in asked)


def test_held_out_facts_are_never_asked_in_training():
    rng = random.Random(0)
    asked = [facts.question(rng, "train") for _ in range(20000)]
    assert not [q for q in asked if fact_is_held_out(q.fact)]
    held_out = sum(fact_is_held_out(fact.name) for fact in facts.facts())
    assert 0.05 < held_out / len(facts.facts()) < 0.15


def test_held_out_phrasings_are_never_used_in_training():
    for asking in facts.ASKINGS.values():
        assert not set(phrasings(asking.ask, "train")) & set(phrasings(asking.ask, "held_out"))
        assert set(phrasings(asking.ask, "train")) | set(phrasings(asking.ask, "held_out")) == set(asking.ask)
    text = "\n".join(rendered("train", 4000))
    assert "Do you know the colour of" not in text
    assert "What colour is" in text


def test_the_extra_phrasings_are_none_of_the_held_out_ones():
    assert set(MORE_ASKS) == set(facts.ASKINGS)
    for kind, asking in facts.ASKINGS.items():
        assert not set(MORE_ASKS[kind]) & set(phrasings(asking.ask, "held_out"))


def test_other_texts_ask_no_held_out_question_of_theirs():
    assert len(reading.MORE) == len(reading.TEXTS)
    for (_, asks), more in zip(reading.TEXTS, reading.MORE, strict=True):
        assert not {ask for ask, _ in phrasings(asks, "held_out")} & {ask for ask, _ in more}
    assert not {text for text, _ in reading.TEXTS} & {text for text, _ in reading.OTHER_TEXTS}


def test_a_list_names_nothing_twice_and_an_odd_one_is_of_no_wider_kind():
    rng = random.Random(8)
    for question in (choices.listing(rng, "train") for _ in range(2000)):
        if question.kind == "list":
            named = re.findall(r"[a-z]+(?: [a-z]+)?", question.answer.lower().replace(" and ", ", "))
            assert len(named) == len(set(named)) == question.needs, question
    assert not choices.excludes("bird", "animal") and not choices.excludes("tool", "object")
    assert choices.excludes("bird", "tool") and choices.excludes("fruit", "vegetable")


def test_every_opening_names_its_hero_and_reads_well():
    openings, wrong = (*beginnings.AT_HOME, *beginnings.IN_THE_MIDST, *beginnings.TOGETHER), []
    assert len(openings) > 50
    for opening in openings:
        rng = random.Random(9)
        for _ in range(6):
            slots = stories.cast(rng)
            text = grammar.fill(opening, rng, slots)
            if slots["h"] not in text or re.search(r"[.!?] [a-z]|[{}\[\]|]|  ", text):
                wrong.append(text)
    assert not wrong, "\n".join(wrong)


def test_held_out_questions_stand_in_no_frame():
    openings = {frame.partition("{q}")[0] for frame in FRAMES} - {""}
    assert not [q for q in corpus.unseen_questions(400) if q.prompt.startswith(tuple(openings))]


def test_sums_are_right():
    rng = random.Random(1)
    for _ in range(2000):
        question = numbers.arithmetic(rng, "train")
        a, sign, b = re.fullmatch(r"(\d+)([-+*])(\d+)", question.fact).groups()
        assert int(question.key) == {"+": int(a) + int(b), "-": int(a) - int(b), "*": int(a) * int(b)}[sign]
        assert 0 <= int(question.key) <= 100
    assert numbers.in_words(47) == "forty-seven" and len(NUMBER_WORDS) == 101


def test_articles_agree_with_the_next_word():
    text = "\n".join(rendered("train", 3000))
    assert not re.findall(r"\b[Aa] [aeio][a-z]+", re.sub(r"\b[Aa] (one|european)", "", text))[:5]
    assert not re.findall(r"\b[Aa]n [bcdfgjklmnpqrstvwxz][a-z]+", text)[:5]


def test_sentences_of_stories_begin_with_a_capital_and_no_slot_is_left():
    rng = random.Random(2)
    for plot in stories.PLOTS:
        for ending in ("happy", "sad"):
            for _ in range(8):
                text = stories.story(rng, ending=ending, plot=plot).text
                assert not re.search(r"[.!?] [a-z]|[{}\[\]|]|  ", text), text
                assert text.count('"') % 2 == 0, text


def test_pronouns_follow_the_hero():
    """In a story in which everybody is a woman or a girl, nobody is called he."""
    rng = random.Random(4)
    seen = 0
    for _ in range(4500):
        made = stories.any_story(rng)
        s = made.slots
        if s["he"] == s["fhe"] == s["rhe"] == s["r2he"] == "she" and "man" not in made.text and "him" not in made.text:
            seen += 1
            assert not re.search(r"\b[Hh]e (was|had|went|wanted|lived)\b", made.text), made.text
    assert seen > 50


def test_stories_end_happily_and_sadly_about_equally():
    rng = random.Random(6)
    happy = sum(stories.any_story(rng).ending == "happy" for _ in range(2000))
    assert 900 < happy < 1100


def test_a_story_on_request_is_about_what_was_asked():
    rng = random.Random(7)
    for _ in range(300):
        made = stories.any_story(rng, kind="owl", thing="lantern", ending="sad")
        assert "owl" in made.text and "lantern" in made.text and made.ending == "sad"


NOUNS = {"box": "boxes", "fox": "foxes", "cherry": "cherries", "mouse": "mice", "bowl of soup": "bowls of soup",
         "toy car": "toy cars"}  # fmt: skip
VERBS = {"go": ("went", "goes"), "play in the park": ("played in the park", "plays in the park"),
         "carry a bag": ("carried a bag", "carries a bag"), "stop": ("stopped", "stops"),
         "catch a fish": ("caught a fish", "catches a fish")}  # fmt: skip


def test_plurals():
    assert {noun: grammar.plural(noun) for noun in NOUNS} == NOUNS


def test_tenses():
    assert {verb: (grammar.past(verb), grammar.third(verb)) for verb in VERBS} == VERBS


def test_a_question_counts_as_right_only_with_whole_words():
    question = Question("arithmetic", "What is 3 + 4?", "7.", "7", "3+4")
    assert question.is_right("3 + 4 = 7.") and not question.is_right("It is 17.") and not question.is_right("75")


def test_a_chinese_answer_has_no_spaces_and_a_key_after_not_is_not_said():
    colour = Question("colour", "苹果是什么颜色的?", "红色。", "红色", "colour/苹果")
    assert (
        colour.is_right("苹果是红色的。")
        and not colour.is_right("苹果不红色。")
        and not colour.is_right("苹果是绿色的。")
    )
    count = Question("counting", "有几个苹果?", "3个。", "3", "3")
    assert count.is_right("有3个苹果。") and not count.is_right("有13个苹果。")


def test_a_chinese_number_is_said_only_as_a_whole():
    count = Question("counting", "十加二等于几？", "十二。", "十二|12", "10+2")
    assert count.is_right("等于十二。") and not count.is_right("二十二。") and not count.is_right("十。")
    assert not Question("after", "一月之后是几月？", "二月。", "二月", "after").is_right("是十二月。")
    larger = Question("comparison", "35和53，哪个大？", "53比35大。", "^53|是53", "35?53")
    assert larger.is_right("53比35大。") and larger.is_right("更大的是53。") and not larger.is_right("35比53大。")
    assert not Question("comparison", "3和53，哪个小？", "3更小。", "^3|3更小", "3?53").is_right("53更小。")


def test_unbalanced_templates_are_refused():
    with pytest.raises(ValueError, match="unbalanced"):
        grammar.parse("a [b|c")
