"""FRoD: all layers of one kind share their directions; each learns strengths and a few cross terms."""

from typing import Any

from lab.card import MethodCard, Number, Text
from lab.methods._layers import WHERE, adapt, chosen, targets
from lab.models import ModelShape

CARD = MethodCard(
    id="frod",
    name=Text("FRoD", "FRoD 满秩旋转"),
    family="sparse",
    explain=Text(
        "All layers of one kind, say all query matrices, are taken apart together into shared directions. Each layer then "
        "learns how strong each direction is, and a sprinkle of cross terms between them: full rank from few numbers.",
        "把同类层(例如所有 query 矩阵)放在一起分解出共享的方向,每层再学各方向的强度,以及少量方向之间的交叉项:参数少,却是满秩的。",
    ),
    good=Text("Small files with full-rank updates.", "文件小,更新量又是满秩的。"),
    bad=Text("Large bases: taking them apart takes minutes.", "底座较大时,分解要花好几分钟。"),
    paper="FRoD (AAAI 2026), doi:10.1609/aaai.v40i31.39813",
    knobs=(
        Number("share", Text("Cross terms", "交叉项比例"), 0.01, 0.0, 0.5,
               help=Text("Share of a layer's cross terms that is learned.", "每层学习的交叉项所占比例。")),
        WHERE,
    ),
    learning_rate=5e-2,
    step_cost=1.5,
    extra_weight_copies=3,
)  # fmt: skip


def count(shape: ModelShape, *, share: float, where: str) -> int:
    """Trainable parameters: a strength for each input, and that share of inputs² cross terms."""
    inputs = [linear.inp for linear in chosen(shape, where)]
    return sum(size + min(int(size * size * share), size * (size - 1)) for size in inputs)


def kept(shape: ModelShape, *, share: float, where: str) -> int:
    """Numbers saved: the square matrices that layers of a kind share are written too."""
    kinds = {".".join(linear.name.split(".")[-2:]): linear.inp for linear in chosen(shape, where)}
    return count(shape, share=share, where=where) + sum(size * size for size in kinds.values())


def build(model: Any, *, steps: int, seed: int, share: float, where: str) -> Any:
    """`model` with a FRoD adapter; the base is frozen."""
    from peft import FrodConfig

    config = FrodConfig(
        sparse_rate=share,
        projection_prng_key=seed,
        progressbar=False,
        target_modules=targets(where),
        task_type="CAUSAL_LM",
    )
    return adapt(model, config)
