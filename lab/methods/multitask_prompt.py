"""Multitask prompt tuning: one shared prompt, and for each task a thin matrix that bends it."""

from typing import Any

from lab.card import MethodCard, Number, Text
from lab.methods._layers import adapt
from lab.methods._virtual_tokens import TOKENS
from lab.models import ModelShape

CARD = MethodCard(
    id="multitask_prompt",
    name=Text("Multitask prompt tuning", "多任务提示微调 MPT"),
    family="prompt-like",
    explain=Text(
        "A prompt that several tasks share, multiplied for each task by a low-rank matrix of its own. With one task, as "
        "here where rows carry no task number, it is prompt tuning in a factored form.",
        "多个任务共用一份提示,再各自乘上一个低秩矩阵。这里的数据没有任务编号,只有一个任务,相当于「分解形式」的提示微调。",
    ),
    good=Text("Carrying a prompt learned on many tasks over to a new one.", "把在许多任务上学到的提示迁移到新任务。"),
    bad=Text("A single task on a small model: it learns slowly.", "小模型上的单个任务:学得慢。"),
    paper="Wang et al. 2023, arXiv:2303.02861",
    knobs=(
        TOKENS,
        Number("r", Text("Rank", "秩 r"), 1, 1, 64, whole=True,
               help=Text("Rank of the task's own matrix.", "任务专属矩阵的秩。")),
    ),
    learning_rate=3e-1,
    step_cost=0.9,
    quantized=True,
    mergeable=False,
    traits=("virtual_tokens", "input_tokens"),
)  # fmt: skip


def count(shape: ModelShape, *, tokens: int, r: int) -> int:
    """Trainable parameters: the shared tokens, and r × (tokens + hidden) for the task."""
    return tokens * shape.hidden + r * (tokens + shape.hidden)


def build(model: Any, *, steps: int, seed: int, tokens: int, r: int) -> Any:
    """`model` with a shared prompt and one task's matrix, which starts as all ones would."""
    import torch
    from peft import MultitaskPromptTuningConfig
    from peft.tuners.multitask_prompt_tuning.config import MultitaskPromptTuningInit

    import lab.tuners  # noqa: F401 (rows without a task number count as the first task)

    config = MultitaskPromptTuningConfig(
        num_virtual_tokens=tokens, num_tasks=1, num_ranks=r, task_type="CAUSAL_LM",
        prompt_tuning_init=MultitaskPromptTuningInit.RANDOM,
    )  # fmt: skip
    model = adapt(model, config)
    encoder = model.prompt_encoder["default"]
    with torch.no_grad():  # PEFT draws both around zero, which multiplies the prompt to nothing
        encoder.prefix_task_cols.add_(1.0 / r)
        encoder.prefix_task_rows.add_(1.0)
    return model
