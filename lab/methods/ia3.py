"""(IA)³: three vectors a layer that turn keys, values and MLP activations up or down."""

from typing import Any

from lab.card import MethodCard, Text
from lab.methods._layers import adapt
from lab.models import ModelShape

KEYS_AND_VALUES = ("k_proj", "v_proj", "c_attn", "query_key_value")
FEED_FORWARD = ("down_proj", "fc2", "mlp.c_proj", "dense_4h_to_h")

CARD = MethodCard(
    id="ia3",
    name=Text("(IA)³", "(IA)³ 激活缩放"),
    family="scaling",
    explain=Text(
        "No new matrices: three learned vectors a layer multiply the keys, the values and the MLP's inner activations, "
        "turning single channels up or down like the sliders of a mixing desk. They start at one, without effect.",
        "不加新矩阵,只为每层学三个向量,分别乘到键(key)、值(value)和 MLP 的中间激活上,像调音台的推子一样把某些通道调大或调小。初值全为 1,开始时没有任何影响。",
    ),
    good=Text("The smallest file that still learns; few examples.", "文件极小又确实能学到东西;样本少的任务。"),
    bad=Text("Skills the base does not have in any channel.", "底座完全没有的能力,再怎么调音量也调不出来。"),
    paper="Liu et al. 2022, arXiv:2205.05638",
    learning_rate=2e-1,
    step_cost=0.8,
    quantized=True,
)  # fmt: skip


def count(shape: ModelShape) -> int:
    """Trainable parameters: the outputs of keys and values, and the inputs of the MLP's last layer."""
    scaled = sum(linear.out for linear in shape.linears if linear.name.endswith(KEYS_AND_VALUES))
    return scaled + sum(linear.inp for linear in shape.linears if linear.name.endswith(FEED_FORWARD))


def build(model: Any, *, steps: int, seed: int) -> Any:
    """`model` with its keys, values and MLP activations scaled by trainable vectors."""
    from peft import IA3Config

    config = IA3Config(
        target_modules=[*KEYS_AND_VALUES, *FEED_FORWARD], feedforward_modules=list(FEED_FORWARD), task_type="CAUSAL_LM"
    )
    return adapt(model, config)
