"""Freezing: most of the model stays as it is; the last layers, the head or both may move."""

import math
from typing import Any

from lab.card import Choice, MethodCard, Number, Part, Switch, Text
from lab.errors import RecipeError
from lab.models import ModelShape

CARD = MethodCard(
    id="freeze",
    name=Text("Freezing", "模型冻结"),
    family="selective",
    explain=Text(
        "The lower layers are frozen and only the last ones (and the final norm) are updated, because lower layers hold "
        "what is general and higher ones what is particular to a task. Cheaper than tuning everything, and it forgets less.",
        "固定底层参数,只更新最后几层(以及末尾的归一化层)。底层特征通用,高层特征才与具体任务相关,所以这样既省算力,也忘得更少。",
    ),
    good=Text("The new task resembles the old one; little data.", "新任务与原任务相近、数据不多。"),
    bad=Text("The task needs new features from the bottom up, such as a new language.", "需要从底层学习新特征的任务,例如一门新语言。"),
    paper="Yosinski et al. 2014, arXiv:1411.1792; Lee et al. 2019, arXiv:1911.03090",
    knobs=(
        Choice("part", Text("What is tuned", "训练哪一部分"), "layers", ("layers", "embeddings"),
               help=Text("The last layers, or the embeddings alone. Norms alone: method ln_tuning; biases alone: bitfit.",
                         "训练最后几层,或只训练词嵌入。只训练归一化层请用 ln_tuning,只训练偏置请用 bitfit。")),
        Number("keep", Text("Layers to tune", "微调的层数"), 2, 0, 200, whole=True,
               help=Text("How many of the last layers may move; 0 leaves only the head.", "最后几层参与训练;0 表示只训练输出层。")),
        Switch("head", Text("Tune the head", "训练输出层"), False,
               help=Text("Also update the output layer. Where it is tied to the embeddings, they move with it.",
                         "同时更新输出层;若输出层与词嵌入共享权重,词嵌入也会一起更新。")),
    ),
    learning_rate=5e-3,
    step_cost=0.6,
    activation_factor=0.4,
    adapter=False,
)  # fmt: skip


def count(shape: ModelShape, *, part: str, keep: int, head: bool) -> int:
    """Trainable parameters: the last `keep` blocks, the final norm, and the head if asked; or the embeddings."""
    first = max(0, shape.layers - keep)

    def moves(name: str) -> bool:
        if part == "embeddings":
            return name.endswith(("embed_tokens.weight", "wte.weight", "embed_in.weight"))
        layer = _layer_of(name)
        is_head = name.startswith("lm_head") or (shape.tied and "embed_tokens" in name)
        return layer >= first if layer is not None else _is_final_norm(name.rpartition(".")[0]) or (head and is_head)

    return sum(math.prod(size) for name, size in shape.tensors.items() if moves(name))


def check(*, place: str, part: str, keep: int, head: bool) -> None:
    """Refuse to leave nothing to train; raises RecipeError."""
    if part == "layers" and keep == 0 and not head:
        raise RecipeError("nothing is left to train", where=place, do="set keep to 1 or more, or head to true.")


def lit(*, part: str, keep: int, head: bool) -> tuple[Part, ...]:
    """What the picture lights with these knobs."""
    if part == "embeddings":
        return ("embeddings",)
    parts: list[tuple[Part, bool]] = [("last_blocks", keep > 0), ("head", head)]
    return tuple(part for part, moves in parts if moves)


def build(model: Any, *, steps: int, seed: int, part: str, keep: int, head: bool) -> Any:
    """`model` with only that part trainable: its last `keep` blocks, final norm and perhaps head; or its embeddings."""
    model.requires_grad_(False)
    if part == "embeddings":
        model.get_input_embeddings().requires_grad_(True)
        return model
    blocks = _blocks(model)
    for block in blocks[max(0, len(blocks) - keep) :]:
        block.requires_grad_(True)
    for name, module in model.named_modules():
        if _is_final_norm(name):
            module.requires_grad_(True)
    if head:
        model.get_output_embeddings().requires_grad_(True)
    return model


def _blocks(model: Any) -> Any:
    """The model's transformer blocks: the longest list of modules in it."""
    import torch

    lists = [module for module in model.modules() if isinstance(module, torch.nn.ModuleList)]
    return max(lists, key=len)


def _is_final_norm(name: str) -> bool:
    """Whether a module is the norm after the last block, by its place outside the blocks and its name."""
    outside = not any(part.isdigit() for part in name.split("."))
    last = name.rsplit(".", 1)[-1].lower()
    return outside and ("norm" in last or last == "ln_f")


def _layer_of(name: str) -> int | None:
    """The block a tensor belongs to, by the first number in its name."""
    numbers = [int(part) for part in name.split(".") if part.isdigit()]
    return numbers[0] if numbers else None
