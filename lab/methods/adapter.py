"""Adapter tuning: small bottleneck networks inside each transformer block. PEFT has none, see `lab.tuners`."""

from typing import Any

from lab.card import Choice, MethodCard, Number, Text
from lab.methods._layers import adapt
from lab.models import ModelShape

HALVES = {"houlsby": 2, "pfeiffer": 1, "parallel": 1}
PARALLEL_SCALE = 4.0
"""He et al. 2022, section 4.6."""

CARD = MethodCard(
    id="adapter",
    name=Text("Adapter tuning", "Adapter Tuning 适配器微调"),
    family="adapters",
    lit=("after_mlp",),
    explain=Text(
        "A small new network is put into each transformer block: it squeezes the hidden state through a narrow layer, and "
        "adds what comes out. Only these adapters are trained; the big model around them stays as it is.",
        "设计一个小小的 Adapter 结构,嵌入到 Transformer 的每一层:先把隐藏状态压到很窄,再展开加回去。训练时只更新新增的 Adapter,原模型保持不动。",
    ),
    good=Text("Tasks that need some new computation, not only a shifted weight.", "任务需要一点「新的计算」,而不只是把权重挪一挪时。"),
    bad=Text("When speed matters: the extra network stays in the way, it can't be merged.", "在意推理速度时:新增的网络无法并回原权重,每次都要多算一步。"),
    paper="Houlsby et al. 2019, arXiv:1902.00751; Pfeiffer et al. 2020, arXiv:2005.00052; He et al. 2022, arXiv:2110.04366",
    knobs=(
        Choice("where", Text("Place", "插入位置"), "pfeiffer", tuple(HALVES),
               help=Text("Houlsby: after attention and after the MLP. Pfeiffer: after the MLP only. Parallel: beside the MLP.",
                         "Houlsby:注意力和 MLP 之后各加一个;Pfeiffer:只加在 MLP 之后;parallel:与 MLP 并联。")),
        Number("width", Text("Bottleneck width", "瓶颈宽度"), 32, 1, 4096, whole=True, log=True,
               help=Text("How narrow the narrow layer is.", "中间最窄那层的维度。")),
    ),
    learning_rate=2e-2,
    step_cost=0.7,
    activation_factor=0.65,
    quantized=True,
    mergeable=False,
)  # fmt: skip


def count(shape: ModelShape, *, where: str, width: int) -> int:
    """Trainable parameters: down, up and their biases, in each block once or twice."""
    return shape.layers * HALVES[where] * (2 * shape.hidden * width + width + shape.hidden)


def build(model: Any, *, steps: int, seed: int, where: str, width: int) -> Any:
    """`model` with bottleneck adapters in its blocks; they start without effect."""
    from lab.tuners import BottleneckConfig
    from lab.tuners.bottleneck_adapter.config import MODULES

    halves = ("attention", "mlp") if where == "houlsby" else ("mlp",)
    parallel = where == "parallel"
    config = BottleneckConfig(
        target_modules=[name for half in halves for name in MODULES[half]], width=width, parallel=parallel,
        scale=PARALLEL_SCALE if parallel else 1.0, task_type="CAUSAL_LM",
    )  # fmt: skip
    return adapt(model, config)
