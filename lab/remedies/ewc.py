"""EWC: weights that earlier stages depend on are held fast, the others may move."""

from collections.abc import Callable, Mapping
from typing import Any

from lab.card import Choice, Number, ObjectiveCard, RemedyCard, Text, find_cards
from lab.errors import RecipeError, RunError
from lab.recipe import ResolvedStage
from lab.remedies.fisher import diagonal_fisher
from lab.remedies.past import Past

FILE = "fisher.safetensors"

CARD = RemedyCard(
    id="ewc",
    name=Text("EWC", "弹性权重巩固 EWC"),
    explain=Text(
        "Each weight is held at its old value as firmly as the stages before depend on it. How firmly is the diagonal of the "
        "Fisher information, a token on average, computed on some of their rows when the next stage begins; older ones are "
        "added up and fade (online EWC), so one copy serves however many stages there were.",
        "以前的阶段越依赖某个权重,就把它按得越牢。依赖程度用 Fisher 信息的对角线(按词元平均)衡量,在下一阶段开始时用旧数据估计;更早的累加并逐渐淡化(在线 EWC),阶段再多也只存一份。",
    ),
    good=Text("Old rows can be looked at once more when a stage ends, but not kept.", "阶段结束时还能再看一遍旧数据,之后不能保留。"),
    bad=Text(
        "Tasks that need the same weights to say different things: then it holds back the new one.",
        "新旧任务需要同一批权重给出不同答案的时候:它会拖住新任务。",
    ),
    paper="Kirkpatrick et al. 2017, arXiv:1612.00796; online: Schwarz et al. 2018, arXiv:1805.06370",
    knobs=(
        Number(
            "strength", Text("Strength", "强度"), 10_000, 0, 1e9,
            help=Text("How much the term counts beside the loss (lambda).", "该项相对损失的权重(λ)。"),
        ),
        Choice(
            "fisher", Text("Answers for the Fisher", "Fisher 用的答案"), "model", ("model", "data"),
            Text("model: drawn from what the model finds likely at each place, the Fisher information itself; data: the "
                 "answers of the rows, the empirical Fisher, which is near zero for what is known well.",
                 "model:在每个位置按模型自己的概率抽样,即真正的 Fisher;data:用数据里的答案,即经验 Fisher,对已经学得很好的内容接近零。"),
        ),
        Number(
            "examples", Text("Rows for the Fisher", "估计用的条数"), 128, 1, 10_000, whole=True,
            help=Text("It is computed on so many rows of the earlier stages.", "用旧阶段的多少条数据来估计。"),
        ),
        Number(
            "fade", Text("Fading", "淡化"), 0.9, 0, 1,
            help=Text("What remains of older stages' Fisher when one is added (gamma); 1 keeps all.", "累加时旧 Fisher 保留的比例(γ);1 表示全部保留。"),
        ),
    ),
    same_weights=True,
)  # fmt: skip


def check(stage: ResolvedStage, *, place: str, **_: Any) -> None:
    """Refuse objectives without answers to draw: the Fisher is that of words the model says. Raises RecipeError."""
    card: ObjectiveCard = find_cards("lab.objectives")[stage.objective].CARD
    spoken = ("text", "prompt_completion", "messages")
    if card.rewarded or card.gives != "text" or not set(card.formats) & set(spoken):
        raise RecipeError(
            f"'ewc' computes what answers depend on, word by word, and '{card.id}' learns from none", where=place,
            do="take replay, or objective 'sft'.",
        )  # fmt: skip


def penalty(
    model: Any, past: Past, /, *, strength: float, fisher: str, examples: int, fade: float
) -> Callable[[], Any]:
    """strength / 2 times the sum of squared moves from here, each weighed by the Fisher information of the stages before
    (Kirkpatrick et al. 2017, eq. 3)."""
    import torch

    held = accumulated(model, past, fisher, examples, fade)
    start = {name: weight.detach().clone() for name, weight in model.named_parameters() if name in held}
    weights = dict(model.named_parameters())

    def term() -> Any:
        moved = (held[name] * (weights[name].float() - start[name].float()).square() for name in held)
        return 0.5 * strength * torch.stack([one.sum() for one in moved]).sum()

    return term


def accumulated(model: Any, past: Past, fisher: str, examples: int, fade: float) -> Mapping[str, Any]:
    """The Fisher information of all stages before, by weight; kept for the next stage, which adds to it.

    That of the stage before is computed here, where its weights are the ones to begin with; where it kept none of the
    stages before it, all their rows come into it.
    """
    from safetensors.torch import load_file, save_file

    before = past.kept_before / FILE if past.kept_before else None
    older = load_file(before) if before and before.exists() else None
    some = past.stages[-1:] if older else past.stages
    data = [past.load(one.stage) for one in some]
    found = diagonal_fisher(model, past.tokenizer, data, past.stage.budget.max_length, fisher, examples, past.seed)
    if older is not None:
        if {name: part.shape for name, part in older.items()} != {name: part.shape for name, part in found.items()}:
            raise RunError("the weights to hold are not those of the stage before", where="remedy", do="take replay.")
        found = {name: part + fade * older[name].to(part.device) for name, part in found.items()}
    past.kept.mkdir(parents=True, exist_ok=True)
    save_file({name: part.cpu().contiguous() for name, part in found.items()}, past.kept / FILE)
    return found
