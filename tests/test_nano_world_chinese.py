"""The Chinese generators: right by their own keys, strict about what is held out, and Chinese in their signs."""

import random
import re
import subprocess
import sys
from functools import cache

import pytest

from recipes.nano.world import facts as english
from recipes.nano.world.chinese import (
    askings,
    choices,
    dictionary,
    facts,
    feelings,
    followups,
    grammar,
    inferring,
    instructions,
    lists,
    numbers,
    phrasings,
    reading,
    talk,
    translation,
    words,
)
from recipes.nano.world.chinese.instruction_wordings import WORDINGS
from recipes.nano.world.shapes import Document, Question, fact_is_held_out
from recipes.nano.world.shapes import phrasings as part_of

MAKERS = [facts.question, choices.yes_or_no, choices.listing, numbers.arithmetic, numbers.word_problem,
          numbers.comparison, numbers.counting, feelings.question, talk.rewriting, talk.reading, lists.question,
          instructions.question, inferring.question, translation.question]  # fmt: skip
TALKS = [facts.tell, facts.about, facts.conversation, numbers.tell, feelings.tell, talk.small_talk, talk.advice,
         talk.feeling_reply, translation.tell, followups.document, inferring.tell]  # fmt: skip


def by_name(maker) -> str:
    return f"{maker.__module__.rpartition('.')[2]}.{maker.__name__}"


def test_instructions_have_many_wordings_and_the_inner_questions_are_none_of_the_held_out_ones():
    assert all(len(set(ways)) == len(ways) >= 7 for ways in WORDINGS.values())
    assert {q.fact.partition(":")[0] for q in drawn(instructions.question)} == set(WORDINGS)
    rng = random.Random(4)
    assert not [fact for fact, *_ in (instructions._fact(rng) for _ in range(500)) if fact_is_held_out(fact.name)]


@cache
def drawn(maker, split: str = "train", count: int = 1500) -> tuple[Question, ...]:
    rng = random.Random(3)
    return tuple(maker(rng, split) for _ in range(count))


def texts(document: Document) -> list[str]:
    return [document.text, *(content for _, content in document.turns)]


@pytest.mark.parametrize("maker", MAKERS, ids=by_name)
def test_every_answer_is_right_by_its_own_key_and_no_question_is_in_both_splits(maker):
    trained, unseen = drawn(maker), drawn(maker, "held_out", 300)
    wrong = [q for q in (*trained, *unseen) if not q.is_right(q.answer)]
    assert not wrong, wrong[:5]
    assert not [q for q in (*trained, *unseen) if re.search(r"[{}\[\]|]", q.prompt + q.answer)]
    both = {q.prompt for q in trained} & {q.prompt for q in unseen}
    assert not both, sorted(both)[:5]


@pytest.mark.parametrize("maker", MAKERS, ids=by_name)
def test_the_answer_to_another_question_of_its_sort_is_seldom_right(maker):
    """Keys that nearly any answer meets would judge nothing (some answers, such as 是的, are right for many)."""
    asked, others = drawn(maker)[:300], drawn(maker)[300:600]
    right = sum(a.is_right(b.answer) for a, b in zip(asked, others, strict=True) if a.kind == b.kind)
    assert right / len(asked) < 0.5


ALLOWED = re.compile(r"Nano")


@pytest.mark.parametrize("maker", [maker for maker in MAKERS if maker is not translation.question], ids=by_name)
def test_questions_in_chinese_hold_no_latin_letters_and_no_western_signs(maker):
    for question in drawn(maker):
        text = question.prompt + question.answer
        assert not re.search(r"[A-Za-z]", ALLOWED.sub("", text)), question
        assert not re.search(r"[,.?!:;\"'()]", re.sub(r"(?m)^\d\. |1\. ", "", text)), question
        assert not re.search(r"[，。！？：、]{2}|。，", text), question


