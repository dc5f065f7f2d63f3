"""One batch of prompts through one model's `generate`: left-padded, token by token, stoppable."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from lab.generate.decoder import DecoderWeights
from lab.generate.multi_lora import LoraWeights, multi_lora
from lab.generate.prompts import eos_ids
from lab.generate.token_sampler import TokenSampler
from lab.generate.types import Sampling

OnToken = Callable[[int, int], None]
"""Called with row and token id for every token of an unfinished row, the one that ends it included."""


def run_batch(
    model: Any,
    tokenizer: Any,
    prompts: Sequence[Sequence[int]],
    sampling: Sampling,
    *,
    weights: DecoderWeights | None = None,
    adapters: Sequence[LoraWeights | None] = (),
    seeds: Sequence[int] = (),
    on_token: OnToken | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> list[list[int]]:
    """The answers' token ids to `prompts`, without the ending one. `adapters` has one for each row, or none;
    so has `seeds`, and without them all rows have the sampling's. With `weights` (`decoder_weights(model)`) the same
    tokens come faster; without them transformers' `generate` is used.

    `stop` is asked after every token; when it says yes, what there is so far is the answer.
    """
    import torch

    from lab.generate.decoder.llama import LlamaDecoder
    from lab.generate.decoder.loop import decode

    ends, pad = eos_ids(model, tokenizer), tokenizer.pad_token_id
    ids, mask = _left_padded(prompts, pad, model.device)
    listener = _Listener(len(prompts), set(ends), on_token)
    sampler = TokenSampler(sampling, ids.shape[1], seeds)
    with torch.inference_mode(), at_rest(model):
        if weights and weights.takes(adapters):
            decoder = LlamaDecoder(weights, adapters)
            decode(decoder, ids, mask, sampling.max_new_tokens, set(ends), sampler.choose, listener.hear, stop)
        else:
            _generate(model, ids, mask, sampling, ends, pad, adapters, sampler, listener, stop)
    return listener.answers


def _generate(
    model: Any, ids: Any, mask: Any, sampling: Sampling, ends: list[int], pad: int,
    adapters: Sequence[LoraWeights | None], sampler: TokenSampler, listener: "_Listener", stop: Callable[[], bool],
) -> None:  # fmt: skip
    """By transformers' own loop."""
    from transformers import GenerationConfig, LogitsProcessorList, StoppingCriteriaList

    settings = GenerationConfig(
        max_new_tokens=sampling.max_new_tokens, do_sample=False, num_beams=1, use_cache=True, eos_token_id=ends,
        pad_token_id=pad,
    )  # fmt: skip
    with multi_lora(model, adapters):
        model.generate(
            input_ids=ids, attention_mask=mask, generation_config=settings, streamer=listener,
            logits_processor=LogitsProcessorList([sampler]),
            stopping_criteria=StoppingCriteriaList([_Stopper(stop)]),
        )  # fmt: skip


def prompt_like(model: Any) -> bool:
    """Whether the model's adapter puts virtual tokens before the prompt: its answers change with padding."""
    configs = getattr(model, "peft_config", {})
    return any(config.is_prompt_learning for config in configs.values())


@contextmanager
def at_rest(model: Any) -> Iterator[None]:
    """The model in evaluation mode; afterwards every part is in the mode it was in."""
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    try:
        yield
    finally:
        for module, training in modes:
            module.training = training


class _Listener:
    """Collects tokens as `generate` streams them; rows that have ended are heard no more."""

    def __init__(self, rows: int, ends: set[int], on_token: OnToken | None):
        self.answers: list[list[int]] = [[] for _ in range(rows)]
        self._open, self._ends, self._on_token = set(range(rows)), ends, on_token
        self._prompt_seen = False

    def put(self, value: Any) -> None:
        if not self._prompt_seen:  # the first thing streamed is the prompt
            self._prompt_seen = True
            return
        tokens = value.flatten().tolist()
        for row in sorted(self._open):
            self.hear(row, tokens[row])

    def hear(self, row: int, token: int) -> None:
        """A token of a row that has not ended."""
        if token in self._ends:
            self._open.discard(row)
        else:
            self.answers[row].append(token)
        if self._on_token:
            self._on_token(row, token)

    def end(self) -> None:
        pass


class _Stopper:
    """Ends every row once `stop` says so."""

    def __init__(self, stop: Callable[[], bool]):
        self._stop = stop

    def __call__(self, input_ids: Any, scores: Any, **_: Any) -> Any:
        import torch

        return torch.full((input_ids.shape[0],), self._stop(), dtype=torch.bool, device=input_ids.device)


def _left_padded(prompts: Sequence[Sequence[int]], pad: int, device: Any) -> tuple[Any, Any]:
    """Token ids and attention mask, (rows, longest)."""
    import torch

    longest = max(map(len, prompts))
    ids = [[pad] * (longest - len(prompt)) + list(prompt) for prompt in prompts]
    mask = [[0] * (longest - len(prompt)) + [1] * len(prompt) for prompt in prompts]
    return torch.tensor(ids, device=device), torch.tensor(mask, device=device)
