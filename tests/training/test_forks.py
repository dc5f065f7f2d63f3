"""Forks: a copy of a run that goes on from its weights and step, or from its beginning, with changes from there on."""

import json

import pytest

from lab.data.learned import learned_by
from lab.errors import LabError, RecipeError, RunError
from lab.models import chain_of
from lab.models.unfinished import save_unfinished
from lab.planning import fork, remove, resume, settle_forks, submit
from lab.planning.fork_changes import check_changes
from lab.planning.fork_points import drop_unused, kept_steps, read_point
from lab.recipe import parse_recipe, resolve
from lab.store import Status
from lab.training.run import train_run
from tests.training.test_run import queue, stop_after, weights_of

pytestmark = pytest.mark.slow


def finish(store, run, **how):
    """Carry a claimed run out and close it, as a worker does."""
    status = train_run(run, store, **how)
    store.runs.end(run.id, status)
    settle_forks(store, run.id)
    return store.runs.get(run.id)


def carried_out(store, run, **how):
    return finish(store, store.runs.claim("here", only=[run.id]), **how)


def stopped(store, base, *stages, at=3, how="cancel", **more):
    """A run that was stopped after `at` steps."""
    return finish(store, queue(store, base, *(stages or [{"method": "lora"}]), **more), stop=stop_after(at, how))


def forked_while_it_trains(store, run, at, changes=(), **more):
    """The claimed run, carried out whole, and its fork, which was asked for after `at` steps."""
    made, steps = [], iter(range(1, 10_000))

    def stop():
        if next(steps) == at:
            made.append(fork(run.id, changes, store, **more))

    return finish(store, run, stop=stop), made[0]


def same_curves(store, ours, theirs, after=0):
    for name in ("loss", "learning_rate", "eval_loss"):
        want = [point for point in store.curves.curve(theirs.id, name) if point[0] > after]
        assert [point for point in store.curves.curve(ours.id, name) if point[0] > after] == want, name


@pytest.mark.parametrize("method", ["full", "lora", "lora_plus"])
def test_a_fork_of_a_live_run_goes_on_from_its_next_step_and_leaves_it_undisturbed(store, tiny_base, method):
    alone, live = (queue(store, tiny_base, {"method": method}, learning_rate=1e-3) for _ in range(2))
    finish(store, alone)
    parent, waiting = forked_while_it_trains(store, live, 3)
    assert (waiting.status, waiting.request, waiting.forked_at) == (Status.QUEUED, "fork", None)
    same_curves(store, parent, alone)
    assert parent.status == Status.DONE and parent.request is None
    ready = store.runs.get(waiting.id)
    at = ready.forked_at
    assert (ready.request, ready.parent, ready.step) == (None, parent.id, at) and 3 <= at < 6
    done = carried_out(store, ready)
    assert done.status == Status.DONE and done.step == 6
    same_curves(store, done, parent, after=at)  # nothing was changed: the same steps to the last bit
    assert done.outcome.eval_loss == parent.outcome.eval_loss
    assert f"Forked from run {parent.id} at step {at}, with its weights and optimizer." in done.outcome.notes


def test_its_curves_begin_at_the_point_of_its_parent(store, tiny_base):
    live = queue(store, tiny_base, {"method": "lora"}, evaluate={"rows": 8, "answers": 4, "every": 1})
    parent, waiting = forked_while_it_trains(store, live, 3, ["learning_rate=1e-3"])
    done = carried_out(store, waiting)
    at = done.forked_at
    held_out, losses = (dict(store.curves.curve(parent.id, name)) for name in ("eval_loss", "loss"))
    ours = store.curves.curve(done.id, "eval_loss")
    assert ours[0] == (at, pytest.approx(held_out[at], abs=1e-6)) and ours[-1][0] == 6
    assert store.curves.curve(done.id, "loss")[0] == (at, losses[at])
    assert min(sample.step for sample in store.curves.samples([done.id])) == at
    rates = dict(store.curves.curve(done.id, "learning_rate"))
    assert rates[6] == pytest.approx(dict(store.curves.curve(parent.id, "learning_rate"))[6] / 5)
    assert dict(store.curves.curve(done.id, "loss"))[6] != losses[6]


