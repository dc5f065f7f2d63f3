"""What each kind of plug-in says of itself: cards of methods, objectives, data sets, raters, rewards and executors.

A card is checked when it is made; what is wrong with it is a CardError. Nothing here knows any particular method.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from lab.cards.knobs import Knob, Text, check_identifier, check_knobs, complete
from lab.cards.parts import LIT, Part
from lab.errors import CardError, nearest

SMALL_BASE, LARGE_BASE, LARGEST_BASE = 6e6, 135e6, 600e6
"""Parameters: up to the first a learning rate is the card's, at the second its `large_rate`, from the last it stays."""
LORA_RATE = 5e-3
"""LoRA's rate in supervised fine-tuning of a small model: an objective's card says which one LoRA takes with it."""


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
    """A rate that works on models of some million parameters; `rate_for` lowers it for larger ones, and
    `lab.recipe.rates` puts method and objective together."""
    large_rate: float | None = None
    """A rate that works on 135 million parameters, where the usual rule misses it (measured on SmolLM2)."""

    def __post_init__(self) -> None:
        check_words(self)
        place = f"card '{self.id}'"
        check_knobs(self.knobs, place)
        for field_, rate in (("learning_rate", self.learning_rate), ("large_rate", self.large_rate)):
            if rate is not None and not 0 < rate < math.inf:
                raise CardError(f"{field_} is {rate!r}", where=place, do="give a number above 0.")

    def complete_knobs(self, given: Mapping[str, object], where: str) -> dict[str, object]:
        """All knobs with values, see `lab.cards.knobs.complete`. Raises RecipeError."""
        return complete(self.knobs, given, self.id, where)

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


OBJECTIVE_FAMILIES = (
    "supervised", "semi-supervised", "unsupervised", "distillation", "cross-modal", "preference", "reinforcement",
    "meta",
)  # fmt: skip

Gives = Literal["text", "score", "classes", "picture", "caption"]
"""What a model gives for a text once an objective has trained it: an answer, a score of one (a reward model), the
classes it may be of, each with a probability, or a picture of it; or, for a picture, what that shows."""

FORMATS: dict[str, tuple[str, ...]] = {
    "text": ("text",),
    "prompt": ("prompt",),
    "prompt_completion": ("prompt", "completion"),
    "messages": ("messages",),
    "preference": ("chosen", "rejected"),
    "binary_feedback": ("prompt", "completion", "label"),
    "labels": ("text", "label"),
    "some_labels": ("text", "label"),
    "few_shot": ("task", "prompt", "completion"),
    "tags": ("text", "tokens", "tags"),
    "tasks": ("task", "text"),
    "image": ("image", "caption"),
}
"""TRL's data formats, with the keys that every row of one has (a preference may also have a prompt); `labels`: texts,
each with the name of its class; `some_labels`: the same, where an empty name says that nobody has looked; `few_shot`:
questions with answers, each of one of many small tasks; `tags`: words with BIO tags; `tasks`: rows of several data sets
of classes and tags, each with its name; `image`: small pictures (see `lab.data.grids`), each with what it shows."""


Trait = Literal["plain_head", "input_tokens", "virtual_tokens", "answers_first", "one_adapter", "own_optimizer",
              "own_reading", "forward_term"]  # fmt: skip
"""What a method is or needs that some objective can't give it; `lab.recipe.combinations` has the words for each.

plain_head: it changes what comes out of the head. input_tokens: it trains positions before the input; virtual_tokens:
these, or keys and values before the text. answers_first: its start is computed from batches of right answers.
one_adapter: no second adapter fits beside it. own_optimizer: its optimizer takes no other weights than its own.
own_reading: it reads its weights in a way that no gradient can follow through a step that moved them.
forward_term: what it adds to the loss is of the last forward pass, whose graph inner steps have used up.
"""


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
    identity: bool = False
    """True when it multiplies an identity as wide as a layer's inputs by its matrices, in every pass (PEFT's DoRA)."""
    checkpointing: bool = True
    """True when its gradients are right with gradient checkpointing; what lies in the cache of keys is not."""
    reference: bool = True
    """True when switching the adapter off gives the model it started from, so that it is its own reference in DPO."""

    traits: tuple[Trait, ...] = ()
    """What some objectives can't work with."""
    draws: bool = False
    """True when it draws at random while it trains, as dropout does."""
    lora_pair: bool = False
    """True when what it trains and keeps is PEFT's pair of LoRA matrices, so that its directions can be held against
    those of another adapter."""

    def __post_init__(self) -> None:
        super().__post_init__()
        place = f"card '{self.id}'"
        check_among((self.family,), LIT, "family", place)
        check_among(self.traits, get_args(Trait), "trait", place)
        check_among(self.lit, get_args(Part), "part of the picture", place)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of a network's picture to light."""
        return self.lit or LIT.get(self.family, ())


