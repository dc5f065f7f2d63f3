"""What `maml` and `reptile` both ask for, and what neither can be given."""

from lab.card import Number, Text, find_cards
from lab.cards.kinds import Trait
from lab.errors import RecipeError
from lab.recipe import ResolvedStage

EXCLUDES: tuple[Trait, ...] = ("answers_first",)

SHOTS = Number(
    "shots", Text("Examples", "示例数"), 4, 1, 64,
    Text("Of each task so many rows are shown before the others are asked.", "每个任务先看这么多条示例,再考其余的。"),
    whole=True,
)  # fmt: skip
QUERIES = Number(
    "queries", Text("Questions", "问题数"), 4, 1, 64,
    Text("So many other rows of the task are asked; a step has batch_size ÷ (examples + questions) tasks.",
         "随后考该任务的这么多条;一步的任务数为 batch_size ÷(示例数 + 问题数)。"),
    whole=True,
)  # fmt: skip
MEASURED_STEPS = Number(
    "measured_steps", Text("Steps when measured", "评测时的步数"), 3, 1, 50,
    Text("Steps on an unseen task's examples before it is asked, for every start alike.",
         "评测时,在没见过的任务的示例上走这么多步再考,各起点相同。"),
    whole=True,
)  # fmt: skip


def inner_steps(default: int, low: int, help: Text) -> Number:
    """How many steps adapt to a task in training."""
    return Number("inner_steps", Text("Inner steps", "内层步数"), default, low, 32, help, whole=True)


def inner_rate(default: float) -> Number:
    """How large the steps are that adapt to a task."""
    return Number(
        "inner_rate", Text("Inner learning rate", "内层学习率"), default, 1e-5, 100.0,
        Text("Of the steps that adapt to a task: plain gradient descent, which wants a higher rate than Adam.",
             "适应某个任务的步子有多大。内层是普通梯度下降,学习率要比 Adam 高。"),
        log=True,
    )  # fmt: skip


def check_tasks(stage: ResolvedStage, *, place: str) -> None:
    """Refuse batches that hold no whole number of tasks, and checkpointing; raises RecipeError."""
    rows = stage.options["shots"] + stage.options["queries"]
    if stage.budget.batch_size % rows:
        raise RecipeError(
            f"{stage.budget.batch_size} rows a step can't be split into tasks of {rows} "
            f"({stage.options['shots']} examples and {stage.options['queries']} questions)",
            where=f"{place}.budget.batch_size", do=f"give a multiple of {rows}.",
        )  # fmt: skip


def check_second_order(stage: ResolvedStage, *, place: str) -> None:
    """Refuse what a gradient can't be taken of twice; raises RecipeError."""
    if stage.gradient_checkpointing:
        raise RecipeError(
            "gradients through the inner steps need every activation, which gradient checkpointing throws away",
            where=f"{place}.gradient_checkpointing", do="leave it out, or set options.order to first.",
        )  # fmt: skip
    card = find_cards("lab.methods")[stage.method].CARD
    if "own_reading" in card.traits:
        raise RecipeError(
            f"'{card.id}' can't be trained with gradients through the inner steps: it reads its weights in a way that "
            "no gradient can follow through a step that moved them", where=f"{place}.method", do="take lora or full, or set options.order to first.",
        )  # fmt: skip