@pytest.mark.parametrize(
    "maker", [maker for maker in TALKS if maker not in (translation.tell, followups.document)], ids=by_name
)
def test_talk_in_chinese_holds_no_latin_letters_and_no_western_signs(maker):
    rng = random.Random(5)
    for _ in range(800):
        for text in texts(maker(rng)):
            assert not re.search(r"[A-Za-z,.?!:;\"'()\[\]{}|]", ALLOWED.sub("", text)), text
            assert not re.search(r"[，。！？：、]{2}", text), text


@pytest.mark.parametrize("maker", TALKS, ids=by_name)
def test_a_talk_has_turns_that_take_turns_and_none_is_empty(maker):
    rng = random.Random(6)
    for _ in range(300):
        document = maker(rng)
        assert document.text or document.turns
        assert all(content.strip() for _, content in document.turns)
        assert [role for role, _ in document.turns] == ["user", "assistant"] * (len(document.turns) // 2)


def test_the_same_seed_gives_the_same_questions():
    first, second = random.Random(9), random.Random(9)
    assert [facts.question(first, "train") for _ in range(200)] == [facts.question(second, "train") for _ in range(200)]


def test_every_fact_of_the_english_world_is_a_fact_here_under_the_same_name():
    names = {fact.name for fact in facts.facts()}
    missing = [
        fact.name for fact in english.facts() if fact.name not in names and fact.kind not in ("plural", "opposite")
    ]
    assert not missing, missing[:10]


def test_held_out_facts_are_never_asked_in_training():
    for maker in (
        facts.question,
        translation.language,
        translation.sentence,
        translation.word,
        inferring.why,
    ):
        assert not [q for q in drawn(maker) if fact_is_held_out(q.fact)], maker
    assert {fact.name for fact in facts.by_split()["held_out"]} == {
        f.name for f in facts.facts() if fact_is_held_out(f.name)
    }
    assert 0.05 < len(facts.by_split()["held_out"]) / len(facts.facts()) < 0.15


def test_held_out_sums_are_those_of_the_english_world():
    for maker in (numbers.arithmetic, numbers.word_problem, numbers.comparison, numbers.counting):
        assert not [q for q in drawn(maker) if fact_is_held_out(q.fact)]
        assert all(fact_is_held_out(q.fact) for q in drawn(maker, "held_out", 300))


def test_every_kind_has_many_phrasings_and_the_extra_ones_are_none_of_the_held_out_ones():
    assert set(phrasings.MORE_ASKS) == set(askings.ASKINGS) == {fact.kind for fact in facts.facts()}
    for kind, asking in askings.ASKINGS.items():
        more = phrasings.MORE_ASKS[kind]
        assert len({*part_of(asking.ask, "train"), *more}) >= 15, kind
        assert not set(part_of(asking.ask, "held_out")) & {*more, *part_of(asking.ask, "train")}, kind
        assert len(set(asking.ask)) == len(asking.ask), kind


PAIRS = [
    (numbers.ASK, phrasings.MORE_SUMS),
    (numbers.STORY, phrasings.MORE_TOGETHER),
    (numbers.TAKE, phrasings.MORE_TAKEN),
    (numbers.COMPARE, phrasings.MORE_COMPARISONS),
    (numbers.COUNT, phrasings.MORE_COUNTS),
    (numbers.NEXT, phrasings.MORE_NEXT),
    (numbers.IN_WORDS, phrasings.MORE_IN_WORDS),
    (numbers.IN_DIGITS, phrasings.MORE_IN_DIGITS),
    (choices.LIST, phrasings.MORE_LISTINGS),
    (choices.ODD, phrasings.MORE_ODD_ONES),
    (feelings.ASK, phrasings.MORE_MOODS),
    (feelings.RATE, phrasings.MORE_RATINGS),
    (feelings.GOOD, feelings.MORE_GOOD),
    (feelings.BAD, feelings.MORE_BAD),
    (translation.INTO_CHINESE, translation.MORE_INTO_CHINESE),
    (translation.INTO_ENGLISH, translation.MORE_INTO_ENGLISH),
    *((lists.ASKS[task], phrasings.MORE_ON_LISTS[task]) for task in lists.ASKS),
    *((asks, more) for (_, asks), more in zip(reading.TEXTS, reading.MORE, strict=True)),
]


def test_what_training_has_besides_is_never_a_held_out_phrasing():
    for ways, more in PAIRS:
        assert not set(part_of(ways, "held_out")) & {*part_of(ways, "train"), *more}, ways[-2:]
    openings = {frame.partition("{q}")[0] for frame in phrasings.FRAMES} - {""}
    unseen = [q for maker in MAKERS for q in drawn(maker, "held_out", 300)]
    assert not [q for q in unseen if q.prompt.startswith(tuple(openings))]


def test_sums_are_right_in_digits_and_in_characters():
    for question in drawn(numbers.arithmetic):
        a, sign, b = re.fullmatch(r"(\d+)([-+*])(\d+)", question.fact).groups()
        result = {"+": int(a) + int(b), "-": int(a) - int(b), "*": int(a) * int(b)}[sign]
        assert question.is_right(f"{result}。") and question.is_right(f"等于{grammar.in_words(result)}。")
        assert not question.is_right(f"{result + 1}。") and not question.is_right(
            f"{grammar.in_words(result + 10 if result < 90 else 0)}。"
        )


def test_numbers_in_characters():
    assert [grammar.in_words(n) for n in (0, 2, 10, 12, 20, 47, 100)] == [
        "零",
        "二",
        "十",
        "十二",
        "二十",
        "四十七",
        "一百",
    ]
    assert grammar.before_measure(2) == "两" and grammar.before_measure(12) == "十二"


def test_two_before_a_measure_word_is_两():
    text = "".join(q.prompt + q.answer for maker in MAKERS for q in drawn(maker))
    measures = "只个条头匹本把张朵辆颗块支根座棵种"
    wrong = re.findall(rf".{{3}}(?<![{grammar.DIGITS}十第周期])二[{measures}].{{3}}", text)
    assert not wrong, wrong[:5]


OPPOSED = {"不是": "是的", "不会": "会", "不能": "能", "没有": "有", "不对": "对"}


def test_yes_is_told_from_no():
    for question in drawn(choices.yes_or_no):
        word = question.answer.split("，")[0].rstrip("。")
        contrary = OPPOSED.get(word) or next(no for no, yes in OPPOSED.items() if yes == word)
        assert not question.is_right(f"{contrary}。"), question


def test_a_list_names_nothing_twice_and_no_name_holds_another():
    for kind in choices.LISTED:
        names = choices.members(kind)
        assert len(names) >= 4 and not [(a, b) for a in names for b in names if a != b and len(a) > 1 and a in b], kind
    for question in drawn(choices.listing):
        if question.kind == "list":
            named = re.split(r"[、和]", question.answer.rstrip("。").removeprefix("有"))
            assert len(set(named)) == len(named) == question.needs, question


SERVED = ("靴子", "手套", "汤", "葡萄", "坚果", "李子", "面条")  # in pairs, bowls, bags


def test_measure_words_of_what_is_owned_are_those_of_the_dictionary_where_both_have_them():
    known = {thing.name: name for name, thing in facts.chinese_things().items()}
    owned = [(x, measure) for x, measure in (*words.KEEPSAKES, *words.FOODS) if x in known and x not in SERVED]
    wrong = [(x, measure) for x, measure in owned if {dictionary.measure_word(known[x]), "个"}.isdisjoint({measure})]
    assert len(owned) > 15 and not [(x, m) for x, m in wrong if dictionary.measure_word(known[x]) != "个"]


def test_the_generators_load_no_heavy_library():
    heavy = "('torch', 'numpy', 'transformers')"
    code = f"import sys, recipes.nano.world.chinese.talk; print([name for name in {heavy} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"