@dataclass(frozen=True)
class ObjectiveCard(Card):
    """A card with what only objectives have. Its `learning_rate` is the one for LoRA; see `rate_factor`."""

    learning_rate: float = LORA_RATE
    formats: tuple[str, ...] = ()
    """The data formats it can learn from, best first, as `FORMATS` names them."""
    rewarded: bool = False
    """Whether it learns from rewards, which the recipe's `reward` names."""
    taught: bool = False
    """Whether it learns from another model, which the recipe's `teacher` names."""
    gives: Gives = "text"
    """What the models it makes give: only those that give text can be talked to, voted on, and learn from answers."""
    step_cost: float = 1.0
    """How long a step takes for each token of its rows, beside supervised training (measured on nano)."""
    activation_factor: float = 1.0
    """How many activations it keeps for each token of a pass, beside supervised training (measured on nano)."""
    reference: bool = False
    """Whether it keeps a frozen copy of the start, of those weights that move."""
    pass_rows: int | None = None
    """Rows in a forward pass on a CPU; None for the whole batch."""
    adapts: bool = False
    """Whether what it measures is how well a model learns on: then the figures of a start hang on the method too."""
    excludes: tuple[Trait, ...] = ()
    """The traits of methods it can't work with."""
    watches_general: bool = False
    """True when how well general text is read is a curve of its own while it trains."""
    settled: tuple[str, ...] = ()  # options that say what there is to train: they can't change between two steps
    still: bool = False
    """True when it trains with dropout and all random draws of a method switched off."""
    splits: bool = False  # whether several processes can share a batch and come to what one would

    @property
    def rate_factor(self) -> float:
        """What any method's rate is multiplied by with this objective."""
        return self.learning_rate / LORA_RATE

    def __post_init__(self) -> None:
        super().__post_init__()
        place = f"card '{self.id}'"
        check_among((self.family,), OBJECTIVE_FAMILIES, "family", place)
        check_among(self.formats, FORMATS, "data format", place)
        check_among(self.excludes, get_args(Trait), "trait", place)
        check_among((self.gives,), get_args(Gives), "kind of what a model gives", place)
        if not self.formats:
            raise CardError("it names no data format to learn from", where=place, do=nearest("", FORMATS))


@dataclass(frozen=True)
class DataCard:
    """What a built-in data set says of itself."""

    id: str
    name: Text
    explain: Text
    format: Literal[
        "text",
        "prompt",
        "prompt_completion",
        "messages",
        "preference",
        "binary_feedback",
        "labels",
        "few_shot",
        "tags",
        "image",
        "ratings",
    ]
    """"ratings" become whatever the objective learns from."""
    source: str
    licence: str
    languages: tuple[str, ...] = field(default=("en",))
    unseen: tuple[str, ...] = ()
    """More splits that are held out, each new in its own way and measured apart; `load` knows them by these names."""
    subsets: tuple[str, ...] = ()
    """Parts that can be taken alone, with `subset`: the file has a function `load_subset` for them."""

    def __post_init__(self) -> None:
        check_words(self)
        check_among((self.format,), (*FORMATS, "ratings"), "data format", f"card '{self.id}'")


@dataclass(frozen=True)
class RaterCard:
    """What a scripted rater says of itself: what it likes, in one sentence."""

    id: str
    name: Text
    explain: Text

    def __post_init__(self) -> None:
        check_words(self)


@dataclass(frozen=True)
class RewardCard:
    """What a checkable reward says of itself: what it checks, and whether that is what is said or how."""

    id: str
    name: Text
    explain: Text
    checks: Literal["correctness", "form"]
    """Form can be kept without a right answer, so the two are never shown as one figure."""
    answers: bool = False
    """Whether it compares with the right answer, which the data must have."""
    knobs: tuple[Knob, ...] = ()

    def __post_init__(self) -> None:
        check_words(self)
        place = f"card '{self.id}'"
        check_knobs(self.knobs, place)
        check_among((self.checks,), ("correctness", "form"), "kind of check", place)

    def complete_knobs(self, given: Mapping[str, object], where: str) -> dict[str, object]:
        """All knobs with values, see `lab.cards.knobs.complete`. Raises RecipeError."""
        return complete(self.knobs, given, self.id, where)


@dataclass(frozen=True)
class ExecutorCard:
    """What an executor says of itself: where and how it carries runs out."""

    id: str
    name: Text
    explain: Text
    elsewhere: bool = False  # on other machines: beside the home's supervisor, and for runs alone that name it

    def __post_init__(self) -> None:
        check_words(self)


AnyCard = Card | DataCard | RaterCard | RewardCard | ExecutorCard


def check_words(card: Any) -> None:
    """Raise CardError for a card without a proper id, or one whose words are not in two languages."""
    place = f"card '{card.id}'"
    check_identifier(card.id, place)
    for name in ("name", "explain", "good", "bad"):
        if not isinstance(words := getattr(card, name, card.name), Text):
            raise CardError(f"{name} is {words!r}", where=place, do='write Text("English", "中文").')


def check_among(given: Iterable[str], known: Iterable[str], kind: str, where: str) -> None:
    """Raise CardError for a name that is not among those the lab knows."""
    for name in given:
        if name not in known:
            raise CardError(f"there is no {kind} '{name}'", where=where, do=nearest(name, known))
