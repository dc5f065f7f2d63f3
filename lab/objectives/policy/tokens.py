"""Prompts with their answers as padded token ids: made from text, cut after the first EOS, selected by row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import torch
from torch import Tensor

from lab.data.encode import prompt_ids, text_ids
from lab.models.chat_format import chat_format

Message = dict[str, str]
Prompt = str | list[Message]


@dataclass(frozen=True)
class Tokens:
    """Prompts padded on the left, answers on the right, each (rows, width); masks are 1 on real tokens.

    A completion's mask includes its first EOS and nothing after it.
    """

    prompt_ids: Tensor
    prompt_mask: Tensor
    completion_ids: Tensor
    completion_mask: Tensor

    def __len__(self) -> int:
        return len(self.prompt_ids)

    @property
    def input_ids(self) -> Tensor:
        return torch.cat([self.prompt_ids, self.completion_ids], dim=1)

    @property
    def attention_mask(self) -> Tensor:
        return torch.cat([self.prompt_mask, self.completion_mask], dim=1)

    @property
    def position_ids(self) -> Tensor:
        """0 at each row's first real token, whatever the padding before it."""
        return (self.attention_mask.cumsum(1) - 1).clamp(min=0)

    def rows(self, index: Tensor) -> "Tokens":
        """Some rows, without the padding columns that only the others needed."""
        prompt_mask, completion_mask = self.prompt_mask[index], self.completion_mask[index]
        begin = self.prompt_ids.shape[1] - max(1, int(prompt_mask.sum(1).max()))
        end = max(1, int(completion_mask.sum(1).max()))
        return Tokens(
            self.prompt_ids[index, begin:],
            prompt_mask[:, begin:],
            self.completion_ids[index, :end],
            completion_mask[:, :end],
        )


def is_conversation(prompt: Prompt) -> bool:
    return not isinstance(prompt, str)


def encode_prompts(
    tokenizer: Any, prompts: Sequence[Prompt], max_length: int | None, template: Mapping[str, Any]
) -> tuple[Tensor, int]:
    """Left-padded (ids, mask) of texts or conversations stacked as (2, rows, width), and how many were cut.

    A conversation goes through the chat template, up to where the assistant begins; what is too long loses its start.
    """
    rows = [_encode_prompt(tokenizer, prompt, template) for prompt in prompts]
    kept = [row[-max_length:] if max_length else row for row in rows]
    cut = sum(len(short) < len(long) for short, long in zip(kept, rows, strict=True))
    width = max(map(len, kept))
    ids = torch.full((len(kept), width), tokenizer.pad_token_id)
    mask = torch.zeros((len(kept), width), dtype=torch.long)
    for i, row in enumerate(kept):
        ids[i, width - len(row) :] = torch.tensor(row)
        mask[i, width - len(row) :] = 1
    return torch.stack([ids, mask]), cut


def _encode_prompt(tokenizer: Any, prompt: Prompt, template: Mapping[str, Any]) -> list[int]:
    if isinstance(prompt, str):
        row = text_ids(tokenizer, [prompt])[0]
    elif template:
        row = tokenizer.apply_chat_template(
            prompt, tokenize=True, return_dict=True, add_generation_prompt=prompt[-1]["role"] != "assistant",
            continue_final_message=prompt[-1]["role"] == "assistant", **template,
        )["input_ids"]  # fmt: skip
    elif prompt[-1]["role"] == "assistant":  # words to go on with
        row = tokenizer(chat_format(tokenizer).continued(prompt), add_special_tokens=False)["input_ids"]
    else:
        row = prompt_ids(tokenizer, prompt)
    return row or [tokenizer.bos_token_id or tokenizer.eos_token_id]  # an empty prompt still needs a first state


def mask_after_eos(completion_ids: Tensor, eos_ids: Sequence[int]) -> tuple[Tensor, Tensor]:
    """The mask of the real tokens, first EOS included, (rows, width), and which rows have an EOS, (rows,)."""
    ends = torch.isin(completion_ids, torch.tensor(list(eos_ids), device=completion_ids.device))
    before = ends.long().cumsum(1) - ends.long()
    return (before == 0).long(), ends.any(1)


def distinct_2(answers: Sequence[Sequence[Any]]) -> float:
    """Different pairs of neighbouring tokens, as a share of all pairs in all answers (Li et al. 2016): 1 is never the
    same twice, and it falls when answers become alike. 0 where there are no pairs."""
    pairs = [pair for answer in answers for pair in pairwise(answer)]
    return len(set(pairs)) / len(pairs) if pairs else 0.0