def test_a_cold_fork_begins_at_the_base(store, tiny_base):
    parent = stopped(store, tiny_base, at=3)
    copy = fork(parent.id, {"budget.steps": 4}, store, warm=False)
    assert (copy.parent, copy.forked_at, copy.comparison) == (parent.id, 0, parent.comparison)
    done = carried_out(store, copy)
    assert store.curves.curve(done.id, "eval_loss")[0] == store.curves.curve(parent.id, "eval_loss")[0]
    assert [step for step, _ in store.curves.curve(done.id, "loss")] == [1, 2, 3, 4]
    assert resolve(parse_recipe(done.recipe))[0].fork is None


@pytest.mark.parametrize("how", ["cancel", "interrupt"])
def test_a_stopped_run_is_forked_with_its_optimizer(store, tiny_base, how):
    whole = finish(store, queue(store, tiny_base, {"method": "lora"}))
    parent = stopped(store, tiny_base, at=3, how=how)
    done = carried_out(store, fork(parent.id, [], store))
    assert done.forked_at == 3
    same_curves(store, done, whole, after=3)
    assert store.runs.get(parent.id) == parent
    resume(parent.id, store)  # the parent goes on by itself
    same_curves(store, carried_out(store, parent), whole)


@pytest.mark.parametrize("method", ["full", "lora", "prefix"])
def test_a_run_that_is_done_is_forked_with_its_weights_for_as_many_steps_again(store, tiny_base, method):
    parent = finish(store, queue(store, tiny_base, {"method": method}, learning_rate=1e-3))
    done = carried_out(store, fork(parent.id, [], store))
    assert (done.status, done.forked_at, done.step, done.total_steps) == (Status.DONE, 6, 12, 12)
    first = store.curves.curve(done.id, "eval_loss")[0]
    assert first == (6, pytest.approx(dict(store.curves.curve(parent.id, "eval_loss"))[6], abs=1e-5))
    assert f"Forked from run {parent.id} at step 6, with its weights and a new optimizer." in done.outcome.notes
    assert [step for step, _ in store.curves.curve(done.id, "loss")] == list(range(6, 13))
    assert 0 < dict(store.curves.curve(done.id, "learning_rate"))[8] < 1e-3  # its schedule goes on at step 6 of 12


def test_a_run_that_diverged_is_forked_from_its_last_good_weights(store, tiny_base):
    parent = stopped(store, tiny_base, at=3)
    from lab.models.unfinished import Unfinished, unfinished_stage

    left = unfinished_stage(store.home.run(parent.id), 0)
    save_unfinished(store.home.run(parent.id), 0, Unfinished("diverged", 3, left.chain))
    done = carried_out(store, fork(parent.id, {"learning_rate": 1e-4}, store))
    assert (done.status, done.forked_at) == (Status.DONE, 3) and any(
        "a new optimizer" in one for one in done.outcome.notes
    )


@pytest.mark.parametrize(("at", "where"), [(5, (2, 1)), (3, (1, 1))])
def test_a_later_stage_is_forked_too(store, tiny_base, at, where):
    stages = ({"method": "lora"}, {"method": "lora", "learning_rate": 1e-3}, {"method": "full"})
    whole = finish(store, queue(store, tiny_base, *stages, steps=3))
    parent = stopped(store, tiny_base, *stages, at=at, steps=3)
    done = carried_out(store, fork(parent.id, [], store))
    point = read_point(store.home, parent.id, done.forked_at)
    assert (point.stage, point.done) == where
    same_curves(store, done, whole, after=done.forked_at)
    ours, theirs = weights_of(store, done.id), weights_of(store, whole.id)
    assert all(tensor.equal(theirs[name]) for name, tensor in ours.items())
    assert all(link.ref.startswith(done.id) for link in chain_of(f"run:{done.id}", store.home)[1:])


