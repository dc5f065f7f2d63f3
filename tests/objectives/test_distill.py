"""Distillation: what is refused, how far two distributions are apart, what of a teacher's text is kept."""

import json
from types import SimpleNamespace

import pytest
import torch

from lab.data import DataSet
from lab.data.encode import IGNORED
from lab.errors import DataError, ModelError, RecipeError
from lab.models.same_tokenizer import tokenizer_difference
from lab.objectives.distilling import rows as rows_module
from lab.objectives.distilling import writing as writing_module
from lab.objectives.distilling.divergence import divergences
from lab.objectives.distilling.figures import lesson_figures
from lab.objectives.distilling.rows import lessons_of, told_of
from lab.objectives.distilling.trainer import questions_in
from lab.objectives.distilling.writing import Writing, Written, written_by
from lab.planning import plan
from lab.planning.cost import StageFacts, estimate_cost
from lab.planning.queue import remove
from lab.recipe import build_recipe, resolve
from lab.recipe.teachers import stages_before
from tests.planning.shapes import LLAMA_3_8B, llama_like
from tests.tiny import make_lora_run, make_tiny_base

SFT = {"objective": "sft", "method": "full"}
STUDENT = {"objective": "distill", "method": "lora", "teacher": "stage:0"}


def resolved(*stages, base="nano", **shared):
    fields = {"base": str(base), "data": "cuisine", **shared, "variants": [{"name": "x", "stages": list(stages)}]}
    return resolve(build_recipe(fields))[0]


def logits(rows=5, words=11, seed=0):
    return 3 * torch.randn(rows, words, generator=torch.Generator().manual_seed(seed))


@pytest.mark.parametrize("beta", [0.0, 0.1, 0.5, 0.9, 1.0])
def test_the_divergence_is_that_of_generalised_distillation(beta):
    from trl.experimental.gkd import GKDTrainer

    ours, theirs = logits(seed=1), logits(seed=2)
    found = divergences(ours, theirs, beta)
    assert found.mean().item() == pytest.approx(
        GKDTrainer.generalized_jsd_loss(ours[None], theirs[None], beta=beta, reduction="sum").item() / len(ours),
        rel=1e-4,
    )
    assert (found > 0).all() and divergences(ours, ours, beta).abs().max() < 1e-5


def test_a_temperature_softens_both_and_keeps_the_size_of_gradients():
    ours, theirs = logits(seed=1).requires_grad_(), logits(seed=2)

    def pull(temperature):
        (found,) = torch.autograd.grad(divergences(ours, theirs, 0.0, temperature).mean(), ours)
        return found.norm().item()

    assert 0.3 < pull(4.0) / pull(1.0) < 3.0
    assert divergences(ours, theirs, 0.0, 4.0).mean() / 16 < divergences(ours, theirs, 0.0).mean()


def test_what_the_student_is_asked_is_all_before_its_last_answer():
    rows = [([1, 2, 3, 4, 5], [-100, -100, 3, 4, 5]), ([1, 2, 3, 4, 0], [-100, 2, -100, 4, -100])]
    batch = {"input_ids": torch.tensor([ids for ids, _ in rows]), "labels": torch.tensor([one for _, one in rows])}
    assert questions_in(batch) == [[1, 2], [1, 2, 3]]


@pytest.mark.parametrize(
    ("stages", "why"),
    [
        ([{"objective": "distill"}], "needs a teacher"),
        ([SFT | {"teacher": "nano"}], "'sft' learns from no teacher"),
        ([STUDENT], "no earlier stage that gives answers"),
        ([SFT | {"objective": "reward", "data": "feedback"}, STUDENT], "no earlier stage that gives answers"),
        ([SFT, STUDENT | {"options": {"text": "data"}}], "learned by 'sft', which has no teacher"),
        ([SFT, STUDENT | {"options": {"on_policy": 0.5}}], "learns nothing from its own words"),
        ([SFT, STUDENT | {"data": "prompts", "options": {"learn": "probabilities", "text": "data"}}], "has no answers"),
        ([SFT, STUDENT | {"data": "prompts", "keep": "best"}], "no held-out loss to choose anything by"),
    ],
)
def test_what_nothing_can_be_learned_from_is_refused(stages, why):
    with pytest.raises(RecipeError, match=why):
        resolved(*stages)


