"""LLaMA-Adapter: trained tokens inside the upper layers' attention, behind a gate that starts shut."""

from typing import Any

from lab.card import MethodCard, Number, Text
from lab.errors import RecipeError
from lab.methods._layers import adapt
from lab.methods._virtual_tokens import TOKENS
from lab.models import ModelShape

KINDS = ("llama", "mistral", "gpt2")
"""The architectures that PEFT knows how to gate."""

CARD = MethodCard(
    id="llama_adapter",
    name=Text("LLaMA-Adapter", "LLaMA-Adapter 门控提示"),
    family="prompt-like",
    lit=("upper_attention_tokens",),
    explain=Text(
        "In the upper layers, attention may also look at a few trained tokens; what it finds there is added through a gate "
        "that starts at zero and is learned. So training begins from exactly the base and lets the new in bit by bit.",
        "在靠上的若干层里,让注意力额外看几个可学习的 token,并通过一个从 0 开始、可学习的「门」加进来。训练从原模型出发,一点点把新东西放进去。",
    ),
    good=Text("Instruction-tuning of Llama-like models with a very small file.", "用很小的文件给 Llama 类模型做指令微调。"),
    bad=Text("Short budgets, and models that are not Llama or Mistral.", "步数少时学得慢;只支持 Llama、Mistral 等少数结构。"),
    paper="Zhang et al. 2023, arXiv:2303.16199",
    knobs=(
        TOKENS,
        Number("layers", Text("Layers", "作用层数"), 200, 1, 200, whole=True,
               help=Text("How many of the last layers get the tokens; more than there are means all.", "最后多少层加入这些 token;超过总层数就是全部。")),
    ),
    learning_rate=3e-1,
    large_rate=1.9e-2,
    step_cost=0.9,
    quantized=True,
    mergeable=False,
    own_loss=True,
    traits=("plain_head",),
)  # fmt: skip


def count(shape: ModelShape, *, tokens: int, layers: int) -> int:
    """Trainable parameters: the tokens and one gate, in each of the last layers."""
    return min(layers, shape.layers) * (tokens * shape.hidden + 1)


def fits(shape: ModelShape, *, place: str) -> None:
    """Refuse a base of a kind whose attention it does not know; raises RecipeError."""
    kind = shape.config.get("model_type")
    if kind not in KINDS:
        raise RecipeError(
            f"LLaMA-Adapter does not know models of the kind {kind}, only {', '.join(KINDS)}",
            where=place, do="use method prefix.",
        )  # fmt: skip


def build(model: Any, *, steps: int, seed: int, tokens: int, layers: int) -> Any:
    """`model` with gated tokens in the attention of its last layers."""
    from peft import AdaptionPromptConfig

    reach = min(layers, model.config.num_hidden_layers)
    return adapt(model, AdaptionPromptConfig(adapter_len=tokens, adapter_layers=reach, task_type="CAUSAL_LM"))
