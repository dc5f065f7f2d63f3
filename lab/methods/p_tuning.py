"""P-tuning: virtual tokens made by a small network (MLP or LSTM), so that they learn together."""

from pathlib import Path
from typing import Any

from lab.card import Choice, MethodCard, Number, Text
from lab.methods._layers import adapt
from lab.methods._virtual_tokens import TOKENS, encoder_keeper, save_finished
from lab.models import ModelShape

LSTM_LAYERS = 2

CARD = MethodCard(
    id="p_tuning",
    name=Text("P-tuning", "P-Tuning"),
    family="prompt-like",
    lit=("input_tokens", "token_network"),
    explain=Text(
        "Like prompt tuning, but the virtual tokens come out of a small network, an MLP or an LSTM, that is trained with "
        "them: it ties the tokens together, so they move in step. Afterwards the network is thrown away and only its "
        "tokens are kept.",
        "把 Prompt 变成可学习的 Embedding 层,再用 MLP 或 LSTM 处理一遍:小网络把各个虚拟 token 联系起来,让它们步调一致地学。训练完丢掉网络,只留下算好的 token。",
    ),
    good=Text("Prompt tuning that starts more steadily; understanding tasks.", "比 Prompt Tuning 更稳定,适合理解类任务。"),
    bad=Text("Small models and short budgets, like all prompts at the input.", "和其他只在输入端加提示的方法一样,小模型、步数少时作用有限。"),
    paper="Liu et al. 2021, arXiv:2103.10385",
    knobs=(
        TOKENS,
        Choice("encoder", Text("Network", "编码网络"), "MLP", ("MLP", "LSTM"),
               help=Text("What makes the virtual tokens: a three-layer MLP, or a two-way LSTM with an MLP on top.",
                         "用三层 MLP,或双向 LSTM 加 MLP,来生成虚拟 token。")),
        Number("width", Text("Width", "网络宽度"), 64, 4, 4096, whole=True, log=True,
               help=Text("Hidden width of the network.", "编码网络的隐藏层宽度。")),
    ),
    learning_rate=2e-2,
    step_cost=0.8,
    quantized=True,
    mergeable=False,
    traits=("virtual_tokens", "input_tokens"),
)  # fmt: skip


def count(shape: ModelShape, *, tokens: int, encoder: str, width: int) -> int:
    """Trainable parameters: the tokens and the network that makes them."""
    hidden = shape.hidden
    if encoder == "MLP":
        network = (hidden + 1) * width + (width + 1) * width + (width + 1) * hidden
    else:
        inputs = [hidden] + [2 * width] * (LSTM_LAYERS - 1)
        gates = sum(2 * 4 * width * (size + width + 2) for size in inputs)  # two directions, four gates, two biases
        network = gates + (2 * width + 1) * 2 * width + (2 * width + 1) * hidden
    return tokens * hidden + network


def kept(shape: ModelShape, *, tokens: int, **_: Any) -> int:
    """Numbers saved: the finished tokens alone."""
    return tokens * shape.hidden


def build(model: Any, *, steps: int, seed: int, tokens: int, encoder: str, width: int) -> Any:
    """`model` with virtual tokens before its input, made by a network."""
    from peft import PromptEncoderConfig

    config = PromptEncoderConfig(
        num_virtual_tokens=tokens, encoder_reparameterization_type=encoder, encoder_hidden_size=width,
        encoder_num_layers=LSTM_LAYERS, encoder_dropout=0.0, task_type="CAUSAL_LM",
    )  # fmt: skip
    return adapt(model, config)


def callbacks(model: Any, *, steps: int, **_: Any) -> list[Any]:
    """What keeps the network in checkpoints."""
    return [encoder_keeper(model)]


def save(model: Any, folder: Path) -> None:
    """Keep the finished tokens as a plain prompt."""
    from peft import PromptTuningConfig

    tokens = model.active_peft_config.num_virtual_tokens
    save_finished(model, folder, PromptTuningConfig(num_virtual_tokens=tokens, task_type="CAUSAL_LM"))