def test_a_stage_that_is_over_stays_as_it_was(store, tiny_base):
    stages = ({"method": "lora"}, {"method": "full"})
    parent = stopped(store, tiny_base, *stages, at=4, steps=3)
    with pytest.raises(RecipeError, match=r"stages\.0.*that stage is over"):
        fork(parent.id, ["stages.0.learning_rate=1e-4"], store)
    child = fork(parent.id, ["learning_rate=1e-4"], store)
    assert [stage.learning_rate for stage in resolve(parse_recipe(child.recipe))[0].stages] == [5e-3, 1e-4]


def test_a_fork_outlives_its_parent_and_can_be_forked_itself(store, tiny_base):
    parent = stopped(store, tiny_base, at=3)
    first = carried_out(store, fork(parent.id, [], store), stop=stop_after(2, "cancel"))
    second = fork(first.id, ["budget.batch_size=2"], store)
    assert (first.forked_at, second.forked_at, second.parent) == (3, 5, first.id)
    remove(parent.id, store)
    remove(first.id, store)
    done = carried_out(store, second)
    assert done.status == Status.DONE and weights_of(store, done.id)
    assert kept_steps(store.home, parent.id) == [] and kept_steps(store.home, first.id) == [5]
    remove(done.id, store)
    drop_unused(store)
    assert kept_steps(store.home, first.id) == []


def test_a_fork_of_finished_weights_outlives_its_parent_too(store, tiny_base):
    parent = finish(store, queue(store, tiny_base, {"method": "full"}, steps=2))
    first = carried_out(store, fork(parent.id, [], store))
    second = fork(first.id, [], store)
    remove(parent.id, store)
    remove(first.id, store)
    assert carried_out(store, second).status == Status.DONE and weights_of(store, second.id)


def test_a_killed_fork_resumes_to_the_same_curve(store, tiny_base):
    parent = stopped(store, tiny_base, at=2)
    whole = carried_out(store, fork(parent.id, ["learning_rate=1e-3"], store))
    broken = fork(parent.id, ["learning_rate=1e-3"], store)
    assert broken.name != whole.name
    carried_out(store, broken, stop=stop_after(2, "interrupt"))
    resume(broken.id, store)
    done = carried_out(store, broken)
    same_curves(store, done, whole)
    assert any(note.startswith("Forked from run") for note in done.outcome.notes)


def test_its_recipe_is_an_ordinary_one_that_repeats_it(store, tiny_base):
    parent = stopped(store, tiny_base, at=3)
    done = carried_out(store, fork(parent.id, ["learning_rate=1e-3"], store))
    again = carried_out(store, submit(parse_recipe(done.recipe), store)[0])
    assert (again.parent, again.forked_at) == (parent.id, 3) and again.comparison != done.comparison
    same_curves(store, again, done)
    with pytest.raises(RecipeError, match=r"step 4 is not kept. Take step 3"):
        submit(parse_recipe(done.recipe.replace("step: 3", "step: 4")), store)
    with pytest.raises(RecipeError, match="warm fork can't change 'method'"):
        full = ["variants.0.stages.0.method=full", "variants.0.stages.0.knobs={}"]
        submit(parse_recipe(done.recipe, overrides=full), store)


def test_held_out_rows_stay_new_to_it_and_its_ancestors(store, tiny_base, tmp_path):
    file = tmp_path / "dishes.jsonl"
    rows = [{"prompt": f"Where is dish {n} from?", "completion": f"From place {n % 7}."} for n in range(60)]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    parent = stopped(store, tiny_base, at=3, data=str(file))
    done = carried_out(store, fork(parent.id, {"data": {"name": str(file), "held_out": 0.5}}, store))
    assert learned_by(done.id, store.home) >= learned_by(parent.id, store.home)  # it builds on all of them
    left_out = "held-out rows were left out: a run that this one builds on has learned"
    assert any(left_out in note for note in done.outcome.notes)


