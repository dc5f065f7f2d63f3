"""Sampling answers: prompts in, answers out, as tokens and as text. Nothing here scores or learns."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from transformers import GenerationConfig, LogitsProcessorList

from lab.errors import DataError
from lab.generate.decoder import decoder_weights
from lab.generate.decoder.llama import LlamaDecoder
from lab.generate.decoder.loop import decode
from lab.objectives.policy.config import PPOConfig
from lab.objectives.policy.draws import GenerateDraws, SharedDraws, places_of
from lab.objectives.policy.forward import plain, unwrapped
from lab.objectives.policy.rewards import Answers
from lab.objectives.policy.tokens import Tokens, encode_prompts, is_conversation, mask_after_eos


@dataclass(frozen=True)
class Sampled:
    """Answers to one step's prompts, as tokens and as text."""

    tokens: Tokens
    answers: Answers
    ended: Tensor
    """(answers,), whether each has an EOS."""
    cut_prompts: int


class Sampler:
    """Answers prompts with the policy itself, at the temperature it learns at, from the whole distribution."""

    def __init__(self, tokenizer: Any, args: PPOConfig, eos_ids: Sequence[int]):
        self._tokenizer, self._args, self._eos_ids = tokenizer, args, list(eos_ids)
        # the likeliest of drawn scores is taken; everything that would bend the distribution is named, so that no
        # default of the model slips in
        self._settings = GenerationConfig(
            max_new_tokens=args.max_completion_length, do_sample=False, repetition_penalty=1.0,
            eos_token_id=self._eos_ids, pad_token_id=tokenizer.pad_token_id, use_cache=True,
        )  # fmt: skip

    @torch.no_grad()
    def sample(self, policy: Any, rows: Sequence[dict[str, Any]], accelerator: Any = None) -> Sampled:
        """One answer to the `prompt` of each row; draws from torch's own random numbers.

        With an `accelerator` of several processes, which all sample, they draw what one process would for all rows.
        """
        prompts = [row["prompt"] for row in rows]
        template: Any = self._args.chat_template_kwargs or {}
        encoded, cut = encode_prompts(self._tokenizer, prompts, self._args.max_prompt_length, template)
        prompt_ids, prompt_mask = encoded.to(policy.device).unbind()
        draws = self._draws_for(len(rows), accelerator)
        completion_ids = self._draw(policy, prompt_ids, prompt_mask, draws)
        if accelerator is not None:
            draws.catch_up(accelerator)
        mask, ended = mask_after_eos(completion_ids, self._eos_ids)
        completion_ids = completion_ids.where(mask.bool(), self._tokenizer.pad_token_id)
        tokens = Tokens(prompt_ids, prompt_mask, completion_ids, mask)
        tokens = tokens.rows(torch.arange(len(tokens), device=policy.device))
        return Sampled(tokens, self._as_answers(rows, tokens, ended), ended, cut)

    def _draws_for(self, count: int, accelerator: Any) -> SharedDraws:
        """The draws of this process's answers, among those of all that sample together."""
        process, processes = (accelerator.process_index, accelerator.num_processes) if accelerator else (0, 1)
        places = places_of(count, self._args.per_device_train_batch_size, process, processes)
        return SharedDraws(places, count * processes, self._args.temperature)

    def _draw(self, policy: Any, prompt_ids: Tensor, prompt_mask: Tensor, draws: SharedDraws) -> Tensor:
        """Token ids (answers, tokens) of one answer a prompt; what comes after an EOS means nothing."""
        if weights := decoder_weights(unwrapped(policy)):
            return self._decoded(LlamaDecoder(weights), prompt_ids, prompt_mask, draws)
        with _own_settings_only(policy):
            whole: Tensor = policy.generate(
                input_ids=prompt_ids, attention_mask=prompt_mask, generation_config=self._settings,
                logits_processor=LogitsProcessorList([GenerateDraws(draws)]),
            )  # fmt: skip
        return whole[:, prompt_ids.shape[1] :]

    def _decoded(self, decoder: LlamaDecoder, prompt_ids: Tensor, prompt_mask: Tensor, draws: SharedDraws) -> Tensor:
        said: list[list[int]] = [[] for _ in prompt_ids]

        def choose(scores: Tensor, rows: Sequence[int], _position: int) -> Tensor:
            return draws.likely(scores, rows).argmax(-1)

        decode(
            decoder, prompt_ids, prompt_mask, self._args.max_completion_length, set(self._eos_ids), choose,
            on_token=lambda row, token: said[row].append(token),
        )  # fmt: skip
        longest, pad = max(map(len, said)), self._tokenizer.pad_token_id
        return torch.tensor([row + [pad] * (longest - len(row)) for row in said], device=prompt_ids.device)

    def _as_answers(self, rows: Sequence[dict[str, Any]], tokens: Tokens, ended: Tensor) -> Answers:
        lengths = tokens.completion_mask.sum(1).tolist()
        ids = [row[:length] for row, length in zip(tokens.completion_ids.tolist(), lengths, strict=True)]
        texts = self._tokenizer.batch_decode(ids, skip_special_tokens=True)
        prompts = [row["prompt"] for row in rows]
        said = [
            [{"role": "assistant", "content": text}] if is_conversation(prompt) else text
            for prompt, text in zip(prompts, texts, strict=True)
        ]
        columns = {name: [row.get(name) for row in rows] for name in rows[0] if name not in ("prompt", "completion")}
        return Answers(prompts, said, ids, ended.tolist(), columns)


def end_tokens(model: Any, tokenizer: Any) -> list[int]:
    """Every token that ends an answer: the tokenizer's EOS and those the model declares."""
    declared = plain(model).generation_config.eos_token_id
    declared = [] if declared is None else [declared] if isinstance(declared, int) else list(declared)
    ends = [tokenizer.eos_token_id, *declared]
    return sorted({int(end) for end in ends if end is not None})


def check_prompts(dataset: Any, name: str) -> None:
    """A data set PPO can learn from has a column `prompt` of texts or conversations; raises DataError."""
    if dataset is None:
        raise DataError(f"{name} is missing", do="give a data set with a column 'prompt'.")
    columns = getattr(dataset, "column_names", None)
    if columns is None:
        return
    if "prompt" not in columns:
        raise DataError(f"there is no column 'prompt' among {', '.join(columns)}", where=name, do="rename a column.")
    if hasattr(dataset, "__len__") and len(dataset) == 0:
        raise DataError("there is not a single prompt", where=name)


@contextmanager
def _own_settings_only(policy: Any) -> Iterator[None]:
    """Put aside the model's generation settings, which `generate` would use to fill gaps in ours."""
    model = plain(policy)
    kept, model.generation_config = model.generation_config, GenerationConfig()
    try:
        yield
    finally:
        model.generation_config = kept
