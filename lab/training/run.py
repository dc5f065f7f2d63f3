"""Carry one run out: every stage in turn, from its base to its outcome.

A run that was interrupted goes on at the first stage without weights, from its last checkpoint if it has any.
"""

from typing import Any

from lab.errors import RunError
from lab.home import Home
from lab.model_ref import ModelRef
from lab.models import Chain, chain_of, find_base, load_tokenizer, root_base
from lab.models.precision import with_base_knobs
from lab.models.unfinished import unfinished_stage
from lab.planning.fork_points import Point, stage_chain
from lab.planning.throughput import save_overhead
from lab.recipe import ResolvedRun, parse_recipe, resolve
from lab.store import Run, Status, Store
from lab.training.baseline import evaluate_start
from lab.training.context import StageContext, StopRequest
from lab.training.forking import begin_fork
from lab.training.memory import PeakMemory
from lab.training.outcome import OutcomeWriter, environment
from lab.training.stage import StageResult, train_stage
from lab.training.turns import Turns, no_turns


def train_run(
    run: Run, store: Store, *, warm: Any = None, stop: StopRequest = lambda: None, give_way: Turns = no_turns
) -> Status:
    """Train all stages of `run` and write everything it shows and comes to; returns how it ended.

    `warm` is the run's base, loaded already (it is used up). Raises whatever goes wrong.
    """
    home = store.home
    home.run(run.id).root.mkdir(parents=True, exist_ok=True)
    plan = resolve(parse_recipe(run.recipe, where=f"run {run.id}"))[0]
    tokenizer = load_tokenizer(find_base(root_base(plan.base, home), home))
    store.runs.progress(run.id, run.step, max(run.step, sum(stage.budget.planned_steps for stage in plan.stages)))
    point = begin_fork(plan, run.id, home)
    memory = PeakMemory(sum(weight.nbytes for weight in warm.parameters()) if warm is not None else 0)
    outcome = OutcomeWriter(store, run, memory)
    try:
        with outcome.whole(give_way):
            return _train_stages(plan, tokenizer, outcome, stop, give_way, warm, point)
    finally:
        memory.close()


def _train_stages(
    plan: ResolvedRun, tokenizer: Any, outcome: OutcomeWriter, stop: StopRequest, give_way: Turns, warm: Any,
    point: Point | None,
) -> Status:  # fmt: skip
    """Every stage that is not finished yet, then the figures."""
    run, home = outcome.run, outcome.store.home
    start = _start(plan, home)
    chain = _own_chain(run, home) or start
    outcome.add(environment=environment())
    result = None
    first, chain = _where_to_go_on(chain, run, home)
    first = max(first, point.stage if point else 0)
    for index in range(first, len(plan.stages)):
        own = stage_chain(chain, run.id, plan.stages, index)
        before = _steps_before(plan, index, outcome)
        context = StageContext(home, run.id, plan, index, own, tokenizer, before, give_way)
        result = train_stage(context, start, outcome, stop, warm)
        plan, chain, warm = result.context.plan, result.chain, None  # a loaded base serves once
        if result.stopped in ("interrupt", "discard"):
            return Status.INTERRUPTED if result.stopped == "interrupt" else Status.CANCELLED
        if result.stopped or result.failure:
            break
    if result is not None:
        _report(result, start, outcome)
    elif outcome.outcome.eval_loss.after is None:
        outcome.add_note("its figures were not measured: it was stopped after its last step, before they were.")
    if result is not None and result.failure:
        raise RunError(result.failure)
    return Status.CANCELLED if result is not None and result.stopped else Status.DONE


def _start(plan: ResolvedRun, home: Home) -> Chain:
    """The links the run starts from; how its base is to be kept, in few bits or in another dtype, is said there."""
    knobs = {} if plan.quantize == "none" else {"quantize": plan.quantize}
    asked = {} if plan.precision == "auto" else {"precision": plan.precision}
    return with_base_knobs(chain_of(plan.base, home), knobs | asked)


def _own_chain(run: Run, home: Home) -> Chain | None:
    """The weights the run has left so far, if any."""
    return chain_of(str(ModelRef(run=run.id)), home) if (home.run(run.id).root / "weights.json").exists() else None


def _where_to_go_on(chain: Chain, run: Run, home: Home) -> tuple[int, Chain]:
    """The first stage that is not finished, and the chain it starts from."""
    own = [ref.stage or 0 for link in chain[1:] if (ref := ModelRef.of_stage(link.ref)).run == run.id]
    last = max(own, default=-1)
    left = unfinished_stage(home.run(run.id), last) if own else None
    return (last, left.chain) if left else (last + 1, chain)


def _steps_before(plan: ResolvedRun, index: int, outcome: OutcomeWriter) -> int:
    """The steps that the stages before `index` did; as planned where they left no count."""
    done = outcome.outcome.stage_steps[:index]
    return sum(done) + sum(stage.budget.planned_steps for stage in plan.stages[len(done) : index])


def _report(result: StageResult, start: Chain, outcome: OutcomeWriter) -> None:
    """The figures after training beside those of the starting point."""
    context, evaluator, store = result.context, result.evaluator, outcome.store
    if evaluator is None or result.model is None:  # stopped before its first step, or no weights to measure
        return
    with outcome.noted("the evaluation"):
        after = evaluator.evaluate(result.model, trained=True)
        before = evaluate_start(context, start, evaluator, store)
        outcome.add_start(evaluator, before)
        outcome.add_end(before, after)
        outcome.add_by_value(evaluator.data.grouped_by, before, after)
    with outcome.noted("keeping what it took"):
        _keep_overhead(context, outcome)
    with outcome.noted("measuring what moved"):
        outcome.add_movement(context, result.model, start, evaluator.data)


def _keep_overhead(context: StageContext, outcome: OutcomeWriter) -> None:
    """What the run took besides its steps, for the next estimate."""
    if (seconds := outcome.overhead_seconds(context.give_way.waited)) is not None:
        last, base = context.plan.stages[-1], root_base(context.plan.base, context.home)
        save_overhead(outcome.store, base, last.objective, last.method, seconds)
