"""Prefix tuning: trained keys and values before the text, in every layer."""

from pathlib import Path
from typing import Any

from lab.card import MethodCard, Switch, Text
from lab.methods._layers import adapt
from lab.methods._virtual_tokens import TOKENS, encoder_keeper, kv_size, save_finished
from lab.models import ModelShape

CARD = MethodCard(
    id="prefix",
    name=Text("Prefix tuning", "Prefix Tuning 前缀微调"),
    family="prompt-like",
    lit=("attention_tokens",),
    explain=Text(
        "The model stays frozen. In every layer a few trained virtual tokens come before the text, and the text can look "
        "back at them: like whispering instructions that are not words. They start without effect, at zero, because a "
        "random prefix wrecks what the model knows.",
        "模型本身不动,在每一层的输入前面加上几个可学习的虚拟 token(virtual tokens)作为前缀,正文可以「回头看」到它们,好比在模型耳边悄悄给提示,只是提示不是文字。"
        "前缀从零开始:随机的前缀会搅乱模型原有的能力。",
    ),
    good=Text("Steering a capable model; many tasks on one base, a tiny file each.", "引导本来就有能力的模型;一个底座服务很多任务,每个任务只存很小的文件。"),
    bad=Text("Teaching new facts; short budgets. It can't be merged into the base and shortens the room for text.", "教新知识、训练步数很少时效果不佳;不能并回底座,还会占用上下文长度。"),
    paper="Li and Liang 2021, arXiv:2101.00190",
    knobs=(
        TOKENS,
        Switch("projection", Text("Train through a small network", "用 MLP 重参数化"), False,
               help=Text("Let a two-layer network make the prefix while training; steadier, as in the paper. Only its result is kept.",
                         "训练时由两层 MLP 生成前缀(论文的做法,更稳定);训练完只保留生成的结果。")),
    ),
    learning_rate=5e-1,
    step_cost=0.8,
    quantized=True,
    checkpointing=False,
    mergeable=False,
    traits=("virtual_tokens",),
)  # fmt: skip


def count(shape: ModelShape, *, tokens: int, projection: bool) -> int:
    """Trainable parameters: keys and values of each token in each layer; or the network that makes them."""
    size = kv_size(shape)
    made = 2 * shape.layers * size
    if not projection:
        return tokens * made
    return tokens * size + (size + 1) * size + (size + 1) * made


def kept(shape: ModelShape, *, tokens: int, **_: Any) -> int:
    """Numbers saved: the finished keys and values alone."""
    return tokens * 2 * shape.layers * kv_size(shape)


def build(model: Any, *, steps: int, seed: int, tokens: int, projection: bool) -> Any:
    """`model` with a prefix of zero keys and values in each layer."""
    from peft import PrefixTuningConfig

    config = PrefixTuningConfig(
        num_virtual_tokens=tokens, prefix_projection=projection, init_weights="zero", task_type="CAUSAL_LM"
    )
    return adapt(model, config)


def callbacks(model: Any, *, steps: int, tokens: int, projection: bool) -> list[Any]:
    """With a network: what keeps it in checkpoints."""
    return [encoder_keeper(model)] if projection else []


def save(model: Any, folder: Path) -> None:
    """Keep the finished prefix, whatever made it."""
    from peft import PrefixTuningConfig

    tokens = model.active_peft_config.num_virtual_tokens
    save_finished(model, folder, PrefixTuningConfig(num_virtual_tokens=tokens, task_type="CAUSAL_LM"))
