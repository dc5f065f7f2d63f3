"""Distillation carried out on a tiny base: the student comes to answer as its teacher does, in each of the ways."""

import json

import pytest

from lab.models import chain_of
from lab.objectives.distilling.rows import FILE
from lab.store import Status
from lab.training.run import train_run
from tests.training.test_run import go_on, queue, stop_after

pytestmark = pytest.mark.slow

TEACHER = {"objective": "sft", "method": "full", "learning_rate": 5e-3, "budget": {"steps": 40}}
LORA = {"objective": "distill", "method": "lora", "knobs": {"r": 8}, "learning_rate": 2e-2}
WAYS = {
    "words": {},
    "probabilities": {"learn": "probabilities"},
    "half on its own text": {"learn": "probabilities", "text": "data", "on_policy": 0.5, "beta": 0.5},
}


@pytest.fixture
def food(tmp_path):
    """Questions that are answered by one of two words; every third row is held out by the data's own column."""
    file = tmp_path / "food.jsonl"
    rows = [
        {"prompt": f"{n} {'boat' if n % 2 else 'rice'}?", "completion": "the sea" if n % 2 else "water"}
        for n in range(80)
    ]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(file)


@pytest.mark.parametrize("way", WAYS)
def test_a_student_comes_to_answer_as_its_teacher_does(store, tiny_base, food, way):
    student = LORA | {"teacher": "stage:0", "options": {"answer_tokens": 6} | WAYS[way]}
    run = queue(store, tiny_base, TEACHER, student, steps=30, data=food)
    assert train_run(run, store) == Status.DONE
    outcome = store.runs.get(run.id).outcome
    assert not [note for note in outcome.notes if "failed" in note]
    like = outcome.metrics["like_teacher"]
    assert like.before < 0.5 < 0.8 < like.after
    assert outcome.metrics["exact_match"].after > 0.7 and outcome.metrics["teacher_exact_match"].after > 0.7
    assert [link.ref.partition("/")[2] for link in chain_of(f"run:{run.id}", store.home)[1:]] == ["stage-1"]
    assert [link.ref.partition("/")[2] for link in chain_of(f"run:{run.id}/stage-0", store.home)[1:]] == ["stage-0"]
    assert "stage:0" in store.runs.get(run.id).recipe  # repeating the run trains its own teacher
    assert "like_teacher" in outcome.pictures
    kept = store.home.run(run.id).stage(1) / FILE
    assert ("taught" in outcome.pictures) == kept.exists() == (WAYS[way].get("text") != "data")
    if kept.exists():
        wrote = json.loads(kept.read_text())
        assert {one["fate"] for one in wrote["answers"]} <= {"kept", "cut"} and wrote["teacher"].startswith("run:")
        assert outcome.metrics["taught_kept"].after > 0.9 and outcome.metrics["taught_right"].after > 0.7


def test_interrupted_it_goes_on_where_it_was(store, tiny_base, food):
    def taught(seed):
        student = LORA | {"teacher": "stage:0", "options": {"answer_tokens": 6} | WAYS["half on its own text"]}
        return queue(store, tiny_base, TEACHER | {"budget": {"steps": 4}}, student, steps=6, data=food, seed=seed)

    whole, interrupted = taught(0), taught(0)
    assert train_run(whole, store) == Status.DONE
    assert train_run(interrupted, store, stop=stop_after(7, "interrupt")) == Status.INTERRUPTED
    assert train_run(go_on(store, interrupted), store) == Status.DONE
    one, other = (dict(store.curves.curve(run.id, "loss")) for run in (whole, interrupted))
    assert one.keys() == other.keys()
    assert list(other.values()) == pytest.approx(list(one.values()), rel=1e-3, abs=1e-5)


def test_questions_without_answers_are_enough(store, tiny_base, tmp_path):
    file = tmp_path / "asked.jsonl"
    file.write_text("".join(json.dumps({"prompt": f"{n} rice?"}) + "\n" for n in range(30)))
    options = {"answer_tokens": 6, "prompts": 10, "teacher_temperature": 0.5}
    run = queue(store, tiny_base, LORA | {"teacher": str(tiny_base), "options": options}, steps=3, data=str(file))
    with pytest.raises(Exception, match="nothing is left to learn"):  # random weights never end an answer
        train_run(run, store)
    student = LORA | {"teacher": str(tiny_base), "options": options | {"learn": "probabilities", "on_policy": 1}}
    run = queue(store, tiny_base, student, steps=3, data=str(file), gradient_accumulation=2)
    assert train_run(run, store) == Status.DONE
    found = store.runs.get(run.id).outcome
    like_teacher = found.metrics["like_teacher"]
    # it begins as its teacher; Adam then makes steps of full size out of rounding, so what follows is the machine's
    assert found.eval_loss.after is None and like_teacher.before == 1.0 and like_teacher.after is not None
