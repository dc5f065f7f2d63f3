"""Meta-learning: tasks and episodes, inner steps and the way back, exact gradients, that a start learns to adapt."""

import random

import pytest

from lab.data.asked import questions_of
from lab.data.builtin import small_tasks
from lab.data.split import split_by_content
from lab.data.task_rows import drawn_examples, rows_by_task, task_notes
from lab.errors import DataError, RecipeError
from lab.recipe import build_recipe, resolve

RATE = 0.05
BUDGET = {"steps": 2, "batch_size": 8, "max_length": 64}


def resolved(objective: str = "maml", method: str = "lora", **fields):
    stage = {"objective": objective, "method": method, "data": "small_tasks", "budget": BUDGET, **fields}
    return resolve(build_recipe({"base": "nano", "variants": [{"name": "x", **stage}]}))[0].stages[0]


def test_examples_show_as_many_answers_as_they_can():
    rows = [(n, "up" if n < 12 else "down") for n in range(16)]
    for seed in range(20):
        shown, others = drawn_examples(rows, lambda row: row[1], 4, random.Random(seed))
        assert sorted(answer for _, answer in shown) == ["down", "down", "up", "up"]
        assert sorted([*shown, *others]) == rows


def test_a_task_is_on_one_side_whole():
    rows = [{"task": str(n // 5), "prompt": f"What is {n % 5}?", "completion": "a"} for n in range(100)]
    split = split_by_content(rows, 0.2, 0)
    assert split.held_out and not rows_by_task(split.train).keys() & rows_by_task(split.held_out).keys()
    assert all(len(some) == 5 for some in rows_by_task(split.held_out).values())
    assert questions_of(rows[0]) == questions_of(rows[1]) != questions_of(rows[5])


def test_one_task_alone_is_refused():
    with pytest.raises(DataError, match="all 3 rows are of one task"):
        task_notes([{"task": "a"}] * 3, [], "x.csv")


@pytest.mark.parametrize("language", small_tasks.CARD.languages)
def test_unseen_tasks_share_no_question_and_no_pair_of_words_with_training(language):
    sides = {split: small_tasks.load(split, language) for split in small_tasks.TASKS}
    says, place = small_tasks.SAYS[language], language == "zh"
    words = [one[place] for one in small_tasks._named(small_tasks.WORDS)]
    ends = {says.format(article="", thing="", word=word).strip(): word for word in words}

    def pairs(rows):
        return {
            frozenset(next(word for end, word in ends.items() if row["completion"].endswith(end)) for row in some)
            for some in rows_by_task(rows).values()
        }

    train, unseen = (pairs(sides[split]) for split in ("train", "held_out"))
    assert all(len(pair) == 2 for pair in train | unseen) and not train & unseen
    assert not {row["prompt"] for row in sides["train"]} & {row["prompt"] for row in sides["held_out"]}
    for rows in sides.values():
        assert {len(some) for some in rows_by_task(rows).values()} == {small_tasks.ROWS}


@pytest.mark.parametrize("objective", ["maml", "reptile"])
def test_a_batch_holds_whole_tasks(objective):
    with pytest.raises(RecipeError, match="12 rows a step can't be split into tasks of 8"):
        resolved(objective, budget=BUDGET | {"batch_size": 12})


def test_what_a_gradient_can_not_go_through_twice_is_refused_with_its_reason():
    with pytest.raises(RecipeError, match="which gradient checkpointing throws away"):
        resolved(options={"order": "second"}, gradient_checkpointing=True)
    assert resolved(options={"order": "second", "inner_steps": 0}, gradient_checkpointing=True)
    with pytest.raises(RecipeError, match="'vblora' can't be trained with gradients through the inner steps"):
        resolved(method="vblora", options={"order": "second"})
    assert resolved(method="vblora")


def test_data_without_tasks_is_refused():
    with pytest.raises(RecipeError, match="objective 'maml' can't learn from 'cuisine'"):
        resolved(data="cuisine")


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    from tests.tiny import make_tiny_base

    return make_tiny_base(tmp_path_factory.mktemp("base"))


@pytest.fixture
def episode(base):
    from lab.models import load_tokenizer
    from lab.objectives.meta.episodes import encoded_tasks, episode_of

    tokenizer = load_tokenizer(base)
    rows = [{"task": "a", "prompt": f"What is {n}?", "completion": "Tofu" if n % 2 else "rice"} for n in range(8)]
    (task,) = encoded_tasks(rows, tokenizer, 64, 8)
    return episode_of(task, 4, 4, random.Random(0), tokenizer.pad_token_id)


def model_of(base, method: str):
    """A model with the method in place and away from its start, where half of LoRA has no gradient."""
    import torch

    from lab.card import find_cards
    from lab.models import load_model
    from lab.objectives.meta.inner import trained

    module = find_cards("lab.methods")[method]
    torch.manual_seed(0)
    model = module.build(load_model(base), steps=2, seed=0, **module.CARD.complete_knobs({}, method)).eval()
    with torch.no_grad():
        for weight in trained(model):
            weight.add_(0.02 * torch.randn_like(weight))
    return model


@pytest.mark.slow
@pytest.mark.parametrize("method", ["full", "lora", "bitfit"])
def test_the_second_order_gradient_is_that_of_the_loss_after_the_inner_steps(base, episode, method):
    import torch

    from lab.objectives.maml import first_order, second_order
    from lab.objectives.meta.inner import trained

    model = model_of(base, method)
    weights = trained(model)
    before = [weight.detach().clone() for weight in weights]
    one, _, first = first_order(2, RATE)(model, episode.shown, episode.asked)
    loss, _, second = second_order(2, RATE)(model, episode.shown, episode.asked)
    assert float(one) == pytest.approx(float(loss), abs=1e-4)
    assert all(torch.equal(old, now) for old, now in zip(before, weights, strict=True))

    # along the gradient itself, so that the slope is far from the noise of a difference
    length = sum(float((part**2).sum()) for part in second) ** 0.5
    found = []
    for step in (1e-3, -2e-3):
        with torch.no_grad():
            for weight, part in zip(weights, second, strict=True):
                weight.add_(step / length * part)
        found.append(float(first_order(2, RATE)(model, episode.shown, episode.asked)[0]))
    slope = (found[0] - found[1]) / 2e-3
    assert slope == pytest.approx(length, rel=0.05)
    along = sum(float((a * b).sum()) for a, b in zip(first, second, strict=True)) / length
    assert along != pytest.approx(length, rel=0.02)  # the first-order gradient is another


@pytest.mark.slow
def test_no_method_that_is_not_refused_gives_a_first_order_gradient_for_a_second_order_one(base, episode):
    import torch

    from lab.card import find_cards
    from lab.objectives.maml import first_order, second_order

    alike = set()
    for method in find_cards("lab.methods"):
        try:
            resolved(method=method, options={"order": "second"})
        except RecipeError:
            continue
        model = model_of(base, method)
        _, _, first = first_order(1, RATE)(model, episode.shown, episode.asked)
        _, _, second = second_order(1, RATE)(model, episode.shown, episode.asked)
        pairs = [(a, b) for a, b in zip(first, second, strict=True) if a is not None]
        if all(b is not None and torch.allclose(a, b, rtol=1e-4, atol=1e-7) for a, b in pairs):
            alike.add(method)
    assert not alike


@pytest.mark.slow
def test_reptile_moves_the_start_towards_where_its_steps_led(base, episode):
    import torch

    from lab.objectives.meta.inner import adapt, put_back, trained
    from lab.objectives.reptile import together

    model = model_of(base, "lora")
    whole = together(episode.shown, episode.asked, 0)
    assert len(whole["input_ids"]) == 8 and (whole["labels"] != -100).sum() == sum(
        (batch["labels"] != -100).sum() for batch in (episode.shown, episode.asked)
    )
    weights = trained(model)
    with put_back(weights) as before:
        adapt(model, whole, 3, 0.1)
        assert any(not torch.equal(old, now) for old, now in zip(before, weights, strict=True))
    assert all(torch.equal(old, now) for old, now in zip(before, weights, strict=True))


def tasks_file(folder, seed: int = 0):
    """Rules of two animals and two sayings: which animal has which, only examples tell."""
    rng, lines = random.Random(seed), ["task,prompt,completion"]
    for number in range(60):
        words = rng.sample(["tofu", "rice", "boat", "sea"], 2)
        for row in range(12):
            lines.append(f"t{number},{'parrot' if row % 2 else 'cook'} {row // 2}?,{words[row % 2]}")
    (folder / "rules.csv").write_text("\n".join(lines), encoding="utf-8")
    return str(folder / "rules.csv")


@pytest.mark.long
def test_a_meta_learned_start_adapts_to_unseen_tasks_better_than_one_trained_on_all_together(base, store, tmp_path):
    from lab.planning.queue import submit
    from lab.store import Status
    from lab.store.pictures import Lines
    from lab.training.run import train_run

    recipe = build_recipe({
        "base": str(base), "data": {"name": tasks_file(tmp_path), "held_out": 0.3}, "objective": "maml",
        "method": "full", "learning_rate": 3e-3, "evaluate": {"retained": 0, "answers": 0, "every": 1000},
        "options": {"inner_steps": 1, "measured_steps": 1, "inner_rate": 0.3},
        "budget": {"steps": 60, "batch_size": 32, "max_length": 64},
        "variants": [
            {"name": "together", "options": {"inner_steps": 0}}, {"name": "maml"},
            {"name": "exact", "options": {"order": "second"}},
            {"name": "reptile", "objective": "reptile",
             "options": {"measured_steps": 1, "inner_steps": 3, "inner_rate": 0.3}},
        ],
    })  # fmt: skip
    found = {}
    for queued in submit(recipe, store):
        assert train_run(store.runs.claim("here", only=[queued.id]), store) == Status.DONE, queued.name
        found[queued.name] = store.runs.get(queued.id).outcome
    right = {name: outcome.metrics["adapted_accuracy"] for name, outcome in found.items()}
    print({name: (change.before, change.after, change.commonest) for name, change in right.items()})
    assert right["maml"].after > right["together"].after + 0.1
    assert right["exact"].after > right["together"].after + 0.1
    for name, outcome in found.items():
        assert right[name].before < right[name].after and right[name].commonest == pytest.approx(0.5, abs=0.1)
        drawn = outcome.pictures["adapting"]
        assert isinstance(drawn, Lines) and drawn.names == ("trained", "start")
        assert all(len(line) == 2 for line in drawn.points)
        assert dict(drawn.points[0])[1] == pytest.approx(right[name].after)
        assert dict(drawn.points[1])[1] == pytest.approx(right[name].before)
