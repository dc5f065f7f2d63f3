"""What a base could do: fixed questions, scored by the words that matter, and never asked in training."""

import json

import pytest

from lab.data.asked import number_of, plain, questions_of
from lab.data.builtin import retain
from lab.evaluate.skills import FOLDER, Question, rightly_answered, skills_of, unlearned
from lab.home import ASSETS
from recipes.nano import retain as writer


def test_nano_is_asked_its_own_held_out_questions_and_other_bases_general_ones(home, tiny_base):
    nano, other = skills_of("nano", home), skills_of(str(tiny_base), home)
    assert (nano.name, len(nano.questions), other.name, len(other.questions)) == ("nano", 100, "general", 60)
    assert skills_of(str(ASSETS / "nano"), home) == nano
    assert nano.texts != other.texts and all(len(set(skills.texts)) >= 40 for skills in (nano, other))


def test_rows_to_repeat_ask_no_fact_and_use_no_wording_that_is_measured():
    """Of the files, which belong to the shipped weights, and of what would be written for new ones."""
    shipped = [json.loads(line)["prompt"] for line in (FOLDER / "nano.jsonl").read_text().splitlines()]
    rows, asked = retain.load("train"), writer.measured()
    assert retain.load("held_out") == [] and len(asked) == 100
    for one, prompts in ((rows, shipped), (writer.retained(asked), [question.prompt for question in asked])):
        assert len(one) == len({plain(row["prompt"]) for row in one}) == 2400
        assert not {key for row in one for key in questions_of(row)} & {plain(prompt) for prompt in prompts}
    assert len((FOLDER / "nano_texts.jsonl").read_text().splitlines()) == len(writer.texts()) == 40


def test_an_answer_is_right_when_it_holds_the_words_that_matter():
    twelve, fruits = Question("?", ("twelve", "12")), Question("?", ("apple", "pear", "plum"), 2)
    assert twelve.is_right("There are TWELVE months.") and twelve.is_right("12")
    assert not twelve.is_right("120") and not twelve.is_right("")
    assert fruits.is_right("Pear, then an apple.") and not fruits.is_right("An apple and pears.")


def test_questions_that_were_trained_or_learned_before_are_not_asked(home):
    nano = skills_of("nano", home)
    first, second = (plain(one.prompt) for one in nano.questions[:2])
    assert unlearned(nano, [first], frozenset([number_of(second)])).questions == nano.questions[2:]


@pytest.mark.slow
def test_nano_answers_sixty_nine_of_its_hundred(home):
    from lab.models import find_base, load_model, load_tokenizer

    folder = find_base("nano", home)
    right = rightly_answered(load_model(folder, "fp32"), load_tokenizer(folder), skills_of("nano", home).questions)
    assert (len(right), sum(right)) == (100, 69)
