"""What a file of each catalogue must offer besides its card, and what it may: the one list of functions and hooks.

A method, an objective, a rater, a reward, a remedy, a data set or an executor is a module. Its Protocol here names what
the lab calls: each function must be there and be callable as it is written, with the card's knobs in the place of
`**knobs`. The functions of a `…Hooks` Protocol are optional. `lab.cards.find` holds every file to this when it finds
it.

Models, tokenizers and trainers are those of transformers, PEFT and TRL, which are too heavy to name here: `Any`. So is
what belongs to a higher floor, named in the docstring.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import FunctionType
from typing import Any, Protocol

from lab.cards.kinds import AnyCard, DataCard, ExecutorCard, MethodCard, ObjectiveCard, RaterCard, RewardCard
from lab.cards.parts import Part
from lab.cards.remedy import RemedyCard
from lab.home import Home


class Method(Protocol):
    """Which weights move: a file of `lab/methods`. Nothing in it trains."""

    CARD: MethodCard

    def count(self, shape: Any, /, **knobs: Any) -> int:
        """The exact number of trainable parameters, from a base's `lab.models.ModelShape` alone."""

    def build(self, model: Any, /, *, steps: int, seed: int, **knobs: Any) -> Any:
        """The model with the method in place and all else frozen, for so many steps."""


class MethodHooks(Protocol):
    """What a method may offer besides."""

    def kept(self, shape: Any, /, **knobs: Any) -> int:
        """Numbers saved, where they are not those trained (p-tuning)."""

    def check(self, *, place: str, **knobs: Any) -> None:
        """Refuses knobs that can't be together, with a RecipeError at `place` (AdaLoRA)."""

    def fits(self, shape: Any, /, *, place: str) -> None:
        """Refuses a base of this `lab.models.ModelShape` with a RecipeError at `place` (LLaMA-Adapter)."""

    def callbacks(self, model: Any, /, *, steps: int, **knobs: Any) -> list[Any]:
        """Trainer callbacks (AdaLoRA moves its ranks after every step)."""

    def initialise(self, model: Any, batches: Iterable[Any], /, **knobs: Any) -> None:
        """A start computed from the first training batches (EVA)."""

    def optimizer(self, model: Any, /, *, learning_rate: float, weight_decay: float, **knobs: Any) -> Any:
        """An optimizer of its own (LoRA+)."""

    def regulariser(self, model: Any, /) -> Any:
        """A term for the loss, whatever that is (KaSA)."""

    def own_term(self, model: Any, /) -> Any:
        """A term that the model adds to its own loss itself, for objectives that minimise another (AdaLoRA)."""

    def save(self, model: Any, folder: Path, /) -> None:
        """Writes what to keep, where PEFT's way would not load again (PiSSA)."""

    def lit(self, **knobs: Any) -> tuple[Part, ...]:
        """What the picture lights with knobs of one's own (freezing)."""

    def ranks(self, folder: Path, /) -> dict[str, int]:
        """The rank each layer was left with, by its name, for the picture (AdaLoRA)."""


class Objective(Protocol):
    """Which signal moves the weights: a file of `lab/objectives`."""

    CARD: ObjectiveCard

    def make_trainer(self, task: Any, /) -> Any:
        """A trainer of transformers or TRL for a `lab.objectives.task.Task`."""

    def held_out_loss(self, model: Any, tokenizer: Any, data: Any, stage: Any, limit: int, /) -> float | None:
        """Its own loss, with the options of `stage` (a `lab.recipe.ResolvedStage`), on up to `limit` held-out rows of a
        `lab.data.DataSet`; None where it has no loss, or no row can be measured. NaN says that the model is broken."""


