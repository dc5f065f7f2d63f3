"""The shapes of a recipe: what is shared, variants, stages; and a run with every gap filled."""

from typing import Annotated, Any, Literal

import yaml
from pydantic import BeforeValidator, Field

from lab.recipe.budget import SEARCH, Budget, BudgetChange, EarlyStop, Halving, Rate, Search, Settings, Stopping
from lab.recipe.data_choice import DataChoice, DataMix, Name, as_list
from lab.recipe.fork_point import ForkPoint
from lab.recipe.repeats import Repeat, Repeats

Quantize = Literal["none", "8bit", "4bit"]
Keep = Literal["last", "best"]
"""Which weights a stage leaves: those of its last step, or those with the lowest held-out loss on its way."""
LongText = Literal["chunk", "truncate"]
"""What becomes of a plain text longer than max_length: pieces that are all learned, or its beginning alone."""

Order = Literal["turns", "queue"]
"""Of more variants than are computed at once: a part of each in turn, so that all grow together where memory allows it,
or one after the other to its end."""


class Evaluation(Settings):
    """How often and on how much a run is judged; `every: 0` means some six times a stage.

    Rewards are measured on answers to the held-out questions of `questions`, a data set's name, so that variants which
    learn from different data are asked the same; without it, to those of the stage's own data. With `tasks` the
    held-out rows of every stage's data are measured at the start and after each stage, those of runs it builds on too.
    With `shots` a run's last stage is also carried out with so many examples, from the base and from what was learned.
    """

    every: int = Field(0, ge=0)
    rows: int = Field(64, ge=1, le=100_000)
    answers: int = Field(48, ge=0, le=10_000)
    trained: int = Field(0, ge=0, le=10_000)
    """Training questions that are asked as well: what is answered there and not in held-out rows is known by heart."""
    apart: bool = False
    """Half of the held-out questions are kept for choosing (a learning rate, the best weights, when to stop), and the
    figures are of the others. Set for all variants of a recipe where one of them chooses."""
    retained: int = Field(100, ge=0, le=1000)
    """Old questions that are asked before and after, to see what the base could do and still can; 0 asks none."""
    prompts: tuple[Name, ...] = Field((), max_length=8)
    questions: Name | None = None
    tasks: bool = False
    shots: tuple[Annotated[int, Field(ge=1, le=100_000)], ...] = Field((), max_length=8)


def _as_pessimism(value: object) -> object:
    """A number from 0 to 10, or `worst`."""
    if value == "worst" or (isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 10):
        return value
    raise ValueError("give a number from 0 to 10, or 'worst'")


Pessimism = Annotated[Annotated[float, Field(ge=0, le=10)] | Literal["worst"], BeforeValidator(_as_pessimism)]


def _as_trackers(value: object) -> object:
    """One name or a list; none for `none` or nothing."""
    if value is None or value == "none":
        return []
    if not isinstance(value, str | list | tuple):
        raise ValueError("give the name of a tracker, or a list of them")
    return [value] if isinstance(value, str) else value


def _as_fsdp(value: object) -> object:
    """Settings by name; `true` takes all of them as they come, `false` is none."""
    return {} if value is True else None if value is False else value


Fsdp = Annotated[dict[str, Any] | None, BeforeValidator(_as_fsdp)]
Tracker = Literal["trackio", "tensorboard", "wandb", "mlflow"]
"""Programs that curves can be reported to as well, as transformers calls them."""
Trackers = Annotated[tuple[Tracker, ...], BeforeValidator(_as_trackers), Field(max_length=4)]


class RewardChoice(Settings):
    """What answers are rewarded for: the name of a checkable reward or a scripted rater, `run:<id>` of a reward model,
    or `stage:<n>`, which an earlier stage of the variant trained. With its weight; what weighs 0 is only watched.
    """

    name: Name
    data: Name | None = None
    """Which data set of a mix it judges the answers to; all of them where this is left out."""
    knobs: dict[str, Any] = Field(default_factory=dict)
    """A checkable reward's own settings, as its card names them."""
    weight: float = Field(1.0, ge=-100, le=100, allow_inf_nan=False)
    pessimism: Pessimism = 0.0
    """Of a reward model with several heads: how many of their standard deviations are taken off their mean score, or
    `worst` for the lowest of their scores, so that what they don't agree on earns less (Coste et al. 2023,
    arXiv:2310.02743)."""


