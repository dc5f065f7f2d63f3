"""AdaLoRA: LoRA whose rank moves, during training, to the layers that need it."""

from pathlib import Path
from typing import Any

from lab.card import MethodCard, Number, Text
from lab.errors import RecipeError
from lab.methods._layers import DROPOUT, WHERE, adapt, alpha, chosen, rank, targets
from lab.models import ModelShape

CARD = MethodCard(
    id="adalora",
    name=Text("AdaLoRA", "AdaLoRA 自适应秩"),
    family="low-rank",
    explain=Text(
        "LoRA gives every layer the same rank. AdaLoRA writes each companion as a small singular value decomposition and, "
        "while training, prunes the directions that matter least, until the budget of rank lies where it helps most.",
        "LoRA 给每层同样的秩;AdaLoRA 把旁路矩阵写成奇异值分解(SVD)的形式,边训练边剪掉最不重要的方向,让有限的秩集中到最需要它的层上。",
    ),
    good=Text("A tight budget of parameters; learning which layers matter.", "参数预算紧张,或想知道哪些层更重要。"),
    bad=Text("Very short runs: the pruning needs steps to judge.", "步数太少:还来不及判断该剪哪里。"),
    paper="Zhang et al. 2023, arXiv:2303.10512",
    knobs=(
        rank(6),
        Number("start", Text("Rank at the start", "初始秩"), 12, 2, 1024, whole=True, log=True,
               help=Text("Every layer starts with this rank; pruning leaves Rank on average.", "每层一开始的秩;剪枝之后平均剩下「秩 r」。")),
        alpha(), WHERE, DROPOUT,
        Number("orthogonal", Text("Orthogonality", "正交正则"), 0.5, 0, 10,
               help=Text("Weight of the term that keeps the directions at right angles, so that pruning one leaves the others alone.",
                         "正交正则项的权重:让各个方向互相垂直,剪掉一个不影响其他方向。")),
    ),
    learning_rate=2e-2,
    step_cost=1.3,
    activation_factor=1.4,
    extra_weight_copies=1,
    quantized=True,
    own_loss=True,
    traits=("one_adapter",),
)  # fmt: skip


def count(shape: ModelShape, *, start: int, where: str, **_: Any) -> int:
    """Trainable parameters: start × (inputs + outputs + 1) of each chosen linear layer, pruned ones included."""
    return sum(start * (linear.inp + linear.out + 1) for linear in chosen(shape, where))


def kept(shape: ModelShape, *, r: int, start: int, **knobs: Any) -> int:
    """Numbers saved: what pruning leaves, on average."""
    return count(shape, start=r, **knobs)


def check(*, place: str, r: int, start: int, **_: Any) -> None:
    """Refuse a start that leaves nothing to prune; raises RecipeError."""
    if start <= r:
        raise RecipeError(
            f"a start of {start} leaves nothing to prune down to {r}", where=f"{place}.start", do=f"give more than {r}."
        )


def build(
    model: Any, *, steps: int, seed: int,
    r: int, start: int, alpha: float, where: str, dropout: float, orthogonal: float,
) -> Any:  # fmt: skip
    """`model` with an AdaLoRA adapter whose schedule fits `steps`."""
    from peft import AdaLoraConfig

    warmup, final = schedule(steps)
    config = AdaLoraConfig(
        init_r=start, target_r=r, tinit=warmup, tfinal=final, deltaT=1, total_step=steps,
        lora_alpha=alpha,
        lora_dropout=dropout, orth_reg_weight=orthogonal, target_modules=targets(where), task_type="CAUSAL_LM",
    )  # fmt: skip
    return adapt(model, config)


def schedule(steps: int) -> tuple[int, int]:
    """(steps before pruning starts, steps after it ended): a tenth and three tenths, with pruning left between."""
    return steps // 10, min(3 * steps // 10, max(steps - steps // 10 - 1, 0))


def callbacks(model: Any, *, steps: int, **_: Any) -> list[Any]:
    """What moves the ranks after each step; nothing for an adapter whose ranks were settled in an earlier run."""
    tuner = model.base_model
    settled = tuner.peft_config[tuner.trainable_adapter_name].rank_pattern
    return [] if settled else [_rank_mover(tuner, steps)]


def _rank_mover(tuner: Any, steps: int) -> Any:
    """A callback that calls `update_and_allocate` while the gradients it looks at are still there.

    The pattern of kept ranks is hidden from PEFT until the end: with it, a checkpoint would hold pruned, smaller
    tensors, which the optimizer's state no longer fits.
    """
    from transformers import TrainerCallback

    config = tuner.peft_config[tuner.trainable_adapter_name]
    last_pruning = steps - config.tfinal

    class RankMover(TrainerCallback):
        pattern = None

        def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            if state.global_step:  # resumed: what was pruned is zero
                self.pattern = _kept(tuner)

        def on_optimizer_step(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            step = state.global_step + 1
            if step < last_pruning or tuner.rankallocator.exp_avg_ipt:
                config.rank_pattern = self.pattern
                tuner.update_and_allocate(step)
                self.pattern, config.rank_pattern = config.rank_pattern, None
            elif self.pattern:
                tuner.rankallocator.mask_using_rank_pattern(tuner.model, self.pattern)

        def on_train_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            config.rank_pattern = self.pattern

    return RankMover()


def own_term(model: Any) -> Any:
    """Its directions' distance from right angles (Zhang et al. 2023, eq. 5), as PEFT adds it to the model's own loss."""
    import torch

    tuner = model.base_model
    name = tuner.trainable_adapter_name
    sides = [(key, weight) for key, weight in tuner.named_parameters() if key.endswith((f"A.{name}", f"B.{name}"))]
    gaps = []
    for key, weight in sides:
        cover = weight @ weight.T if "lora_A" in key else weight.T @ weight
        gaps.append(torch.linalg.matrix_norm(cover - torch.eye(len(cover), device=cover.device)))
    return tuner.peft_config[name].orth_reg_weight * torch.stack(gaps).mean()


def _kept(tuner: Any) -> dict[str, list[bool]]:
    """Which ranks are alive, by their singular values."""
    values = ((name, value) for name, value in tuner.model.named_parameters() if "lora_E" in name)
    return {name: (value != 0).view(-1).tolist() for name, value in values}


def ranks(folder: Path) -> dict[str, int]:
    """The rank each layer was left with, by its name, from an adapter's folder; for the picture."""
    import json

    pattern = json.loads((folder / "adapter_config.json").read_text())["rank_pattern"] or {}
    return {name.rsplit(".lora_E", 1)[0].removeprefix("model."): sum(kept) for name, kept in pattern.items()}
