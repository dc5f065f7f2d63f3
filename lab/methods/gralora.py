"""GraLoRA: a weight is cut into blocks, each with a small LoRA of its own."""

from typing import Any

from lab.card import MethodCard, Number, Text
from lab.errors import RecipeError
from lab.methods._layers import WHERE, adapt, alpha, low_rank, rank, targets
from lab.models import ModelShape

CARD = MethodCard(
    id="gralora",
    name=Text("GraLoRA", "GraLoRA 分块 LoRA"),
    family="low-rank",
    explain=Text(
        "One LoRA for a whole matrix is easily dominated by a few loud inputs. GraLoRA cuts the matrix into k × k blocks "
        "and gives each a thinner LoRA: same size, finer grain, higher rank.",
        "整个矩阵共用一个 LoRA,容易被少数「声音大」的输入带偏。GraLoRA 把矩阵切成 k × k 块,每块配一个更细的 LoRA:总量不变,粒度更细,秩更高。",
    ),
    good=Text("High ranks, where LoRA stops gaining.", "秩较高、LoRA 不再见涨的时候。"),
    bad=Text("Low ranks: divided by k, little is left for a block.", "秩太低时,每块分不到多少。"),
    paper="Jung et al. 2025, arXiv:2505.20355",
    knobs=(
        rank(8, low=2), alpha(),
        Number("blocks", Text("Blocks a side", "每边分块数 k"), 2, 2, 16, whole=True,
               help=Text("The matrix is cut into this many pieces each way; the rank must be a multiple of it.", "每边切成几块;秩必须是它的倍数。")),
        WHERE,
    ),
    learning_rate=2e-2,
    activation_factor=1.4,
    quantized=True,
)  # fmt: skip


def count(shape: ModelShape, *, r: int, where: str, **_: Any) -> int:
    """Trainable parameters: as LoRA, r × (inputs + outputs) of each chosen linear layer."""
    return low_rank(shape, r, where)


def build(model: Any, *, steps: int, seed: int, r: int, alpha: float, blocks: int, where: str) -> Any:
    """`model` with a GraLoRA adapter; the base is frozen."""
    from peft import GraloraConfig

    if r % blocks:
        raise RecipeError(
            f"rank {r} can't be shared by {blocks} blocks", where="knobs.r", do=f"give a multiple of {blocks}."
        )
    config = GraloraConfig(
        r=r,
        alpha=alpha,
        gralora_k=blocks,
        target_modules=targets(where),
        task_type="CAUSAL_LM",
    )
    return adapt(model, config)