class ObjectiveHooks(Protocol):
    """What an objective may offer besides."""

    def measure(self, model: Any, tokenizer: Any, data: Any, stage: Any, home: Home, limit: int, /) -> Any:
        """Its own figures, before and after: numbers by name, or a `lab.evaluate.graded.Graded` that says how sure they
        are; `stage` is a `lab.recipe.ResolvedStage`."""

    def pictures(self, model: Any, tokenizer: Any, data: Any, stage: Any, home: Home, limit: int, /) -> dict[str, Any]:
        """What it has to show of a trained model besides figures, by name: pictures of `lab.store.pictures`."""

    def asked(self, row: dict[str, Any], /) -> tuple[str, str]:
        """What a person would ask in a row, and the answer that it wants, where its format does not say so."""

    def answers(self, model: Any, tokenizer: Any, stage: Any, questions: list[str], /) -> list[str]:
        """What a model gives for questions, where that is no conversation gone on with; empty where it can't yet."""

    def course(self, trainer: Any, curves: dict[str, list[tuple[int, float]]], /) -> dict[str, Any]:
        """What it has to show of how a stage went, by name: pictures of `lab.store.pictures`, from the trainer when it
        is done and from the stage's curves, each (step, value) in order."""

    def sizes(self, of_rows: Any, stage: Any, /) -> Any:
        """What a trainer reads of rows of these `lab.data.RowSizes`, where it is not the rows as they are."""

    def count(self, moved: int, shape: Any, stage: Any, outputs: int, /) -> int:
        """The exact number of trainable parameters, where it is not the `moved` of the method: with a head on a base of
        this `lab.models.ModelShape`, whose `outputs` are one for each class of the rows (0 where they are not read)."""

    def save(self, trainer: Any, folder: Path, /) -> None:
        """Writes what to keep besides the weights (a reward model's head)."""

    def check(self, stage: Any, /, *, place: str) -> None:
        """Refuses options and a budget that can't be together, with a RecipeError at `place` (GRPO's groups)."""

    def check_teacher(self, stage: Any, teacher: Path, student: Path, /, *, place: str) -> None:
        """Refuses the model in one folder as the teacher of that in another, with a RecipeError at `place` (its tokens
        are others)."""

    def teaching(self, stage: Any, /) -> Any:
        """What a teacher has to do in a stage, a `lab.recipe.teachers.Teaching`, for the estimate of its cost."""

    def report(self, trainer: Any, folder: Path, /) -> None:
        """Writes what people may like to look at (what a reward model likes); a problem here costs no run."""

    def sequences(self, row: dict[str, Any], format: str, tokenizer: Any, stage: Any, /) -> list[Any]:
        """What it reads of a row of that format, and what of it is learned, token by token, to be looked at before
        training: `lab.data.token_rows.TrainingSequence`s; none for a row that it leaves out."""


class Rater(Protocol):
    """What a scripted rater likes: a file of `lab/raters`."""

    CARD: RaterCard

    def score(self, prompts: Sequence[Any], completions: Sequence[Any], /) -> list[float]:
        """A score an answer, higher for better; prompts and answers are texts or lists of messages."""


class Reward(Protocol):
    """What can be checked of an answer: a file of `lab/rewards`."""

    CARD: RewardCard

    def score(
        self, prompts: Sequence[Any], completions: Sequence[Any], answers: Sequence[str | None], /, **knobs: Any
    ) -> list[float | None]:
        """0 to 1 for each answer, None where it does not apply; prompts and completions are texts or lists of messages,
        `answers` the right ones, as far as the data has them."""


class RewardHooks(Protocol):
    """What a reward may offer besides."""

    def check(self, *, place: str, **knobs: Any) -> None:
        """Refuses knobs it can't work with, with a RecipeError at `place` (a pattern that never comes to an end)."""


class Remedy(Protocol):
    """What keeps a stage from unlearning the ones before it, or from overfitting: a file of `lab/remedies`. It works by
    its card alone (a new adapter) or by its hooks."""

    CARD: RemedyCard


class RemedyHooks(Protocol):
    """What a remedy may do; `past` is a `lab.remedies.past.Past`, with the stages before and what they left."""

    def check(self, stage: Any, /, *, place: str, **knobs: Any) -> None:
        """Refuses a stage (a `lab.recipe.ResolvedStage`) that it can't help, with a RecipeError at `place`."""

    def rows(self, data: Any, past: Any, /, **knobs: Any) -> Any:
        """The `lab.data.DataSet` that the stage learns from, with rows of earlier stages (replay)."""

    def made(self, data: Any, seed: int, /, **knobs: Any) -> list[Any]:
        """More rows made from those of a `lab.data.DataSet`, as `lab.data.augment.Made` (augmentation)."""

    def penalty(self, model: Any, past: Any, /, **knobs: Any) -> Callable[[], Any]:
        """What gives the term to add to the loss in every step, once `model` is ready to be trained (EWC)."""

    def callbacks(self, model: Any, /, **knobs: Any) -> list[Any]:
        """Trainer callbacks that act before all others in every step (L1); what they have as `figures` is noted."""

    def attach(self, model: Any, /, **knobs: Any) -> None:
        """Something in `model` that works while it is trained, and not when it answers (dropout)."""


