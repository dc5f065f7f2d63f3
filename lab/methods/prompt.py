"""Prompt tuning: trained embeddings before the text, at the input only."""

from pathlib import Path
from typing import Any

from lab.card import Choice, MethodCard, Text
from lab.methods._layers import adapt
from lab.methods._virtual_tokens import TOKENS
from lab.models import ModelShape

SENTENCE = "Answer the question in one short sentence."
"""What the virtual tokens start as with `init: text`, repeated or cut to their number."""

CARD = MethodCard(
    id="prompt",
    name=Text("Prompt tuning", "Prompt Tuning 提示微调"),
    family="prompt-like",
    explain=Text(
        "A simpler prefix tuning: trained virtual tokens stand before the text at the input layer only. The prompt is not "
        "written by hand but learned, in the model's own language of vectors.",
        "Prefix Tuning 的简化版:只在输入层加入可学习的 prompt tokens。提示词不是人写的,而是用梯度「学」出来的一串向量。",
    ),
    good=Text("Very large models, where it rivals full fine-tuning with a few thousand numbers.", "模型非常大的时候:只训练几千个数,效果就能接近全量微调。"),
    bad=Text("Small models and short budgets: it hardly moves them.", "小模型、步数少的时候几乎推不动。"),
    paper="Lester et al. 2021, arXiv:2104.08691",
    knobs=(
        TOKENS,
        Choice("init", Text("Start from", "初始化方式"), "text", ("text", "vocabulary", "random"),
               help=Text(f"The embeddings of a sentence (“{SENTENCE}”), of random words, or random numbers.",
                         "用一句指令的词向量、随机抽取的词向量,或随机数来初始化。")),
    ),
    learning_rate=5e-2,
    step_cost=0.9,
    quantized=True,
    mergeable=False,
    traits=("virtual_tokens", "input_tokens"),
)  # fmt: skip


def count(shape: ModelShape, *, tokens: int, init: str) -> int:
    """Trainable parameters: one embedding a virtual token."""
    return tokens * shape.hidden


def build(model: Any, *, steps: int, seed: int, tokens: int, init: str) -> Any:
    """`model` with virtual tokens before its input."""
    from peft import PromptTuningConfig, PromptTuningInit

    start = PromptTuningInit.SAMPLE_VOCAB if init == "vocabulary" else PromptTuningInit.RANDOM
    config = PromptTuningConfig(num_virtual_tokens=tokens, prompt_tuning_init=start, task_type="CAUSAL_LM")
    embeddings = _sentence(model, tokens) if init == "text" else None
    model = adapt(model, config)
    if embeddings is not None:
        model.prompt_encoder["default"].embedding.weight.data.copy_(embeddings)
    return model


def _sentence(model: Any, tokens: int) -> Any:
    """The embeddings of SENTENCE, repeated or cut to (tokens, hidden).

    PEFT can do this too, but writes the tokenizer's path into the adapter and wants it again on another machine.
    """
    import torch

    from lab.models import load_tokenizer

    ids = load_tokenizer(Path(model.name_or_path))(SENTENCE, add_special_tokens=False)["input_ids"]
    repeated = (ids * tokens)[:tokens]
    return model.get_input_embeddings()(torch.tensor(repeated, device=model.device)).detach()