class RemedyChoice(Settings):
    """What keeps a stage from unlearning the ones before it: a remedy's name, with its card's knobs."""

    name: Name
    knobs: dict[str, Any] = Field(default_factory=dict)


RemedyMix = Annotated[tuple[RemedyChoice, ...], BeforeValidator(as_list), Field(max_length=4)]
RewardMix = Annotated[tuple[RewardChoice, ...], BeforeValidator(as_list), Field(max_length=8)]


class Stage(Settings):
    """One step of a variant: which weights, which signal, which data, how fast. Empty fields come from above.

    `knobs` are the method's, `options` the objective's. `teacher` is the model that a student learns from: a base,
    `run:<id>`, or `stage:<n>` of the variant. With `parameters`, the method's main knob is set so that it trains about
    so many. A step learns from `gradient_accumulation` batches, whose gradients are added up before the weights change
    once. With `gradient_checkpointing` the activations of a block are computed again on the way back instead of kept
    (Chen et al. 2016); left out, that is so for bases from a billion parameters. `early_stop: false` takes back what
    stands above; with early stopping `keep` is `best` where nobody says otherwise.
    """

    objective: Name | None = None
    options: dict[str, Any] = Field(default_factory=dict)
    method: Name | None = None
    knobs: dict[str, Any] = Field(default_factory=dict)
    data: DataMix | None = None
    reward: RewardMix | None = None
    teacher: Name | None = None
    remedy: RemedyMix | None = None
    parameters: int | None = Field(None, ge=1)
    learning_rate: Rate = None
    search: Search | None = None
    schedule: Literal["linear", "cosine", "constant"] | None = None
    warmup: float | None = Field(None, ge=0, le=0.9)
    weight_decay: float | None = Field(None, ge=0, le=10)
    long_text: LongText | None = None
    early_stop: Stopping = None
    keep: Keep | None = None
    budget: BudgetChange | None = None
    gradient_accumulation: int | None = Field(None, ge=1, le=4096)
    gradient_checkpointing: bool | None = None

    def over(self, parent: "Stage") -> "Stage":
        """This stage with `parent` filling the gaps; knobs come along with the method, options with the objective."""
        update = {name: getattr(parent, name) for name in Stage.model_fields if getattr(self, name) is None}
        if self.budget and parent.budget:
            update["budget"] = self.budget.above(parent.budget)
        if self.method in (None, parent.method):
            update["knobs"] = {**parent.knobs, **self.knobs}
        if self.objective in (None, parent.objective):
            update["options"] = {**parent.options, **self.options}
        fields = {name: getattr(self, name) for name in Stage.model_fields} | update
        return Stage.model_construct(**fields)


class Variant(Stage):
    """One way of tuning, with its name; `stages` when it takes several steps."""

    name: Name
    quantize: Quantize | None = None
    fork: ForkPoint | None = None
    stages: tuple[Stage, ...] = Field((), max_length=12)


class Recipe(Stage):
    """The whole comparison: what is shared, and the variants."""

    name: Name = "Untitled"
    note: str = Field("", max_length=2000)
    base: Name = "nano"
    seed: int = Field(0, ge=0, le=2**31)
    split_seed: int = Field(0, ge=0, le=2**31)
    """Decides which rows are held out. The seed does not, so that a run never learned what another is judged by."""
    initialisation_seed: int | None = Field(None, ge=0, le=2**31)
    """Decides where new weights start; `seed` where it is left out."""
    repeat: Repeats = Repeat()
    """Runs of each variant, with one seed after the other."""
    folds: int = Field(0, ge=0, le=20)
    """k-fold cross-validation: each variant is trained so many times, each time without another part of the rows, which
    it is judged by; 0 for none."""
    budget: Budget = Budget()  # type: ignore[assignment]  # a recipe's own is whole, a stage's is a change to it
    evaluate: Evaluation = Evaluation()
    halving: Halving | None = None
    """Variants that are not among the best on their way stop there (successive halving)."""
    order: Order = "turns"
    precision: Literal["auto", "fp32", "bf16", "pure_bf16"] = "auto"
    """In which numbers weights are kept and computed with, see `lab.models.precision`."""
    quantize: Quantize = "none"
    """How the base's weights are kept: as they are, or in 8 or 4 bits, where only an adapter can be trained on them."""
    report_to: Trackers = ()
    """Trackers that are told the curves too, besides the lab; only by runs of its owner."""
    processes: int = Field(1, ge=1, le=64)
    """How many processes share each batch of a run; only of runs of the lab's owner."""
    fsdp: Fsdp = None
    """With several processes on GPUs, the model is laid over them with these settings of `fsdp_config`."""
    executor: Name | None = None
    """Who carries the runs out, and where; `lab train --executor` says otherwise. Only of the owner's recipes."""
    variants: tuple[Variant, ...] = Field(min_length=1, max_length=100)


