"""The world's generators: the same for a seed, right in grammar and sums, and strict about what is held out."""

import random
import re
import subprocess
import sys

import pytest

from recipes.nano.world import (
    begins,
    checks,
    choices,
    corpus,
    events,
    facts,
    feelings,
    grammar,
    heroes,
    inferring,
    instruction_wordings,
    instructions,
    lists,
    numbers,
    pairs,
    plan,
    reading,
    stories,
    talk,
    things,
    turns,
)
from recipes.nano.world import openings as beginnings
from recipes.nano.world.phrasings import FRAMES, MORE_ASKS
from recipes.nano.world.shapes import fact_is_held_out, phrasings

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
    texts = [stories.document(rng).text for _ in range(600)]
    assert len(set(texts)) == len(texts)
    assert len({text[:80] for text in texts}) > 560


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
    pairs.question,
    instructions.question,
    inferring.relation,
    inferring.inferred,
    *instructions.MAKERS,
]


@pytest.mark.parametrize("maker", MAKERS, ids=lambda maker: f"{maker.__module__}.{maker.__name__}")
def test_every_answer_is_right_by_its_own_key_and_no_question_is_in_both_splits(maker):
    rng = random.Random(3)
    trained = [maker(rng, "train") for _ in range(600)]
    unseen = [maker(rng, "held_out") for _ in range(300)]
    for question in (*trained, *unseen):
        assert question.is_right(question.answer), question
        assert "{" not in question.prompt + question.answer
    both = {q.prompt for q in trained} & {q.prompt for q in unseen}
    assert not both, sorted(both)[:5]


def test_every_thing_with_parts_is_in_the_tables():
    assert set(things.part_table()) <= {thing.name for thing in things.things()}
    rng = random.Random(0)
    asked = [q for q in (facts.question(rng, "train") for _ in range(2500)) if q.kind == "part"]
    assert len(asked) > 50 and all(re.search(r"ha(s|ve) |and", q.answer) for q in asked)


def test_held_out_facts_are_never_asked_in_training():
    rng = random.Random(0)
    asked = [facts.question(rng, "train") for _ in range(8000)]
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
            named = re.findall(r"[a-z]+(?: [a-z]+)*", question.answer.lower().replace(" and ", ", "))
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
    for _ in range(2500):
        made = rng.choice((stories.story, stories.day))(rng)
        s = made.slots
        if s["he"] == s["fhe"] == s["rhe"] == s["r2he"] == "she" and "man" not in made.text and "him" not in made.text:
            seen += 1
            assert not re.search(r"\b[Hh]e (was|had|went|wanted|lived)\b", made.text), made.text
    assert seen > 15


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


def test_unbalanced_templates_are_refused():
    with pytest.raises(ValueError, match="unbalanced"):
        grammar.parse("a [b|c")


def test_no_story_begins_like_an_opening_that_is_kept_for_judging():
    rng = random.Random(20)
    held_out = {" ".join(opening.split()[:4]) for opening in beginnings.OTHER_OPENINGS}
    assert len(held_out) == 10
    for _ in range(2000):
        text = stories.any_story(rng).text
        assert " ".join(text.split()[:4]) not in held_out and not text.startswith(beginnings.OTHER_OPENINGS), text


def test_the_story_grammar_has_many_parts():
    assert len((*begins.NEW, *begins.MIDST, *begins.STILL)) >= 200
    assert plan.PROBLEMS >= 150 and len(plan.FAMILIES) >= 20
    assert len(heroes.ROLES) >= 45
    rng = random.Random(21)
    texts = [plan.story(rng).text for _ in range(1200)]
    assert len({" ".join(text.split()[:6]) for text in texts}) > 720
    lengths = [len(text.split()) for text in texts]
    assert min(lengths) < 40 and max(lengths) <= plan.MOST_WORDS


@pytest.mark.parametrize("family", plan.FAMILIES, ids=lambda family: family.name)
def test_every_case_of_a_trouble_reads_well_for_every_hero(family):
    rng = random.Random(22)
    parts = (*family.hooks, *family.start, *family.attempts, *family.helped, *family.alone, *family.sad)
    wrong = []
    for case in family.cases:
        for part in parts:
            slots = heroes.hero(rng)
            while (slots["group"] == "nature") != (family.who == ("nature",)):
                slots = heroes.hero(rng, "cloud" if family.who == ("nature",) else None)
            filled = {name: plan.in_midst(value, rng, slots) for name, value in case.items()}
            text = grammar.fill(part, rng, plan.dress(rng, slots | filled))
            if (
                re.search(r"[.!?]\"? [a-z]|[{}\[\]|]|  |\.\.|,\.", re.sub(r"[?!]\" [a-z]", "", text))
                or text.count('"') % 2
            ):
                wrong.append(text)
    assert not wrong, "\n".join(wrong)


