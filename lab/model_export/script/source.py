"""What a run was, as far as a script must know it: its last stage, the weights that starts from, its rows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from lab.card import MethodCard, ObjectiveCard, find_cards
from lab.data import DataSet, load_mix
from lab.data.apart import for_choosing_and_report
from lab.data.asked import number_of, questions_of, row_key
from lab.data.fit import fitting
from lab.data.learned import Learned, learned_before, learned_by, without_learned
from lab.data.thoughts import learns_thoughts, thinks
from lab.errors import RunError
from lab.home import Home
from lab.model_ref import ModelRef
from lab.models import Chain, Link, chain_of, find_base, load_tokenizer, root_base
from lab.models.precision import with_base_knobs
from lab.planning.fork_points import stage_chain
from lab.recipe import ResolvedRun, ResolvedStage, parse_recipe, resolve
from lab.store import Run, Status, Store
from lab.training.weights import continues, makes_reward_model

CHANGED = "the data has changed since: {count:,} of the {rows:,} rows are others than those the run learned from"


@dataclass(frozen=True)
class Source:
    """A finished run as a script repeats it."""

    run: Run
    home: Home
    plan: ResolvedRun
    index: int
    """Of the stage that the script carries out: the run's last."""
    chain: Chain
    """The weights that stage starts from."""
    tokenizer: Any
    data: DataSet
    steps: int
    """Steps that the weights come from, which may be fewer than the schedule's."""
    planned: int
    """Steps that the learning rate's schedule is made for."""
    notes: tuple[str, ...] = ()

    @property
    def stage(self) -> ResolvedStage:
        return self.plan.stages[self.index]

    @property
    def seed(self) -> int:
        return self.plan.seed + self.index

    @property
    def start_seed(self) -> int:
        return self.plan.start_seed + self.index

    @property
    def continues(self) -> bool:
        """Whether the stage trains the adapter further that it starts from."""
        return continues(self.chain, self.stage)

    @property
    def method(self) -> MethodCard:
        card: MethodCard = find_cards("lab.methods")[self.stage.method].CARD
        return card

    def held_out(self) -> list[dict[str, Any]]:
        """The rows that figures are of."""
        return self.data.held_out[: self.plan.evaluate.rows]


def source_of(run: Run, store: Store, able: Sequence[str]) -> Source:
    """What `run` was. Raises RunError for one that no script repeats; `able` are the objectives that some do."""
    home = store.home
    plan = resolve(parse_recipe(run.recipe, where=f"run {run.id}"))[0]
    index = len(plan.stages) - 1
    _refuse(run, plan, able)
    own = chain_of(f"run:{run.id}", home)
    if not any(link.ref == ModelRef(run=run.id, stage=index).in_chains for link in own[1:]):
        raise RunError(f"run '{run.id}' did not get to its last stage", do="resume it, or take another run.")
    chain = _start_of(run.id, plan, index, home)
    tokenizer = load_tokenizer(find_base(root_base(plan.base, home), home))
    data, before = _rows(plan, index, tokenizer, home)
    thinking = learns_thoughts(data)
    tokenizer.thinks = thinks(chain, home) if thinking is None else thinking
    budget, notes = plan.stages[index].budget, []
    if told := _changed(run, data, before, home):
        notes.append(told)
    done = (*run.outcome.stage_steps, *[0] * len(plan.stages))[index] or budget.planned_steps
    steps = run.outcome.kept_step - sum(run.outcome.stage_steps[:index]) if run.outcome.kept_step else done
    if budget.steps is None:
        notes.append("the run had seconds, not steps: the script does as many steps as it did, by their own schedule")
    return Source(run, home, plan, index, chain, tokenizer, data, steps, budget.steps or done, tuple(notes))


def _refuse(run: Run, plan: ResolvedRun, able: Sequence[str]) -> None:
    """Raise RunError for what a script can't repeat, with the reason."""
    stage = plan.stages[-1]
    if run.status not in (Status.DONE, Status.CANCELLED):
        raise RunError(f"run '{run.id}' is {run.status}: it has no figures to be repeated", do="take one that is done.")
    if run.forked_at is not None or plan.fork is not None:
        raise RunError(f"run '{run.id}' went on from the middle of another, with that one's optimizer",
                       do="take a run that began by itself, or --as merged.")  # fmt: skip
    if stage.objective not in able:
        card: ObjectiveCard = find_cards("lab.objectives")[stage.objective].CARD
        raise RunError(f"'{card.id}' is the lab's own way of training, which no trainer of TRL or transformers has",
                       do=f"scripts are written for {', '.join(able)}.")  # fmt: skip
    if stage.remedy:
        names = ", ".join(choice.name for choice in stage.remedy)
        raise RunError(f"what the run was helped by ({names}) is the lab's own", do="take a variant without `remedy`.")
    if plan.quantize != "none":
        raise RunError(f"it was trained on a base in {plan.quantize}, which scripts do not write yet",
                       do="take a run with quantize: none, or --as adapter.")  # fmt: skip


def _start_of(run: str, plan: ResolvedRun, index: int, home: Home) -> Chain:
    """The chain that stage `index` began with, which later stages may have gone on from."""
    asked = {} if plan.precision == "auto" else {"precision": plan.precision}
    chain = with_base_knobs(chain_of(plan.base, home), asked)
    for number, stage in enumerate(plan.stages[:index]):
        own = stage_chain(chain, run, plan.stages, number)
        kind = "adapter" if find_cards("lab.methods")[stage.method].CARD.adapter else "tensors"
        link = Link(kind, ModelRef(run=run, stage=number).in_chains, stage.method, stage.knobs)  # type: ignore[arg-type]
        chain = (*(own[:-1] if continues(own, stage) else own), link)
    return stage_chain(chain, run, plan.stages, index)


def _rows(plan: ResolvedRun, index: int, tokenizer: Any, home: Home) -> tuple[DataSet, Learned]:
    """The stage's rows as it was given them, and what had been learned before it."""
    before = learned_before(plan, home)
    for number in range(index):
        before = before | _numbers(_load(plan, number, tokenizer, home, before).train)
    data = _load(plan, index, tokenizer, home, before)
    if plan.evaluate.apart:
        data = replace(for_choosing_and_report(data, plan.split_seed)[1], train=data.train)
    return data, before


def _load(plan: ResolvedRun, index: int, tokenizer: Any, home: Home, before: Learned) -> DataSet:
    stage = plan.stages[index]
    formats = find_cards("lab.objectives")[stage.objective].CARD.formats
    mix = load_mix(stage.data, home, plan.seed, formats, plan.split_seed)
    return fitting(without_learned(mix, before), tokenizer, stage, makes_reward_model(stage))


def _numbers(rows: Sequence[dict[str, Any]]) -> Learned:
    return frozenset(number_of(key) for row in rows for key in (*questions_of(row), row_key(row)))


def _changed(run: Run, data: DataSet, before: Learned, home: Home) -> str:
    """What to tell where the rows are no longer those that the run wrote down."""
    if (known := learned_by(run.id, home)) is None:
        return "which rows the run learned from was not written down, so these may be others"
    new = sum(number_of(row_key(row)) not in known for row in data.train)
    gone = len(known - before - _numbers(data.train))
    return CHANGED.format(count=max(new, gone), rows=len(data.train)) if new or gone else ""
