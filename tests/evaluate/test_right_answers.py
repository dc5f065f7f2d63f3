"""The right answer stands beside what is said, where the data knows it; what can't be judged is not."""

import pytest

from lab.data import DataSet
from lab.data.builtin import cuisine
from lab.data.load import every_question
from lab.evaluate.evaluator import _fixed_prompts
from lab.evaluate.right_answers import LONGEST, asked_key, is_right, right_answers
from lab.recipe import DataChoice, Evaluation

ROWS = [{"prompt": f"Where is dish {i} from?", "completion": f"Region {i}."} for i in range(9)]
DATA = DataSet("mine", "prompt_completion", ROWS[:5], ROWS[5:8], unseen={"new": ROWS[8:]})


@pytest.mark.parametrize(
    ("answer", "wanted", "right"),
    [("Sichuan.", "sichuan", True), ("Guizhou.", "Sichuan.", False), ("四川。", "四川", True), ("", "Sichuan", False),
     ("It is from Sichuan.", "Sichuan.", None), ("Sichuan.", "", None), ("No.", "long " * LONGEST, None)],
)  # fmt: skip
def test_an_answer_is_right_wrong_or_can_not_be_told(answer, wanted, right):
    assert is_right(answer, wanted) is right


def test_the_answers_of_all_rows_are_known_by_their_questions_in_any_case():
    known = right_answers(DATA)
    assert len(known) == 9 and known[asked_key("where is dish 8 FROM")] == "Region 8."
    assert right_answers(DataSet("texts", "text", [{"text": "once"}], [])) == {}


def test_a_question_of_several_turns_is_no_key():
    turns = [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}, {"role": "user", "content": "c"},
             {"role": "assistant", "content": "d"}]  # fmt: skip
    assert right_answers(DataSet("talks", "messages", [{"messages": turns}, {"messages": turns[:2]}], [])) == {"a": "b"}


def test_each_fixed_prompt_has_its_right_answer_and_one_of_ones_own_where_the_data_asks_it_too():
    prompts, wanted = _fixed_prompts(DATA, Evaluation())
    assert [prompt[-1]["content"] for prompt in prompts] == [row["prompt"] for row in ROWS[5:8]]
    assert wanted == ("Region 5.", "Region 6.", "Region 7.")
    own = Evaluation(prompts=("Where is dish 2 from?", "Who are you?"))
    assert _fixed_prompts(DATA, own)[1] == ("Region 2.", "")
    texts = DataSet("texts", "text", [], [{"text": "once upon a time"}])
    assert _fixed_prompts(texts, Evaluation())[1] == ("",)


@pytest.mark.parametrize(
    ("language", "question", "answer"),
    [("en", "Where is Mapo tofu from?", "Sichuan."), ("zh", "麻婆豆腐是什么地方的菜？", "四川。"),
     ("en", "Which region is Mapo tofu from?", "Sichuan.")],
)  # fmt: skip
def test_what_the_readme_asks_is_known_though_no_row_asks_it_so(language, question, answer):
    choice = DataChoice(name="cuisine", language=language)
    known = {asked_key(asked): right for asked, right in every_question(choice)}
    assert known[asked_key(question)] == answer


def test_no_two_facts_are_asked_in_the_same_words_and_rows_say_the_same():
    for language in ("en", "zh"):
        said: dict[str, set[str]] = {}
        for asked, right in every_question(DataChoice(name="cuisine", language=language)):
            said.setdefault(asked_key(asked), set()).add(right)
        assert [asked for asked, answers in said.items() if len(answers) > 1] == []
        rows = [row for split in ("train", "held_out") for row in cuisine.load(split, language)]
        known = [(said[key], row["completion"]) for row in rows if (key := asked_key(row["prompt"])) in said]
        assert len(known) > 500 and all(answers == {right} for answers, right in known)
    assert list(every_question(DataChoice(name="everyday"))) == []