def test_every_beginning_reads_well_for_every_hero():
    rng = random.Random(23)
    wrong = []
    for opening in (*begins.NEW, *begins.MIDST, *begins.WHO, *begins.ABOUT):
        for _ in range(8):
            slots = plan.dress(rng, heroes.hero(rng))
            text = grammar.fill(opening, rng, slots)
            if re.search(r"\. [a-z]|[{}\[\]|]|  ", text) or text[0].islower() or text.count('"') % 2:
                wrong.append(text)
    assert not wrong, "\n".join(wrong)


def test_no_detail_of_a_trouble_hides_a_slot_of_the_hero():
    slots = plan.dress(random.Random(0), heroes.hero(random.Random(0)))
    assert not [(f.name, name) for f in plan.FAMILIES for name in f.cases[0] if name in slots]


def test_verbs_agree_with_a_hero_of_several():
    """No sentence says that the hero "was" or "is" something: it may be two."""
    parts = [part for f in plan.FAMILIES for part in (*f.hooks, *f.start, *f.attempts, *f.helped, *f.alone, *f.sad)]
    parts += [value for f in plan.FAMILIES for case in f.cases for value in case.values()]
    parts += [*begins.NEW, *begins.MIDST, *begins.WHO, *begins.ABOUT, *events.FEELINGS, *events.STILL_TROUBLED]
    parts += [*events.MEETINGS, *events.ON_THE_WAY, *events.REWARDS, *events.CLOSINGS_HAPPY, *events.CLOSINGS_SAD]
    assert not [part for part in parts if re.search(r"\{[hH]e?\} (was|is|has|does|am) ", part)]


def test_a_hero_of_several_is_they_and_a_hero_of_one_is_not():
    rng = random.Random(24)
    for _ in range(1500):
        made = plan.story(rng)
        s = made.slots
        assert (s["he"] == "they") == (s["group"] in ("pair", "family"))
        if s["he"] == "they":
            assert s["was"] == "were" and f"{s['h']} was " not in made.text, made.text
        else:
            assert f"{s['h']} were " not in made.text or f"and {s['h']} were" in made.text, made.text


def test_the_hero_and_the_helper_are_two_and_the_hero_plays_no_other_part():
    rng = random.Random(25)
    for _ in range(1200):
        s = plan.story(rng).slots
        assert s["f"] != s["h"] and s["f"] not in s["h"] and s["h"] not in s["f"], (s["h"], s["f"])


def test_what_was_lost_is_what_is_found():
    rng = random.Random(26)
    seen = 0
    for _ in range(600):
        made = plan.story(rng, thing="lantern", ending="happy")
        if made.about == "the lost lantern":
            seen += 1
            assert re.search(r"lantern|[Tt]here it was", made.text[len(made.opening) :]), made.text
    assert seen > 200


def test_a_story_about_a_king_or_a_baker_can_be_asked_for():
    rng = random.Random(27)
    for kind in ("king", "baker", "teddy bear", "dragon"):
        made = stories.any_story(rng, kind=kind, ending="happy")
        assert kind in made.text and made.ending == "happy"


RIGHT_FORMS = {
    "words:3": ("A red bird.", "A bird."),
    "sentences:2": ("I see. I go.", "I see."),
    "items:3": ("a, b and c.", "a and b."),
    "numbered:2": ("1. a\n2. b", "a\nb"),
    "dashes:2": ("- a\n- b", "- a - b"),
    "lines:2": ("a\nb", "a, b"),
    "commas:3": ("a, b, c", "a, b and c"),
    "sorted:b,a": ("a, b.", "b, a."),
    "capitals": ("A BIRD.", "A bird."),
    "small": ("a bird.", "A bird."),
    "begins:Well": ("Well, yes.", "Yes, well."),
    "ends:my friend": ("Yes, my friend.", "My friend, yes."),
    "without:red": ("It is blue.", "It is red."),
    "times:3,no": ("No, no, no.", "No, no."),
    'exactly:"I go."': ('"I go."', "I go."),
    "same:c, b": ("C, b.", "b, c."),
    "characters:4": ("红色水果。", "红色的水果。"),
    "short:3": ("红色。", "苹果是红色的。"),
    "between:，2": ("苹果，梨，桃子。", "苹果、梨和桃子。"),
    "closes:！": ("我走了！", "我走了。"),
    "not:yes": ("No.", "Yes."),
    "concludes:car,dog,cat": (
        "dog is an animal, car is a vehicle, cat is an animal: car does not belong.",
        "car is a vehicle: dog does not belong.",
    ),
}


@pytest.mark.parametrize("form", RIGHT_FORMS)
def test_a_form_is_told_from_another(form):
    right, wrong = RIGHT_FORMS[form]
    assert checks.follows(form, right) and not checks.follows(form, wrong)
    assert {one.partition(":")[0] for one in RIGHT_FORMS} | {"quoted"} == set(checks.CHECKS)


