"""LoKr: an update made of a small matrix repeated in the pattern of another (a Kronecker product)."""

from typing import Any

from lab.card import MethodCard, Text
from lab.methods._layers import WHERE, adapt, alpha, chosen, rank, targets
from lab.models import ModelShape

CARD = MethodCard(
    id="lokr",
    name=Text("LoKr", "LoKr 克罗内克积"),
    family="low-rank",
    explain=Text(
        "The update is a Kronecker product: one small matrix repeated in the pattern of another. Very few numbers, and yet "
        "not of low rank.",
        "更新量是克罗内克积:让一个小矩阵按另一个小矩阵的图案重复铺开。参数极少,却不受低秩的限制。",
    ),
    good=Text("Very small files.", "文件要非常小的时候。"),
    bad=Text("Updates without such a pattern.", "需要的改动没有这种重复结构时。"),
    paper="Yeh et al. 2023, arXiv:2309.14859",
    knobs=(rank(), alpha(16), WHERE),
    learning_rate=2e-2,
    step_cost=1.3,
    activation_factor=1.2,
)  # fmt: skip


def count(shape: ModelShape, *, r: int, where: str, **_: Any) -> int:
    """Trainable parameters: the small factor whole, the larger one whole or, where that is less, in two thin halves."""
    return sum(_parts(linear.out, linear.inp, r) for linear in chosen(shape, where))


def build(model: Any, *, steps: int, seed: int, r: int, alpha: float, where: str) -> Any:
    """`model` with a LoKr adapter; the base is frozen."""
    from peft import LoKrConfig

    config = LoKrConfig(r=r, alpha=alpha, target_modules=targets(where), task_type="CAUSAL_LM")
    return adapt(model, config)


def _parts(out: int, inp: int, r: int) -> int:
    (small_out, large_out), (small_inp, large_inp) = _near_root(out), _near_root(inp)
    small = small_out * small_inp
    thin = r < max(large_out, large_inp) / 2
    return small + (r * (large_out + large_inp) if thin else large_out * large_inp)


def _near_root(size: int) -> tuple[int, int]:
    """`size` as a product of two numbers as near to each other as can be, the smaller first."""
    small = max(number for number in range(1, int(size**0.5) + 1) if size % number == 0)
    return small, size // small
