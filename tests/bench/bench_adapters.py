"""Several LoRA adapters on one frozen base trained in one process, all their rows in one forward and backward, against
each in a loop of its own: CPU time of a variant's step, and wall time beside two processes as the lab has them.

The losses and gradients are the same, which is checked. (Adam makes a step of the learning rate out of the smallest
difference between gradients near zero: weights are not compared.) After mLoRA (Ye et al. 2023), LoRAFusion and
NovaSky's SkyRL.

    python -m tests.bench.bench_adapters [--base FOLDER] [--variants 2 4 8 16] [--batches 4 16] [--device cuda]
"""

import argparse
import json
import multiprocessing
import statistics
import time
from pathlib import Path
from typing import Any

from tests.bench.peers import base_folder

LENGTH, RANK, ALPHA, LARGEST = 64, 8, 16, 1e-5


class Variants:
    """`count` LoRA adapters beside one base: each with its own rows, initial values, learning rate and optimizer."""

    def __init__(self, base: Path, places: range, batch: int, device: str = "cpu"):
        import torch

        from lab.models import load_model, load_tokenizer

        self.model = load_model(base).train().to(device)
        self.model.requires_grad_(False)
        self.pad, self.batch, self.count = load_tokenizer(base).pad_token_id, batch, len(places)
        names = [name for name, one in self.model.named_modules() if isinstance(one, torch.nn.Linear)]
        self.names = [name for name in names if name != "lm_head"]
        self.rows = _rows(base)
        self.adapters = [self._adapter(place, device) for place in places]
        self.places = places
        self.optimizers = [
            torch.optim.AdamW([one for pair in own.values() for one in pair], lr=1e-3 * (1 + place % 3), fused=True)
            for place, own in zip(places, self.adapters, strict=True)
        ]
        for name in self.names:
            self.model.get_submodule(name).register_forward_hook(self._adding(name))

    def _adapter(self, place: int, device: str) -> dict[str, tuple[Any, Any]]:
        """A (rank, inputs) and B (outputs, rank) of every layer; B is not zero, so that all of it learns at once."""
        import torch

        draw = torch.Generator().manual_seed(place)
        found = {}
        for name in self.names:
            layer = self.model.get_submodule(name)
            sizes = ((RANK, layer.in_features), (layer.out_features, RANK))
            found[name] = tuple(
                (torch.randn(*size, generator=draw) * 0.02).to(device).requires_grad_() for size in sizes
            )
        return found

    def _adding(self, name: str) -> Any:
        import torch

        def hook(_: Any, inputs: tuple[Any, ...], output: Any) -> Any:
            of_each = inputs[0].reshape(self.count, -1, inputs[0].shape[-1])
            down = torch.stack([own[name][0] for own in self.adapters])
            up = torch.stack([own[name][1] for own in self.adapters])
            added = torch.bmm(torch.bmm(of_each, down.mT), up.mT)
            return output + added.reshape(output.shape) * (ALPHA / RANK)

        return hook

    def step(self, number: int) -> list[float]:
        """One step of every variant; their losses."""
        losses = self.backward(number)
        for optimizer in self.optimizers:
            optimizer.step()
        return losses

    def backward(self, number: int) -> list[float]:
        """The gradients of a step."""
        import torch
        from torch.nn.functional import cross_entropy

        from lab.evaluate.loss import _pad

        chosen = [
            self.rows[(place * 7 + number * self.batch + i) % len(self.rows)]
            for place in self.places for i in range(self.batch)
        ]  # fmt: skip
        inputs = {name: ids.to(self.model.device) for name, ids in _pad(chosen, self.pad).items()}
        labels = inputs.pop("labels")[:, 1:]
        hidden = self.model.model(**inputs).last_hidden_state[:, :-1]
        learned = labels != -100
        losses = cross_entropy(self.model.lm_head(hidden[learned]), labels[learned], reduction="none")
        own = torch.arange(self.count, device=losses.device).repeat_interleave(self.batch)[:, None].expand_as(labels)
        means = [losses[own[learned] == variant].mean() for variant in range(self.count)]
        for optimizer in self.optimizers:
            optimizer.zero_grad()
        torch.stack(means).sum().backward()
        return [one.item() for one in means]