def test_forms_are_told_apart_in_chinese_too():
    assert checks.follows("sentences:2", "我看见了。我走了。") and not checks.follows("sentences:2", "我看见了。")
    assert checks.follows("items:3", "苹果、梨和桃子。") and not checks.follows("items:3", "苹果、梨。")
    assert checks.follows("without:红色", "它是水果。") and not checks.follows("without:红色", "它是红色的。")
    assert checks.follows("ends:谢谢", "好，谢谢。") and checks.follows("same:你好", "你好。")


def test_instructions_have_many_wordings_and_some_of_each_are_held_out():
    assert len(instruction_wordings.WORDINGS) >= 20
    for kind, wordings in instruction_wordings.WORDINGS.items():
        assert len(set(wordings)) == len(wordings) >= 18, kind
        assert len(phrasings(wordings, "train")) >= 15 and len(phrasings(wordings, "held_out")) >= 3, kind


def test_sentences_that_must_begin_with_a_word_do():
    for word, sentences in instruction_wordings.BEGINNINGS.items():
        assert all(sentence.startswith(word) for sentence in sentences), word


def test_of_two_things_both_are_asked_equally_often():
    rng = random.Random(28)
    first = 0
    asked = [pairs.question(rng, "held_out") for _ in range(2000)]
    for question in asked:
        text = question.prompt
        others = question.form.removeprefix("not:")
        first += text.find(question.key) < text.find(others)
    assert 850 < first < 1150


def test_a_wrong_word_at_the_end_of_a_worked_out_answer_is_wrong():
    rng = random.Random(29)
    for _ in range(300):
        question = choices.listing(rng, "train")
        if question.kind == "odd_one":
            _, other, *_ = question.form.partition(":")[2].split(",")
            assert not question.is_right(f"{question.answer.rstrip('.')}. So {other} does not belong.")


def test_colours_that_are_asked_with_yes_or_no_are_as_often_wrong_as_right():
    rng = random.Random(30)
    asked = [choices.yes_or_no(rng, "train") for _ in range(1200)]
    colours = [q for q in asked if any(colour in q.prompt for colour in ("blue", "pink", "purple"))]
    assert len(colours) > 40
    yes = sum(q.key == "yes" for q in asked)
    assert 0.42 < yes / len(asked) < 0.58
    assert sum(" is " in q.answer for q in asked) > 960  # most give the reason


def test_what_is_inferred_follows_from_the_rules():
    rng = random.Random(33)
    answers = {}
    for _ in range(2500):
        question = inferring.inferred(rng, rng.choice(("train", "held_out")))
        answers.setdefault(question.fact, set()).add(question.key)
    assert all(len(keys) == 1 for keys in answers.values())
    both = (*inferring._ruled("train"), *inferring._ruled("held_out"))
    penguin = {rule.what for thing, rule in both if thing.name == "penguin"}
    assert "have feathers" in penguin and "can fly" not in penguin


def test_relations_have_many_wordings_and_held_out_ones_are_told_and_not_asked():
    for kind, relation in inferring.RELATIONS.items():
        assert len(phrasings(relation.ask, "train")) >= 14 and len(set(relation.ask)) == len(relation.ask), kind
    rng = random.Random(34)
    assert not [q for q in (inferring.relation(rng, "train") for _ in range(2000)) if fact_is_held_out(q.fact)]
    told = " ".join(inferring.tell(rng).text for _ in range(6000))
    held = [link for link in inferring.links() if fact_is_held_out(link.name) and link.relation == "language"]
    assert held and all(link.subject in told and link.said in told for link in held)


def test_a_conversation_refers_back_only_to_what_was_said():
    rng = random.Random(31)
    seen = set()
    for _ in range(2000):
        turns_of_it = turns.conversation(rng).turns
        assert [role for role, _ in turns_of_it] == ["user", "assistant"] * (len(turns_of_it) // 2)
        for (_, asked), (_, said) in zip(turns_of_it[2::2], turns_of_it[3::2], strict=True):
            before = [text for role, text in turns_of_it if role == "assistant"]
            if asked in turns.AGAIN:
                seen.add("again")
                assert said in before[: before.index(said) + 1] and before.count(said) > 1
            if asked in turns.LOUDER:
                seen.add("louder")
                assert said == said.upper()
            if asked in turns.SHORTER:
                seen.add("shorter")
                assert " " not in said
    assert seen == {"again", "louder", "shorter"}


def test_more_of_a_kind_names_nothing_again():
    rng = random.Random(32)
    for _ in range(600):
        said = turns.more_of_them(rng)
        fresh = [answer for asked, answer in said[1:] if re.search(r" more|others", asked) or asked in turns.ONE_MORE]
        named = [word for answer in (said[0][1], *fresh) for word in re.split(r", | and ", answer.lower().rstrip("."))]
        assert len(named) == len(set(named)), said