def test_a_teacher_for_all_variants_is_for_those_that_have_one():
    fields = {"base": "nano", "teacher": "smollm2-135m", "data": "cuisine"}
    variants = [{"name": "alone", "objective": "sft"}, {"name": "taught", "objective": "distill"}]
    alone, taught = resolve(build_recipe(fields | {"variants": variants}))
    assert alone.stages[0].teacher is None and taught.stages[0].teacher == "smollm2-135m"
    assert resolve(build_recipe(json.loads(json.dumps(_fields_of(taught)))))[0] == taught


def _fields_of(run):
    import yaml

    return yaml.safe_load(run.to_yaml())


def test_a_student_begins_where_its_teacher_began():
    run = resolved(
        SFT | {"method": "lora"}, SFT, STUDENT | {"teacher": "stage:1"}, {"objective": "sft", "method": "lora"}
    )
    assert [stages_before(run.stages, index) for index in range(4)] == [(), (0,), (0,), (0, 2)]


def test_an_adapter_that_can_not_be_merged_may_teach():
    assert resolved({"objective": "sft", "method": "prefix"}, STUDENT).stages[1].teacher == "stage:0"
    with pytest.raises(RecipeError, match="can't follow 'prefix'"):
        resolved({"objective": "sft", "method": "prefix"}, {"objective": "sft", "method": "lora"})


def test_probabilities_are_refused_across_tokenizers_and_words_are_not(home, tmp_path):
    other = make_tiny_base(tmp_path / "other")

    def planned(**options):
        stage = {"objective": "distill", "teacher": str(other), "options": options}
        return plan(build_recipe({"base": "nano", "data": "cuisine", "variants": [{"name": "x"} | stage]}), home)

    assert planned()[0].cost.steps
    with pytest.raises(RecipeError, match=r"can't be learned across tokenizers: one has .* entries, the other"):
        planned(learn="probabilities")


def test_a_student_can_not_follow_itself(home, tiny_base):
    def planned(**options):
        stage = {"objective": "distill", "teacher": str(tiny_base), "options": options}
        return plan(
            build_recipe({"base": str(tiny_base), "data": "cuisine", "variants": [{"name": "x"} | stage]}), home
        )

    assert planned(teacher_temperature=1.0)[0].cost.steps
    with pytest.raises(RecipeError, match="is where the student begins itself"):
        planned(learn="probabilities")


def test_two_tokenizers_are_the_same_where_every_text_is_cut_alike(tmp_path):
    one, other = make_tiny_base(tmp_path / "one"), make_tiny_base(tmp_path / "other", seed=1, layers=1)
    assert tokenizer_difference(one, other) is None
    file = other / "tokenizer.json"
    raw = json.loads(file.read_text())
    raw["model"]["merges"] = raw["model"]["merges"][:-1]
    file.write_text(json.dumps(raw))
    assert tokenizer_difference(one, other) == "they have other entries"


def test_a_teacher_that_is_not_there_or_tells_classes_is_refused(home, tiny_base, monkeypatch):
    def planned(teacher):
        stage = {"objective": "distill", "teacher": teacher}
        return plan(
            build_recipe({"base": str(tiny_base), "data": "cuisine", "variants": [{"name": "x"} | stage]}), home
        )

    with pytest.raises(ModelError, match="teacher"):
        planned("run:aaaaaa09")
    make_lora_run(home, str(tiny_base), "aaaaaa01")
    assert planned("run:aaaaaa01")[0].run.stages[0].teacher == "run:aaaaaa01"
    folder = home.run("aaaaaa01").stage(0) / "classes"
    monkeypatch.setattr("lab.planning.checks.classes_of", lambda chain, home: folder)
    with pytest.raises(RecipeError, match="gives classes"):
        planned("run:aaaaaa01")


def fake_task(written, tokenizer, rows, format="prompt_completion", **options):
    """A task whose teacher has written this already."""
    usual = {"prompts": 0, "answer_tokens": 8, "teacher_temperature": 0.0} | options
    budget = SimpleNamespace(max_length=64)
    stage = SimpleNamespace(options=usual, budget=budget, teacher="t")
    return SimpleNamespace(data=DataSet("d", format, rows, []), stage=stage, tokenizer=tokenizer, seed=0, home=None)


