"""Every objective on a tiny model: starts where theory says, learns what its data shows, leaves what can be loaded."""

import math

import pytest
import torch

from lab.card import find_cards
from lab.data import DataSet
from lab.errors import DataError, LabError, RecipeError
from lab.evaluate.graded import Graded
from lab.home import Home
from lab.models import load_model, load_tokenizer
from lab.objectives import hook
from lab.objectives.reward import calibration_error, correlation
from lab.objectives.task import Task
from lab.recipe import build_recipe, resolve
from tests.tiny import make_tiny_base

pytestmark = pytest.mark.slow

QUESTIONS = ("What is in mapo tofu?", "How do you cook rice?", "Why is the sky blue?", "Who had a green bird?")
JUDGE, STORY = "aa00bb11", "cc22dd33"
GOOD, BAD = "Tofu and beef.", "The boat, the boat, the boat."

PAIRS = [{"prompt": question, "chosen": GOOD, "rejected": BAD} for question in QUESTIONS * 4]
THUMBS = [
    {"prompt": question, "completion": said, "label": said == GOOD}
    for question in QUESTIONS * 2
    for said in (GOOD, BAD)
]
PROMPTS = [{"prompt": question} for question in QUESTIONS]
DATA = {
    "preference": DataSet("pairs", "preference", PAIRS, PAIRS[:4]),
    "binary_feedback": DataSet("thumbs", "binary_feedback", THUMBS, THUMBS[:4]),
    "prompt": DataSet("prompts", "prompt", PROMPTS, PROMPTS),
}
LEARNERS = ("dpo", "kto", "orpo", "reward")
SAMPLERS = ("ppo", "grpo", "rloo")
ONLINE = {
    "loss", "reward", "reward/shorter", "reward/polite", "reward_std", "kl", "kl_per_token", "entropy", "clip_fraction",
    "completions/mean_length", "completions/max_length", "completions/ended", "distinct_2", "grad_norm",
}  # fmt: skip
"""What is logged whoever samples, under the same names."""


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return make_tiny_base(tmp_path_factory.mktemp("base"))


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "lab")


def stage_of(objective: str, method: str = "lora", **more):
    format = find_cards("lab.objectives")[objective].CARD.formats[0]
    fields = {
        "base": "nano", "objective": objective, "data": f"{format}.jsonl", "reward": "shorter", "schedule": "constant",
        "warmup": 0.0, "budget": {"steps": 2, "batch_size": 8, "max_length": 64},
        "variants": [{"name": "x", "method": method}],
    }  # fmt: skip
    return resolve(build_recipe(fields | more))[0].stages[0]


def task_for(base, home, objective: str, method: str = "lora", rate: float = 5e-3, **more) -> Task:
    stage = stage_of(objective, method, **more)
    torch.manual_seed(0)
    card = find_cards("lab.methods")[method]
    model = card.build(load_model(base), steps=stage.budget.steps, seed=0, **stage.knobs)
    data = DATA[find_cards("lab.objectives")[objective].CARD.formats[0]]
    return Task(model, load_tokenizer(base), data, stage, rate, 0, False, home.root / "checkpoints", home)


def trained(task: Task):
    objective = find_cards("lab.objectives")[task.stage.objective]
    trainer = objective.make_trainer(task)
    trainer.train()
    return trainer


def loss_of(task: Task) -> float:
    objective = find_cards("lab.objectives")[task.stage.objective]
    return objective.held_out_loss(task.model, task.tokenizer, task.data, task.stage, 8)


def figures_of(task: Task) -> dict[str, float]:
    found = hook(task.stage.objective, "measure")(task.model, task.tokenizer, task.data, task.stage, task.home, 8)
    return found.figures if isinstance(found, Graded) else found


@pytest.mark.parametrize("method", ["lora", "full", "pissa"])
@pytest.mark.parametrize(("objective", "start"), [("dpo", math.log(2)), ("kto", 0.5)])
def test_the_start_is_its_own_reference_whatever_the_method(base, home, objective, start, method):
    task = task_for(base, home, objective, method, budget={"steps": 1, "batch_size": 8, "max_length": 64})
    first = trained(task).state.log_history[0]["loss"]
    assert first == pytest.approx(start, abs=1e-4)


@pytest.mark.parametrize("objective", LEARNERS)
def test_what_people_prefer_is_learned_and_shows_on_held_out_rows(base, home, objective):
    task = task_for(base, home, objective, budget={"steps": 25, "batch_size": 8, "max_length": 64}, rate=1e-2)
    before = loss_of(task)
    trained(task)
    assert loss_of(task) < 0.8 * before
    figures = figures_of(task)
    name = {"kto": "good_over_bad", "reward": "accuracy"}.get(objective, "preference_accuracy")
    assert figures[name] == 1.0
    assert "ref" not in task.model.peft_config


