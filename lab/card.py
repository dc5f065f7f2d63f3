"""Cards: what a method, objective or data set says of itself, once, for forms, help, docs and tests alike.

A card is plain data in two languages; nothing here knows any particular method. `find_cards` is the one loop that finds
the files of a folder, so `ls lab/methods` is the catalogue.
"""

import importlib
import math
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import ModuleType
from typing import Literal

from lab.errors import RecipeError, nearest


@dataclass(frozen=True)
class Text:
    """The same words in English and Chinese."""

    en: str
    zh: str

    def __getitem__(self, language: str) -> str:
        return self.zh if language.startswith("zh") else self.en

    def __str__(self) -> str:
        return self.en


@dataclass(frozen=True)
class Number:
    """A numeric knob with a range; `whole` for counts, `log` where a slider should step by factors."""

    name: str
    label: Text
    default: float
    low: float
    high: float
    help: Text
    whole: bool = False
    log: bool = False

    def check(self, value: object, where: str) -> float | int:
        """`value` as a number in range; raises RecipeError."""
        number = _number(value)
        if number is None or not (self.low <= number <= self.high) or (self.whole and number != int(number)):
            kind = "a whole number" if self.whole else "a number"
            raise RecipeError(
                f"{value!r} is not allowed", where=where, do=f"give {kind} from {self.low:g} to {self.high:g}."
            )
        return int(number) if self.whole else number


@dataclass(frozen=True)
class Choice:
    """A knob with a few named answers."""

    name: str
    label: Text
    default: str
    options: tuple[str, ...]
    help: Text

    def check(self, value: object, where: str) -> str:
        """`value` as one of the options; raises RecipeError."""
        if value not in self.options:
            raise RecipeError(f"{value!r} is not allowed", where=where, do=nearest(str(value), self.options))
        return str(value)


@dataclass(frozen=True)
class Switch:
    """A knob that is on or off."""

    name: str
    label: Text
    default: bool
    help: Text

    def check(self, value: object, where: str) -> bool:
        """`value` as true or false; raises RecipeError."""
        if not isinstance(value, bool):
            raise RecipeError(f"{value!r} is not allowed", where=where, do="give true or false.")
        return value


Knob = Number | Choice | Switch
SMALL_BASE, LARGE_BASE, LARGEST_BASE = 6e6, 135e6, 600e6
"""Parameters: up to the first a learning rate is the card's, at the second its `large_rate`, from the last it stays."""


@dataclass(frozen=True)
class Card:
    """What a method or an objective says of itself."""

    id: str
    name: Text
    family: str
    explain: Text
    good: Text
    bad: Text
    paper: str
    knobs: tuple[Knob, ...] = ()
    learning_rate: float = 1e-3
    """A rate that works on models of some million parameters; `rate_for` lowers it for larger ones."""
    large_rate: float | None = None
    """A rate that works on 135 million parameters, where the usual rule misses it (measured on SmolLM2)."""

    def complete_knobs(self, given: Mapping[str, object], where: str) -> dict[str, object]:
        """All knobs with values: the given ones checked, the others at their defaults; raises RecipeError."""
        known = {knob.name: knob for knob in self.knobs}
        for name in given:
            if name not in known:
                raise RecipeError(f"{self.id} has no knob '{name}'", where=where, do=nearest(name, known))
        return {
            name: knob.check(given[name], f"{where}.{name}") if name in given else knob.default
            for name, knob in known.items()
        }

    def rate_for(self, parameters: int) -> float:
        """A learning rate for a base of that many parameters.

        The card's rate is for some 3 million; it falls with the square root of size, down to a tenth (measured: LoRA
        wants 5e-3 on a tiny Llama and 2e-4 to 1e-3 on 135 million), or as `large_rate` says, and is rounded to
        two digits.
        """
        times = min(max(parameters / SMALL_BASE, 1.0), LARGEST_BASE / SMALL_BASE)
        fall = 0.5
        if self.large_rate is not None:
            fall = math.log(self.learning_rate / self.large_rate) / math.log(LARGE_BASE / SMALL_BASE)
        return float(f"{self.learning_rate * times**-fall:.1e}")