def test_what_did_not_end_or_says_nothing_is_left_out_and_counted(tiny_base, monkeypatch):
    from lab.models import load_tokenizer

    said = [Written("Tofu.", True), Written("Beef and", False), Written("", True), Written("Rice. " * 60, True)]
    monkeypatch.setattr(rows_module, "written_by", lambda teacher, home, asked, writing: said[: len(asked)])
    rows = [{"prompt": f"Question {n}?", "completion": "Tofu." if n < 1 else "Beans."} for n in range(4)]
    lessons, learned = lessons_of(fake_task(said, load_tokenizer(tiny_base), rows))
    assert [one.fate for one in lessons] == ["kept", "cut", "empty", "too long"] and len(learned) == 1
    assert told_of(lessons) == "the teacher wrote 4 answers, 1 are learned (1 cut, 1 empty, 1 too long)"
    assert lesson_figures(lessons).figures == {"taught_kept": 0.25, "taught_right": 1.0}
    monkeypatch.setattr(rows_module, "written_by", lambda teacher, home, asked, writing: [said[1]] * len(asked))
    with pytest.raises(DataError, match="nothing is left to learn"):
        lessons_of(fake_task(said, load_tokenizer(tiny_base), rows))


def test_earlier_answers_of_a_conversation_are_shown_and_not_learned(tiny_base, monkeypatch):
    from lab.models import load_tokenizer

    tokenizer = load_tokenizer(tiny_base)
    monkeypatch.setattr(rows_module, "written_by", lambda *asked: [Written("Rice.", True)])
    turns = [("user", "Hello"), ("assistant", "Hello boat"), ("user", "What?"), ("assistant", "The sky.")]
    row = {"messages": [{"role": role, "content": said} for role, said in turns]}
    _, (learned,) = lessons_of(fake_task([], tokenizer, [row], "messages"))
    ids = [token for token in learned["labels"] if token != IGNORED]
    assert tokenizer.decode(ids) == "Rice.<|im_end|>"
    assert "Hello boat" in tokenizer.decode(learned["input_ids"]) and "sky" not in tokenizer.decode(
        learned["input_ids"]
    )


def test_what_a_teacher_wrote_is_not_written_again(home, tiny_base, monkeypatch):
    asked = [[{"role": "user", "content": question}] for question in ("What is in mapo tofu?", "Hello?")]
    first = written_by(str(tiny_base), home, asked, Writing(6))
    assert len(first) == 2 and all(one.text for one in first)
    sampled = written_by(str(tiny_base), home, asked, Writing(6, 1.0, seed=1))
    assert sampled == written_by(str(tiny_base), home, asked[::-1], Writing(6, 1.0, seed=1))[::-1]
    assert sampled != written_by(str(tiny_base), home, asked, Writing(6, 1.0, seed=2))

    def refuse(*_):
        raise AssertionError("it was loaded")

    monkeypatch.setattr(writing_module, "load_teacher", refuse)
    assert written_by(str(tiny_base), home, asked[::-1], Writing(6, seed=7)) == first[::-1]
    with pytest.raises(AssertionError):
        written_by(str(tiny_base), home, asked, Writing(7))


def test_a_teacher_counts_in_memory_and_in_time():
    student, teacher = llama_like(192, 512, 6, 6, 3, 4096), llama_like(*LLAMA_3_8B)

    def cost(**options):
        run = resolved(STUDENT | {"teacher": "nano", "options": options})
        return estimate_cost(run, student, [StageFacts(teacher=teacher, rows=500)])

    words, longer, probabilities = cost(), cost(answer_tokens=96), cost(learn="probabilities", text="data")
    assert words.memory_bytes > 4 * teacher.parameters * 0.4  # while it writes, in 16 bits
    assert (
        probabilities.memory_bytes > words.memory_bytes / 2 and probabilities.train_seconds > 10 * words.train_seconds
    )
    assert longer.seconds - longer.train_seconds > 1.5 * (words.seconds - words.train_seconds)
    alone = estimate_cost(resolved(SFT | {"method": "lora"}), student)
    assert alone.memory_bytes < words.memory_bytes / 10


def test_a_teacher_is_kept_until_its_student_is_done(store, tiny_base):
    from lab.errors import RunError
    from lab.planning.queue import submit
    from lab.store import Status

    fields = {"base": str(tiny_base), "data": "cuisine", "budget": {"steps": 2}}
    (teacher,) = submit(build_recipe(fields | {"variants": [{"name": "teacher"}]}), store)
    store.runs.claim("here", only=[teacher.id])
    make_lora_run(store.home, str(tiny_base), teacher.id)
    store.runs.end(teacher.id, Status.DONE)
    taught = {"name": "student", "objective": "distill", "teacher": f"run:{teacher.id}"}
    (student,) = submit(build_recipe(fields | {"variants": [taught]}), store)
    with pytest.raises(RunError, match="builds on its weights"):
        remove(teacher.id, store)
    store.runs.claim("here", only=[student.id])
    store.runs.end(student.id, Status.DONE)
    remove(teacher.id, store)
