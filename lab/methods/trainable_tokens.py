"""Trainable tokens: only some entries of the vocabulary are trained."""

from typing import Any

from lab.card import MethodCard, Number, Text
from lab.methods._layers import adapt
from lab.models import ModelShape

CARD = MethodCard(
    id="trainable_tokens",
    name=Text("Trainable tokens", "可训练词元"),
    family="selective",
    lit=("some_embeddings",),
    explain=Text(
        "Only the embeddings of some tokens move: what those words mean to the model, and, where the head is tied to the "
        "embeddings, how readily it says them. Everything that is done with them stays as it is.",
        "只更新词表中部分 token 的词向量:改变模型对这些词的「理解」;若输出层与词嵌入共享权重,也会改变它说出这些词的倾向。其余部分一概不动。",
    ),
    good=Text("New or rare words and marks on an unchanged model.", "为模型添加新词、生僻词或特殊标记。"),
    bad=Text("Anything that is not a matter of words.", "不属于「用词」的任何变化。"),
    paper="PEFT documentation, TrainableTokens",
    knobs=(
        Number("tokens", Text("Tokens", "词元个数"), 1024, 1, 1_000_000, whole=True, log=True,
               help=Text("The first so many entries of the vocabulary; marks and the commonest pieces come first.",
                         "取词表最前面的多少个词元;特殊标记和最常见的片段排在最前。")),
    ),
    learning_rate=2e-2,
    step_cost=0.9,
    quantized=True,
    own_loss=True,
    traits=("plain_head", "own_reading"),
)  # fmt: skip


def count(shape: ModelShape, *, tokens: int) -> int:
    """Trainable parameters: one embedding a token."""
    return min(tokens, shape.vocab) * shape.hidden


def kept(shape: ModelShape, **knobs: Any) -> int:
    """Numbers saved: where the head is tied to the embeddings, both are written."""
    return (2 if shape.tied else 1) * count(shape, **knobs)


def build(model: Any, *, steps: int, seed: int, tokens: int) -> Any:
    """`model` with the first `tokens` embeddings trainable."""
    from peft import TrainableTokensConfig

    indices = list(range(min(tokens, model.config.vocab_size)))
    target = next(name for name, module in model.named_modules() if module is model.get_input_embeddings())
    config = TrainableTokensConfig(token_indices=indices, target_modules=[target], task_type="CAUSAL_LM")
    return adapt(model, config)