def measure(base: Path, counts: list[int], batches: list[int], steps: int, device: str = "cpu") -> list[dict]:
    import torch

    found = []
    for batch in batches:
        for count in counts:
            torch.set_num_threads(1)
            alone = [Variants(base, range(place, place + 1), batch, device) for place in range(count)]
            together = Variants(base, range(count), batch, device)
            separate_times, together_times, apart = [], [], _difference(alone, together)
            for step in range(steps):
                began = _now(device)
                losses = [one.step(step)[0] for one in alone]
                between = _now(device)
                of_all = together.step(step)
                separate_times.append(between - began)
                together_times.append(_now(device) - between)
                apart = max(apart, *(abs(one - other) for one, other in zip(losses, of_all, strict=True)))
            figures = {
                "batch": batch, "variants": count,
                "separate_ms": _each(separate_times, count), "together_ms": _each(together_times, count),
                "ratio": round(statistics.median(separate_times) / statistics.median(together_times), 2),
                "largest_difference": apart,
            }  # fmt: skip
            if device == "cpu":
                figures |= _by_the_clock(base, count, batch, steps)
            found.append(figures)
            print(json.dumps(figures), flush=True)
            assert figures["largest_difference"] <= LARGEST
    return found


def _by_the_clock(base: Path, count: int, batch: int, steps: int) -> dict[str, float]:
    """Milliseconds of wall time for a step of all: in two processes of a thread each, in one of two threads."""
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        parts = (range(count // 2), range(count // 2, count))
        jobs = [pool.apply_async(_one_after_the_other, (base, part, batch, steps)) for part in parts]
        processes = max(job.get() for job in jobs)
    threads = _step_seconds([Variants(base, range(count), batch)], steps, threads=2)
    return {
        "two_processes_ms": round(processes * 1000, 1), "two_threads_ms": round(threads * 1000, 1),
        "ratio_by_the_clock": round(processes / threads, 2),
    }  # fmt: skip


def _one_after_the_other(base: Path, part: range, batch: int, steps: int) -> float:
    return _step_seconds([Variants(base, range(place, place + 1), batch) for place in part], steps, threads=1)


def _step_seconds(all_of_them: list[Variants], steps: int, threads: int) -> float:
    """Median seconds of wall time for a step of all."""
    import torch

    torch.set_num_threads(threads)
    times = []
    for step in range(steps):
        began = time.perf_counter()
        for one in all_of_them:
            one.step(step)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def _difference(alone: list[Variants], together: Variants) -> float:
    """The largest absolute difference between a gradient computed alone and together, in the first step."""
    for one in (*alone, together):
        one.backward(0)
    return max(
        (one.grad - other.grad).abs().max().item()
        for single, own in zip(alone, together.adapters, strict=True)
        for name in single.names
        for one, other in zip(single.adapters[0][name], own[name], strict=True)
    )


def _rows(base: Path) -> list[Any]:
    """The training rows of *cuisine*, encoded."""
    import tempfile

    from lab.data import load_mix
    from lab.data.encode import encode
    from lab.models import load_tokenizer
    from lab.recipe import DataChoice
    from tests.bench.peers import new_home

    with tempfile.TemporaryDirectory() as name:
        data = load_mix([DataChoice(name="cuisine")], new_home(Path(name)), 0)
    return list(encode(data.train, "prompt_completion", load_tokenizer(base), LENGTH))


def _each(times: list[float], count: int) -> float:
    return round(statistics.median(times) / count * 1000, 2)


def _now(device: str) -> float:
    """Seconds: of this thread's processor, or by the clock once the GPU has done all."""
    if device == "cpu":
        return time.process_time()
    import torch

    torch.cuda.synchronize()
    return time.perf_counter()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--base", type=Path, default=None)
    parser.add_argument("--variants", type=int, nargs="+", default=[2, 4, 8, 16])
    parser.add_argument("--batches", type=int, nargs="+", default=[4, 16])
    parser.add_argument("--steps", type=int, default=12)
    parser.add_argument("--device", default="cpu")
    asked = parser.parse_args()
    measure(asked.base or base_folder(), asked.variants, asked.batches, asked.steps, asked.device)
