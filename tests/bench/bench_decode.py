"""Answers by the lab's own loop against `generate` of transformers, on one thread: the same tokens, CPU seconds each.

    python -m tests.bench.bench_decode                      nano: one row, four rows, rollouts of 64 of a LoRA policy
    python -m tests.bench.bench_decode --base smollm2-135m  the same and four adapters (pulled under LAB_HOME)

`of_memory` is the share of the time of one row that reading every weight once takes at the speed at which this thread
copies memory; llama.cpp (Q8_0) is measured beside it with `--gguf FILE` where `xllamacpp` is installed.
"""

import argparse
import json
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

from lab.generate import Sampling
from lab.generate.batch import run_batch
from lab.generate.decoder import decoder_weights
from lab.generate.multi_lora import LoraWeights
from lab.home import find_home
from lab.models import find_base, load_model, load_tokenizer
from tests.bench.peers import BASE

TEXTS = (
    "Once upon a time", "The dog", "Lily had a red ball. She", "One day, Tim and his mother went to the park to play",
    "Question: What colour is the sky? Answer:", "The parrot sat on the branch and said", "In the kitchen",
)  # fmt: skip
TOKENS = 48


def measure(base: str, rounds: int) -> dict[str, Any]:
    """Ratios of the least CPU seconds of some rounds, taken in turn."""
    import torch
    from peft import LoraConfig, get_peft_model

    torch.set_num_threads(1)
    folder = find_base(base, find_home())
    model, tokenizer = load_model(folder, "fp32"), load_tokenizer(folder)
    prompts = [tokenizer(TEXTS[row % len(TEXTS)])["input_ids"] for row in range(64)]
    greedy, drawn = (Sampling(temperature=heat, top_p=1.0, max_new_tokens=TOKENS) for heat in (0.0, 1.0))
    adapters = [_adapter(model, seed) for seed in range(4)]

    def compared(rows: int, sampling: Sampling, lora: Sequence[LoraWeights | None] = ()) -> dict[str, Any]:
        weights = decoder_weights(model)

        def answers(own: bool) -> list[list[int]]:
            given = weights if own else None
            seeds = list(range(rows)) if sampling.temperature else []
            return run_batch(model, tokenizer, prompts[:rows], sampling, weights=given, adapters=lora, seeds=seeds)

        return _ratio(answers, rounds)

    found: dict[str, Any] = {"bench": "decode", "base": base, "threads": 1, "tokens": TOKENS}
    found["one_row"] = compared(1, greedy)
    found["four_rows"] = compared(4, greedy)
    found["four_adapters"] = compared(4, greedy, adapters)
    size = sum(weight.numel() * weight.element_size() for weight in model.parameters())
    found["of_memory"] = round(size / _copy_speed(size) / (found["one_row"]["own_s"] / found["one_row"]["longest"]), 2)
    policy = get_peft_model(model, LoraConfig(r=8, target_modules="all-linear"))
    rows = 64 if size < 2**27 else 16

    def rollouts(own: bool) -> list[list[int]]:
        weights = decoder_weights(policy) if own else None  # which merges: a policy changes between rollouts
        return run_batch(policy, tokenizer, prompts[:rows], drawn, weights=weights, seeds=list(range(rows)))

    found[f"rollouts_of_{rows}"] = _ratio(rollouts, rounds)
    return found


def _ratio(answers: Callable[[bool], list[list[int]]], rounds: int) -> dict[str, Any]:
    seconds: dict[bool, list[float]] = {True: [], False: []}
    said: dict[bool, list[list[int]]] = {own: answers(own) for own in seconds}
    for _ in range(rounds):
        for own, taken in seconds.items():
            began = time.process_time()
            said[own] = answers(own)
            taken.append(time.process_time() - began)
    own, generate = min(seconds[True]), min(seconds[False])
    return {
        "generate_s": round(generate, 3), "own_s": round(own, 3), "ratio": round(generate / own, 2),
        "same_tokens": said[True] == said[False], "longest": max(map(len, said[True])),
    }  # fmt: skip


def _adapter(model: Any, seed: int, rank: int = 8) -> LoraWeights:
    """A LoRA on every linear layer, too weak to change what is said much."""
    import torch

    torch.manual_seed(seed)
    layers = {
        name: (torch.randn(rank, layer.in_features) * 0.01, torch.randn(layer.out_features, rank) * 0.01)
        for name, layer in model.model.named_modules(prefix="model")
        if isinstance(layer, torch.nn.Linear)
    }
    return LoraWeights(layers, {})


def _copy_speed(size: int) -> float:
    """Bytes read a second by this thread, from memory where the model is larger than the caches."""
    import torch

    source = torch.ones(size // 4)
    best = min(_seconds(source.sum) for _ in range(9))
    return size / best


def _seconds(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def llama_cpp(file: Path) -> float:
    """Tokens a second of one row by llama.cpp."""
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path, parameters.n_predict, parameters.cpuparams.n_threads = str(file), TOKENS, 1
    server = xllamacpp.Server(parameters)
    answer = server.handle_completions({"prompt": TEXTS[0], "n_predict": TOKENS, "temperature": 0})
    return round(float(answer["timings"]["predicted_per_second"]), 1)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--base", default=BASE)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--gguf", type=Path)
    given = parser.parse_args()
    found = measure(given.base, given.rounds)
    if given.gguf:
        found["llama_cpp_tokens_s"] = llama_cpp(given.gguf)
        found["own_tokens_s"] = round(found["one_row"]["longest"] / found["one_row"]["own_s"], 1)
    print(json.dumps(found))