class BuiltInData(Protocol):
    """A data set that ships with the lab: a file of `lab/data/builtin`."""

    CARD: DataCard

    def load(self, split: str, language: str, /) -> list[dict[str, Any]]:
        """The rows of the split "train" or "held_out", always the same, in the card's format."""


class BuiltInDataHooks(Protocol):
    """What a data set may offer besides."""

    def load_subset(self, subset: str, split: str, language: str, /) -> list[dict[str, Any]]:
        """The rows of one of the card's `subsets`, as `load` gives those of all (the chapters of `cookbook`)."""

    def every_question(self, language: str, /) -> Iterator[tuple[str, str]]:
        """What it knows the answers of, asked in its rows or not, with the answers: a person may ask in other words."""


class Executor(Protocol):
    """Carries out queued runs from `start` to `stop`, in the background."""

    @property
    def supervising(self) -> bool:
        """False while another process carries out the runs of this home."""

    def start(self) -> "Executor":
        """Begin; returns itself."""

    def stop(self) -> None:
        """Stop; running runs leave a checkpoint and become interrupted."""


class ExecutorModule(Protocol):
    """Who carries runs out: a file of `lab/executors`."""

    CARD: ExecutorCard

    def make(self, home: Home, only: Sequence[str] | None, /) -> Executor:
        """An executor for these runs of `home`, not started yet; of one whose card says `elsewhere`, None is all runs
        whose recipe names it."""


class ExecutorHooks(Protocol):
    """What an executor may offer besides."""

    def check(self, home: Home, /) -> None:
        """Refuses with a RunError, before anything is queued, what can't work (no cluster answers)."""


Plugin = Method | Objective | Rater | Reward | Remedy | BuiltInData | ExecutorModule


@dataclass(frozen=True)
class ExtensionPoint:
    """A folder whose files are found: what one is called, which card it has, what it must and may offer."""

    package: str
    kind: str
    card: type[AnyCard | RemedyCard]
    offers: type
    hooks: type | None = None

    @property
    def required(self) -> dict[str, FunctionType]:
        """The functions every file must have, as its Protocol writes them."""
        return _functions(self.offers)

    @property
    def optional(self) -> dict[str, FunctionType]:
        """The functions a file may have."""
        return _functions(self.hooks) if self.hooks else {}


EXTENSION_POINTS = {
    point.package: point
    for point in (
        ExtensionPoint("lab.methods", "method", MethodCard, Method, MethodHooks),
        ExtensionPoint("lab.objectives", "objective", ObjectiveCard, Objective, ObjectiveHooks),
        ExtensionPoint("lab.raters", "rater", RaterCard, Rater),
        ExtensionPoint("lab.rewards", "reward", RewardCard, Reward, RewardHooks),
        ExtensionPoint("lab.remedies", "remedy", RemedyCard, Remedy, RemedyHooks),
        ExtensionPoint("lab.data.builtin", "data set", DataCard, BuiltInData, BuiltInDataHooks),
        ExtensionPoint("lab.executors", "executor", ExecutorCard, ExecutorModule, ExecutorHooks),
    )
}


def optional_hook(plugin: Plugin, name: str) -> Callable[..., Any] | None:
    """The plug-in's own function of that name, None where it has none; a ValueError for what is no hook."""
    if not any(name in point.optional for point in EXTENSION_POINTS.values()):
        raise ValueError(f"'{name}' is no hook")
    found: Callable[..., Any] | None = getattr(plugin, name, None)
    return found


@lru_cache
def _functions(protocol: type) -> dict[str, FunctionType]:
    return {name: f for name, f in vars(protocol).items() if isinstance(f, FunctionType) and not name.startswith("_")}
