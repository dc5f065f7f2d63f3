"""Mends PEFT's multitask prompt: rows that name no task count as the first, instead of being refused."""

from typing import Any

import torch
from peft import PeftType
from peft.mapping import PEFT_TYPE_TO_TUNER_MAPPING
from peft.tuners.multitask_prompt_tuning import MultitaskPromptEmbedding


class FirstTaskByDefault(MultitaskPromptEmbedding):
    """The prompt of the task each row names; of the first one for rows that name none."""

    def forward(self, indices: Any, task_ids: Any = None) -> Any:
        """Virtual tokens, (batch, tokens, hidden), for `indices` (batch, tokens)."""
        if task_ids is None:
            task_ids = torch.zeros(indices.shape[0], dtype=torch.long, device=indices.device)
        return super().forward(indices, task_ids)


def use_first_task_by_default() -> None:
    PEFT_TYPE_TO_TUNER_MAPPING[PeftType.MULTITASK_PROMPT_TUNING] = FirstTaskByDefault