def test_what_did_not_begin_is_only_forked_cold(store, tiny_base):
    run = queue(store, tiny_base, {"method": "lora"})
    store.runs.end(run.id, Status.CANCELLED)
    with pytest.raises(RunError, match=r"left neither a checkpoint nor weights.*--cold"):
        fork(run.id, [], store)
    assert fork(run.id, [], store, warm=False).forked_at == 0


def test_a_fork_whose_parent_is_gone_before_its_next_step_says_so(store, tiny_base):
    run = queue(store, tiny_base, {"method": "lora"})
    waiting = fork(run.id, [], store)
    assert store.runs.claim("here") is None and store.runs.waiting() == []
    store.runs.end(run.id, Status.FAILED, "killed")
    settle_forks(store, run.id)
    failed = store.runs.get(waiting.id)
    assert failed.status == Status.FAILED and "left neither a checkpoint nor weights" in failed.error
    with pytest.raises(RunError, match="never got the weights"):
        resume(failed.id, store)


REFUSED = {
    "base=nano": "can't change 'base'",
    "seed=3": "can't change 'seed'.*belongs to the weights",
    "split_seed=3": "can't change 'split_seed'",
    "method=full": "can't change 'method': the weights are of 'lora' and don't fit into 'full'",
    "knobs.r=4": "can't change 'knobs.r'.*don't fit 4",
    "objective=pretrain": "can't learn from 'cuisine'",
    "learning_rate=search": "can't change 'learning_rate'",
    "budget.steps=3": "budget.steps=3 is behind the fork: its parent has done 3 steps",
    "lerning_rate=1": "there is no setting 'lerning_rate'. .*learning_rate",
    "learning_rate=abc": "is not allowed",
    "learning_rate=[1e-3, 1e-4]": "a fork is one run",
    "repeat=3": "'repeat' can't be changed in a fork",
    "learning_rate": "is not an override",
}


@pytest.fixture(scope="module")
def ground(tmp_path_factory, tiny_base):
    from lab.home import Home
    from lab.store import Store

    with Store(Home(tmp_path_factory.mktemp("forks"))) as store:
        yield store, stopped(store, tiny_base, at=3)


@pytest.mark.parametrize("change", REFUSED)
def test_what_a_fork_may_not_change_is_refused_before_anything_is_queued(ground, change):
    store, parent = ground
    with pytest.raises(LabError, match=REFUSED[change]):
        fork(parent.id, [change], store)
    assert store.runs.all() == [parent]


def test_another_objective_is_refused_where_its_data_would_do(ground):
    before = resolve(parse_recipe(ground[1].recipe))[0]
    other = before.model_copy(update={"stages": (before.stages[0].model_copy(update={"objective": "maml"}),)})
    with pytest.raises(RecipeError, match="can't change 'objective': the steps so far were of 'sft'"):
        check_changes(before, other, 0)


@pytest.mark.parametrize("changes", [
    {"learning_rate": 1e-4, "schedule": "constant"}, {"budget.steps": 9, "budget.batch_size": 2},
    {"knobs.dropout": 0.1}, {"weight_decay": 0.1, "remedy": ["l2_start"]}, {"keep": "best", "early_stop": 3},
    {"budget.seconds": 2}, {"evaluate.every": 1}, {"data": {"name": "cuisine", "limit": 30}},
])  # fmt: skip
def test_what_a_fork_may_change(ground, changes):
    store, parent = ground
    child = fork(parent.id, changes, store)
    done = carried_out(store, child)
    assert done.status == Status.DONE, done.error
    store.runs.delete(child.id)


def test_names(ground):
    store, parent = ground
    first, second = (fork(parent.id, {"learning_rate": 1e-4}, store) for _ in range(2))
    assert [first.name, second.name] == ["x → learning_rate=0.0001", "x → learning_rate=0.0001 (2)"]
    with pytest.raises(LabError, match="taken"):
        fork(parent.id, [], store, name="x")
    assert fork(parent.id, [], store, name="mine").name == "mine"
    for run in store.runs.all()[1:]:
        store.runs.request(run.id, "cancel")
        store.runs.delete(run.id)