Part = Literal[
    "embeddings", "some_embeddings", "attention", "mlp", "norms", "head", "last_blocks",
    "biases_attention", "biases_mlp", "inside_attention", "inside_mlp", "beside_attention", "beside_mlp",
    "after_attention", "after_mlp", "turned_attention", "turned_mlp", "scaled_attention", "scaled_mlp",
    "dots_attention", "dots_mlp", "waves_attention", "waves_mlp",
    "input_tokens", "attention_tokens", "upper_attention_tokens", "token_network",
]  # fmt: skip
"""A part of the picture of a network that a method may light: what is trained there, and in which way."""

LIT: Mapping[str, tuple[Part, ...]] = {
    "everything": ("embeddings", "attention", "mlp", "norms", "head"),
    "selective": ("last_blocks",),
    "prompt-like": ("input_tokens",),
    "adapters": ("after_attention", "after_mlp"),
    "low-rank": ("beside_attention", "beside_mlp"),
    "orthogonal": ("turned_attention", "turned_mlp"),
    "scaling": ("scaled_attention", "scaled_mlp"),
    "sparse": ("dots_attention", "dots_mlp"),
}
"""What is lit for a family's methods whose cards say nothing else."""


@dataclass(frozen=True)
class MethodCard(Card):
    """A card with what only methods have."""

    lit: tuple[Part, ...] = ()
    """The parts its picture lights with the knobs at their defaults; empty takes those of its family."""
    mergeable: bool = True
    adapter: bool = True
    """True when the run keeps an adapter beside the base; False when it keeps a whole model."""
    own_loss: bool = False
    """True when it needs the model's own loss: it adds a term to it, or changes a head that TRL reads directly."""
    quantized: bool = False
    """True when it can be trained on a base whose weights are kept in 8 or 4 bits."""
    step_cost: float = 1.0
    """How long a step takes beside full fine-tuning (measured on nano); replaced by what runs then take."""
    activation_factor: float = 1.0
    """How much of a block's activations it keeps, beside full fine-tuning."""
    extra_weight_copies: float = 0.0
    """What it keeps besides, in copies of the tuned layers' weights: those it computes anew in every step."""
    reference: bool = True
    """True when switching the adapter off gives the model it started from, so that it is its own reference in DPO."""

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of a network's picture to light."""
        return self.lit or LIT.get(self.family, ())


@dataclass(frozen=True)
class ObjectiveCard(Card):
    """A card with what only objectives have."""

    formats: tuple[str, ...] = ()
    """The data formats it can learn from, as `lab.data.formats` names them."""
    rewarded: bool = False
    """Whether it learns from rewards, which the recipe's `reward` names."""
    scores: bool = False
    """Whether what it makes scores answers instead of giving them: a reward model."""
    step_cost: float = 1.0
    """How long a step takes for each token of its rows, beside supervised training (measured on nano)."""
    activation_factor: float = 1.0
    """How many activations it keeps for each token of a pass, beside supervised training (measured on nano)."""
    pass_rows: int | None = None
    """Rows in a forward pass on a CPU; None for the whole batch."""


@dataclass(frozen=True)
class DataCard:
    """What a built-in data set says of itself."""

    id: str
    name: Text
    explain: Text
    format: Literal[
        "text", "prompt", "prompt_completion", "messages", "preference", "binary_feedback", "labels", "ratings"
    ]
    """"ratings" become whatever the objective learns from."""
    source: str
    licence: str
    languages: tuple[str, ...] = field(default=("en",))


@dataclass(frozen=True)
class RaterCard:
    """What a scripted rater says of itself: what it likes, in one sentence."""

    id: str
    name: Text
    explain: Text


@dataclass(frozen=True)
class ExecutorCard:
    """What an executor says of itself: where and how it carries runs out."""

    id: str
    name: Text
    explain: Text


@cache
def find_cards(package: str) -> dict[str, ModuleType]:
    """Every module of `package` that holds a CARD, by the card's id, in the order of the file names."""
    parent = importlib.import_module(package)
    names = sorted(info.name for info in pkgutil.iter_modules(parent.__path__) if not info.name.startswith("_"))
    modules = [importlib.import_module(f"{package}.{name}") for name in names]
    return {module.CARD.id: module for module in modules if hasattr(module, "CARD")}


def _number(value: object) -> float | None:
    """A finite number, also from a string such as 5e-3 (which YAML 1.1 reads as a string); None for anything else."""
    if isinstance(value, bool):
        return None
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None