@pytest.mark.parametrize("objective", SAMPLERS)
def test_sampling_objectives_train_on_a_recipes_rewards(base, home, objective):
    watched = ["shorter", {"name": "polite", "weight": 0.0}]
    task = task_for(base, home, objective, options={"answer_tokens": 6, "kl_coef": 0.1, "no_end_penalty": 0.0},
                    reward=watched)  # fmt: skip
    before = [weight.clone() for weight in task.model.parameters() if weight.requires_grad]
    logs = trained(task).state.log_history
    assert all(math.isfinite(value) for value in logs[0].values())
    assert -10 <= logs[0]["reward"] <= 0
    assert logs[0]["reward"] == pytest.approx(logs[0]["reward/shorter"])
    assert set(logs[0]) >= ONLINE, set(logs[0])
    assert logs[0]["kl"] == pytest.approx(logs[0]["kl_per_token"] * logs[0]["completions/mean_length"], abs=1e-4)
    after = [weight for weight in task.model.parameters() if weight.requires_grad]
    assert len(before) == len(after)
    assert any(not torch.equal(old, new) for old, new in zip(before, after, strict=True))
    assert list(task.model.peft_config) == ["default"]


@pytest.mark.parametrize("objective", SAMPLERS)
def test_training_ends_early_when_the_answers_have_left_the_start_behind(base, home, objective):
    task = task_for(base, home, objective, rate=3e-2, options={"answer_tokens": 6, "kl_coef": 0.01, "stop_kl": 0.5},
                    budget={"steps": 12, "batch_size": 8, "max_length": 64})  # fmt: skip
    logs = [log for log in trained(task).state.log_history if "kl" in log]
    assert len(logs) < 12 and logs[-1]["kl"] > 0.5
    assert all(log["kl"] <= 0.5 for log in logs[:-1])


def test_ppo_takes_a_method_that_only_adds_to_the_prompt(base, home):
    task = task_for(base, home, "ppo", "prefix", options={"answer_tokens": 6})
    log = trained(task).state.log_history[0]
    assert log["kl"] == pytest.approx(0.0, abs=1e-4)
    assert math.isfinite(log["loss"])


def test_thumbs_that_all_point_one_way_are_refused(base, home):
    task = task_for(base, home, "kto")
    one_sided = DataSet("thumbs.jsonl", "binary_feedback", [row for row in THUMBS if row["label"]], [])
    with pytest.raises(DataError, match=r"thumbs.jsonl: all 8 thumbs point up"):
        trained(Task(**vars(task) | {"data": one_sided}))


def test_groups_that_do_not_fill_the_batch_are_refused(base, home):
    with pytest.raises(RecipeError, match="8 answers a step can't be split into groups of 3"):
        trained(task_for(base, home, "grpo", options={"group": 3}))


def test_a_head_alone_leaves_the_backbone_as_it_was(base, home):
    task = task_for(
        base, home, "reward", options={"train": "head"}, budget={"steps": 20, "batch_size": 8, "max_length": 64}
    )
    before = [weight.clone() for weight in task.model.parameters()]
    trained(task)
    assert all(torch.equal(old, new) for old, new in zip(before, task.model.parameters(), strict=True))
    assert figures_of(task)["accuracy"] == 1.0


def test_a_reward_model_is_kept_loaded_and_asked_through_its_run(base, home):
    from lab.models import Link, save_chain
    from lab.objectives.policy.rewards import Answers
    from lab.objectives.reward_model import likes_of, load_reward
    from lab.training.weights import save_weights

    task = task_for(base, home, "reward", budget={"steps": 25, "batch_size": 8, "max_length": 64}, rate=1e-2,
                    options={"centre": 0.0})  # fmt: skip
    trainer = trained(task)
    folder = home.run(JUDGE)
    link = save_weights(task.model, folder.stage(0), task.stage, f"{JUDGE}/stage-0")
    hook("reward", "save")(trainer, folder.stage(0))
    hook("reward", "report")(trainer, folder.stage(0))
    save_chain(folder, (Link("base", str(base)), link))
    likes = likes_of(JUDGE, home)
    assert [(side, one["answer"]) for side, some in likes.items() for one in some] == [
        ("highest", GOOD),
        ("lowest", BAD),
    ]
    assert likes["highest"][0]["prompt"] in QUESTIONS and likes_of(STORY, home) is None
    reward = load_reward(f"run:{JUDGE}", home)
    asked = [{"role": "user", "content": QUESTIONS[0]}]
    said = [[{"role": "assistant", "content": text}] for text in (GOOD, BAD)]
    best, worst = reward.score(Answers.given([asked] * 2, said))
    assert best - worst == pytest.approx(-math.log(math.exp(loss_of(task)) - 1), abs=0.3)
    log = trained(task_for(base, home, "ppo", reward=f"run:{JUDGE}", options={"answer_tokens": 6})).state.log_history[0]
    assert math.isfinite(log["reward/reward_model"])


def test_a_run_of_another_objective_is_no_reward(base, home):
    from lab.models import Link, save_chain
    from lab.objectives.reward_model import load_reward

    home.run(STORY).root.mkdir(parents=True)
    save_chain(home.run(STORY), (Link("base", str(base)),))
    with pytest.raises(LabError, match=f"'run:{STORY}' is no reward model"):
        load_reward(f"run:{STORY}", home)


def test_calibration_error_is_confidence_minus_share_that_is_right():
    sure = math.log(3)  # sigmoid 0.75
    assert calibration_error([sure, sure, sure, -sure]) == pytest.approx(0.0)
    assert calibration_error([sure, sure, -sure, -sure]) == pytest.approx(0.25)
    assert correlation([1.0, 2.0, 3.0], [2.0, 4.0, 6.0]) == pytest.approx(1.0)
    assert correlation([1.0, 1.0], [2.0, 4.0]) == 0.0