class ResolvedStage(Settings):
    """A stage without gaps, but for what waits for the base: the learning rate of the card (see `Card.rate_for`) or of
    a search, knobs for so many `parameters`, whether to checkpoint, and the steps that fit into a budget of seconds."""

    objective: str
    options: dict[str, Any] = Field(default_factory=dict)
    method: str
    knobs: dict[str, Any]
    data: DataMix
    reward: tuple[RewardChoice, ...] = ()
    teacher: str | None = None
    remedy: tuple[RemedyChoice, ...] = ()
    parameters: int | None = None
    learning_rate: Rate
    search: Search | None = None
    schedule: str
    warmup: float
    weight_decay: float
    long_text: LongText = "chunk"
    early_stop: EarlyStop | None = None
    keep: Keep = "last"
    budget: Budget
    gradient_accumulation: int = 1
    gradient_checkpointing: bool | None = None

    @property
    def chooses(self) -> bool:
        """Whether something of it is chosen by held-out rows, which no figure may then be of."""
        return self.learning_rate == SEARCH or self.early_stop is not None or self.keep == "best"

    @property
    def rows(self) -> int:
        """Rows (or answers) that one optimizer step learns from."""
        return self.budget.batch_size * self.gradient_accumulation


class ResolvedRun(Settings):
    """One variant, everything said: what a worker carries out."""

    recipe: str
    name: str
    base: str
    seed: int
    split_seed: int = 0
    initialisation_seed: int | None = None
    evaluate: Evaluation
    halving: Halving | None = None
    order: Order = "turns"
    precision: str
    quantize: Quantize = "none"
    report_to: Trackers = ()
    processes: int = 1
    fsdp: Fsdp = None
    executor: str | None = None
    fork: ForkPoint | None = None
    stages: tuple[ResolvedStage, ...]

    @property
    def start_seed(self) -> int:
        """The seed that new weights start from."""
        return self.seed if self.initialisation_seed is None else self.initialisation_seed

    def question_data(self) -> DataChoice | None:
        """The data set whose questions it is judged on; a file is read there as in the run's own data."""
        if not (name := self.evaluate.questions):
            return None
        own = [choice for stage in self.stages for choice in stage.data if choice.name == name]
        read = {key: getattr(own[0], key) for key in ("files", "held_out_file", "columns")} if own else {}
        return DataChoice(name=name, skip_bad=any(choice.skip_bad for choice in own), **read)

    def to_yaml(self) -> str:
        """A recipe of this one variant that repeats it."""
        included = {"base", "seed", "split_seed", "evaluate", "halving", "order", "precision", "quantize"}
        shared = self.model_dump(mode="json", include=included)
        if self.halving is None:
            del shared["halving"]
        if self.initialisation_seed is not None:
            shared["initialisation_seed"] = self.initialisation_seed
        if self.report_to:
            shared["report_to"] = list(self.report_to)
        if self.processes > 1:
            shared["processes"] = self.processes
        if self.fsdp is not None:
            shared["fsdp"] = self.fsdp
        if self.executor is not None:
            shared["executor"] = self.executor
        stages = [stage.model_dump(mode="json", exclude_none=True) for stage in self.stages]
        forked = {"fork": self.fork.model_dump(mode="json", exclude_none=True)} if self.fork else {}
        variant = {"name": self.name, **forked, "stages": stages}
        return dump_fields({"name": self.recipe, **shared, "variants": [variant]})


def dump_fields(fields: dict[str, Any]) -> str:
    """Plain fields as YAML, in their order."""
    return yaml.safe_dump(fields, sort_keys=False, allow_unicode=True, default_flow_style=None, width=120)
